"""Bulletins in a digest: each stands under the item of the agenda it tells of, which can be answered there."""

from dataclasses import dataclass

from django.utils import timezone

from consultations.digests.cards import Card, Cards, lay_out
from consultations.hearings.models import Bulletin
from consultations.hearings.wording import bulletins as wording
from notifications.digests import happened, prose
from notifications.digests.pieces import Item

SENT = ("bulletin.sent",)
MOST = 400  # bulletins in one batch
KEPT = 200  # bulletins whose lines a process remembers


class BulletinCard(Card):
    """A bulletin as it was sent; the same object for all who read it."""

    def __init__(self, bulletin):
        super().__init__()
        self.bulletin = bulletin

    def _make(self, columns, style):
        with timezone.override(style.zone):
            head, *others = wording.lines(self.bulletin, style.language)
        shown, is_cut = prose.fold(others, columns)
        return lay_out(style, head, [], shown, is_cut=is_cut)


_cards = Cards(KEPT)


@dataclass(slots=True)
class Gathered:
    """`told`: by room the entries; `known`: every bulletin they tell of."""

    told: dict
    known: dict


def gather(batch):
    """Fetch what all readers of a batch may need: two queries, whatever their number."""
    told = happened.entries(batch, SENT, most=MOST)
    ids = {entry.about_id for entries in told.values() for entry in entries}
    rows = Bulletin.objects.filter(pk__in=ids).select_related("item__thread", "hearing") if ids else ()
    return Gathered(told, {row.pk: row for row in rows})


def items(gathered, reader):
    """The items of agendas that were concluded since the reader's last issue."""
    found = []
    for window in reader.windows:
        if not window.is_whole:
            continue
        for entry in happened.within(window, gathered.told):
            if bulletin := gathered.known.get(entry.about_id):
                found.append(_item(bulletin, window.row.workspace_id))
    return found


def _item(bulletin, room):
    item = bulletin.item
    return Item(
        about=item.reference,
        workspace_id=room,
        title=prose.title(f"{item.label}. {item.worded().title}"),
        at=bulletin.written_at,
        voices=[_cards.of(bulletin.pk, lambda: BulletinCard(bulletin))],
    )
