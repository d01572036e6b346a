"""Those who wait on an item as people meet them: at which place, about when it is their turn, and whom the chair might
call before others.
"""

from itertools import pairwise
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils import timezone

from consultations.hearings import allotments, balance, estimates, timing
from consultations.hearings.models import Delivery, Hearing, Speaker

MOST_MEASURED = 60  # deliveries that the pace is taken from
OVERRUN = timezone.timedelta(minutes=30)  # that a session goes on when its time is over
NAMED = Speaker.objects.select_related("member", "organisation")


class Turn(NamedTuple):
    """`place` from 1; `at`: about when, or None where nobody can say or all sessions are over by then."""

    speaker: Speaker
    place: int
    at: object


def turns(item, now=None):
    """Turns of all who wait on the list of an item, in its order; a number of queries that does not grow with them."""
    now, hearing = now or timezone.now(), item.hearing
    rows = list(NAMED.filter(item=item, queue=Speaker.Queue.LIST).waiting())
    for row in rows:
        row.item = item
    starts_at = _starts(item, now)
    if not rows or starts_at is None:
        return [Turn(row, place, None) for place, row in enumerate(rows, 1)]
    found = estimates.turns(
        [(row.pk, allotments.seconds(hearing, row)) for row in rows],
        starts_at=starts_at,
        sittings=sittings(hearing, now),
        **_so_far(item, now),
    )
    return [Turn(row, place, found[row.pk]) for place, row in enumerate(rows, 1)]


def expected(hearing, rows, now=None):
    """{speaker: seconds until the one behind them begins}, as people have kept to their time so far."""
    spoken, gaps, _left = _measured(hearing, now or timezone.now())
    pace, gap = estimates.pace(spoken, hearing.seconds), estimates.gap(gaps)
    return {row.pk: round(allotments.seconds(hearing, row) * pace + gap) for row in rows}


def of(speaker, now=None):
    """The Turn of one speaker, or None who does not wait. Who stands before them is counted, kind by kind."""
    now, item = now or timezone.now(), speaker.item
    waiting = Speaker.objects.filter(item=item, queue=Speaker.Queue.LIST).waiting()
    row = waiting.select_related("member", "organisation").filter(pk=speaker.pk).first()
    if row is None:
        return None
    row.item = item
    kinds = waiting.before(row).order_by().values_list("seconds", "category", Q(organisation__isnull=False))
    together = place = 0
    for seconds, category, is_for_one, count in kinds.annotate(count=Count("pk")):
        one = Speaker(seconds=seconds, category=category, organisation_id=is_for_one or None)
        together += count * allotments.seconds(item.hearing, one)
        place += count
    starts_at = _starts(item, now)
    left = estimates.wait(together, place, **_so_far(item, now)) if starts_at else 0
    return Turn(row, place + 1, starts_at and estimates.after(starts_at, left, sittings(item.hearing, now)))


def sittings(hearing, now):
    """[(from, to)] of the sessions that are on or come; one that is over its time is taken to last a while yet."""
    found = []
    for session in hearing.sittings:
        if session.is_open:
            found.append((now, max(session.ends_at, now + OVERRUN if session.ends_at <= now else now)))
        elif session.opened_at is None and session.cancelled_at is None and session.ends_at > now:
            found.append((session.starts_at, session.ends_at))
    return sorted(found)


def suggestions(item):
    """[(Speaker, balance.Suggestion)]: whom the chair might call before others, and why."""
    rows = {row.pk: row for row in NAMED.filter(item=item, queue=Speaker.Queue.LIST).waiting()}
    found = balance.suggest([voice(row) for row in rows.values()], heard(item))
    return [(rows[one.key], one) for one in found]


def heard(item):
    """The Voices that had the floor on an item, in its list."""
    spoke = (Speaker.State.SPOKE, Speaker.State.SPEAKING)
    return [voice(row) for row in Speaker.objects.filter(item=item, queue=Speaker.Queue.LIST, state__in=spoke)]


def voice(speaker):
    """A speaker, as balance.py knows them."""
    return balance.Voice(
        speaker.pk, speaker.category, speaker.region, speaker.gender, speaker.is_first_time, speaker.priority
    )


def _starts(item, now):
    """From when on people speak on it; None when it is over, or nobody can say."""
    if item.closed_at:
        return None
    if item.is_open and item.hearing.current_item_id == item.pk:
        return now
    hearing = Hearing.objects.get(pk=item.hearing_id)
    likely = timing.estimates(hearing.sittings, list(hearing.items.all()), now).get(item.pk)
    return max(likely, now) if likely else None


def _so_far(item, now):
    """By what is reckoned: the seconds that who speaks has left, the pace, the gap between two."""
    spoken, gaps, left = _measured(item.hearing, now)
    pace = estimates.pace(spoken, item.hearing.seconds)
    return {"left": left if item.is_open else 0, "pace": pace, "gap": estimates.gap(gaps)}


def _measured(hearing, now):
    """([(allotted, used)], [seconds between two], seconds left of who speaks): how it went so far."""
    rows = Delivery.objects.filter(hearing=hearing).select_related("speaker").order_by("-started_at", "-pk")
    rows = list(rows[:MOST_MEASURED])[::-1]
    over = [row for row in rows if row.ended_at and row.speaker.queue == Speaker.Queue.LIST]
    spoken = [(row.seconds, int(row.used_at(now).total_seconds())) for row in over]
    gaps = [
        int((later.started_at - earlier.ended_at).total_seconds())
        for earlier, later in pairwise(over)
        if earlier.speaker.item_id == later.speaker.item_id
    ]
    left = sum(max(0, row.clock.left_at(now)) for row in rows if row.ended_at is None)
    return spoken, gaps, left
