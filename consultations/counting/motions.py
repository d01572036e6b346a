"""Motions: whether so many for and against adopt something, in integers.

Two questions, each answered on its own: did enough say yes (the majority), and were enough there to decide (the
quorum)? The base of a majority is those who vote for or against, without those who abstain (Rules of Procedure of the
General Assembly of the United Nations, A/520, rule 86), all who are present, or the roll of those who may vote.
"""

import re
from fractions import Fraction

from consultations.counting.ballots import Malformed, shown
from consultations.counting.outcomes import Decision, Majority, Motion, Quorum

MAJORITIES = ("simple", "two_thirds", "absolute")  # or a share such as 3/5
BASES = ("voting", "present", "roll")


def motion(*, yes, no, abstain=0, majority="simple", of="voting", present=None, roll=None, quorum=None):
    """The outcome of a motion with so many votes for, against and abstaining.

    majority: `simple`, more than half; `two_thirds`, at least two thirds; `absolute`, more than half of the roll,
        whatever `of` says; or a share such as `3/5`, at least that much.
    of: `voting` (those for and against), `present` or `roll`.
    present: how many are there, all who vote or abstain unless told. roll: how many may vote.
    quorum: a share of the roll such as `1/3`, at least that many present; `majority`, more than half of the roll.

    As many for as against is never adopted. Raises Malformed where numbers are missing or contradict each other.
    """
    for name, number in (("yes", yes), ("no", no), ("abstain", abstain)):
        _check(name, number)
    rows = yes + no + abstain
    decision = decide(
        votes=yes,
        voting=yes + no,
        rows=rows,
        majority=majority,
        of=of,
        present=present,
        roll=roll,
        quorum=quorum,
        is_tied=yes == no,
    )
    return Motion(yes, no, abstain, decision)


def decide(*, votes, voting, rows, majority, of="voting", present=None, roll=None, quorum=None, is_tied=False):
    """The decision over `votes` for something where `voting` took a side and `rows` took part; else as `motion`."""
    asked = profile(majority, of)
    present = present_of(rows, present, roll)
    if asked.of == "roll" and roll is None:
        raise Malformed("This majority is one of the roll, so say how many are on it (--roll).")
    base = {"voting": voting, "present": present, "roll": roll}[asked.of]
    return Decision(votes, asked, base, quorum_of(quorum, present, roll), is_tied)


def present_of(rows, present=None, roll=None):
    """How many are present: those who took part, unless told. Raises Malformed where numbers contradict."""
    present = rows if present is None else present
    _check("present", present)
    if present < rows:
        raise Malformed(f"{rows} voted or abstained, but only {present} are said to be present. Correct the number.")
    if roll is not None:
        _check("roll", roll)
        if roll < present:
            raise Malformed(f"{present} took part, but only {roll} are on the roll. Correct the number.")
    return present


def profile(majority, of="voting"):
    """What these words ask for, as a Majority; raises Malformed for words that ask nothing."""
    if of not in BASES:
        raise Malformed(f"A majority is of {', '.join(BASES)}; not of {shown(of)}.")
    if majority == "simple":
        return Majority(Fraction(1, 2), True, of)
    if majority == "absolute":
        return Majority(Fraction(1, 2), True, "roll")
    if majority == "two_thirds":
        return Majority(Fraction(2, 3), False, of)
    return Majority(share(majority, "A majority", "simple, two_thirds, absolute"), False, of)


def quorum_of(quorum, present, roll):
    """The quorum these words ask for, or None where they ask for none; raises Malformed."""
    if quorum is None:
        return None
    if roll is None:
        raise Malformed("A quorum is a part of the roll, so say how many are on it (--roll).")
    least = Majority(Fraction(1, 2), True, "roll") if quorum == "majority" else None
    if least:
        return Quorum(least.needed(roll), roll, present)
    part = share(quorum, "A quorum", "majority")
    return Quorum(-(-part.numerator * roll // part.denominator), roll, present)


def share(words, what, others):
    """`3/5` as a fraction from 0 to 1; a Fraction stays as it is. Raises Malformed, naming the `others` one may say."""
    if isinstance(words, Fraction):
        part = words
    else:
        found = re.fullmatch(r"\s*([0-9]{1,9})\s*/\s*([0-9]{1,9})\s*", str(words))
        part = Fraction(int(found[1]), int(found[2])) if found and int(found[2]) else None
    if part is None or not 0 <= part <= 1:
        raise Malformed(f"{what} is {others}, or a share such as 3/5, at most 1/1; not {shown(words)}.")
    return part


def _check(name, number):
    if isinstance(number, bool) or not isinstance(number, int):
        raise Malformed(f"The number for {name} must be a whole number, not {shown(number)}.")
    if number < 0:
        raise Malformed(f"The number for {name} is negative: {number}. Nobody can cast fewer than 0 votes.")
