"""Anchoring: paragraphs are found again in the next version, and each of both sides is accounted for once."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations import anchoring
from consultations.anchoring import Block, anchor

TEXTS = [
    "States shall protect the springs above two thousand metres from pollution by mines and roads.",
    "Every partner measures its springs twice a year and reports the flow in litres per second.",
    "Measurements are published within three months in the languages of those who drink the water.",
    "A fund pays for instruments where a partner cannot, on the advice of its board.",
    "Disputes about the last water of a dry summer are settled by the elders of both valleys.",
    "The secretariat convenes a conference every second year, alternately in each of the regions.",
]
OLD = [Block("paragraph", str(number), text) for number, text in enumerate(TEXTS, 1)]
ZH = [
    "各国应保护海拔两千米以上的泉水免受矿山和道路的污染。",
    "各伙伴每年两次测量其泉水并报告流量。",
    "基金为无力购买的伙伴支付仪器费用。",
]


def states(old, new):
    return {
        (
            old[one.old].label if one.old is not None else "",
            new[one.new].label if one.new is not None else "",
        ): one.state
        for one in anchor(old, new).anchors
    }


def numbered(*texts):
    return [Block("paragraph", str(number), text) for number, text in enumerate(texts, 1)]


def test_the_same_text_is_kept():
    assert set(states(OLD, OLD).values()) == {"kept"}


def test_a_new_paragraph_renumbers_the_others_and_they_are_kept():
    new = numbered(*TEXTS[:2], "Women hold half of the seats on every body that this charter creates.", *TEXTS[2:])

    assert states(OLD, new) == {
        ("1", "1"): "kept",
        ("2", "2"): "kept",
        ("", "3"): "new",
        ("3", "4"): "kept",
        ("4", "5"): "kept",
        ("5", "6"): "kept",
        ("6", "7"): "kept",
    }


def test_a_paragraph_that_goes_elsewhere_is_moved_and_one_that_is_left_out_is_gone():
    new = numbered(TEXTS[4], TEXTS[0], TEXTS[1], TEXTS[2], TEXTS[5])

    assert states(OLD, new) == {
        ("5", "1"): "moved",
        ("1", "2"): "kept",
        ("2", "3"): "kept",
        ("3", "4"): "kept",
        ("6", "5"): "kept",
        ("4", ""): "orphaned",
    }


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        (TEXTS[1].replace("twice", "four times"), True),
        (TEXTS[1].upper(), True),
        ("Springs are measured by every partner, twice a year; the flow in litres per second is reported.", True),
        ("Something else altogether, which nobody had thought of, stands here now.", True),
    ],
)
def test_a_reworded_paragraph_in_its_place_is_found_again(text, is_found):
    new = numbered(TEXTS[0], text, *TEXTS[2:])

    assert (anchor(OLD, new).of[1] == 1) is is_found


def test_a_reworded_and_renumbered_paragraph_is_found_by_its_words():
    new = numbered(TEXTS[5], TEXTS[3].replace("A fund pays", "The new fund may pay"), TEXTS[0])

    assert anchor(OLD, new).of == [5, 3, 0]


def test_chinese_paragraphs_are_found_by_their_signs():
    old = numbered(*ZH)
    new = numbered(ZH[2].replace("仪器", "设备"), "新的一段关于妇女参与的案文。", ZH[0].replace("污染", "损害"))

    assert anchor(old, new).of == [2, None, 0]


def test_a_paragraph_in_two_parts_is_split_and_two_in_one_are_merged():
    first, second = (
        "Every partner measures its springs twice a year.",
        "It reports the flow in litres a second to all.",
    )
    split = numbered(TEXTS[0], TEXTS[1], "the flow in litres per second reports every partner", *TEXTS[2:])
    merged = anchor(numbered(first, second, TEXTS[0]), numbered(f"{first} {second}", TEXTS[0]))

    assert states(OLD, split)[("2", "3")] == "split"
    assert sorted(one.state for one in merged.anchors) == ["changed", "kept", "merged"]


def test_short_items_need_their_number():
    old = [Block("paragraph", "1", TEXTS[0]), Block("paragraph", "1(a)", "Water;"), Block("paragraph", "1(b)", "Food;")]
    new = [Block("paragraph", "1", TEXTS[0]), Block("paragraph", "1(a)", "Food;"), Block("paragraph", "1(b)", "Water;")]

    assert anchor(old, new).of == [0, 2, 1]


@given(st.lists(st.sampled_from(TEXTS + ZH), max_size=8), st.lists(st.sampled_from(TEXTS + ZH), max_size=8))
def test_every_paragraph_of_both_sides_is_told_of_once(before, after):
    old, new = numbered(*before), numbered(*after)
    found = anchor(old, new)

    taken = [place for place in found.of if place is not None]
    assert len(taken) == len(set(taken))
    told_new = [one.new for one in found.anchors if one.state not in ("merged", "orphaned")]
    told_old = [one.old for one in found.anchors if one.state not in ("split", "new")]
    assert sorted(told_new) == list(range(len(new)))
    assert sorted(told_old) == list(range(len(old)))


def test_two_thousand_paragraphs_that_are_all_alike_take_no_time():
    rng = random.Random(5)
    text = "The partner shall report on the spring number {} of the valley in the month after the thaw, and pay {}."
    old = numbered(*(text.format(rng.randrange(10**6), rng.randrange(10**6)) for _each in range(2_000)))
    new = [Block("paragraph", one.label, one.text.replace("shall", "should")) for one in reversed(old)]
    began = time.process_time()

    found = anchor(old, new)

    assert found.of[:3] == [1999, 1998, 1997]
    assert time.process_time() - began < 8
    assert anchoring.words("两米") == ["两", "两米"]
