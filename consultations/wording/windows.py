"""Sentences about changed windows: a notice that moves several phases tells of each, with its old and new time."""

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from consultations.models import Phase
from consultations.wording.times import moment
from notifications.digests import prose


def moved_along(change):
    """What a notice says of a phase that it moved together with another; change: its WindowChange."""
    return _said(
        change.phase,
        (change.old_opens_at or change.phase.opens_at, change.old_closes_at),
        (change.new_opens_at or change.phase.opens_at, change.new_closes_at),
    )


def also_moved(entry):
    """The same of each such phase, from the entry about the first: a list of sentences. Asks no database."""
    moved = (entry.data or {}).get("also") or []
    return [
        _said(Phase(kind=one["kind"], title=one["title"]), _window(one["old"]), _window(one["new"])) for one in moved
    ]


def _said(phase, old, new):
    return _(
        "“%(phase)s” moves with it: from %(new_opens)s to %(new_closes)s, before from %(opens)s to %(closes)s."
    ) % {
        "phase": prose.title(str(phase)),
        "new_opens": moment(new[0]),
        "new_closes": moment(new[1]),
        "opens": moment(old[0]),
        "closes": moment(old[1]),
    }


def _window(data):
    return parse_datetime(data["opens"]), parse_datetime(data["closes"])
