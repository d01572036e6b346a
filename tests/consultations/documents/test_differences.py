"""Differences: whatever two texts are, applying one to the old text gives the new one, in bounded time."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations import differences

WORDS = st.sampled_from(
    ["shall", "should", " ", ", ", "States", "水", "大会", "ที่", "يجب", "(a)", "\n", "’s", "2,000", "é"]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=40).map("".join))


def without(kind, changes):
    return "".join(change.text for change in changes if change.kind != kind)


@given(TEXTS, TEXTS)
def test_a_difference_applied_to_the_old_text_gives_the_new_one(old, new):
    changes = differences.compare(old, new)

    assert without(differences.IN, changes) == old
    assert without(differences.OUT, changes) == new
    assert all(change.text for change in changes)
    assert (old == new) == all(change.kind == differences.SAME for change in changes)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("States shall act.", "States should act.", "States [-shall-] {+should+} act."),
        ("States act.", "States act, as appropriate.", "States act{+, as appropriate+}."),
        ("大会决定设立工作组。", "大会建议设立特设工作组。", "大会[-决定-] {+建议+}设立{+特设+}工作组。"),
        ("يجب على الدول", "ينبغي على الدول", "[-يجب-] {+ينبغي+} على الدول"),
        ("the old bridge stands", "a new road stands", "[-the old bridge-] {+a new road+} stands"),
        ("Same.", "Same.", "Same."),
        ("", "New.", "{+New.+}"),
    ],
)
def test_words_are_the_unit_and_signs_where_no_spaces_are_written(old, new, said):
    assert differences.plain(differences.compare(old, new)) == said


def test_what_people_wrote_never_becomes_markup():
    changes = differences.compare("a <b> c", "a <script> & c")

    assert differences.html(changes) == "a &lt;<del>b&gt;</del><ins>script&gt; &amp;</ins> c"


def test_two_long_texts_with_nothing_in_common_take_no_time():
    rng = random.Random(4)
    old, new = (" ".join(f"w{rng.randrange(60)}" for _word in range(12_000)) for _side in range(2))
    began = time.process_time()

    changes = differences.compare(old, new)

    assert without(differences.OUT, changes) == new
    assert time.process_time() - began < 5
