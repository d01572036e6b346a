"""The HTML of a paper: one strict file, in the direction of its language, with links that arrive."""

import base64
import hashlib
import re

import pytest
from lxml import html as lxml_html

from consultations import paper
from consultations.paper import html
from tests.consultations.paper import papers


def tree(document):
    return lxml_html.document_fromstring(papers.written(document, "html").decode())


def test_each_link_within_the_paper_arrives():
    page = tree(papers.document())

    anchors = [link.get("href")[1:] for link in page.iter("a") if link.get("href").startswith("#")]
    assert {"intro", "q1", "c14", "p1"} <= set(anchors)
    assert [anchor for anchor in anchors if not page.xpath("//*[@id=$id]", id=anchor)] == []


def test_the_levels_of_headings_skip_none():
    page = tree(papers.document(of=[paper.Heading(3, "Deep"), papers.contribution(1, "<p>words</p>")]))

    assert [heading.tag for heading in page.iter("h1", "h2", "h3", "h4", "h5", "h6")] == ["h1", "h2", "h3"]


def test_it_asks_for_nothing_and_may_run_nothing():
    page = tree(papers.document())

    assert page.xpath("//script | //link | //img | //iframe | //form | //@style | //@src") == []
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    style = page.xpath("string(//style)")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in policy
    assert re.search(r"url\(|@import|margin-left|margin-right|text-align: (left|right)", style) is None


@pytest.mark.parametrize(("language", "runs"), [("en", "ltr"), ("ar", "rtl"), ("zh", "ltr"), ("ru", "ltr")])
def test_it_runs_as_its_language_does_and_a_contribution_as_its_own(language, runs):
    page = tree(papers.document(language))

    assert page.get("dir") == runs
    assert page.get("lang").startswith(language)
    words = page.xpath("//section[@id='c15']/div[last()]")[0]
    assert (words.get("lang"), words.get("dir")) == (("en", "ltr") if language == "ar" else ("ar", "rtl"))


def test_a_reference_among_arabic_words_keeps_its_order():
    page = tree(papers.document("ar"))

    assert page.xpath("//section[@id='c14']//h3//bdi[@dir='ltr']/text()") == ["ALP/2026/C3/14"]


def test_what_sets_a_contribution_apart_stands_beside_its_reference():
    page = tree(papers.document())

    assert page.xpath("//section[@id='c14']/span[@class='stamp']/text()") == ["Extended period"]
    assert page.xpath("//section[@id='c15']/span[@class='stamp']") == []
    assert "A number was taken out." in page.xpath("string(//section[@id='c14'])")


def test_hostile_words_stay_words_everywhere():
    bad = "<script>alert(1)</script>\"'&"
    of = [
        paper.Heading(1, bad, bad),
        paper.Paragraph(papers.HOSTILE, bad),
        paper.Table((bad,), [(bad,), (paper.Link(bad, "javascript:alert(1)"),)], caption=bad),
        papers.contribution(1, papers.HOSTILE, bad, stamp=bad, note=bad),
    ]
    page = tree(paper.Document(bad, symbol=bad, publisher=bad, blocks=of))

    assert page.xpath("//script | //img | //svg | //@onclick | //a[contains(@href, 'javascript')]") == []
    assert page.xpath("string(//h1)") == bad


def test_blocks_are_asked_for_one_by_one():
    asked = []
    of = (asked.append(number) or papers.contribution(number, "<p>words</p>") for number in range(1, 4))
    pieces = html.pieces(paper.Document("Proceedings", blocks=of))

    next(pieces)
    assert asked == []
    assert "ALP/2026/C3/1<" in next(pieces)
    assert asked == [1]


def test_a_language_that_is_none_of_ours_stops_no_paper():
    page = tree(papers.document(of=[papers.contribution(1, "<p>Kipupwe</p>", language="sw")]))

    assert page.xpath("//section//div[p='Kipupwe']/@lang") == []


def test_an_anchor_that_could_break_out_is_refused():
    with pytest.raises(ValueError, match="no anchor"):
        paper.Paragraph("<p>x</p>", anchor='x"><script>')


def test_a_table_takes_as_many_cells_as_it_has_columns():
    page = tree(papers.document(of=[paper.Table(("a", "b"), [("1",), ("1", "2", "3")])]))

    assert [[cell.text or "" for cell in row] for row in page.xpath("//tbody/tr")] == [["1", ""], ["1", "2"]]
