"""Keepers of ballots: those that belong to something in a wing above, which hears of every vote in them.

A vote of a hearing is an ordinary ballot that a motion keeps: the same rules, roll, tallies and doors. What is said
beside a vote (its explanation), and what is shown of a vote as it is called, is the keeper's. As `forum/keepers.py` for
threads; the wing registers in `AppConfig.ready`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Live:
    """How a ballot is held that is closed by a deed and not by the clock: fields of `Ballot`, which tells of them."""

    kept_by: str = ""
    settling: int = 0  # minutes
    mail_until: datetime | None = None
    is_straw: bool = False
    is_called: bool = False


@dataclass(frozen=True)
class Place:
    """Where a ballot is at home: the name and the address of the page that leads to it."""

    name: str
    url: str


@dataclass(frozen=True)
class Keeper:
    """voted(ballot, elector, vote): called in the transaction that wrote a named vote, under the ballot's lock; returns
    entries (journal.services.Draft) that follow its own.

    instead(member, ballot, said): takes a mail (notifications.answers.Said) that is no vote and returns Taken; None
    where it is to be read as a vote.
    place(ballot): its Place. how(ballot): a sentence on what else a mail to it may say, or "".
    hears_soon(member, ballot): does somebody who votes in it by mail hear at once that it counts?
    """

    voted: Callable
    instead: Callable
    place: Callable
    how: Callable
    hears_soon: Callable | None = None


_keepers: dict[str, Keeper] = {}


def register(name, keeper):
    """Say who keeps the ballots whose `kept_by` is this name."""
    if name in _keepers:
        raise ValueError(f"The keeper {name} is registered twice.")
    _keepers[name] = keeper


def of(ballot):
    """The keeper of a ballot, or None."""
    return _keepers.get(ballot.kept_by) if ballot.kept_by else None


def voted(ballot, elector, vote):
    """The entries that follow that of a named vote."""
    keeper = of(ballot)
    return keeper.voted(ballot, elector, vote) if keeper else ()


def instead(member, ballot, said):
    """What a mail to the ballot became that is no vote, or None."""
    keeper = of(ballot)
    return keeper.instead(member, ballot, said) if keeper else None


def hears_soon(member, ballot):
    """Would a member's next issue tell too late that their vote counts?"""
    keeper = of(ballot)
    return bool(keeper and keeper.hears_soon and keeper.hears_soon(member, ballot))


def how(ballot):
    """What else a mail to the ballot may say, or ""."""
    keeper = of(ballot)
    return keeper.how(ballot) if keeper else ""


def place(ballot):
    """Where a ballot is at home besides its room, or None."""
    keeper = of(ballot)
    return keeper.place(ballot) if keeper else None
