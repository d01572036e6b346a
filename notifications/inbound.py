"""Incoming mail: `accept` stores it, durably and as it came; `process` reads it and acts, later and in any process.

Between the two lies the table of arrivals, which is the queue: new → read → done | held | failed. What fails is tried
again with growing pauses, then stays visible as failed until a person retries it.
"""

import logging
import time
import traceback
from datetime import timedelta

from django.db import DatabaseError, DataError, IntegrityError, connection, transaction
from django.utils import timezone

from core import work
from notifications.intake import failing, handling, limits, proofs
from notifications.intake.envelope import Envelope, arrival_of
from notifications.models import Arrival

logger = logging.getLogger(__name__)

CLAIM_SECONDS = 60  # what a killed worker had claimed is free again after so long
SMALL = 200_000  # bytes of a mail; larger ones are handled one by one
TOGETHER_SECONDS = 0.1  # for how long several mails are written in one transaction
FAILING = ["attempts", "error", "state", "outcome", "claimed_until", "done_at", "subject", "from_address", "klass"]
PAUSES = (60, 300, 1800)  # seconds before an arrival that failed is tried again; after the last it is a person's turn

__all__ = ["Envelope", "NotStored", "OverLimit", "accept", "accept_all", "process", "process_due"]


class NotStored(Exception):
    """The mail could not be stored now; whoever holds it must keep it and try again."""


class OverLimit(NotStored):
    """Too much has come from a sender or to an address; the mail is to come again later.

    `key` says by what it was counted: envelope_sender, from_address, recipient, or the name of a sum of bytes.
    """

    def __init__(self, excess):
        super().__init__(excess.reason)
        self.key = excess.key


# -- Storing -----------------------------------------------------------------------------------------------


def accept(raw, envelope):
    """Store a mail durably and return its arrival; a redelivery is the arrival it was before.

    Raises NotStored, and nothing else, when it could not be stored.
    """
    arrival = arrival_of(raw, envelope)
    [problem] = _store_all([arrival])
    if problem is not None:
        raise problem
    try:
        return Arrival.objects.get(fingerprint=arrival.fingerprint)
    except DatabaseError as error:
        raise NotStored(str(error)) from error


def accept_all(mails):
    """Store several mails, pairs (raw, envelope), in one transaction; returns for each None or the NotStored it met."""
    return _store_all([arrival_of(raw, envelope) for raw, envelope in mails])


def _store_all(arrivals):
    try:
        return _store(arrivals)
    except (DataError, IntegrityError) as error:
        if len(arrivals) == 1:
            return [NotStored(str(error))]
        # One row the database will not have must not keep the others out.
        return [problem for arrival in arrivals for problem in _store_all([arrival])]
    except DatabaseError as error:
        return [NotStored(str(error))] * len(arrivals)


def _store(arrivals):
    with transaction.atomic():
        _wait_for_the_disk()
        standing = limits.Limits(arrivals)
        excesses = [standing.excess(arrival) for arrival in arrivals]
        kept = [arrival for arrival, excess in zip(arrivals, excesses, strict=True) if excess is None]
        Arrival.objects.bulk_create(kept, ignore_conflicts=True)
    return [excess and OverLimit(excess) for excess in excesses]


def _wait_for_the_disk():
    """Commit the running transaction durably, even where the operator let PostgreSQL be lax about others."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO on")


# -- Acting ------------------------------------------------------------------------------------------------


def process_due(*, limit=50):
    """Claim up to `limit` waiting arrivals and process them; returns how many there were."""
    claimed = []
    for state in (Arrival.State.NEW, Arrival.State.READ):  # one by one, so that the index gives the oldest first
        due = Arrival.objects.filter(state=state).order_by("received_at", "pk").defer("raw")
        claimed += work.claim(due, limit=limit - len(claimed), seconds=CLAIM_SECONDS) if len(claimed) < limit else []
    small = [arrival for arrival in claimed if arrival.size <= SMALL]
    raws = dict(Arrival.objects.filter(pk__in=[arrival.pk for arrival in small]).values_list("pk", "raw"))
    for arrival in small:
        arrival.raw = raws[arrival.pk]
    if connection.features.has_select_for_update:
        for arrival in claimed:
            process(arrival)
    else:
        _process_together(small)
        for arrival in claimed:
            if arrival.size > SMALL:
                process(arrival)
    return len(claimed)


def _process_together(arrivals):
    """Process several in one transaction, where one at a time may write anyway and each commit waits for the disk.

    They are read before, so that the others wait for the writing only, and not long for that.
    """
    cases = [case for arrival in arrivals if (case := _attempt(arrival, handling.open_case, arrival))]
    unproven = []
    while cases:
        until = time.monotonic() + TOGETHER_SECONDS
        with transaction.atomic():
            while cases and time.monotonic() < until:
                case = cases.pop(0)
                try:
                    _attempt(case.arrival, _act_apart, case)
                except proofs.Wanted:
                    unproven.append(case.arrival)
    for arrival in unproven:
        _attempt(arrival, _act_proven, arrival)


def _act_apart(case):
    with transaction.atomic():
        handling.act(case)


def _act(case):
    try:
        handling.act(case)
    except proofs.Wanted:
        _act_proven(case.arrival)


def _act_proven(arrival):
    """Handle a mail anew that came too late, now that it is known when it was sent."""
    case = handling.open_case(arrival)
    proofs.prove(case)
    with proofs.asking():
        handling.act(case)


def process(arrival):
    """Read an arrival and do what it asks; returns the arrival with its outcome. Raises nothing.

    Doing it twice does it once: each answer has its own key, each explanation too.
    """
    case = _attempt(arrival, handling.open_case, arrival)
    if case:
        _attempt(arrival, _act, case)
    return arrival


def _attempt(arrival, do, argument):
    """Do one part of the handling; what goes wrong is kept with the arrival."""
    try:
        return do(argument)
    except proofs.Wanted:
        raise
    except Exception as error:
        logger.exception("Arrival %s could not be processed", arrival.pk)
        try:
            _failed(arrival, error)
        except DatabaseError:
            logger.exception("Arrival %s stays claimed until its claim runs out", arrival.pk)
        return None


def _failed(arrival, error):
    """Keep the error with the arrival, and try again later or leave it to a person."""
    arrival.refresh_from_db(fields=["attempts"])
    arrival.attempts += 1
    arrival.error = "".join(traceback.format_exception(error))[-8_000:].replace("\x00", "")
    if arrival.attempts <= len(PAUSES):
        arrival.claimed_until = timezone.now() + timedelta(seconds=PAUSES[arrival.attempts - 1])
    else:
        arrival.state, arrival.outcome = Arrival.State.FAILED, "failed"
        arrival.claimed_until, arrival.done_at = None, timezone.now()
    arrival.save(update_fields=FAILING)
    if arrival.state == Arrival.State.FAILED:
        failing.tell(arrival)
