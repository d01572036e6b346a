"""What people wrote, in plain words: what of a post stands in a digest."""

import pytest

from notifications.digests import prose

PATCH = """Looks fine, but:

--- a/setup.c
+++ b/setup.c
@@ -10,2 +10,2 @@
-old
+new

Ralf
"""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One **bold** word.\n\nAnd [a link](http://example.org/x).", ["One bold word.", "And a link."]),
        ("On 3 May 2026, Bob wrote:\n\n> Who?\n\nWe do.", ["We do."]),
        ("Two reasons:\n\n- one\n- two", ["Two reasons:", "- one", "- two"]),
        ("> only quoted", ["only quoted"]),
        ("Yes.\n-- \nBob\nHill Road 12", ["Yes."]),
        (PATCH, ["Looks fine, but:", "[…]", "Ralf"]),
        ("```\ncode\n```\n\nwords", ["words"]),
        ("[#13] is no item here", ["(#13) is no item here"]),
        ("-- a dash", ["– a dash"]),
        ("", []),
    ],
)
def test_a_post_in_plain_words(text, shown):
    assert prose.paragraphs(text) == shown


def test_a_long_post_is_folded_after_a_word():
    parts, is_cut = prose.fold(
        ["First paragraph of some length.", "Second one, which is longer than what is left."], 60
    )

    assert is_cut
    assert parts == ["First paragraph of some length…"]


def test_lists_hang_under_their_marks():
    lines = prose.lines(["Reasons:", "- " + "a word " * 14, "10. " + "a word " * 12])

    assert lines[:2] == ["Reasons:", ""]
    assert lines[3].startswith("  ")
    assert lines[-1].startswith("    ")


@pytest.mark.parametrize(
    ("name", "language", "is_isolated"),
    [("Bob", "en", False), ("محمد", "en", True), ("محمد", "ar", False), ("Bob", "ar", True)],
)
def test_a_name_that_runs_the_other_way_is_kept_apart(name, language, is_isolated):
    assert (prose.name(name, language) == f"\u2068{name}\u2069") is is_isolated
