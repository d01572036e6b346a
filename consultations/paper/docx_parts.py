"""The parts of a Word file around its text: styles, page, header and footer, lists.

They are made with python-docx on its own template; `docx` puts the text between them.
"""

import io
import zipfile
from datetime import UTC, datetime

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from consultations.paper import body

# Fonts that every Word has, in every language the papers are read in; what an office replaces it replaces in styles.
FONTS = {"ascii": "Times New Roman", "hAnsi": "Times New Roman", "cs": "Times New Roman", "eastAsia": "SimSun"}
CODE_FONTS = {"ascii": "Courier New", "hAnsi": "Courier New", "cs": "Courier New", "eastAsia": "SimSun"}
LANG = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES", "ar": "ar-SA", "zh": "zh-CN", "ru": "ru-RU"}
STEP = 680  # twentieths of a point from one margin of numbered paragraphs to the next (12 mm)
WIDTH = 9070  # of the text, twentieths of a point (160 mm)
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)

# name: (size in points, bold, italic, space before and after in points, keep with next, indent at start in steps)
_STYLES = {
    "Paper symbol": (11, True, False, 0, 0, False, 0),
    "Paper lines": (9.5, False, False, 0, 0, False, 0),
    "Paper subtitle": (13, False, False, 0, 18, False, 0),
    "Paper contents": (11, False, False, 0, 4, False, 0),
    "Paper words": (11, False, False, 0, 6, False, 0),
    "Paper head": (11, True, False, 6, 4, True, 0),
    "Paper note": (9, False, False, 0, 4, False, 0),
    "Paper quotation": (11, False, False, 0, 6, False, 1),
    "Paper source": (9.5, False, False, 0, 6, False, 1),
    "Paper code": (9, False, False, 0, 6, False, 0),
    "Paper cell": (9.5, False, False, 2, 2, False, 0),
    "Paper caption": (10.5, True, False, 8, 4, True, 0),
    "Contribution reference": (11, True, False, 14, 0, True, 0),
    "Contribution speaker": (11, True, False, 0, 0, True, 0),
    "Contribution about": (9.5, False, False, 0, 3, True, 0),
    "Contribution note": (9.5, False, True, 2, 5, True, 0),
}
# What begins so stays of the template's styles; most of the others are for tables of another century.
_KEPT = (
    "Normal",
    "Title",
    "Heading 1",
    "Heading 2",
    "Heading 3",
    "Heading 4",
    "Header",
    "Footer",
    "Default",
    "No List",
)
HEADINGS = {1: 15, 2: 13, 3: 12, 4: 11}


def style_id(name):
    """The identifier by which the text names a style."""
    return name.replace(" ", "")


def skeleton(document):
    """The parts of the file by name, as bytes, without its text; python-docx's own texts and dates are taken out."""
    made = docx.Document()
    _properties(made.core_properties, document)
    _styles(made, document)
    _page(made.sections[0], document)
    _settings(made.settings.element)
    _drop(made.part.package.rels, "/thumbnail")
    _drop(made.part.rels, "/stylesWithEffects")
    _drop(made.part.rels, "/customXml")
    buffer = io.BytesIO()
    made.save(buffer)
    with zipfile.ZipFile(buffer) as package:
        return {name: package.read(name) for name in package.namelist()}


def _drop(relations, kind):
    """Leave out parts that the template has and papers do not need."""
    for key in [key for key, relation in relations.items() if relation.reltype.endswith(kind)]:
        del relations[key]


def _properties(core, document):
    core.title = body.plain(document.title)[:255]
    core.subject = body.plain(document.subtitle)[:255]
    core.author = body.plain(document.publisher)[:255]
    core.identifier = body.plain(document.symbol)[:255]
    core.language = LANG[document.language]
    core.comments = core.keywords = core.last_modified_by = ""
    core.created = core.modified = (document.issued or _NO_DATE).astimezone(UTC).replace(tzinfo=None)


def _settings(settings):
    """As a Word of today writes it; with 14 it opens the paper "in compatibility mode"."""
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    for fonts in settings.iter(qn("w:themeFontLang")):
        fonts.set(qn("w:eastAsia"), LANG["zh"])  # else Chinese may be drawn as Japanese is


