"""DOCX: numbers that Word makes, and changes that are not settled yet."""

import io
import zipfile

import pytest

from consultations import outline
from consultations.outline import building, lines, package
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


def field(instruction):
    parts = (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {instruction} </w:instrText>',
        '<w:fldChar w:fldCharType="end"/>',
    )
    return "".join(f"<w:r>{part}</w:r>" for part in parts)


@pytest.mark.parametrize(
    ("instruction", "shown"),
    [
        ("AUTONUM", ["1", "2", "3"]), ("AUTONUMLGL \\e", ["1", "2", "3"]), ("AUTONUMOUT", ["I", "II", "III"]),
        ("AUTONUM \\s )", ["1", "2", "3"]), ("AUTONUM \\* roman", ["i", "ii", "iii"]),
        ("LISTNUM", ["1", "2", "3"]), ("LISTNUM LegalDefault \\s 4", ["4", "4", "4"]),
    ],
)  # fmt: skip
def test_paragraphs_that_fields_number_show_what_word_shows(instruction, shown):
    complex_one, simple = field(instruction), f'<w:fldSimple w:instr="{instruction}"/>'
    body = "".join(paragraph(mark + run("\tThe text.")) for mark in (complex_one, simple, complex_one))

    assert [(number, text) for number, _level, text in numbers(pack(body))] == [(n, "The text.") for n in shown]


def test_fields_number_sub_paragraphs_and_running_lists_too():
    body = paragraph(field("AUTONUM") + run(" Of ") + field("LISTNUM \\l 4") + run(" food:"))
    body += "".join(paragraph(field("LISTNUM NumberDefault \\l 5") + run(" this;")) for _n in range(2))

    assert numbers(pack(body)) == [("1", 1, "Of (1) food:"), ("(a)", 2, "this;"), ("(b)", 2, "this;")]


@pytest.mark.parametrize("told_by", ["name", "list", "style", "paragraph"])
def test_a_list_within_a_list_stands_deeper_though_both_are_of_one_level(told_by):
    deeper = '<w:ind w:left="720"/>'
    names = {n: f"List Number {n}".removesuffix(" 1") if told_by == "name" else f"Own {n}" for n in (1, 2)}
    numpr = '<w:numPr><w:numId w:val="{}"/></w:numPr>'
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="L{n}"><w:name w:val="{names[n]}"/>'
        f"<w:pPr>{numpr.format(n)}{deeper if n > 1 and told_by == 'style' else ''}</w:pPr></w:style>"
        for n in (1, 2)
    )
    one = level(0, "decimal", "%1.")
    two = one.replace("</w:lvl>", f"<w:pPr>{deeper}</w:pPr></w:lvl>") if told_by == "list" else one
    lists = "".join(f'<w:abstractNum w:abstractNumId="{n}">{text}</w:abstractNum>' for n, text in ((1, one), (2, two)))
    lists += "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))
    own = {1: "", 2: deeper if told_by == "paragraph" else ""}
    body = "".join(paragraph(run(f"Text {n}"), f'<w:pStyle w:val="L{n}"/>{own[n]}') for n in (1, 2, 2, 1, 2, 1))

    read = outline.read(pack(body, lists, styles), "text.docx")

    shown = [("1", 1), ("1", 2), ("2", 2), ("2", 1), ("3", 2), ("3", 1)]
    assert [(p.number, p.level) for p in read.paragraphs] == shown
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

    otherwise = io.BytesIO()  # what is packed so unpacks as a whole, whatever it says that it holds
    with zipfile.ZipFile(otherwise, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("word/document.xml", "<w/>")
    flood = pack("<w:p/>" * (package.MAX_ELEMENTS + 1))  # nine megabytes that would take half a minute

    for hostile in (file.getvalue(), bomb.getvalue(), flood):
        with pytest.raises(outline.Unreadable):
            outline.read(hostile, "text.docx")
    with pytest.raises(outline.Unreadable, match=r"^The document"):
        outline.read(otherwise.getvalue(), "text.docx")


def test_a_line_of_nothing_but_labels_is_cut_a_few_times_and_no_more():
    line = lines.Line("(a) " * 100)

    cut = building._split_double_labels([line])

    assert len(cut) == building.MOST_LABELS + 1
