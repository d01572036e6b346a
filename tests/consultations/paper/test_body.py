"""Bodies are read back into pieces: all of their words, and no more of their markup than papers can show."""

import pytest

from consultations.paper import body
from core import text
from tests.consultations.paper import papers


def words(pieces):
    found = []
    for piece in pieces:
        if isinstance(piece, body.Words):
            found.append("".join(run.text for run in piece.runs))
        elif isinstance(piece, body.Listing):
            found += [one for item in piece.items for one in words(item)]
        elif isinstance(piece, body.Quotation):
            found += words(piece.pieces)
        elif isinstance(piece, body.Grid):
            found += ["".join(run.text for run in cell) for row in piece.rows for cell in row]
    return found


def test_every_kind_of_markup_is_told_apart():
    pieces = body.read(text.render(papers.BODY))

    heading, paragraph, listing, quotation, grid, code, rule = pieces
    assert heading.kind == "heading"
    assert [run.text for run in paragraph.runs if run.bold] == ["water"]
    assert [run.href for run in paragraph.runs if run.href] == ["#c14", "https://example.org/"]
    assert (listing.start, words([listing])) == (1, ["one", "two", "three"])
    assert listing.items[1][1].start is None
    assert words([quotation]) == ["said"]
    assert (grid.heads, words([grid])) == (1, ["a", "b", "1", "2"])
    assert (code.kind, words([code])) == ("code", ["x = 1"])
    assert isinstance(rule, body.Rule)


def test_a_hostile_body_keeps_its_words_and_loses_the_rest():
    pieces = body.read(papers.HOSTILE)

    said = " ".join(words(pieces))
    assert "safe" in said
    assert "deep" in said
    assert "alert" not in said
    assert "\x00" not in said
    assert [run.href for run in pieces[0].runs if run.href] == []


@pytest.mark.parametrize("href", ["https://example.org/", "mailto:dora@example.org", "#c14", "data/votes.csv#row-2"])
def test_a_paper_leads_to_addresses_anchors_and_files_beside_it(href):
    assert body.address(href) == href


@pytest.mark.parametrize(
    "href", ["javascript:x", "../../etc/passwd", "/threads/3/", "paper:c14", "c:\\x", "//evil", ""]
)
def test_a_paper_leads_nowhere_else(href):
    assert body.address(href) == ""


def test_a_path_of_the_site_leads_there_when_the_site_is_named():
    assert body.address("/threads/3/", "https://forum.example.org/") == "https://forum.example.org/threads/3/"


@pytest.mark.parametrize(
    ("said", "base", "runs"),
    [
        ("UNEP رحب البرنامج بالقرار", "ltr", "rtl"),
        ("The word ماء means water", "rtl", "ltr"),
        ("2026/14", "rtl", "rtl"),
        ("2026/14", "ltr", "ltr"),
    ],
)
def test_most_letters_decide_the_direction_not_the_first(said, base, runs):
    assert body.direction(said, base) == runs


@pytest.mark.parametrize(
    ("words", "base", "shown"),
    [
        ("What dries up first?", "ltr", "What dries up first?"),
        ("What dries up first?", "rtl", "\u200eWhat dries up first?\u200e"),
        ("ما الذي يجف أولا؟ (1)", "ltr", "\u200fما الذي يجف أولا؟ (1)\u200f"),
        ("12", "rtl", "12"),
        ("", "rtl", ""),
    ],
)
def test_words_that_run_the_other_way_keep_their_punctuation(words, base, shown):
    assert body.set_off(words, base) == shown
