"""Majorities and quorums, in integers: a table of edge cases, and the same against the plain words of each rule."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations import tally

many = settings(max_examples=200, deadline=None)

# yes, no, abstain, majority, of, present, roll: needed, adopted
EDGES = """
 6  3  0  two_thirds  voting  -   -    6  yes  two thirds of 9 is 6
 5  4  0  two_thirds  voting  -   -    6  no
 7  3  0  two_thirds  voting  -   -    7  yes  two thirds of 10 is 6 2/3
 6  4  0  two_thirds  voting  -   -    7  no
 5  3  4  two_thirds  voting  -   -    6  no   the example of the issue
 5  3  4  two_thirds  present -   -    8  no   abstaining counts against it here
 8  0  4  two_thirds  present -   -    8  yes
 2  1  0  two_thirds  voting  -   -    2  yes
 1  0  0  two_thirds  voting  -   -    1  yes
 0  0  0  two_thirds  voting  -   -    1  no   zero votes adopt nothing
 5  4  0  simple      voting  -   -    5  yes
 5  5  0  simple      voting  -   -    6  no   a tie is not adopted
 5  4  9  simple      voting  -   -    5  yes  those who abstain do not vote
 5  4  9  simple      present -   -   10  no
 5  4  0  simple      present 10  -    6  no   one is there and says nothing
 5  4  1  simple      roll    -   9    x  x    ten take part, nine may
 5  4  0  simple      roll    -   9    5  yes
 5  4  0  simple      roll    -  10    6  no
 1  0  0  simple      voting  -   -    1  yes
 0  0  7  simple      voting  -   -    1  no   all abstain
 0  1  0  simple      voting  -   -    1  no
 0  0  0  simple      voting  -   -    1  no
 0  0  0  absolute    voting  -   0    1  no   a roll of nobody
 8  0  0  absolute    voting  -  15    8  yes
 8  0  0  absolute    voting  -  16    9  no   more than half of 16 is 9
 9  7  0  absolute    present -  16    9  yes  absolute is of the roll, whatever is said
 9  0  0  absolute    roll    -  17    9  yes
 3  2  0  3/5         voting  -   -    3  yes
 3  3  0  3/5         voting  -   -    4  no
 5  5  0  1/2         voting  -   -    5  no   at least half, but a tie
 6  5  0  1/2         voting  -   -    6  yes  half of 11 is 5 1/2
 4  8  0  1/3         voting  -   -    4  yes  a third may ask for it
 3  8  0  1/3         voting  -   -    4  no
 7  0  0  1/1         voting  -   -    7  yes
 7  0  1  1/1         voting  -   -    7  yes
 7  0  1  1/1         present -   -    8  no   one abstains where all must agree
 7  1  0  1/1         voting  -   -    8  no
 3  0  0  0/1         voting  -   -    1  yes  needed is at least 1
 0  3  0  0/1         voting  -   -    1  no
 75 25 0  3/4         roll    -  100  75  yes
 74 26 0  3/4         roll    -  100  75  no
 67 33 0  two_thirds  voting  -   -   67  yes
 66 34 0  two_thirds  voting  -   -   67  no
 129 64 0 two_thirds  roll    -  193 129  yes  two thirds of 193 is 128 2/3
 128 65 0 two_thirds  roll    -  193 129  no
