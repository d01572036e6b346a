"""Outcomes in plain English, for the command line and the record; pages word the same figures in six languages."""

from fractions import Fraction

from consultations.counting.outcomes import Motion

METHODS = {
    "plurality": "Most votes",
    "schulze": "Schulze",
    "irv": "Instant-runoff",
    "approval": "Approval",
    "score": "Score",
}
BASES = {"voting": "those voting", "present": "those present", "roll": "the roll"}
MOST_NAMES = 8


def explain(outcome, decision=None, quorum=None):
    """The outcome of an election or of a motion in a few sentences, with every figure that decides it.

    decision, quorum: what was asked of an election beyond its count.
    """
    if isinstance(outcome, Motion):
        return _motion(outcome)
    parts = [_missing(decision, quorum) or _winners(outcome), _ballots(outcome), _reason(outcome)]
    if decision:
        parts += [_verdict(decision), *_asked(decision)]
    elif quorum:
        parts.append(_quorum(quorum))
    return " ".join(part for part in parts if part)


def _motion(motion):
    tie = ", a tie" if motion.yes == motion.no and motion.yes else ""
    figures = f"{motion.yes} for, {motion.no} against, {motion.abstain} abstaining{tie}."
    return " ".join([f"{'Adopted' if motion.adopted else 'Not adopted'}: {figures}", *_asked(motion.decision)])


def _asked(decision):
    majority, quorum = decision.majority, decision.quorum
    share = "More than half" if majority.is_more else _share(majority.share)
    yield f"{share} of {BASES[majority.of]}: {decision.needed} of {decision.base} needed."
    if quorum:
        yield _quorum(quorum)


def _quorum(quorum):
    return f"Quorum {quorum.needed} of {quorum.of}: {'met' if quorum.met else 'not met'} by {quorum.present}."


def _share(share):
    return "Two thirds" if share == Fraction(2, 3) else f"At least {share.numerator}/{share.denominator}"


def _verdict(decision):
    return f"{'Adopted' if decision.adopted else 'Not adopted'}: {_number(decision.votes)} votes."


def _missing(decision, quorum):
    """What an election lacks to have a winner; empty where it lacks nothing but perhaps votes."""
    quorum = decision.quorum if decision else quorum
    if quorum and not quorum.met:
        return "No winner: the quorum was not met."
    if decision and not decision.adopted:
        return "No winner: " + ("a tie." if decision.is_tied else "the majority was not reached.")
    return ""


def _winners(outcome):
    if not outcome.is_complete:
        return "No winner is named: the ties for last place can be broken in more ways than are followed here."
    if not outcome.winners:
        return "No winner: nobody voted for any option."
    if len(outcome.winners) == 1:
        return f"Winner: {outcome.winners[0]}."
    return f"A tie of {len(outcome.winners)}: {_list(outcome.winners)}."


def _ballots(outcome):
    counted = f"{METHODS[outcome.method]}, {_count(outcome.ballots, 'ballot')}, {_count(outcome.options, 'option')}"
    return f"{counted}; {_count(outcome.empty, 'ballot')} without any option." if outcome.empty else f"{counted}."


def _reason(outcome):
    if outcome.method == "irv":
        return _irv(outcome)
    if outcome.method == "schulze":
        return _schulze(outcome)
    shown = [option for tied in outcome.order for option in tied][:MOST_NAMES]
    numbers = ", ".join(f"{option} {_number(outcome.numbers[option])}" for option in shown)
    more = outcome.options - len(shown)
    return f"{numbers}{f' and {more} more' if more else ''}."


def _schulze(outcome):
    if len(outcome.winners) != 1 or outcome.options == 1:
        return ""
    winner, others = outcome.winners[0], [option for tied in outcome.order[1:] for option in tied]
    above = outcome.pairwise
    if all(above[winner][other] > above[other][winner] for other in others):
        reason, table = f"{winner} is placed above each of the others by more ballots than below", above
    else:
        reason, table = f"The strongest paths from {winner} are stronger than those back", outcome.paths
    shown = others[:MOST_NAMES]
    figures = ", ".join(f"{other} {table[winner][other]} to {table[other][winner]}" for other in shown)
    more = len(others) - len(shown)
    return f"{reason}: {figures}{f' and {more} more' if more else ''}."


def _irv(outcome):
    if not outcome.winners:
        return ""
    last, parts = outcome.rounds[-1], [f"{_count(len(outcome.rounds), 'round')}."]
    if any(step.tied for step in outcome.rounds):
        parts.append("A tie for last was followed every way; who wins in one of them is a winner.")
    else:
        figures = ", ".join(f"{option} {_number(votes)}" for option, votes in _leading(last.votes))
        parts.append(f"Last round: {figures}; {_number(last.exhausted)} exhausted.")
    return " ".join(parts)


def _leading(votes):
    return sorted(votes.items(), key=lambda row: -row[1])[:MOST_NAMES]


def _list(names):
    shown = ", ".join(map(str, names[:MOST_NAMES]))
    return shown if len(names) <= MOST_NAMES else f"{shown} and {len(names) - MOST_NAMES} more"


def _count(number, noun):
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _number(number):
    """A number, of a fraction whole and part: 7/2 is `3 1/2`."""
    whole, part = divmod(Fraction(number), 1)
    if not part:
        return str(whole)
    return f"{whole} {part}" if whole else str(part)
