"""What a digest says of a synthesis and of what came of it: that it is published, its corrigenda, and recommendations
that were made, answered or moved on, in one line for each consultation.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import Consultation
from journal.models import Entry
from notifications.digests import prose
from notifications.wrapping import keep

PUBLISHED, CORRECTED = "synthesis.published", "synthesis.corrected"
MOVED = ("recommendation.made", "recommendation.changed", "recommendation.answered", "recommendation.moved")
MOST = 2_000  # entries in one batch


@dataclass(slots=True)
class Gathered:
    """By room: the entries that tell of results, and the consultation."""

    told: dict
    rooms: dict


def gather(batch):
    """Fetch what all readers of a batch may need: two queries, whatever their number."""
    lowest = {}
    for reader in batch.readers:
        for window in reader.windows:
            room = window.row.workspace_id
            lowest[room] = min(window.after, lowest.get(room, window.after))
    rooms = Consultation.objects.filter(workspace__in=lowest, synthesis__published_at__isnull=False) if lowest else ()
    rooms = {row.workspace_id: row for row in rooms}
    told = defaultdict(list)
    journals = {batch.rooms[room].journal_id: room for room in rooms}
    if journals:
        since = (Q(journal=journal, seq__gt=lowest[room]) for journal, room in journals.items())
        entries = Entry.objects.filter(reduce(or_, since), verb__in=(PUBLISHED, CORRECTED, *MOVED))
        for entry in entries.order_by("journal", "seq")[:MOST]:
            told[journals[entry.journal_id]].append(entry)
    return Gathered(told, rooms)


def items(gathered, reader):
    """Nothing here is an item: results are read, and a synthesis is answered in its letter."""
    return []


def news(gathered, reader):
    """What is new since the reader's last issue."""
    lines = []
    for window in reader.windows:
        room = window.row.workspace_id
        if window.row.thread_id or room not in gathered.rooms:
            continue
        lines += [(room, line) for line in _lines(gathered.rooms[room], _in(window, gathered.told.get(room, ())))]
    return lines


def _in(window, entries):
    return [
        entry
        for entry in entries
        if window.after < entry.seq <= window.up_to and not (window.before and entry.at >= window.before)
    ]


def _lines(consultation, entries):
    facts = {"code": consultation.code}
    moved = {entry.about for entry in entries if entry.verb in MOVED}
    for entry in entries:
        data = entry.data or {}
        if entry.verb == PUBLISHED:
            yield _("The synthesis of %(code)s, “%(title)s”, is published: %(url)s") % {
                **facts,
                "title": prose.title(data.get("title", "")),
                "url": _url(consultation, "synthesis"),
            }
        elif entry.verb == CORRECTED:
            yield _("Corrigendum %(number)s to the synthesis of %(code)s is published: %(url)s") % {
                **facts,
                "number": data.get("corrigendum", ""),
                "url": _url(consultation, "synthesis"),
            }
    if moved:
        yield ngettext(
            "%(count)s recommendation of %(code)s is new or has moved on: %(url)s",
            "%(count)s recommendations of %(code)s are new or have moved on: %(url)s",
            len(moved),
        ) % {**facts, "count": len(moved), "url": _url(consultation, "results")}


def _url(consultation, name):
    return keep(f"{settings.SITE_URL}{reverse(f'consultations:{name}', args=consultation.url_key)}")