def _styles(made, document):
    for style in list(made.styles):
        if not style.name.startswith(_KEPT):
            style.delete()
    normal = made.styles["Normal"]
    _fonts(normal.element.get_or_add_rPr(), FONTS)
    _size(normal, 11)
    normal.element.rPr.append(
        parse_xml(f'<w:lang {nsdecls("w")} w:val="{LANG[document.language]}" w:eastAsia="zh-CN" w:bidi="ar-SA"/>')
    )
    for level, points in HEADINGS.items():
        heading = made.styles[f"Heading {level}"]
        _plain_look(heading, points, bold=True)
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(16), Pt(6)
        heading.paragraph_format.keep_with_next = True
    title = made.styles["Title"]
    _plain_look(title, 20, bold=True)
    for border in title.element.pPr.findall(qn("w:pBdr")):
        title.element.pPr.remove(border)
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(30), Pt(4)
    for name, (points, bold, italic, before, after, keep, steps) in _STYLES.items():
        style = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.quick_style = True
        _plain_look(style, points, bold=bold, italic=italic, fonts=CODE_FONTS if name == "Paper code" else FONTS)
        form = style.paragraph_format
        form.space_before, form.space_after, form.keep_with_next = Pt(before), Pt(after), keep
        form.widow_control = True
        if steps:
            style.element.get_or_add_pPr().append(parse_xml(f'<w:ind {nsdecls("w")} w:left="{steps * STEP}"/>'))
    link = made.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.element.get_or_add_rPr().append(parse_xml(f'<w:color {nsdecls("w")} w:val="0B4F8A"/>'))
    link.font.underline = True


def _plain_look(style, points, *, bold=False, italic=False, fonts=FONTS):
    looks = style.element.get_or_add_rPr()
    for child in list(looks):
        looks.remove(child)
    _fonts(looks, fonts)
    style.font.bold, style.font.italic = bold or None, italic or None
    style.font.cs_bold, style.font.cs_italic = bold or None, italic or None
    _size(style, points)


def _fonts(looks, fonts):
    for old in looks.findall(qn("w:rFonts")):
        looks.remove(old)
    names = " ".join(f'w:{script}="{name}"' for script, name in fonts.items())
    looks.insert(0, parse_xml(f"<w:rFonts {nsdecls('w')} {names}/>"))


def _size(style, points):
    style.font.size = Pt(points)
    size = style.element.rPr.find(qn("w:sz"))
    for old in style.element.rPr.findall(qn("w:szCs")):
        style.element.rPr.remove(old)
    complex_size = OxmlElement("w:szCs")  # Arabic letters are smaller than Latin ones of the same size
    complex_size.set(qn("w:val"), str(round(2 * points) + 3))
    size.addnext(complex_size)


def _page(section, document):
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    section.header_distance = section.footer_distance = Mm(12)
    section.different_first_page_header_footer = True
    if document.direction == "rtl":
        turned = parse_xml(f"<w:bidi {nsdecls('w')}/>")
        grid = section._sectPr.find(qn("w:docGrid"))
        section._sectPr.append(turned) if grid is None else grid.addprevious(turned)
    _line(section.header.paragraphs[0], document, body.plain(document.symbol))
    for footer in (section.footer, section.first_page_footer):
        _line(footer.paragraphs[0], document, "", field=True)


def _line(paragraph, document, words, *, field=False):
    """A header with words, or a footer with the page and how many there are, at the outer end of the line."""
    paragraph.style.font.size = Pt(9)
    paragraph.paragraph_format.tab_stops.clear_all()
    # Written from left to right in Arabic too: "2/7" is a figure.
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if document.direction == "rtl" else WD_ALIGN_PARAGRAPH.RIGHT
    if words:
        paragraph.add_run(words)
    if field:
        _field(paragraph, "PAGE")
        paragraph.add_run("/")
        _field(paragraph, "NUMPAGES")


def _field(paragraph, name):
    paragraph._p.append(
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )


# Lists

_BULLETS = "•–·"


def numbering(starts):
    """word/numbering.xml for lists 1 (bullets) and 2, 3, 4..., whose first numbers are `starts`."""
    levels = range(9)
    bullets = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="{_BULLETS[n % 3]}"/>'
        f"{_list_indent(n)}</w:lvl>"
        for n in levels
    )
    figures = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%{n + 1}."/>'
        f"{_list_indent(n)}</w:lvl>"
        for n in levels
    )
    lists = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="{level}">'
        f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        for number, (level, start) in enumerate(starts, 2)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f"<w:numbering {nsdecls('w')}>"
        f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{bullets}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>{figures}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{lists}</w:numbering>'
    ).encode()


def _list_indent(level):
    start = round(STEP * 0.75) * (level + 1)
    return f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{start}" w:hanging="{round(STEP * 0.6)}"/></w:pPr>'
