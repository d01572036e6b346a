"""Hearings in a digest: when one was announced, and in the last issues before it, it stands there with its dates and
agenda, and below it each item on which one may ask to speak, under a number of its own.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.digests.cards import AHEAD, Card, Cards, hour, is_last_issue, lay_out
from consultations.hearings import glance
from consultations.hearings.models import Hearing, Session
from consultations.hearings.wording import agenda
from consultations.hearings.wording import hearings as wording
from consultations.wording import times
from consultations.wording.lines import on_the_web
from core.languages import apart
from notifications.digests import happened, prose
from notifications.digests.pieces import Item
from notifications.digests.sources import Source
from notifications.wrapping import keep

SHOWS = ("hearing.published", "session.scheduled", "session.rescheduled", "session.cancelled")
CHANGED = ("item.added", "item.moved", "item.changed")
KEPT = 400  # cards a process remembers
MOST = 2_000  # hearings in one batch, those that come first
MOST_ENTRIES = 600  # of a kind
MOST_ITEMS = 20  # of agendas that have numbers of their own for one reader; the others are named by theirs
LINES = ((300, 6), (1_000, 15))  # (columns there are, lines of an agenda then)
AN_INSTANT = timedelta(microseconds=1)
A_DAY = timedelta(days=1)  # what is longer over was left open by mistake
A_WEEK = timedelta(days=7)


class HearingCard(Card):
    """A hearing at one hour: its dates, its agenda, and how to take part."""

    def __init__(self, hearing, items, now, shown):
        super().__init__()
        self.hearing, self.items, self.now, self.shown = hearing, items, now, shown

    def _make(self, columns, style):
        with timezone.override(style.zone):
            session = glance.next_session(self.hearing, self.now)
            head = _("Hearing. %(session)s") % {"session": wording.full(session, self.hearing)}
            if session.starts_at > self.now:
                left = times.left(session.starts_at - self.shown)
                head = _("Hearing in %(left)s. %(session)s") % {
                    "left": left,
                    "session": wording.full(session, self.hearing),
                }
            most = next((lines for most, lines in LINES if columns and columns <= most), agenda.MOST)
            below = [agenda.lines(self.items, most), agenda.how(self.hearing, self.items, self.now).splitlines()]
            parts, is_cut = prose.fold(list(filter(None, [agenda.place(self.hearing)])), columns)
            links = [
                _("The concept note: %(get)s") % {"get": apart(f"GET {self.hearing.code}")},
                on_the_web(self.hearing.get_absolute_url()),
            ]
            below = [list(filter(None, lines)) for lines in (*below, links)]
            return lay_out(style, head, parts, *below, is_cut=is_cut or most < len(self.items))


class ItemCard(Card):
    """An item on whose list one may be entered."""

    def __init__(self, item):
        super().__init__()
        self.item = item

    def _make(self, columns, style):
        with timezone.override(style.zone):
            head = _("Item %(label)s of the hearing %(code)s.") % {
                "label": self.item.label,
                "code": self.item.hearing.code,
            }
            said = self.item.worded(style.language)
            parts, is_cut = prose.fold(prose.paragraphs(said.text), columns)
            how = _("To ask for the floor, answer it with the word %(word)s.") % {"word": apart(wording.speak())}
            if self.item.list_closes_at:
                how += " " + _("The list closes on %(closes)s.") % {"closes": times.moment(self.item.list_closes_at)}
            return lay_out(style, head, parts, [how], is_cut=is_cut)


_cards = Cards(KEPT)


@dataclass(slots=True)
class Gathered:
    """`told`, `changed`: by room the entries; `near`: by room the hearing that is announced or on."""

    now: object
    told: dict
    changed: dict
    near: dict


def near(now):
    """The rooms whose hearing is on, or begins before everybody's next issue."""
    rows = Session.objects.filter(hearing__published_at__lte=now, hearing__ended_at=None, closed_at=None)
    rows = rows.filter(cancelled_at=None, starts_at__lte=now + AHEAD, ends_at__gt=now - A_DAY)
    return rows.values_list("hearing__workspace", flat=True)


