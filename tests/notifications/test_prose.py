"""What people wrote, in plain words: what of a post stands in a digest."""

import pytest

from notifications.digests import pieces, prose

PATCH = """Looks fine, but:

--- a/setup.c
+++ b/setup.c
@@ -10,2 +10,2 @@
-old
+new

Ralf
"""

MAILED_PATCH = """This locks the port.

Signed-off-by: Bob <bob@example.org>
Cc: Alice <alice@example.org>
---
 drivers/port.c  | 12 +++++-----
 drivers/new.h   |  3 +++
 2 files changed, 9 insertions(+), 6 deletions(-)
 create mode 100644 drivers/new.h

diff --git a/drivers/new.h b/drivers/new.h
new file mode 100644
index 0000000..6e3569a
--- /dev/null
+++ b/drivers/new.h
@@ -0,0 +1,3 @@
+#ifndef NEW
+
+#endif
--\x20
2.7.0"""

MAILED_WORDS = [
    "This locks the port.",
    "Signed-off-by: Bob bob@example.org",
    "Cc: Alice alice@example.org",
    "[…]",
]

UNDER_ORIGINAL = """Applied.

------------------ Original ------------------
From:  "Bob"<bob@example.org>;
Date:  Sat, Aug 31, 2019

Please apply this.
"""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One **bold** word.\n\nAnd [a link](http://example.org/x).", ["One bold word.", "And a link."]),
        ("On 3 May 2026, Bob wrote:\n\n> Who?\n\nWe do.", ["We do."]),
        ("Two reasons:\n\n- one\n- two", ["Two reasons:", "- one", "- two"]),
        ("On Wed, 28 Aug 2019 16:02:46 -0700\nBob <bob@example.org> wrote:\n\n> > Who?\n\nWe do.", ["We do."]),
        ("Hello,\n\nQuoting Bob <bob@example.org>:\n> Who?\n\nWe do.", ["Hello,", "We do."]),
        ("From: Bob <bob@example.org>\nDate: Wed, 28 Aug 2019 11:29:45\n\n> Who?\n\nWe do.", ["We do."]),
        ("Two things in 2019.\nYou asked:\n> Who?\n\nWe do.", ["Two things in 2019. You asked:", "We do."]),
        ("> only quoted", ["only quoted"]),
        ("Yes.\n-- \nBob\nHill Road 12", ["Yes."]),
        (PATCH, ["Looks fine, but:", "[…]", "Ralf"]),
        (MAILED_PATCH, MAILED_WORDS),
        (UNDER_ORIGINAL, ["Applied."]),
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


def test_who_signed_stands_one_under_the_other():
    lines = prose.lines(prose.paragraphs("Fixed.\n\nReviewed-by: Bob\nTested-by: Alice\n\nThanks."))

    assert lines == ["Fixed.", "", "Reviewed-by: Bob", "Tested-by: Alice", "", "Thanks."]


def test_rows_of_a_table_stand_one_under_the_other():
    table = "Chips:\n\nName      PRId\nLoongson  R1    0x6305\nLoongson  R2    0x6308\nLoongson  R3    0x630d\n\nThree."

    lines = prose.lines(prose.paragraphs(table))

    assert lines[:4] == ["Chips:", "", "Name PRId", "Loongson R1 0x6305"]
    assert lines[-2:] == ["", "Three."]


def test_what_stands_together_is_one_paragraph_of_html():
    parts = prose.paragraphs("Two reasons:\n\n- one\n- two\n\nReviewed-by: Bob\nTested-by: Alice")

    assert prose.blocks(parts) == [
        ["Two reasons:"],
        ["- one", "- two"],
        ["Reviewed-by: Bob", "Tested-by: Alice"],
    ]


def test_a_head_of_ours_runs_as_the_readers_language_does_and_words_as_they_do():
    assert pieces.paragraph(["\u2068Dora\u2069، 20 نوفمبر:"], bold_first=True).startswith("<p><b>")
    assert pieces.paragraph(["In July."]) == '<p dir="auto">In July.</p>'
