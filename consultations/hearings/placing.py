"""In which order speakers speak. Pure.

There is one rule: in the order of their places. A request goes behind everybody who asked no later and has no lower
priority, so that those of one priority stand in the order in which they asked; after that only the chair changes a
place, and says why. A mail counts as of when it came to us, so a request can go before one that was written down first.
"""

from typing import NamedTuple


class Row(NamedTuple):
    """One who waits, in the order of a queue."""

    pk: int
    priority: int
    requested_at: object


def behind(rows, priority, requested_at):
    """How many of these stand before a new request of this priority, made at this moment."""
    for count in range(len(rows), 0, -1):
        row = rows[count - 1]
        if row.priority > priority or (row.priority == priority and row.requested_at <= requested_at):
            return count
    return 0


def moved(keys, key, to):
    """The keys with one of them at another place, from 0; beyond the end it is the last."""
    others = [one for one in keys if one != key]
    to = max(0, min(to, len(others)))
    return [*others[:to], key, *others[to:]]
