"""Counting votes, in integers and exact fractions: the front of `consultations/counting`. No database, no settings.

    tally.schulze(["A", "B", "C"], [(3, (("A",), ("B", "C"))), (2, (("B",),))]).winners == ("A",)
    tally.motion(yes=5, no=3, abstain=4, majority="two_thirds", roll=16, quorum="majority").adopted is False

Ballots are pairs of a count and what stands on them: for `plurality`, `schulze` and `irv` a ranking, a tuple of ranks
from first to last, each rank a tuple of options that stand equal; for `approval` the options approved of; for `score`
{option: score}. Every method returns an `Outcome`, `motion` a `Motion`; `explain` says either in plain English, and
`as_dict` as data for JSON. Ties are ties. Ballots that cannot be counted raise `Malformed` with a message for people.
docs/counting.md states the rules and their sources.
"""

from consultations.counting.ballots import Malformed
from consultations.counting.files import METHODS, Asked, Counted
from consultations.counting.files import count as count_file
from consultations.counting.irv import irv
from consultations.counting.motions import BASES, decide, motion, profile, quorum_of
from consultations.counting.outcomes import Decision, Majority, Motion, Outcome, Quorum, Round
from consultations.counting.schulze import schulze
from consultations.counting.sums import approval, plurality, score
from consultations.counting.wording import explain

__all__ = [
    "BASES",
    "METHODS",
    "Asked",
    "Counted",
    "Decision",
    "Majority",
    "Malformed",
    "Motion",
    "Outcome",
    "Quorum",
    "Round",
    "approval",
    "as_dict",
    "count_file",
    "decide",
    "explain",
    "irv",
    "motion",
    "plurality",
    "profile",
    "quorum_of",
    "schulze",
    "score",
]


def as_dict(outcome, decision=None, quorum=None):
    """The outcome as data for JSON, with all the keys of the contract: None or [] where one does not apply.

    order: list of lists of names, the best first. winners: names, none where something that was asked is missing.
    pairwise: {name: {other: ballots}} of Schulze. rounds: of IRV each round, of plurality, approval and score the one
    there is. Fractions are text, `7/2`.
    decision, quorum: what was asked of an election beyond its count (`decide`, `quorum_of`).
    """
    decision = outcome.decision if isinstance(outcome, Motion) else decision
    quorum = decision.quorum if decision else quorum
    if isinstance(outcome, Motion):
        order, winners, pairwise, rounds, method = (), (), None, None, "motion"
    else:
        order, method = outcome.order, outcome.method
        winners = outcome.winners if _stands(decision, quorum) else ()
        pairwise = outcome.pairwise or None
        rounds = [_round(step) for step in outcome.rounds] or None
        if outcome.numbers:
            rounds = [{"votes": _numbers(outcome.numbers), "out": [], "tied": [], "exhausted": outcome.empty}]
    return {
        "method": method,
        "order": [list(tied) for tied in order],
        "winners": list(winners),
        "pairwise": pairwise,
        "rounds": rounds,
        "adopted": decision.adopted if decision else None,
        "needed": decision.needed if decision else None,
        "quorum": _quorum(quorum) if quorum else None,
        "explanation": explain(outcome, decision, quorum),
    }


def _stands(decision, quorum):
    """Whether an election has all that was asked of it beyond its count."""
    return (quorum is None or quorum.met) and (decision is None or decision.adopted)


def _round(step):
    return {
        "votes": _numbers(step.votes),
        "out": list(step.out),
        "tied": list(step.tied),
        "exhausted": _number(step.exhausted),
    }


def _quorum(quorum):
    return {"needed": quorum.needed, "of": quorum.of, "present": quorum.present, "met": quorum.met}


def _numbers(numbers):
    return {option: _number(number) for option, number in numbers.items()}


def _number(number):
    return number if isinstance(number, int) else str(number)
