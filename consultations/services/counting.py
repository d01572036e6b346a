"""Counting a ballot: from the votes and the roll to figures, which the record keeps and `wording/outcomes.py` says.

The arithmetic is all in `tally`, in integers. `facts` is what goes into the journal: whoever has the votes and the
roll comes to the same.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass

from consultations import tally
from consultations.models import Elector, Vote
from consultations.models.ballots import OF_OPTIONS, Kind, Method
from consultations.services import urns
from consultations.words import positions

REMEMBERED = 100  # results a process keeps
_remembered = {}


@dataclass(frozen=True)
class Counted:
    """facts: see `of`. outcome: the tally.Outcome of an election with its rounds or pairs, the tally.Motion of a motion
    that has a majority; else None.
    """

    facts: dict
    outcome: object = None


def of(ballot):
    """What the votes of a ballot say now, `Counted`; pages show it only after the count.

    The facts are: kind, method; roll, present, votes (how many), list_sha256 (see `digest`); order, [[option or answer,
    number], ...], the highest first, and winners (none of yes, no and abstain wins); of an election by ranking places,
    [[option, ...], ...]; of what has a majority adopted, for, voting, needed, base, of, majority, is_tied; quorum and
    opening, {needed, of, present, met} or None; where hands were counted in the hall, hall, {answer: number}, which are
    among the votes; is_straw where it binds nobody. Numbers are integers.
    """
    papers, hall = published(ballot), ballot.hall or {}
    values = [value for _who, value in papers] + [value for value, hands in hall.items() for _hand in range(hands)]
    roll, present = _roll(ballot, len(values))
    facts = {
        "kind": str(ballot.kind),
        "method": str(ballot.method),
        "roll": roll,
        "present": present,
        "votes": len(values),
        "list_sha256": digest(papers),
        **({"hall": hall} if ballot.hall else {}),
        **({"is_straw": True} if ballot.is_straw else {}),
        "quorum": _quorum(ballot.quorum, present, roll),
        "opening": _quorum(ballot.opening_quorum, present, roll),
    }
    if facts["opening"] and not facts["opening"]["met"]:
        # It never opened, so what was voted meanwhile is nobody's business.
        return Counted(facts | {"votes": 0, "list_sha256": digest([]), "order": [], "winners": [], "adopted": False})
    if ballot.kind in OF_OPTIONS:
        return _election(ballot, values, facts)
    if ballot.kind == Kind.YES_NO:
        return _motion(ballot, values, facts)
    return _positions(ballot, values, facts)


def final(ballot):
    """What came out of a ballot that is counted; remembered, for no vote is taken any more."""
    key = (ballot.pk, ballot.counted_at)
    found = _remembered.get(key)
    if found is None:
        if len(_remembered) >= REMEMBERED:
            _remembered.clear()
        found = _remembered[key] = of(ballot)
    return found


def is_open_by_quorum(ballot):
    """Has a ballot with a quorum to open enough people there? True for all others."""
    if not ballot.opening_quorum:
        return True
    roll, present = _roll(ballot, turnout(ballot)[1] + sum((ballot.hall or {}).values()))
    return _quorum(ballot.opening_quorum, present, roll)["met"]


def turnout(ballot):
    """(on the roll, have voted, are there); two small queries."""
    electors = Elector.objects.filter(ballot=ballot)
    voted = electors.filter(has_voted=True).count() if ballot.is_secret else Vote.objects.filter(ballot=ballot).count()
    return electors.count(), voted, electors.filter(is_present=True).count()


def cast(ballot):
    """How many votes there are, with the hands counted in the hall."""
    return turnout(ballot)[1] + sum((ballot.hall or {}).values())


def published(ballot):
    """Every vote that counts, [[who, vote], ...] by who: `member:12` or `organisation:3`; in a secret ballot the code
    of the receipt, and there nothing before the count.
    """
    if ballot.is_secret:
        return [[code, value] for code, value in urns.published(ballot) or () if value]
    votes = Vote.objects.filter(ballot=ballot).exclude(value="").values_list("organisation", "member", "value")
    return sorted(
        [f"organisation:{organisation}" if organisation else f"member:{member}", value]
        for organisation, member, value in votes
    )


def digest(papers):
    """SHA-256 over the list, a line `who vote` each: the record keeps it, so that nobody changes a line."""
    return hashlib.sha256("".join(f"{who} {value}\n" for who, value in papers).encode()).hexdigest()


def _roll(ballot, votes):
    """(how many are on the roll, how many are there): whoever voted is there."""
    electors = Elector.objects.filter(ballot=ballot)
    roll, present = electors.count(), max(electors.filter(is_present=True).count(), votes)
    return max(roll, present), present


def _quorum(words, present, roll):
    quorum = tally.quorum_of(words or None, present, roll)
    if quorum is None:
        return None
    return {"needed": quorum.needed, "of": quorum.of, "present": quorum.present, "met": quorum.met}


def _motion(ballot, values, facts):
    numbers = Counter(values)
    order = [[answer, numbers[answer]] for answer in ("yes", "no", "abstain")]
    facts |= {"order": sorted(order, key=lambda row: -row[1]), "winners": []}
    if not ballot.majority:
        return Counted(facts)
    motion = tally.motion(
        yes=numbers["yes"],
        no=numbers["no"],
        abstain=numbers["abstain"],
        **_asked(ballot, facts),
    )
    facts |= _decided(ballot, motion.decision) | {"is_tied": motion.yes == motion.no and motion.yes > 0}
    return Counted(facts, motion)


def _election(ballot, values, facts):
    letters = [option.letter for option in ballot.choices]
    if ballot.kind == Kind.RANKING:
        method = tally.irv if ballot.method == Method.IRV else tally.schulze
        outcome = method(letters, [(1, tuple((letter,) for letter in value.split(">"))) for value in values])
    elif ballot.kind == Kind.SCORE:
        outcome = tally.score(letters, [(1, scores(value)) for value in values])
    elif ballot.kind == Kind.APPROVAL:
        outcome = tally.approval(letters, [(1, tuple(value.split(","))) for value in values])
    else:
        outcome = tally.plurality(letters, [(1, ((value,),)) for value in values])
    facts |= {
        "order": [[letter, outcome.numbers[letter]] for tied in outcome.order for letter in tied if outcome.numbers],
        "places": [list(tied) for tied in outcome.order],
        "winners": list(outcome.winners),
        "is_complete": outcome.is_complete,
    }
    if ballot.majority and outcome.numbers and ballot.kind != Kind.SCORE:
        first = outcome.order[0]
        decision = tally.decide(
            votes=outcome.numbers[first[0]],
            voting=outcome.ballots,
            rows=outcome.ballots,
            is_tied=len(first) > 1,
            **_asked(ballot, facts),
        )
        facts |= _decided(ballot, decision)
    if facts.get("adopted") is False or (facts["quorum"] and not facts["quorum"]["met"]):
        facts["winners"] = []
    return Counted(facts, outcome)


def scores(value):
    """{option: score} of a stored vote, `A=5,B=3`."""
    pairs = (part.partition("=") for part in value.split(","))
    return {letter: int(number) for letter, _equals, number in pairs}


def _positions(ballot, values, facts):
    """Adopted when nobody objects: of a consent at least one must say so, of a silence procedure silence does."""
    numbers = Counter(values)
    kinds = (positions.CONSENT, positions.RESERVATION, positions.OBJECTION)
    if ballot.kind == Kind.SILENCE:
        kinds = (positions.OBJECTION, positions.AMENDMENT)
    adopted = not numbers[positions.OBJECTION] and not numbers[positions.AMENDMENT]
    if ballot.kind == Kind.CONSENT:
        adopted = adopted and bool(values) and (facts["quorum"] is None or facts["quorum"]["met"])
    order = [[position, numbers[position]] for position in kinds]
    return Counted(facts | {"order": order, "winners": [], "adopted": adopted})


def _asked(ballot, facts):
    return {
        "majority": ballot.majority,
        "of": str(ballot.base),
        "present": facts["present"],
        "roll": facts["roll"],
        "quorum": ballot.quorum or None,
    }


def _decided(ballot, decision):
    return {
        "adopted": decision.adopted,
        "majority": ballot.majority,
        "of": decision.majority.of,
        "for": decision.votes,
        "needed": decision.needed,
        "base": decision.base,
        "is_tied": decision.is_tied,
    }
