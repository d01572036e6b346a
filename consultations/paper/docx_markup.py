"""WordprocessingML (ECMA-376, part 1, section 17), the small part of it that papers need: paragraphs, runs, tables."""

import hashlib
import re
from xml.sax.saxutils import escape

from consultations.paper.docx_parts import CODE_FONTS, LANG, WIDTH, style_id

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
CODE = "<w:rFonts " + " ".join(f'w:{script}="{name}"' for script, name in CODE_FONTS.items()) + "/>"
PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
_LINE = 'w:val="single" w:sz="4" w:space="0" w:color="808080"'
_BORDERS = {
    "rows": f"<w:tblBorders><w:top {_LINE}/><w:bottom {_LINE}/><w:insideH {_LINE}/></w:tblBorders>",
    "bottom": f"<w:tblBorders><w:bottom {_LINE}/></w:tblBorders>",
    "": "",
}
_MARGINS = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'


_SIDES = {"start": "left", "end": "right"}


def paragraph(form_, content=""):
    return f"<w:p>{form_}{content}</w:p>"


def form(style, direction, *, start=None, hanging=0, justify="", outline=0, list_key=None, list_level=0, **marks):
    """The properties of a paragraph, in the order the standard asks for (CT_PPrBase).

    Word means the start of a line by "left" and its end by "right": in a paragraph that runs to the left it is the
    other way round.

    start, hanging: indents in twentieths of a point. outline: the level in the outline, 1 to 9. list_key: the list
    whose item it is. marks: `leader`, a dotted line to what stands at the end; `ruled`, a line below;
    `kept`, on the page of what follows.
    """
    parts = [f'<w:pStyle w:val="{style_id(style)}"/>']
    if marks.get("kept"):
        parts.append("<w:keepNext/>")
    if list_key:
        parts.append(f'<w:numPr><w:ilvl w:val="{list_level}"/><w:numId w:val="{list_key}"/></w:numPr>')
    if marks.get("ruled"):
        parts.append(f"<w:pBdr><w:bottom {_LINE}/></w:pBdr>")
    if marks.get("leader"):
        parts.append(f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{WIDTH}"/></w:tabs>')
    if direction == "rtl":
        parts.append("<w:bidi/>")
    if start:
        hang = f' w:hanging="{hanging}"' if hanging else ""
        parts.append(f'<w:ind w:left="{start}"{hang}/>')
    if justify:
        parts.append(f'<w:jc w:val="{_SIDES[justify]}"/>')
    if outline:
        parts.append(f'<w:outlineLvl w:val="{outline - 1}"/>')
    return f"<w:pPr>{''.join(parts)}</w:pPr>"


def bookmark(anchor):
    """The name of an anchor: Word takes 40 characters, letters, digits and underscores, a letter first."""
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,38}", anchor):
        return anchor
    return "a" + hashlib.sha256(anchor.encode()).hexdigest()[:30]


def field(instruction, shown):
    """A field that Word fills in when it opens the file."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t xml:space="preserve">{shown}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


_R = "\u0590-\u08ff\u200f\ufb1d-\ufdfd\ufe70-\ufefc"
_RIGHTWARD = re.compile(rf"[{_R}](?:[^A-Za-z\u00c0-\u058f\u2e80-\ua4cf]*[{_R}\d])?")


def stretches(words):
    """The words cut where their script turns, each with whether it runs to the left: Word wants it said of each."""
    done = 0
    for found in _RIGHTWARD.finditer(words):
        if found.start() > done:
            yield words[done : found.start()], False
        yield found[0], True
        done = found.end()
    if done < len(words):
        yield words[done:], False


def run(run_, language, *, bold=False):
    """A run of a body in its language."""
    looks = (
        ('<w:rStyle w:val="Hyperlink"/>' if run_.href else "")
        + (CODE if run_.code else "")
        + ("<w:b/><w:bCs/>" if run_.bold or bold else "")
        + ("<w:i/><w:iCs/>" if run_.italic else "")
    )
    return "".join(_stretch(words, is_rtl, looks, language) for words, is_rtl in stretches(run_.text))


def _stretch(words, is_rtl, looks, language):
    if is_rtl:
        looks += f'<w:rtl/><w:lang w:bidi="{LANG["ar"]}"/>'
    elif language == "zh":
        looks += f'<w:lang w:val="{LANG["en"]}" w:eastAsia="{LANG["zh"]}"/>'
    elif language != "ar":
        looks += f'<w:lang w:val="{LANG[language]}"/>'
    parts = (
        _BREAKS.get(part) or f'<w:t xml:space="preserve">{escape(part)}</w:t>'
        for part in re.split(r"([\t\n])", words)
        if part
    )
    return f"<w:r><w:rPr>{looks}</w:rPr>{''.join(parts)}</w:r>"


_BREAKS = {"\t": "<w:tab/>", "\n": "<w:br/>"}


def cell(paragraphs, share):
    return f'<w:tc><w:tcPr><w:tcW w:w="{round(WIDTH * share)}" w:type="dxa"/></w:tcPr>{paragraphs}</w:tc>'


def row(cells, *, is_head=False):
    """A row that stays whole; a head is repeated on every page."""
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_head else ''}</w:trPr>{''.join(cells)}</w:tr>"


def table(rows, shares, direction, lines):
    """lines: `rows`, `bottom` or none; shares: of the width, one for each column."""
    margins = "" if lines == "rows" else _MARGINS
    turned = "<w:bidiVisual/>" if direction == "rtl" else ""
    grid = "".join(f'<w:gridCol w:w="{round(WIDTH * share)}"/>' for share in shares)
    return (
        f'<w:tbl><w:tblPr>{turned}<w:tblW w:w="{WIDTH}" w:type="dxa"/>{_BORDERS[lines]}'
        f'<w:tblLayout w:type="fixed"/>{margins}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )
