"""Destinations: the pace of each receiving domain, so that one that is slow or strict holds up no other.

Three things make letters to a domain wait. Its server asked for less (`hold`): a pause that doubles, from one minute to
an hour. As many workers as SENDING_PER_DOMAIN allows are sending there: a worker has one letter under way, so as many
letters at once. Or our own domain is new and today's share is used up (WARM_UP_SINCE): digests wait for tomorrow.
Sign-in codes wait for none of it.

A batch costs one small query where no pace is set, and three where one is, however many letters and domains.
"""

import logging
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access import Refused, require
from notifications import rules
from notifications.models import Destination, Letter
from notifications.outbox import marks, warmup

logger = logging.getLogger(__name__)

FIRST_HOLD, LONGEST_HOLD = 60, 3600  # seconds
BUSY = timedelta(seconds=5)  # until it is looked again whether a domain has a place
MOST_FULL = 500  # domains that are passed over when a batch is claimed


def full():
    """Domains to which as many workers are sending as may; their letters are left to those."""
    if not settings.SENDING_PER_DOMAIN:
        return []
    busy = Destination.objects.filter(full_until__gt=timezone.now()).order_by("domain")
    return list(busy.values_list("domain", flat=True)[:MOST_FULL])


def hold(domain, problem):
    """A domain wants less of our mail: leave it alone, twice as long as the last time; returns until when."""
    with transaction.atomic():
        Destination.objects.bulk_create([Destination(domain=domain)], ignore_conflicts=True)
        place, now = Destination.objects.select_for_update().get(domain=domain), timezone.now()
        if place.held_until is None or place.held_until <= now:  # else another worker has heard the same just now
            place.failures = min(place.failures + 1, 30)
            seconds = min(FIRST_HOLD * 2 ** (place.failures - 1), LONGEST_HOLD)
            place.held_until, place.last_error = now + timedelta(seconds=seconds), problem[:400]
            place.save(update_fields=["failures", "held_until", "last_error"])
            logger.warning("Letters to destination %s wait for %d s", place.pk, seconds)
    return place.held_until


def release(domain, *, by):
    """Send to a domain again before its pause ends; returns it. Raises Refused: not allowed, or nothing is held.

    by: a member of the secretariat, or None for the operator at the console.
    """
    if by is not None:
        require(rules.pause_sending, by, None)
    with transaction.atomic():
        place = Destination.objects.select_for_update().filter(domain=domain, failures__gt=0).first()
        if place is None:
            raise Refused(_("Letters to %(domain)s are not held.") % {"domain": domain})
        place.failures, place.held_until, place.last_error = 0, None, ""
        place.save(update_fields=["failures", "held_until", "last_error"])
        Letter.objects.filter(state=Letter.State.QUEUED, domain=domain).update(due_at=timezone.now())
    return place


@dataclass
class Share:
    """What one worker may send of the batch it claimed."""

    letters: list
    worker: str
    rows: dict = field(default_factory=dict)  # what is known of their domains, by name
    is_paced: bool = False  # places and a part of the day's cap were taken, and are given back in the end

    def end(self, taken):
        """The round is over; `taken` counts by domain the letters that were sent."""
        well = {domain for domain, row in self.rows.items() if row.failures and taken[domain]}
        if well:
            free = Q(held_until=None) | Q(held_until__lte=timezone.now())  # held anew meanwhile: it is not well
            Destination.objects.filter(free, domain__in=well).update(failures=0, held_until=None, last_error="")
        if self.is_paced:
            unsent = Counter(letter.domain for letter in self.letters) - taken
            with transaction.atomic():
                rows = _locked(self.rows)
                for row in rows:
                    if row.leases.pop(self.worker, None):
                        row.full_until = None
                    row.sent_today = max(row.sent_today - unsent[row.domain], 0)
                _store(rows)


def admit(letters, *, worker, seconds):
    """Put off the letters of a claimed batch whose domain must wait; returns the Share of those that go.

    worker: a name for whoever sends them; seconds: how long that can take, if the worker is killed meanwhile.
    """
    domains = {letter.domain for letter in letters if letter.domain}
    if not domains:
        return Share(letters, worker)
    if not settings.SENDING_PER_DOMAIN and settings.WARM_UP_SINCE is None:
        rows = {row.domain: row for row in Destination.objects.filter(domain__in=domains, failures__gt=0)}
        return Share(_going(letters, rows, {}, timezone.now()), worker, rows)
    Destination.objects.bulk_create([Destination(domain=domain) for domain in domains], ignore_conflicts=True)
    with transaction.atomic():
        rows, now = {row.domain: row for row in _locked(domains)}, timezone.now()
        busy = {row.domain for row in rows.values() if not _begin(row, worker, now, seconds)}
        going = _going(letters, rows, busy, now)
        _store(rows.values())
    return Share(going, worker, rows, is_paced=True)


def _begin(row, worker, now, seconds):
    """Open the day, forget workers that were killed, take a place; False when none is free."""
    today = now.astimezone(UTC).date()
    if row.day != today:
        row.day, row.sent_today = today, 0
    row.leases = {name: until for name, until in row.leases.items() if until > now.timestamp()}
    most = settings.SENDING_PER_DOMAIN
    if not most:
        return True
    if len(row.leases) >= most:
        return False
    row.leases[worker] = now.timestamp() + seconds
    if len(row.leases) == most:
        row.full_until = datetime.fromtimestamp(min(row.leases.values()), tz=UTC)
    return True


def _going(letters, rows, busy, now):
    """The letters that may go now; the others are due again when their domain is."""
    going, waiting = [], []
    for letter in letters:
        row = rows.get(letter.domain)
        until = _until(letter, row, letter.domain in busy, now) if row else None
        if until is None:
            going.append(letter)
            if row:
                row.sent_today += 1
        else:
            letter.due_at = until
            waiting.append(letter)
    marks.put_off(waiting)
    return going


def _until(letter, row, is_busy, now):
    """When a letter that must wait for its domain is looked at again; None when it need not wait."""
    if letter.priority == Letter.Priority.NOW:
        return None
    if row.held_until and row.held_until > now:
        return row.held_until
    if is_busy:
        return now + BUSY
    most = warmup.cap(settings.WARM_UP_SINCE, now.astimezone(UTC).date())
    if most is not None and row.sent_today >= most and letter.priority >= Letter.Priority.BULK:
        return datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), datetime.min.time(), tzinfo=UTC)
    return None


def _locked(domains):
    # In one order, so that two workers never wait for each other.
    return list(Destination.objects.filter(domain__in=domains).order_by("domain").select_for_update())


def _store(rows):
    fields = ["day", "sent_today", "leases", "full_until"]
    Destination.objects.bulk_create(rows, update_conflicts=True, unique_fields=["domain"], update_fields=fields)
