"""How much may come in: mails in an hour and bytes in a day, so that no loop and no stranger fills the disk.

Each mail counts for its envelope sender, for the address in its From, and for the answer or bounce address it came to:
a loop that changes one of them, as lists and forwarders do, is stopped by the others. Who is over a limit is asked to
come again later (451), so nothing is lost when it was no loop.
"""

import time
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Sum
from django.utils import timezone

from members.models import Member
from notifications import addresses
from notifications.models import Arrival

MAILS_OF_MOST_BYTES = 10  # as many of the largest size may come from one known address in a day
LARGE = 20_000  # bytes; the hourly limit bounds what smaller ones add up to
LOOK_SECONDS = 60  # how long what strangers sent is remembered before it is added up again
COUNT_SECONDS = 5  # the same of the mails of one sender, and only while they are far from the limit
KNOWN_SECONDS = 60  # the same of an address being a member's
MOST_REMEMBERED = 20_000  # keys that come from outside


@dataclass(frozen=True)
class Excess:
    key: str
    reason: str  # in English, for the logs of mail servers


class Limits:
    """The limits as they stand for some arrivals about to be stored; `excess(arrival)` also counts it."""

    def __init__(self, arrivals):
        self._note_who_is_known(arrivals)
        self.mails = _mails_this_hour(arrivals)
        self.bytes = _bytes_today(arrivals)

    def excess(self, arrival):
        """What this one is too much for; None when it may be stored."""
        keys = _keys(arrival)
        over = next((key for key in keys if self.mails[key] >= settings.MAX_MAILS_PER_HOUR), None)
        if over:
            return Excess(
                over[0], f"too many mails {'to this address' if over[0] == 'recipient' else 'from this sender'}"
            )
        bucket = _bucket(arrival)
        most = settings.MAX_UNKNOWN_BYTES_PER_DAY
        if bucket not in (STRANGERS, REPORTS):
            most = max(most, MAILS_OF_MOST_BYTES * settings.MAX_MAIL_BYTES)
        if self.bytes[bucket] + arrival.size > most:
            return Excess(bucket, "too many bytes in a day")
        self.mails.update(keys)
        counted.add(keys)
        self.bytes[bucket] += arrival.size
        if bucket in (STRANGERS, REPORTS):
            spent.add(bucket, arrival.size)
        return None

    def _note_who_is_known(self, arrivals):
        named = {name for arrival in arrivals for name in (arrival.envelope_sender, arrival.from_address) if name}
        now = time.monotonic()
        unsure = {name for name in named if members_seen.get(name, 0) < now}
        found = Member.objects.by_addresses(unsure) if unsure else {}
        members_seen.update(dict.fromkeys(found, now + KNOWN_SECONDS))
        if len(members_seen) > MOST_REMEMBERED:
            members_seen.clear()
        for arrival in arrivals:
            names = (arrival.from_address, arrival.envelope_sender)
            arrival.is_known = any(members_seen.get(name, 0) > now for name in names)


members_seen = {}  # address of a member: until when that is believed


STRANGERS, REPORTS = "strangers", "reports"  # the latter without an envelope sender: bounces and receipts


class Spent:
    """Bytes of strangers and of reports in the last day: added up once a minute, in between counted along."""

    def __init__(self):
        self.forget()

    def forget(self):
        self.looked_at, self.bytes = None, Counter()

    def add(self, bucket, size):
        self.bytes[bucket] += size

    def now(self):
        if self.looked_at is None or time.monotonic() - self.looked_at > LOOK_SECONDS:
            today = Arrival.objects.filter(received_at__gt=timezone.now() - timedelta(days=1)).order_by()
            rows = {
                STRANGERS: today.filter(is_known=False).exclude(envelope_sender=""),
                REPORTS: today.filter(envelope_sender=""),
            }
            self.bytes = Counter(
                {name: found.aggregate(total=Sum("size"))["total"] or 0 for name, found in rows.items()}
            )
            self.looked_at = time.monotonic()
        return self.bytes


class Counted:
    """Mails by key, as last counted in the database and counted along since.

    It only spares questions: nobody is refused without having been counted in the database just then.
    """

    def __init__(self):
        self.forget()

    def forget(self):
        self.mails, self.looked_at = Counter(), {}

    def is_enough(self, key):
        """Is this key so far from the limit that it need not be counted again yet?"""
        fresh = time.monotonic() - self.looked_at.get(key, 0) < COUNT_SECONDS
        return fresh and self.mails[key] < settings.MAX_MAILS_PER_HOUR // 2

    def set(self, key, count):
        self.mails[key], self.looked_at[key] = count, time.monotonic()

    def add(self, keys):
        if len(self.mails) > MOST_REMEMBERED:
            self.forget()
        self.mails.update(keys)


spent, counted = Spent(), Counted()


def _bucket(arrival):
    if not arrival.envelope_sender:
        return REPORTS
    return arrival.from_address or arrival.envelope_sender if arrival.is_known else STRANGERS


def _keys(arrival):
    # All the bounces of a large provider have the same From, and no envelope sender.
    keys = (
        ("envelope_sender", arrival.envelope_sender),
        ("from_address", arrival.from_address if arrival.envelope_sender else ""),
        ("recipient", arrival.recipient if _is_personal(arrival.recipient) else ""),
    )
    return [key for key in keys if key[1]]


def _is_personal(recipient):
    """Workspaces and the help address are everybody's; an answer or bounce address is one member's."""
    return addresses.parse(recipient).kind in ("reply", "bounce")


def _mails_this_hour(arrivals):
    since = timezone.now() - timedelta(hours=1)
    keys = {key for arrival in arrivals for key in _keys(arrival)}
    wanted = {}
    for field, value in keys:
        if not counted.is_enough((field, value)):
            wanted.setdefault(field, set()).add(value)
    for field, values in wanted.items():
        rows = Arrival.objects.filter(**{f"{field}__in": values}, received_at__gt=since).values_list(field)
        found = dict(rows.annotate(Count("pk")).order_by())
        for value in values:
            counted.set((field, value), found.get(value, 0))
    return Counter({key: counted.mails[key] for key in keys})


def _bytes_today(arrivals):
    """By bucket; the members' own are added up only when a mail is large enough to matter."""
    found = Counter(spent.now())
    large = {_bucket(arrival) for arrival in arrivals if arrival.size > LARGE}
    if large - {STRANGERS, REPORTS}:
        today = Arrival.objects.filter(from_address__in=large, received_at__gt=timezone.now() - timedelta(days=1))
        found.update(dict(today.values_list("from_address").annotate(Sum("size")).order_by()))
    return found
