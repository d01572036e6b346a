"""What a digest says of a synthesis and of what came of it: that it is published, its corrigenda, and recommendations
that were made, answered or moved on, in one line for each consultation.
"""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import Consultation
from notifications.digests import happened, prose
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
    if not batch.lowest:
        return Gathered({}, {})
    found = Consultation.objects.filter(workspace__in=batch.lowest, synthesis__published_at__isnull=False)
    rooms = {row.workspace_id: row for row in found}
    return Gathered(happened.entries(batch, (PUBLISHED, CORRECTED, *MOVED), most=MOST, rooms=rooms), rooms)


def items(gathered, reader):
    """Nothing here is an item: results are read, and a synthesis is answered in its letter."""
    return []


def news(gathered, reader):
    """What is new since the reader's last issue."""
    lines = []
    for window in reader.windows:
        room = window.row.workspace_id
        if not window.is_whole or room not in gathered.rooms:
            continue
        lines += [(room, line) for line in _lines(gathered.rooms[room], happened.within(window, gathered.told))]
    return lines


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
