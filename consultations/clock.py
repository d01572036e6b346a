"""What time itself does: phases open and close, ballots open, and some minutes after the close they are counted.

The count waits until every mail that came before the close, or within the grace of the ballot, has been read, so that
nobody's vote is lost to a worker that was behind; a day at most, for a mail that cannot be read must not keep the
result back for ever. After a live ballot, which a chair closed, it waits for as many minutes as all were told.
"""

import logging
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from consultations.models import Ballot, Consultation
from consultations.services import ballots, closing, erasing, phases
from core.access import Refused
from notifications.models import Arrival

logger = logging.getLogger(__name__)
SETTLING = timedelta(minutes=5)  # for what doors have taken in and not stored yet
AT_DOORS = timedelta(minutes=1)  # likewise, after the close of a live ballot
LONGEST_WAIT = timedelta(days=1)
BATCH = 20
STANDING = Ballot.objects.filter(counted_at=None, annulled_at=None)
UNREAD = (Arrival.State.NEW, Arrival.State.READ)


def tick(should_stop=lambda: False, *, now=None):
    """Open and close phases, announce ballots that have opened, count those that have closed; returns how many."""
    now = now or timezone.now()
    due = Q(phases__opened_at=None, phases__opens_at__lte=now) | Q(phases__closed_at=None, phases__closes_at__lte=now)
    moved = Consultation.objects.filter(due, published_at__isnull=False).distinct().order_by("pk")[:BATCH]
    told = sum(phases.tell(consultation, at=now) for consultation in moved)
    published = Q(phase=None) | Q(phase__consultation__published_at__isnull=False)
    opening = list(Ballot.objects.filter(published, announced_at=None, opens_at__lte=now)[:BATCH])
    for ballot in opening:
        ballots.announce(ballot)
    ready = [ballot for ballot in _closed(now) if _is_settled(ballot, now)]
    return told + len(opening) + sum(map(_count, ready)) + closing.announce_due(now)


def _count(ballot):
    """Count one; where that cannot be done the operator reads why, and the others are counted all the same."""
    try:
        ballots.count(ballot)
    except Refused as refused:
        logger.error("Ballot %s cannot be counted: %s", ballot.pk, refused.reason)
        return 0
    return 1


def _closed(now):
    """Ballots that have closed and whose late mail has had its grace: some of each length of it, so that those that
    still wait keep nobody back.
    """
    uncounted = STANDING.filter(closes_at__lte=now - SETTLING, settling=None)
    live = STANDING.filter(closes_at__lte=now, settling__isnull=False)
    yield from live.order_by("closes_at")[:BATCH]
    for hours in sorted(set(uncounted.order_by().values_list("grace_hours", flat=True)))[:BATCH]:
        last = now - SETTLING - timedelta(hours=hours)
        yield from uncounted.filter(grace_hours=hours, closes_at__lte=last).order_by("closes_at")[:BATCH]


def _is_settled(ballot, now):
    """Has every mail that came in time been read, and has every answer to the mails of a secret ballot left?"""
    if ballot.is_live and now - ballot.closes_at < min(AT_DOORS, timedelta(minutes=ballot.settling)):
        return False
    longest = timedelta(minutes=ballot.settling) if ballot.is_live else LONGEST_WAIT
    if now - ballot.counts_from >= longest:
        return True
    if ballot.is_secret and erasing.letters_on_the_way(ballot):
        return False
    return not Arrival.objects.filter(state__in=UNREAD, received_at__lt=ballot.counts_from).exists()
