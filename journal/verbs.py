"""What each verb of the journal reads like, and how a page draws it: a registry that the apps above fill.

An app registers its verbs in `AppConfig.ready`; mails, feeds, minutes and audit use `line`, pages use `partial`.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass

from journal.models import Entry
from journal.services import TAKEN_OUT


@dataclass(frozen=True)
class Verb:
    """How an entry of this verb reads in one line, and the template that draws it on a page, if one does."""

    line: Callable
    partial: str = ""


_verbs: dict[str, Verb] = {}


def register(verb, *, line, partial=""):
    """Say how entries of a verb read. `line(entry)` gives a translated sentence."""
    if verb in _verbs:
        raise ValueError(f"The verb {verb} is registered twice.")
    _verbs[verb] = Verb(line=line, partial=partial)


def line(entry):
    """An entry in one line, in the language that is active."""
    known = _verbs.get(entry.verb)
    return str(known.line(_reworded(entry))) if known else f"{entry.verb} {entry.about}"


def _reworded(entry):
    """An entry whose words were taken out says what the entry on that says in its place (services.reword)."""
    if entry.data is not None or entry.pk is None:
        return entry
    later = Entry.objects.filter(TAKEN_OUT, journal=entry.journal_id, seq__gt=entry.seq)
    if (holder := later.filter(data__instead__has_key=str(entry.seq)).order_by("-seq").first()) is None:
        return entry
    entry = copy.copy(entry)
    entry.data = holder.data["instead"][str(entry.seq)]
    return entry


def partial(verb):
    """The template that draws entries of this verb on a page, or an empty string."""
    known = _verbs.get(verb)
    return known.partial if known else ""
