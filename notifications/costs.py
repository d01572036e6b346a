"""Costs: how many bytes of mail a member gets in a month. Many pay for each kilobyte, and choose accordingly.

What was sent is added up from the letters themselves. What the present settings would cost is an estimate from what
was written in the member's workspaces in the last month.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, Sum
from django.db.models.functions import Length, TruncDate
from django.utils import timezone

from journal.models import Audience, Entry
from notifications.models import Letter, MailProfile
from notifications.models.subscriptions import Cadence
from notifications.readers import SHOWN

DAYS = 30
MOST_ISSUES = 200  # letters with parts of issues, in those days
MOST_ENTRIES = 3_000  # of a journal that are looked at
HEADERS = 1_300  # bytes of a mail without its text
FRAME = 700  # of an issue without what was written
POST = 450  # of a post in an issue, which may be an excerpt
LETTER = 1_500  # of a letter about one post, headers and all
WIDTH = {"ar": 1.8, "ru": 1.8, "zh": 1.3}  # bytes beside those of English words
ISSUES = {Cadence.DAILY: DAYS, Cadence.WEEKLY: 4, Cadence.MONTHLY: 1}  # at most in a month


@dataclass(frozen=True)
class Spent:
    """Letters of one kind that were sent, and their bytes."""

    kind: str
    count: int
    size: int

    @property
    def label(self):
        return Letter.Kind(self.kind).label


def spent(member):
    """What was sent to a member in the last 30 days: a `Spent` for each kind, the largest first. Two queries."""
    since = timezone.now() - timedelta(days=DAYS)
    sent = Letter.objects.filter(member=member, state=Letter.State.SENT, sent_at__gt=since).order_by()
    alone = sent.filter(part=0).values_list("kind").annotate(letters=Count("pk"), size=Sum(Length("stored")))
    total = {kind: [count, size] for kind, count, size in alone}
    for letter in sent.exclude(part=0).select_related("issue__edition")[:MOST_ISSUES]:
        of_kind = total.setdefault(letter.kind, [0, 0])
        of_kind[0] += 1
        of_kind[1] += len(letter.raw)  # its words are stored once for all who read the same
    return sorted((Spent(kind, *counted) for kind, counted in total.items()), key=lambda one: -one.size)


def a_month(member, profile, cadences):
    """Bytes that the present settings bring in a month: (issues, letters about single posts, bytes).

    cadences: pairs (workspace with its journal, cadence).
    """
    days, posts = _written([room for room, _cadence in cadences], member.zone)
    width = WIDTH.get(member.language, 1) * (2 if profile.form == MailProfile.Form.HTML else 1)
    issues = letters = size = 0
    for cadence, most in ISSUES.items():
        rooms = [room.pk for room, chosen in cadences if chosen == cadence]
        written = sum(posts[room] for room in rooms)
        if not written:
            continue
        count = min(most, len(set().union(*(days[room] for room in rooms))))
        issues += count
        body = (FRAME + POST * written / count) * width
        size += count * min(HEADERS + body, profile.size)
    letters = sum(posts[room.pk] for room, chosen in cadences if chosen == Cadence.EACH)
    return {"issues": issues, "letters": letters, "size": round(size + letters * LETTER * width)}


def _written(rooms, zone):
    """({room: days on which something was written}, {room: how many posts}) of the last 30 days."""
    days, posts = defaultdict(set), defaultdict(int)
    if not rooms:
        return days, posts
    by_journal = {room.journal_id: room.pk for room in rooms}
    latest = Q(pk=None)
    for room in rooms:
        latest |= Q(journal=room.journal_id, seq__gt=room.journal.seq - MOST_ENTRIES)
    since = timezone.now() - timedelta(days=DAYS)
    entries = Entry.objects.filter(latest, verb__in=SHOWN, audience=Audience.EVERYONE, at__gt=since).order_by()
    by_day = entries.annotate(day=TruncDate("at", tzinfo=zone)).values_list("journal", "day").annotate(Count("pk"))
    for journal, day, count in by_day:
        days[by_journal[journal]].add(day)
        posts[by_journal[journal]] += count
    return days, posts
