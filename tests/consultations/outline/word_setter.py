"""Sets a generated document as DOCX: numbers typed or automatic, by list or by style, with all that Word adds."""

import io
import zipfile
from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FORMATS = {
    "latin": "lowerLetter", "roman": "lowerRoman", "russian0": "russianLower", "abjad": "arabicAbjad",
    "hijai": "arabicAlpha",
    "chinese": "chineseCounting", "decimal": "decimal", "circle": "decimalEnclosedCircle",
}  # fmt: skip
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)


def run(text):
    """A run, tabs as Word has them."""
    parts = escape(text).split("\t")
    return "<w:r>" + "<w:tab/>".join(f'<w:t xml:space="preserve">{part}</w:t>' for part in parts) + "</w:r>"


def paragraph(content, properties=""):
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def numbered(number, level):
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def pack(body, numbering="", styles=""):
    """The bytes of a DOCX with this body."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr(
            "word/document.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>{body}</w:body></w:document>',
        )
        archive.writestr("word/styles.xml", f"<w:styles {W}>{styles}</w:styles>")
        archive.writestr("word/numbering.xml", f"<w:numbering {W}>{numbering}</w:numbering>")
        archive.writestr(
            "word/footnotes.xml",
            f'<w:footnotes {W}><w:footnote w:id="2">{paragraph(run("1. See A/62/1."))}</w:footnote></w:footnotes>',
        )
        archive.writestr("word/header1.xml", f"<w:hdr {W}>{paragraph(run('A/62/196'))}</w:hdr>")
    return file.getvalue()


def level(n, form, text, start=1, style=""):
    tied = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:lvl w:ilvl="{n}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{tied}'
        f'<w:lvlText w:val="{escape(text)}"/></w:lvl>'
    )


def set_out(pieces, language, r, flaw):
    """Bytes, the pieces as they came out, and a word on how it was set."""
    plain = all(
        p.number == str(p.value) and p.label[: len(p.number)] == p.number
        for p in pieces
        if p.kind == "paragraph" and p.level == 1
    )
    how = (
        r.choice(("typed", "auto", "auto", "styled", "separate"))
        if plain and flaw not in {"gap", "repeat", "order"}
        else "typed"
    )
    subs = [p for p in pieces if p.kind == "paragraph" and p.level > 1]
    texts = {}
    for piece in subs:
        texts.setdefault(
            piece.level,
            (FORMATS.get(piece.series, "lowerLetter"), piece.label.strip().replace(_core(piece), f"%{piece.level}")),
        )
    first = next((p.value for p in pieces if p.kind == "paragraph"), 1)
    main = next((p.label.strip().replace(p.number, "%1", 1) for p in pieces if p.kind == "paragraph"), "%1.")
    tied = how == "styled"
    levels = level(0, "decimal", main, first, "Para" if tied else "")
    for n in (2, 3):
        form, text = texts.get(n, ("lowerLetter", f"(%{n})"))
        if form == "decimalEnclosedCircle":
            text = f"%{n}"
        levels += level(n - 1, form, text, 1, f"Sub{n}" if tied else "")
    numbering = f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    two = texts.get(2, ("lowerLetter", "(%2)"))
    three = texts.get(3, ("lowerRoman", "(%3)"))
    for key, (form, text) in ((1, two), (2, three)):
        text = "%1" if form == "decimalEnclosedCircle" else text.replace("%2", "%1").replace("%3", "%1")
        numbering += f'<w:abstractNum w:abstractNumId="{key}">{level(0, form, text)}</w:abstractNum>'
    numbering += '<w:abstractNum w:abstractNumId="3">' + level(0, "bullet", "•") + "</w:abstractNum>"
    numbering += (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    )
    numbering += '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    numbering += '<w:num w:numId="9"><w:abstractNumId w:val="3"/></w:num>'
    styles = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    for n in (1, 2, 3):
        styles += f'<w:style w:type="paragraph" w:styleId="H{n}"><w:name w:val="heading {n}"/></w:style>'
    styles += '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
    styles += '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    styles += '<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/></w:style>'
    styles += (
        f'<w:style w:type="paragraph" w:styleId="Para"><w:name w:val="Para"/><w:pPr>{numbered(1, 0)}</w:pPr></w:style>'
    )
    for n in (2, 3):
        styles += f'<w:style w:type="paragraph" w:styleId="Sub{n}"><w:name w:val="Sub {n}"/><w:basedOn w:val="Para"/>'
        styles += f"<w:pPr>{numbered(1, n - 1)}</w:pPr></w:style>"
    body, nums, lists = [], [numbering], 20
    list_now, current = 1, {}
    for piece in pieces:
        text = " ".join(piece.text.split())
        if piece.kind == "paragraph":
            bis = piece.level == 1 and not plain_number(piece)
            if how == "typed" or bis:
                body.append(paragraph(_changed(piece.label + text, r)))
                continue
            if how == "separate" and piece.level > 1:
                if piece.value == 1:
                    lists += 1
                    current[piece.level] = lists
                    nums.append(
                        f'<w:num w:numId="{lists}"><w:abstractNumId w:val="{piece.level - 1}"/>'
                        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
                    )
                properties = numbered(current[piece.level], 0)
            elif how == "styled" and list_now == 1:
                properties = f'<w:pStyle w:val="{"Para" if piece.level == 1 else f"Sub{piece.level}"}"/>'
            else:
                properties = numbered(list_now, piece.level - 1)
            body.append(paragraph(_changed(text, r), properties))
        elif piece.kind in {"heading", "annex", "title"}:
            if piece.kind == "annex":
                list_now = 2
            style = "Title" if piece.kind == "title" else f"H{piece.level or 1}"
            body.append(paragraph(run(piece.label + text), f'<w:pStyle w:val="{style}"/>'))
        elif piece.kind == "quote":
            body.append(
                paragraph(run("“" + piece.label + text + "”"), '<w:pStyle w:val="Quote"/>' if r.random() < 0.5 else "")
            )
        elif piece.kind == "table":
            rows = "".join(
                "<w:tr>" + "".join(f"<w:tc>{paragraph(run(c))}</w:tc>" for c in row) + "</w:tr>"
                for row in [*piece.rows, ["1. A", "2. B", "3. C"]]
            )
            body.append(paragraph(run(text)) + f"<w:tbl>{rows}</w:tbl>")
        elif piece.kind == "contents":
            entries = "".join(
                paragraph(run(f"{n}. {t}\t{n + 2}"), '<w:pStyle w:val="TOC1"/>') for n, t in enumerate(piece.rows, 1)
            )
            gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
            body.append(f"<w:sdt>{gallery}<w:sdtContent>{paragraph(run(text))}{entries}</w:sdtContent></w:sdt>")
        elif piece.kind == "references":
            body.extend(paragraph(run(f"{n}. {row}")) for n, row in enumerate(piece.rows, 1))
        elif piece.kind == "text":
            body.append(paragraph(run(text)))
        if r.random() < 0.05:
            body.append(
                '<w:p><w:pPr><w:rPr><w:del w:id="7" w:author="x"/></w:rPr></w:pPr>'
                '<w:del w:id="8" w:author="x"><w:r><w:delText>3. Gone.</w:delText></w:r></w:del></w:p>'
            )
    return pack("".join(body), "".join(nums), styles), pieces, how


def plain_number(piece):
    return piece.number == str(piece.value)


def _core(piece):
    return piece.number.strip("()（）. ")


def _changed(text, r):
    """The text in one run, or with tracked changes, hyperlinks and content controls in the middle."""
    half = len(text) // 2
    head, tail = text[:half], text[half:]
    way = r.randint(0, 7)
    if way == 0:
        return run(head) + f'<w:ins w:id="1" w:author="x">{run(tail)}</w:ins>'
    if way == 1:
        return (
            run(head) + '<w:del w:id="2" w:author="x"><w:r><w:delText>old words</w:delText></w:r></w:del>' + run(tail)
        )
    if way == 2:
        return run(head) + f'<w:hyperlink w:anchor="x">{run(tail)}</w:hyperlink>'
    if way == 3:
        return run(head) + f"<w:sdt><w:sdtContent>{run(tail)}</w:sdtContent></w:sdt>"
    if way == 4:
        return run(head) + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run(tail)
    if way == 5:
        field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF x </w:instrText></w:r>'
        field += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        return run(head) + field + run(tail) + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    if way == 6:
        return f'<w:smartTag>{run(head)}</w:smartTag><w:moveTo w:id="3" w:author="x">{run(tail)}</w:moveTo>' + (
            '<w:moveFrom w:id="4" w:author="x"><w:r><w:t>moved away</w:t></w:r></w:moveFrom>'
        )
    return run(text)
