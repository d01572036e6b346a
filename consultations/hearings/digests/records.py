"""The record of a hearing in a digest: the provisional one as an item that is corrected by answering it, while that is
possible; that it is final, or has a corrigendum, in a line.
"""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.digests.cards import Card, Cards, closing, hour, lay_out
from consultations.hearings.answering import items as orders
from consultations.hearings.models import Record
from consultations.wording.lines import on_the_web
from notifications.digests import happened, prose
from notifications.digests.pieces import Item

PUBLISHED, LATER = "record.published", ("record.finalised", "record.corrected")
MOST = 400  # entries in one batch


class RecordCard(Card):
    """The provisional record, until when it is corrected, and how; the same object for all who read it."""

    def __init__(self, record):
        super().__init__()
        self.record = record

    def _make(self, columns, style):
        told = _("Provisional record. Until %(until)s it is corrected by a line like this one: %(correct)s 14: …")
        facts = {
            "until": closing(self.record.corrections_until, style),
            "correct": orders.offered("correct", style.language),
        }
        return lay_out(style, told % facts, [], [on_the_web(self.record.get_absolute_url())])


_cards = Cards(100)


@dataclass(slots=True)
class Gathered:
    """`told`: by room the entries; `known`: every record they tell of."""

    told: dict
    known: dict
    now: object


def gather(batch):
    """Fetch what all readers of a batch may need: two queries, whatever their number."""
    told = happened.entries(batch, (PUBLISHED, *LATER), most=MOST)
    ids = {entry.about_id for entries in told.values() for entry in entries}
    rows = Record.objects.filter(pk__in=ids).select_related("hearing").defer("provisional", "final") if ids else ()
    return Gathered(told, {row.pk: row for row in rows}, timezone.now())


def items(gathered, reader):
    """The records that became provisional since the reader's last issue and can still be corrected."""
    return [
        _item(record, room, gathered.now)
        for room, entry, record in _seen(gathered, reader)
        if entry.verb == PUBLISHED and not record.is_final and record.corrections_until > gathered.now
    ]


def news(gathered, reader):
    """Records that are final since, and corrigenda."""
    return [(room, _line(entry, record)) for room, entry, record in _seen(gathered, reader) if entry.verb != PUBLISHED]


def _seen(gathered, reader):
    for window in reader.windows:
        if window.is_whole:
            for entry in happened.within(window, gathered.told):
                if record := gathered.known.get(entry.about_id):
                    yield window.row.workspace_id, entry, record


def _item(record, room, now):
    return Item(
        about=record.reference,
        workspace_id=room,
        title=prose.title(record.hearing.worded().title),
        at=record.published_at,
        voices=[_cards.of((record.pk, hour(now, record.corrections_until)), lambda: RecordCard(record))],
    )


def _line(entry, record):
    told = (
        _("The record of the hearing “%(title)s” is final.")
        if entry.verb == LATER[0]
        else _("A corrigendum to the record of the hearing “%(title)s” was issued.")
    )
    return f"{told % {'title': prose.title(record.hearing.worded().title)}} {on_the_web(record.get_absolute_url())}"
