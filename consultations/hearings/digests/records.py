"""The record of a hearing in a digest: the provisional one as an item that is corrected by answering it, when it is new
and in the last issue before the day for corrections; that it is final, or has a corrigendum, in a line.
"""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.digests.cards import AHEAD, Card, Cards, closing, hour, is_last_issue, lay_out
from consultations.hearings.answering import items as orders
from consultations.hearings.models import Record
from consultations.wording.lines import on_the_web
from notifications.digests import happened, prose
from notifications.digests.pieces import Item
from notifications.digests.sources import Source

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
_WITHOUT_TEXT = Record.objects.select_related("hearing").defer("provisional", "final")


@dataclass(slots=True)
class Gathered:
    """`told`: by room the entries; `known`: the records they tell of; `open`: by room the one that can be corrected."""

    told: dict
    known: dict
    open: dict
    now: object


def near(now):
    """The rooms whose record can be corrected, if only before somebody's next issue."""
    return _open(now).filter(corrections_until__lte=now + AHEAD).values_list("hearing__workspace", flat=True)


def gather(batch):
    """Fetch what all readers of a batch may need: three queries, whatever their number."""
    now = timezone.now()
    told = happened.entries(batch, (PUBLISHED, *LATER), most=MOST)
    ids = {entry.about_id for entries in told.values() for entry in entries}
    rows = _WITHOUT_TEXT.filter(pk__in=ids) if ids else ()
    open_now = _open(now).filter(hearing__workspace__in=batch.lowest)[:MOST] if batch.lowest else ()
    by_room = {record.hearing.workspace_id: record for record in open_now}
    return Gathered(told, {row.pk: row for row in rows}, by_room, now)


def items(gathered, reader):
    """The records that can be corrected: new since the reader's last issue, or not open any more in their next one."""
    fresh = {record.pk for _room, entry, record in _seen(gathered, reader) if entry.verb == PUBLISHED}
    return [
        _item(record, window.row.workspace_id, gathered.now)
        for window in reader.windows
        if window.is_whole and (record := gathered.open.get(window.row.workspace_id))
        if record.pk in fresh or is_last_issue(window, record.corrections_until, gathered.now)
    ]


def _open(now):
    rows = _WITHOUT_TEXT.filter(finalised_at=None, published_at__isnull=False, corrections_until__gt=now)
    return rows.order_by("pk")


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
        closes_at=record.corrections_until,
        voices=[_cards.of((record.pk, hour(now, record.corrections_until)), lambda: RecordCard(record))],
    )


def _line(entry, record):
    told = (
        _("The record of the hearing “%(title)s” is final.")
        if entry.verb == LATER[0]
        else _("A corrigendum to the record of the hearing “%(title)s” was issued.")
    )
    return f"{told % {'title': prose.title(record.hearing.worded().title)}} {on_the_web(record.get_absolute_url())}"


SOURCE = Source(gather, items, news, near)