def gather(batch):
    """Fetch what all readers of a batch may need: four queries, and two for each hearing that somebody is shown."""
    rows = Hearing.objects.filter(
        workspace__in=batch.lowest, published_at__isnull=False, published_at__lte=batch.now, ended_at=None
    )
    is_ahead = Q(sessions__closed_at=None, sessions__cancelled_at=None, sessions__ends_at__gt=batch.now - A_WEEK)
    rows = rows.prefetch_related("sessions").annotate(begins=Min("sessions__starts_at", filter=is_ahead))
    rows = rows.filter(begins__isnull=False).order_by("begins", "pk")[:MOST] if batch.lowest else ()
    near = {}
    for hearing in rows:
        if glance.next_session(hearing, batch.now) is None:
            continue
        hearing.workspace = batch.rooms[hearing.workspace_id]
        near[hearing.workspace_id] = hearing
    told, changed = (_entries(batch, verbs, near) for verbs in (SHOWS, CHANGED))
    return Gathered(batch.now, told, changed, near)


def _entries(batch, verbs, near):
    """Each kind apart: an agenda that is being made changes hundreds of times."""
    return happened.entries(batch, verbs, most=MOST_ENTRIES, rooms=list(near)) if near else {}


def items(gathered, reader):
    """The hearings that were announced or moved since the reader's last issue, that come before the next one, or are
    on; with the items whose lists are open.
    """
    shown = []
    for window in reader.windows:
        hearing = gathered.near.get(window.row.workspace_id)
        if hearing is None or not window.is_whole:
            continue
        session = glance.next_session(hearing, gathered.now)
        is_fresh = bool(happened.within(window, gathered.told))
        is_over = session.ends_at < gathered.now and not session.is_open
        if is_fresh or (not is_over and is_last_issue(window, session.starts_at, gathered.now)):
            shown.append((session.starts_at, hearing.pk, hearing, session))
    found, left = [], MOST_ITEMS
    for _at, _pk, hearing, session in sorted(shown):
        found.append(_item(gathered, hearing, session))
        listing = _listing(gathered, hearing, session, left)
        left -= len(listing)
        found += listing
    return found


def news(gathered, reader):
    """That the agenda of a hearing that was announced before has changed: a line, however often it did."""
    lines = []
    for window in reader.windows:
        hearing = gathered.near.get(window.row.workspace_id)
        if hearing is None or not window.is_whole:
            continue
        since = [entry for entry in happened.within(window, gathered.changed) if entry.at > hearing.published_at]
        if since and not happened.within(window, gathered.told):
            said = _("The agenda of %(code)s, “%(title)s”, has changed. It is brought by: %(get)s") % {
                "code": hearing.code,
                "title": prose.title(hearing.worded().title),
                "get": keep(f"GET {hearing.code}"),
            }
            lines.append((hearing.workspace_id, said))
    return lines


def _agenda(gathered, hearing):
    """Its items, fetched once for all readers."""
    if not hasattr(hearing, "told_items"):
        hearing.told_items = glance.agenda(hearing, gathered.now)
    return hearing.told_items


def _item(gathered, hearing, session):
    shown, seq = hour(gathered.now, session.starts_at), hearing.workspace.journal.seq
    items = _agenda(gathered, hearing)
    card = _cards.of((hearing.pk, seq, shown), lambda: HearingCard(hearing, items, gathered.now, shown))
    return Item(
        about=hearing.reference,
        workspace_id=hearing.workspace_id,
        title=prose.title(hearing.worded().title),
        at=hearing.published_at,
        voices=[card],
        closes_at=session.starts_at,
    )


def _listing(gathered, hearing, session, most):
    """Below it those of its agenda on which one can ask for the floor, in their order."""
    listing = [item for item in _agenda(gathered, hearing) if item.list_is_open_at(gathered.now)]
    seq = hearing.workspace.journal.seq
    return [
        Item(
            about=item.reference,
            workspace_id=hearing.workspace_id,
            title=prose.title(f"{item.label}. {item.worded().title}"),
            at=hearing.published_at,
            voices=[_cards.of((hearing.pk, item.pk, seq), lambda item=item: ItemCard(item))],
            closes_at=session.starts_at + place * AN_INSTANT,
        )
        for place, item in enumerate(listing[:most], 1)
    ]


SOURCE = Source(gather, items, news, near)
