"""The kinds of live pages: `/live/<kind>/<id>/` follows one thing of that kind. The floors above add theirs.

kinds.register(kinds.Kind("hearings", rows=Hearing.objects.select_related("workspace__journal"), draw=state.draw))
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from core.languages import LANGUAGES


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of things that have a `workspace` whose journal tells of them.

    rows: the things, fetched `select_related("workspace__journal")`; their manager has `visible_to(member)`.
    draw(entries, languages, things, moderators=): yields a `journal.live.frames.Drawn` for each of the journal entries
    that a page of one of these things (a set of ids) is told, with its text (JSON) in each of the languages; in the
    languages of `moderators`, in which moderators look on, also with what they hear in its place. It runs in a thread,
    may ask the database, is called once for all pages of a process, and describes things as they are now: what several
    entries of one call change may be told with the last of them.
    sees(member, thing): may this member see it? The same answer as `visible_to` gives, without asking the database:
    `thing.workspace.seat_of(member)` knows already. Without it `visible_to` is asked for each who comes.
    access_verbs: after these entries everybody on a page of the kind is asked about again.
    forgets: after these entries nothing that was told before is told as it was; it is drawn afresh, for words may have
    been taken out of it.
    """

    name: str
    rows: QuerySet
    draw: Callable
    sees: Callable | None = None
    access_verbs: frozenset = frozenset()
    forgets: frozenset = frozenset()


_kinds = {}


def register(kind):
    """Add a kind; its name stands in the address."""
    if kind.name in _kinds:
        raise ValueError(f"The kind {kind.name} of live pages is registered twice.")
    _kinds[kind.name] = kind


def get(name):
    """The kind of this name, or None."""
    return _kinds.get(name)


def every():
    """All kinds."""
    return _kinds.values()


def language_of(asked):
    """One of our languages for what an address says: `zh-hans` is zh, and what is unknown is English."""
    short = (asked or "en").split("-")[0].lower()
    return short if short in LANGUAGES else "en"


def since_of(asked):
    """The number in an address (`since=340`), or None where it is none."""
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= 15 else None
