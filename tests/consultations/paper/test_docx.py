"""The Word file of a paper: real headings, lists and tables, each paragraph and run in its own direction."""

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from consultations import paper
from tests.consultations.paper import papers

# ECMA-376 part 1, section 17 and annex A: Word refuses a file in which these stand in another order.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr tabs bidi spacing ind contextualSpacing"
    " jc outlineLvl rPr",
    "rPr": "rStyle rFonts b bCs i iCs caps color spacing kern sz szCs u rtl lang",
    "tblPr": "tblStyle bidiVisual tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
    "sectPr": "headerReference footerReference pgSz pgMar cols titlePg bidi docGrid",
    "lvl": "start numFmt lvlText lvlJc pPr",
    "style": "name aliases basedOn next link uiPriority semiHidden unhideWhenUsed qFormat rsid pPr rPr tblPr",
}

TAGS = [f"w:{name}" for name in ORDER]


def opened(document):
    return docx.Document(io.BytesIO(papers.written(document, "docx")))


def paragraphs(file, words):
    return [one for one in file.element.body.iter(qn("w:p")) if words in "".join(one.itertext(qn("w:t")))]


def test_headings_numbers_and_tables_are_those_of_word():
    file = opened(papers.document())

    styles = {one.text: one.style.name for one in file.paragraphs}
    assert styles["Water and custom"] in ("Title", "Heading 1")
    assert styles["I.\tIntroduction"] == "Heading 1"
    assert "1.\tThe secretariat opened it (UNEP/GC.26/7)." in styles
    assert "(a)\tto respect custom;" in styles
    (reference,) = paragraphs(file, "ALP/2026/C3/14  [Extended period]")
    assert reference.find(f".//{qn('w:outlineLvl')}").get(qn("w:val")) == "1"
    table = next(one for one in file.tables if one.cell(0, 0).text == "Region")
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [cell.text for cell in table.rows[1].cells] == ["Africa", "1,204"]


def test_lists_are_lists_and_each_starts_anew():
    of = [papers.contribution(number, "<ol><li>one</li></ol><ol start='7'><li>seven</li></ol>") for number in (1, 2)]
    file = opened(papers.document(of=of))

    ones, sevens = paragraphs(file, "one"), paragraphs(file, "seven")
    keys = [one.find(f".//{qn('w:numId')}").get(qn("w:val")) for one in [*ones, *sevens]]
    assert len(set(keys)) == 4
    numbering = file.part.numbering_part.element
    starts = {
        one.numId: one.find(f".//{qn('w:startOverride')}").get(qn("w:val"))
        for one in numbering.num_lst
        if one.numId > 1
    }
    assert [starts[int(key)] for key in keys] == ["1", "1", "7", "7"]


def test_links_within_the_paper_arrive_at_bookmarks():
    file = opened(papers.document())

    bookmarks = {one.get(qn("w:name")) for one in file.element.body.iter(qn("w:bookmarkStart"))}
    links = {one.get(qn("w:anchor")) for one in file.element.body.iter(qn("w:hyperlink"))} - {None}
    assert links <= bookmarks
    assert {"intro", "q1", "c14"} <= links
    assert {one.target_ref for one in file.part.rels.values() if one.is_external} == {"https://example.org/"}


def test_arabic_runs_to_the_left_and_what_is_latin_in_it_does_not():
    file = opened(papers.document("ar"))

    (paragraph,) = [one for one in paragraphs(file, "افتتحت") if "1." in "".join(one.itertext())]
    assert paragraph.find(f".//{qn('w:bidi')}") is not None
    turned = {
        "".join(run.itertext(qn("w:t"))): run.find(f".//{qn('w:rtl')}") is not None for run in paragraph.iter(qn("w:r"))
    }
    assert turned["افتتحت الأمانة المشاورة"]
    assert not turned[" (UNEP/GC.26/7)."]
    assert file.sections[0]._sectPr.find(qn("w:bidi")) is not None
    (english,) = paragraphs(file, "The secretariat")
    assert english.find(f".//{qn('w:bidi')}") is None


def test_the_foot_of_each_page_tells_its_number_and_how_many_there_are():
    file = opened(papers.document())

    for footer in (file.sections[0].footer, file.sections[0].first_page_footer):
        fields = [one.get(qn("w:instr")).strip() for one in footer._element.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE", "NUMPAGES"]
    assert file.sections[0].header.paragraphs[0].text == "ALP/2026/C3/PROC"


def test_the_same_paper_has_the_same_bytes():
    assert papers.written(papers.document("zh"), "docx") == papers.written(papers.document("zh"), "docx")


@pytest.mark.parametrize("bad", ['<w:p/>&"\x00\x0b', "]]>", "\ud800"])
def test_hostile_words_stay_words(bad):
    of = [
        paper.Heading(1, bad, bad),
        paper.Paragraph(papers.HOSTILE, bad),
        paper.Table((bad,), [(paper.Link(bad, 'https://example.org/"'),)]),
        papers.contribution(1, papers.HOSTILE, bad),
    ]
    raw = papers.written(paper.Document(bad, symbol=bad, blocks=of), "docx")

    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))
    assert "deep" in "".join(docx.Document(io.BytesIO(raw)).element.body.itertext())


@pytest.mark.parametrize("language", ["en", "ar"])
def test_properties_stand_in_the_order_of_the_standard(language):
    raw = papers.written(papers.document(language, with_cover=True), "docx")

    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        parts = [name for name in package.namelist() if name.startswith("word/") and name.endswith(".xml")]
        found = [element for name in parts for element in etree.fromstring(package.read(name)).iter(*map(qn, TAGS))]
    assert len(found) > 200
    for element in found:
        order = ORDER[etree.QName(element).localname].split()
        places = [order.index(etree.QName(child).localname) for child in element]
        assert places == sorted(places)