"""


@pytest.mark.parametrize("row", EDGES.strip().splitlines(), ids=lambda row: " ".join(row.split()[:9]))
def test_the_edges(row):
    yes, no, abstain, majority, of, present, roll, needed, adopted = row.split()[:9]
    people = {"present": present, "roll": roll}
    people = {name: int(number) for name, number in people.items() if number != "-"}
    figures = {"yes": int(yes), "no": int(no), "abstain": int(abstain), "majority": majority, "of": of, **people}

    if needed == "x":
        with pytest.raises(tally.Malformed, match="10 took part, but only 9 are on the roll"):
            tally.motion(**figures)
        return
    motion = tally.motion(**figures)

    assert (motion.needed, motion.adopted) == (int(needed), adopted == "yes")


numbers = st.integers(0, 40)


@many
@given(numbers, numbers, numbers, st.sampled_from(["simple", "two_thirds", "absolute"]), st.sampled_from(tally.BASES))
def test_needed_is_the_fewest_votes_that_the_words_of_the_rule_let_pass(yes, no, abstain, majority, of):
    roll = yes + no + abstain + 3

    motion = tally.motion(yes=yes, no=no, abstain=abstain, majority=majority, of=of, roll=roll)

    base = {"voting": yes + no, "present": yes + no + abstain, "roll": roll}["roll" if majority == "absolute" else of]
    passes = {
        "simple": lambda votes: 2 * votes > base,
        "absolute": lambda votes: 2 * votes > base,
        "two_thirds": lambda votes: 3 * votes >= 2 * base,
    }[majority]
    assert motion.needed == next(votes for votes in range(1, base + 2) if passes(votes))
    assert motion.adopted == (yes > 0 and passes(yes) and yes != no)


@many
@given(numbers, numbers, st.integers(0, 12), st.integers(1, 12))
def test_a_share_is_at_least_that_share_rounded_up(yes, no, part, whole):
    part = min(part, whole)

    motion = tally.motion(yes=yes, no=no, majority=f"{part}/{whole}")

    assert motion.needed == max(1, -(-part * (yes + no) // whole))
    assert motion.adopted == (yes >= motion.needed and yes != no)
    assert motion == tally.motion(yes=yes, no=no, majority=Fraction(part, whole))


@pytest.mark.parametrize(
    ("quorum", "roll", "present", "needed", "met"),
    [
        ("majority", 16, 9, 9, True),
        ("majority", 16, 8, 9, False),
        ("majority", 17, 9, 9, True),
        ("1/2", 16, 8, 8, True),
        ("1/2", 17, 8, 9, False),
        ("1/3", 193, 64, 65, False),
        ("1/3", 193, 65, 65, True),
        ("2/3", 9, 6, 6, True),
        ("1/1", 5, 4, 5, False),
        ("0/1", 5, 0, 0, True),
        ("majority", 0, 0, 1, False),
    ],
)
def test_a_quorum_is_of_the_roll_and_without_it_nothing_is_adopted(quorum, roll, present, needed, met):
    motion = tally.motion(yes=present, no=0, roll=roll, quorum=quorum)

    assert (motion.quorum.needed, motion.quorum.of, motion.quorum.present) == (needed, roll, present)
    assert motion.quorum.met is met
    assert motion.adopted is (met and present > 0)


def test_those_who_abstain_are_present_and_more_may_be():
    abstaining = tally.motion(yes=3, no=1, abstain=5, roll=16, quorum="majority")
    silent = tally.motion(yes=3, no=1, present=9, roll=16, quorum="majority")

    assert abstaining.quorum.met
    assert silent.quorum.met
    assert abstaining.adopted
    assert silent.adopted


@pytest.mark.parametrize(
    ("figures", "reason"),
    [
        ({"majority": "absolute"}, "say how many are on it"),
        ({"of": "roll"}, "say how many are on it"),
        ({"quorum": "majority"}, "say how many are on it"),
        ({"present": 8}, "9 voted or abstained, but only 8 are said to be present"),
        ({"present": 12, "roll": 11}, "12 took part, but only 11 are on the roll"),
        ({"yes": -1}, "negative: -1"),
        ({"roll": -9}, "negative: -9"),
        ({"no": 1.0}, "whole number, not “1.0”"),
        ({"majority": "most"}, "or a share such as 3/5"),
        ({"majority": "4/3"}, "at most 1/1; not “4/3”"),
        ({"majority": "1/0"}, "or a share such as 3/5"),
        ({"majority": "0.6"}, "or a share such as 3/5"),
        ({"quorum": "-1/3", "roll": 20}, "A quorum is majority, or a share"),
        ({"of": "everyone"}, "voting, present, roll; not of “everyone”"),
    ],
)
def test_numbers_that_are_missing_or_contradict_each_other_are_refused(figures, reason):
    with pytest.raises(tally.Malformed, match=reason):
        tally.motion(**({"yes": 5, "no": 3, "abstain": 1} | figures))


@pytest.mark.parametrize(
    ("figures", "explanation"),
    [
        (
            {"majority": "two_thirds", "roll": 16, "quorum": "majority"},
            "Not adopted: 5 for, 3 against, 4 abstaining. Two thirds of those voting: 6 of 8 needed."
            " Quorum 9 of 16: met by 12.",
        ),
        (
            {"roll": 40, "quorum": "1/3"},
            "Not adopted: 5 for, 3 against, 4 abstaining. More than half of those voting: 5 of 8 needed."
            " Quorum 14 of 40: not met by 12.",
        ),
        (
            {"majority": "3/5", "of": "present"},
            "Not adopted: 5 for, 3 against, 4 abstaining. At least 3/5 of those present: 8 of 12 needed.",
        ),
        (
            {"majority": "absolute", "roll": 9, "abstain": 1},
            "Adopted: 5 for, 3 against, 1 abstaining. More than half of the roll: 5 of 9 needed.",
        ),
        (
            {"yes": 3, "majority": "1/2"},
            "Not adopted: 3 for, 3 against, 4 abstaining, a tie. At least 1/2 of those voting: 3 of 6 needed.",
        ),
    ],
)
def test_the_outcome_explains_itself(figures, explanation):
    motion = tally.motion(**({"yes": 5, "no": 3, "abstain": 4} | figures))

    assert tally.explain(motion) == explanation
