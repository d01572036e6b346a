"""What each noun of a hearing has to tell in its record: each module of this folder that has a `tell(hearing)` yields
it, in queries that do not grow with it but for the tallies of motions.

A `Told` becomes a numbered paragraph. Its facts hold `kind`, by which `sentences` knows how to say it; `text` and
`language` are words of somebody, as they were said.
"""

from dataclasses import dataclass, field
from datetime import datetime

from journal import chain


@dataclass(frozen=True)
class Told:
    """item: its id. at: when it happened; None stands at the end of the item. rank: what comes first at one moment."""

    item: int
    kind: str
    at: datetime | None = None
    rank: int = 0
    facts: dict = field(default_factory=dict)
    words: dict = field(default_factory=dict)  # {a field of the facts: the reference of whose words are in it}


def moment(at):
    """A moment as the record keeps it, or None."""
    return chain.moment(at) if at else None
