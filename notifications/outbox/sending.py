"""Sending: one worker's round. It claims a batch, hands it over letter by letter and marks each one.

A letter is marked `sending` before it is handed over and `sent` after the other side has it, one row at a time, so
that a worker killed at any moment leaves at most that one to be sent again, with the same bytes and Message-ID.
"""

import logging
import threading
import time
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.work import claim
from notifications import readers
from notifications.models import Letter
from notifications.outbox import transports
from notifications.outbox.queue import left_half_way, queued

logger = logging.getLogger(__name__)

State = Letter.State
BATCH = 50  # letters claimed at once
CLAIM_SECONDS = 60  # for a batch: what a killed worker had claimed is free again after so long
SENDING_SECONDS = 5 * transports.TIMEOUT  # for the letter being sent, which may wait for four answers
GIVE_UP = timedelta(days=5)  # RFC 5321 section 4.5.4.1
FIRST_PAUSE, LONGEST_PAUSE = 60, 4 * 3600  # seconds between two tries
LONGEST_ABSENCE = 300  # seconds to stay away from a server that cannot be reached

# Said once for every letter, so it is written out: the same through the ORM takes twenty times as long.
MARK = """
    UPDATE notifications_letter SET
        state = CASE WHEN id = %(before)s THEN 'sent' ELSE 'sending' END,
        sent_at = CASE WHEN id = %(before)s THEN %(now)s ELSE sent_at END,
        attempts = CASE WHEN id = %(before)s THEN attempts ELSE attempts + 1 END,
        tried_at = COALESCE(tried_at, %(now)s),
        last_error = CASE WHEN id = %(before)s THEN '' ELSE last_error END,
        claimed_until = CASE WHEN id = %(before)s THEN NULL ELSE %(until)s END
    WHERE id = %(before)s OR (id = %(this)s AND claimed_until = %(ours)s)
"""


_here = threading.local()


def send_due(should_stop=lambda: False):
    """Send a batch of what is due through this worker's own connection; returns how many letters it dealt with."""
    if getattr(_here, "url", None) != settings.EMAIL_URL:
        close()
        _here.outbox, _here.url = Outbox(), settings.EMAIL_URL
    return _here.outbox.send_due(should_stop=should_stop)


def close():
    """Close this worker's connection, if it has one."""
    if getattr(_here, "outbox", None):
        _here.outbox.close()


class Outbox:
    """One worker's hands: its connection, and how long it stays away from a server that cannot be reached."""

    def __init__(self, transport=None):
        self.transport = transport or transports.from_url(settings.EMAIL_URL)
        self.away_until, self.failures = 0.0, 0
        self.handed_over = None  # the letter that was taken and is not marked `sent` yet

    def send_due(self, *, limit=BATCH, should_stop=lambda: False):
        """Send up to `limit` letters; returns how many were dealt with. One bad letter never stops the others."""
        self._mark_sent()
        if time.monotonic() < self.away_until:
            return 0
        batch = self._claim(limit)
        started, done = time.monotonic(), 0
        for place, letter in enumerate(batch):
            # The rest goes back when the claim could run out under it, or when something urgent has come.
            elapsed = time.monotonic() - started
            if should_stop() or elapsed > CLAIM_SECONDS / 2 or self._is_overtaken(letter, elapsed):
                _give_back(batch[place:])
                break
            if not self._mark_sending(letter):
                continue
            try:
                self._send(letter)
            except transports.Unreachable as problem:
                self._stay_away(batch[place:], str(problem))
                break
            done += 1
        self._mark_sent()
        return done

    def close(self):
        self.transport.close()

    def _claim(self, limit):
        batch = []
        if left_half_way().exists():
            batch = claim(left_half_way(), limit=limit, seconds=CLAIM_SECONDS)
            for letter in batch:
                logger.warning("Letter %s was left half-way and is sent again", letter.pk)
        if len(batch) < limit and queued().exists():
            batch += claim(queued(), limit=limit - len(batch), seconds=CLAIM_SECONDS)
        return readers.withdraw_unreadable(batch)

    def _send(self, letter):
        try:
            self.transport.send(letter)
        except transports.Later as refusal:
            _postpone(letter, str(refusal))
        except transports.Never as refusal:
            logger.warning("Letter %s was refused for good", letter.pk)
            _leave(letter, state=State.FAILED, last_error=str(refusal)[:400])
        except transports.Unreachable:
            raise
        except DatabaseError:
            raise
        except Exception:
            logger.exception("Letter %s could not be sent", letter.pk)
            _postpone(letter, "The program failed while sending this letter; its log says how.")
        else:
            self.handed_over = letter
        self.failures = 0

    def _mark_sending(self, letter):
        """Mark this letter `sending` and the one before it `sent`, in one statement. False when it is not ours."""
        now, before = timezone.now(), self.handed_over
        until, ours = now + timedelta(seconds=SENDING_SECONDS), letter.claimed_until
        now, until, ours = (connection.ops.adapt_datetimefield_value(at) for at in (now, until, ours))
        values = {"before": before.pk if before else 0, "this": letter.pk, "now": now, "until": until, "ours": ours}
        with connection.cursor() as cursor:
            cursor.execute(MARK, values)
            changed = cursor.rowcount
        self.handed_over = None
        return changed == (2 if before else 1)

    def _mark_sent(self):
        if self.handed_over:
            _leave(self.handed_over, state=State.SENT, sent_at=timezone.now(), last_error="")
            self.handed_over = None

    def _is_overtaken(self, letter, elapsed):
        """Has an urgent letter come while this worker goes slowly through less urgent ones?"""
        return letter.priority > Letter.Priority.NOW and elapsed > 1 and queued().filter(priority=0).exists()

    def _stay_away(self, rest, problem):
        self.failures += 1
        seconds = min(2**self.failures, LONGEST_ABSENCE)
        self.away_until = time.monotonic() + seconds
        logger.warning("No mail can be sent for %d s: %s", seconds, problem)
        old = [letter.pk for letter in rest if _is_too_old(letter)]
        Letter.objects.filter(pk__in=old).update(state=State.FAILED, last_error=problem[:400], claimed_until=None)
        waiting = Letter.objects.filter(pk__in=[letter.pk for letter in rest]).exclude(pk__in=old)
        waiting.update(
            state=State.QUEUED,
            last_error=problem[:400],
            claimed_until=None,
            tried_at=Coalesce(F("tried_at"), timezone.now()),
        )


def _leave(letter, **changes):
    Letter.objects.filter(pk=letter.pk).update(claimed_until=None, **changes)


def _postpone(letter, error):
    """Try again after a pause that doubles each time; after five days it has failed, and stays to be seen."""
    if _is_too_old(letter):
        logger.warning("Letter %s is given up after %d tries", letter.pk, letter.attempts + 1)
        _leave(letter, state=State.FAILED, last_error=error[:400])
        return
    pause = min(FIRST_PAUSE * 2 ** min(letter.attempts, 10), LONGEST_PAUSE)
    due_at = timezone.now() + timedelta(seconds=pause)
    _leave(letter, state=State.QUEUED, last_error=error[:400], due_at=due_at)


def _is_too_old(letter):
    return letter.tried_at is not None and timezone.now() - letter.tried_at > GIVE_UP


def _give_back(batch):
    if batch:
        # One that was half-way stays so: it becomes free when its claim runs out.
        ours = Letter.objects.filter(pk__in=[letter.pk for letter in batch], claimed_until=batch[-1].claimed_until)
        ours.update(claimed_until=None)
