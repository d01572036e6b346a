"""The PDF of a paper: tagged and bookmarked; printed in parts, it reads as one."""

import io

import pypdf
import pytest

from consultations import paper
from consultations.paper import pdf, typeset
from tests.consultations.paper import papers


@pytest.fixture(scope="module")
def fonts():
    """The letters of Arabic and Chinese: .ci/run installs them, elsewhere they may be missing."""
    families = pdf._families()
    for names, package in pdf._SCRIPTS.values():
        if not pdf._found(names, families):
            pytest.skip(f"no font for all scripts: install Debian's package {package}")


def opened(document):
    return pypdf.PdfReader(io.BytesIO(papers.written(document, "pdf")))


def bookmarks(reader, marks, level=1):
    for mark in marks:
        if isinstance(mark, list):
            yield from bookmarks(reader, mark, level + 1)
        else:
            yield level, mark.title, reader.get_destination_page_number(mark)


def test_an_english_paper_in_two_parts_reads_as_one(fonts, monkeypatch):
    monkeypatch.setattr(pdf, "PART", 2_500)
    of = [
        *papers.blocks(),
        *(papers.contribution(number, "<p>More <a href='#p1'>words</a>.</p>") for number in (16, 17)),
    ]

    file = opened(papers.document(of=of))

    words = [page.extract_text() for page in file.pages]
    count = len(words)
    assert count > 1
    for number, page in enumerate(words, 1):
        assert f"{number}/{count}" in page
    first = words[0]
    assert first.index("Mountains") < first.index("ALP/2026/C3/PROC") < first.index("Water and custom")
    assert "1.The secretariat opened it (UNEP/GC.26/7)." in first.replace(" .", ".").replace("1. ", "1.")
    marks = list(bookmarks(file, file.outline))
    assert [mark[:2] for mark in marks] == [
        (1, "Water and custom"),
        (2, "I. Introduction"),
        (2, "II. Water and custom"),
        *(
            (3, f"ALP/2026/C3/{n} · {who} · Herders of the Upper Valley")
            for n, who in [(14, "Dora"), (15, "فاطمة"), (16, "Dora"), (17, "Dora")]
        ),
    ]
    places = file.named_destinations
    assert {"intro", "p1", "q1", "c14", "c17"} <= set(places)
    assert file.get_destination_page_number(places["c17"]) == count - 1
    links = [note.get_object() for page in file.pages for note in page.get("/Annots", ())]
    assert {note["/Dest"] for note in links if "/Dest" in note} == {"intro", "q1", "c14", "p1"}
    assert {note["/A"]["/URI"] for note in links if "/A" in note} == {"https://example.org/"}
    assert_tagged(file)


def assert_tagged(file):
    """Every page and link knows its place in the one structure tree, and the tree begins with the title."""
    root = file.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    (document,) = root["/StructTreeRoot"]["/K"]
    kinds = [one.get_object()["/S"] for one in document["/K"]]
    assert kinds[kinds.index("/H1") + 1 :].count("/H1") == 0
    assert {"/H2", "/H3", "/P", "/L", "/Table"} <= set(kinds)
    pairs = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    parents = dict(zip(pairs[::2], pairs[1::2], strict=True))
    assert list(parents) == sorted(parents)
    for page in file.pages:
        owners = parents[page["/StructParents"]].get_object()
        assert {one.get_object().get("/Pg", page).get_object() == page for one in owners} == {True}
        for note in page.get("/Annots", ()):
            assert parents[note.get_object()["/StructParent"]].get_object()["/S"] == "/Link"


def test_an_arabic_paper_runs_to_the_left_and_can_be_copied_from(fonts):
    of = [
        paper.Paragraph(paper.prose("افتتحت الأمانة المشاورة (UNEP/GC.26/7)."), "1."),
        papers.contribution(14, "<p>水与习惯</p>", language="zh"),
    ]
    raw = papers.written(papers.document("ar", of=of), "pdf")

    file = pypdf.PdfReader(io.BytesIO(raw))

    root = file.trailer["/Root"]
    assert (root["/Lang"], root["/ViewerPreferences"]["/Direction"]) == ("ar", "/R2L")
    assert file.metadata.title == "المياه والعرف"
    words = file.pages[0].extract_text()
    assert "المشاورة" in words
    assert "UNEP/GC.26/7" in words
    assert "水与习惯" in words
    embedded = {font["/BaseFont"].split("+")[1] for font in fonts_of(file.pages[0])}
    assert any("Arabic" in name or "Amiri" in name or "DejaVu" in name for name in embedded)
    assert raw == papers.written(papers.document("ar", of=of), "pdf")


