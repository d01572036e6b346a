"""The tables of a result: numbers of each option, rounds of an instant-runoff, pairs of Schulze's method."""

from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext as _

from consultations.models.ballots import Kind, Method
from consultations.wording import outcomes


@dataclass
class Table:
    """heads: of the columns; rows: (name, its cells); note: a line below it."""

    caption: str
    heads: list
    rows: list = field(default_factory=list)
    note: str = ""


def tables(ballot, counted):
    """The tables that show how a ballot was counted; none where it was not."""
    facts, outcome = counted.facts, counted.outcome
    names = {option.letter: str(option) for option in ballot.choices}
    if ballot.kind == Kind.SILENCE or not facts.get("votes"):
        return []
    if ballot.kind != Kind.RANKING:
        head = _("Points") if ballot.kind == Kind.SCORE else _("Votes")
        rows = [(names.get(option) or outcomes.answer(option), [number]) for option, number in facts["order"]]
        return [Table(_("Numbers"), [head], rows)]
    order = Table(_("Order"), [_("Place")])
    place = 1
    for tied in facts["places"]:
        order.rows += [(names[letter], [place]) for letter in tied]
        place += len(tied)
    return [order, _rounds(outcome, names) if ballot.method == Method.IRV else _pairs(outcome, names)]


def _rounds(outcome, names):
    table = Table(_("Votes in each round"), [str(number) for number in range(1, len(outcome.rounds) + 1)])
    for letter, name in names.items():
        cells = [_number(step.votes[letter]) if letter in step.votes else "–" for step in outcome.rounds]
        table.rows.append((name, cells))
    table.rows.append((_("Exhausted"), [_number(step.exhausted) for step in outcome.rounds]))
    if any(step.tied for step in outcome.rounds):
        table.note = _(
            "Where several options were last, every way was followed, and who wins in one of them has won. "
            "The table shows one way."
        )
    return table


def _pairs(outcome, names):
    """How many ballots place the option of the row above the option of the column."""
    table = Table(_("Ballots that place the option of the row above that of the column"), list(names))
    for letter, name in names.items():
        row = outcome.pairwise.get(letter, {})
        table.rows.append((name, [row.get(other, "–") for other in names]))
    return table


def _number(number):
    whole, part = divmod(Fraction(number), 1)
    return str(whole) if not part else f"{whole} {part}" if whole else str(part)
