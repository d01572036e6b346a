"""Progress: how sending goes, in a handful of figures that cost as many queries with a million letters as with ten.

All of them stand in indexes: what waits and what failed by state, what left in the last minutes by the time it left.
What left earlier is not counted here.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from notifications.digests import run
from notifications.models import Destination, Letter, Pause
from notifications.outbox import pauses, warmup
from notifications.outbox.queue import queued

LATELY = timedelta(minutes=5)
SHORTEST = timedelta(seconds=10)  # over which a rate means something
MOMENT = timedelta(seconds=30)  # in which some letter leaves while the mail server is there
NEXT = 20  # letters that go next, whose errors are looked at
MOST_HELD = 50  # domains that are named

State, Priority = Letter.State, Letter.Priority


@dataclass
class Line:
    """The letters of one urgency."""

    name: str
    waiting: int = 0  # due now
    later: int = 0  # due later: after a refusal, a pause of their domain, or for the warm-up
    sending: int = 0
    failed: int = 0
    sent: int = 0  # in the last minutes


@dataclass
class Progress:
    at: datetime
    pause: Pause | None
    lines: list
    total: Line
    oldest: datetime | None  # since when the letter that is due longest is due
    rate: float  # letters a second, over the last minutes in which any left
    ends_at: datetime | None  # when all that is due will have left at that rate
    problem: str  # why nothing leaves: what was the matter with the letters that go next; "" while some leave
    last_sent_at: datetime | None  # when the last letter left, where nothing leaves
    digests_due: int  # members whose hour has come and whose issue is not written yet
    digests_waiting: int  # digests that are written and have not left
    held: list  # domains that asked for a pause
    has_more_held: bool
    warms_up_until: object  # the first day without a cap, or None


def look():
    """The Progress at this moment."""
    now = timezone.now()
    lines = {priority: Line(priority.label) for priority in Priority}
    oldest = _count_open(lines, now)
    rate, last = _count_sent(lines, now)
    total = Line("", *(sum(getattr(line, name) for line in lines.values()) for name in COUNTS))
    pause = pauses.current()
    problem, last_sent_at = _stuck(now, last) if total.waiting and not pause else ("", None)
    held = list(Destination.objects.filter(held_until__gt=now).order_by("-held_until")[: MOST_HELD + 1])
    bulk = lines[Priority.BULK]
    return Progress(
        at=now,
        pause=pause,
        lines=list(lines.values()),
        total=total,
        oldest=oldest,
        rate=rate,
        ends_at=now + timedelta(seconds=total.waiting / rate)
        if rate and total.waiting and not (pause or problem)
        else None,
        problem=problem,
        last_sent_at=last_sent_at,
        digests_due=run.due(now).count(),
        digests_waiting=bulk.waiting + bulk.later + bulk.sending,
        held=held[:MOST_HELD],
        has_more_held=len(held) > MOST_HELD,
        warms_up_until=_warms_up_until(now),
    )


COUNTS = ("waiting", "later", "sending", "failed", "sent")


def _count_open(lines, now):
    """Fill in what waits, is being sent and failed; returns since when the longest waiting letter is due."""
    rows = (
        Letter.objects.filter(state__in=(State.QUEUED, State.SENDING, State.FAILED))
        .order_by()
        .values_list("state", "priority")
        .annotate(count=Count("*"), due=Count("due_at", filter=Q(due_at__lte=now)), oldest=Min("due_at"))
    )
    oldest = None
    for state, priority, count, due, first in rows:
        line = lines[priority]
        if state == State.QUEUED:
            line.waiting, line.later = due, count - due
            oldest = min(filter(None, (oldest, first if due else None)), default=None)
        else:
            setattr(line, state, count)
    return oldest


def _count_sent(lines, now):
    """Fill in what left lately; returns letters a second, and when the last one left."""
    rows = Letter.objects.filter(sent_at__gt=now - LATELY).order_by().values_list("priority")
    total, first, last = 0, now, None
    for priority, count, begun, ended in rows.annotate(count=Count("*"), begun=Min("sent_at"), ended=Max("sent_at")):
        lines[priority].sent = count
        total, first, last = total + count, min(first, begun), max(last or ended, ended)
    return total / max(now - first, SHORTEST).total_seconds(), last


def _stuck(now, last):
    """(the last error, when the last letter left) while the mail server is away, else ("", None).

    Letters that it could not be given are due all the same, stand first in the queue and keep the error; of one that
    was tried before the last that left, or a moment ago, nothing follows.
    """
    waiting = list(queued().exclude(claimed_until__gt=now).values_list("last_error", "tried_at")[:NEXT])
    tried = [(tried_at, error) for error, tried_at in waiting if error and tried_at]
    if not tried or (last and last > now - MOMENT and last >= max(tried)[0]):
        return "", None
    left = Letter.objects.filter(sent_at__isnull=False).order_by("-sent_at")
    return max(tried)[1], last or left.values_list("sent_at", flat=True).first()


def _warms_up_until(now):
    since = settings.WARM_UP_SINCE
    return warmup.ends(since) if warmup.cap(since, now.date()) is not None else None