def fonts_of(page):
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]


def test_hostile_words_never_become_commands(fonts):
    bad = '"]) #panic("x") \\u{41} */ // $x$ <end> @c14'
    of = [
        paper.Heading(2, bad, bad, anchor="h"),
        paper.Paragraph(papers.HOSTILE, bad, level=2),
        paper.Quote(paper.prose(bad), bad),
        paper.Table((bad,), [(bad,), (paper.Link(bad, "https://example.org/"),)], caption=bad, anchor="t"),
        paper.Paragraph("<p>" + "line<br>" * 300 + "</p>"),
        paper.Facts(((bad, paper.Link(bad, "data/x.csv")),)),
        papers.contribution(1, paper.prose(bad), bad, stamp=bad, note=bad, remarks=(bad,)),
        paper.PageBreak(),
    ]

    file = opened(paper.Document(bad, symbol=bad, publisher=bad, distribution=bad, with_cover=True, blocks=of))

    words = "".join(page.extract_text() for page in file.pages)
    assert words.count("panic") >= 10
    assert "deep" in words
    assert file.metadata.title == bad


def test_without_a_font_the_operator_reads_what_to_install(monkeypatch):
    monkeypatch.setattr(pdf, "_families", lambda: frozenset({"Libertinus Serif"}))

    with pytest.raises(paper.Unprintable, match="fonts-noto-core"):
        papers.written(papers.document("ar"), "pdf")

    assert b"</html>" in papers.written(papers.document("ar"), "html")


def test_without_the_typesetter_the_operator_reads_what_to_run(monkeypatch):
    monkeypatch.setattr(pdf.importlib.util, "find_spec", lambda name: None)
    pdf._families.cache_clear()

    with pytest.raises(paper.Unprintable, match="typst is not installed"):
        papers.written(papers.document(), "pdf")

    pdf._families.cache_clear()


def test_a_part_never_ends_between_a_heading_and_what_it_heads():
    of = [
        paper.Heading(1, "One"),
        papers.contribution(1, "<p>x</p>"),
        paper.PageBreak(),
        paper.Heading(1, "Two"),
        paper.Paragraph(html="<p>x</p>"),
        paper.Paragraph(html="<p>y</p>"),
        paper.PageBreak(),
    ]
    document = papers.document(of=of)

    pieces = list(pdf._pieces(typeset.Writer(document), document, "Contents"))

    assert [most for _piece, most in pieces] == [pdf.NEVER, pdf.PART, pdf.NEVER, pdf.PART, pdf.NEVER, pdf.WHOLE]
    assert pieces[3][0].startswith("#pagebreak")


def test_a_long_table_is_printed_in_parts_with_its_head_on_each(monkeypatch):
    monkeypatch.setattr(pdf, "ROWS", 2)
    document = papers.document(
        of=[paper.Table(("Region",), [(str(n),) for n in range(5)], caption="All", anchor="all")]
    )

    pieces = list(pdf._pieces(typeset.Writer(document), document, "Contents"))[1:]

    assert [most for _piece, most in pieces] == [pdf.NEVER, pdf.PART, pdf.PART]
    assert [piece.count("Region") for piece, _most in pieces] == [1, 1, 1]
    assert [piece.count('"all"') for piece, _most in pieces] == [1, 0, 0]


def test_long_words_may_break_but_never_before_a_mark():
    broken = typeset.breakable("x" * 60 + "e\u0301" * 60 + "م\u0651\u064b" * 60)

    pieces = broken.split("\u200b")
    assert len(pieces) > 8
    assert all(piece[0] in "xeم" for piece in pieces)
    assert "".join(pieces) == "x" * 60 + "e\u0301" * 60 + "م\u0651\u064b" * 60


def test_hundreds_of_marks_on_one_letter_become_six():
    assert typeset.breakable("e" + "\u0301" * 500 + "lan") == "e" + "\u0301" * 6 + "lan"
    assert typeset.breakable("👩\u200d👩\u200d👧" * 4) == "👩\u200d👩\u200d👧" * 4


def test_no_expression_grows_with_the_lines_of_a_paragraph():
    # Typst's parser goes as deep as a sum is long, and dies of 15,000 terms.
    document = papers.document(of=[paper.Paragraph("<p>" + "line<br>" * 9_000 + "</p>")])

    (written,) = (typeset.Writer(document).block(block) for block in document.blocks)

    assert written.count("linebreak()") > 8_000
    assert " + " not in written
