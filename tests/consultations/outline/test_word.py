"""DOCX: numbers that Word makes, and changes that are not settled yet."""

import io
import zipfile

import pytest

from consultations import outline
from tests.consultations.outline.word_setter import level, numbered, pack, paragraph, run


def numbers(data):
    return [(p.number, p.level, p.text) for p in outline.read(data, "text.docx").paragraphs]


def numbering(*levels):
    listed = "".join(levels)
    number = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return f'<w:abstractNum w:abstractNumId="0">{listed}</w:abstractNum>{number}'


@pytest.mark.parametrize(
    ("form", "text", "shown"),
    [
        ("lowerLetter", "(%2)", "(b)"), ("lowerRoman", "(%2)", "(ii)"), ("russianLower", "%2)", "б)"),
        ("arabicAbjad", "%2)", "ب)"),
        ("chineseCounting", "（%2）", "（二）"), ("ideographTraditional", "%2、", "乙"),
        ("decimalEnclosedCircle", "%2", "②"),
        ("hebrew1", "%2)", "ב)"), ("decimalFullWidth", "（%2）", "（２）"),
    ],
)  # fmt: skip
def test_automatic_numbers_come_out_as_word_shows_them(form, text, shown):
    body = paragraph(run("The plan:"), numbered(1, 0))
    body += paragraph(run("this;"), numbered(1, 1)) + paragraph(run("that."), numbered(1, 1))

    found = numbers(pack(body, numbering(level(0, "decimal", "%1."), level(1, form, text))))

    assert found[0] == ("1", 1, "The plan:")
    assert found[2] == (shown, 2, "that.")


def test_one_list_for_headings_and_paragraphs_counts_depth_from_the_paragraphs():
    levels = [
        level(0, "upperRoman", "%1."),
        level(1, "upperLetter", "%2."),
        level(2, "decimal", "%3.").replace("<w:numFmt", '<w:lvlRestart w:val="0"/><w:numFmt'),
        level(3, "lowerLetter", "(%4)"),
    ]
    rows = [(0, "Introduction"), (1, "Mandate"), (2, "One is here:"), (3, "sub;"), (0, "Findings"), (2, "Two is here.")]
    body = "".join(paragraph(run(text), numbered(1, n)) for n, text in rows)

    read = outline.read(pack(body, numbering(*levels)), "text.docx")

    assert [(p.number, p.level) for p in read.paragraphs] == [("1", 1), ("(a)", 2), ("2", 1)]
    assert read.headings == ["I. Introduction", "A. Mandate", "II. Findings"]
    assert read.problems == []


def test_tracked_changes_are_read_as_accepted():
    gone = '<w:del w:id="1" w:author="x"><w:r><w:delText>old</w:delText></w:r></w:del>'
    come = f'<w:ins w:id="2" w:author="x">{run(" new")}</w:ins>'
    away = '<w:pPr><w:rPr><w:del w:id="3" w:author="x"/></w:rPr></w:pPr>'
    body = paragraph(run("1. One") + gone + come) + f"<w:p>{away}{gone}</w:p>" + paragraph(run("2. Two."))

    assert [text for _number, _level, text in numbers(pack(body))] == ["One new", "Two."]


def test_tables_contents_and_text_boxes_are_no_paragraphs():
    box = "<w:r><w:pict><w:txbxContent>" + paragraph(run("7. In a box.")) + "</w:txbxContent></w:pict></w:r>"
    table = f"<w:tbl><w:tr><w:tc>{paragraph(run('3. In a table.'))}</w:tc></w:tr></w:tbl>"
    body = paragraph(run("1. One.") + box) + table + paragraph(run("2. Two."))

    assert [number for number, _level, _text in numbers(pack(body))] == ["1", "2"]


def test_entities_and_bombs_are_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>')
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a/>" + b" " * 60_000_000)

    for hostile in (file, bomb):
        with pytest.raises(outline.Unreadable):
            outline.read(hostile.getvalue(), "text.docx")
