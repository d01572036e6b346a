"""Sending: one worker's round. It claims a batch, hands it over letter by letter and marks each one.

A worker has one connection and one letter under way, so that a kill leaves one letter of which nobody knows; more
letters at once are more workers.
"""

import logging
import threading
import time
from collections import deque
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from core.work import claim
from notifications import readers
from notifications.models import Letter
from notifications.outbox import marks, transports
from notifications.outbox.queue import left_half_way, queued
from notifications.outbox.refusals import Refused, Unanswered, Unfit, Unreachable
from notifications.outbox.smtp import TIMEOUT

logger = logging.getLogger(__name__)

BATCH = 200  # letters claimed at once
CLAIM_SECONDS = 60  # for a batch: what a killed worker had claimed is free again after so long
SENDING_SECONDS = 5 * TIMEOUT  # for the letter being sent, which may wait for four answers
HALF_WAY_EVERY = 15  # seconds between two looks for letters that killed workers left half-way
URGENT_EVERY = 0.5  # seconds between two looks for urgent letters while others are sent
LONGEST_ABSENCE = 300  # seconds to stay away from a server that cannot be reached

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
        self.looked_half_way = self.looked_urgent = -HALF_WAY_EVERY

    def send_due(self, *, limit=BATCH, should_stop=lambda: False):
        """Send up to `limit` letters; returns how many were dealt with. One bad letter never stops the others."""
        self._mark_sent()
        if time.monotonic() < self.away_until:
            return 0
        batch = deque(self._claim(limit))
        if not batch:
            self.transport.rest()
            return 0
        return self._go_through(batch, should_stop)

    def close(self):
        self.transport.close()

    # -- What is sent ----------------------------------------------------------------------------------------------

    def _claim(self, limit):
        batch = []
        if time.monotonic() - self.looked_half_way > HALF_WAY_EVERY:
            self.looked_half_way = time.monotonic()
            batch = self._claim_half_way(limit)
        if len(batch) < limit and queued().exists():
            batch += claim(queued(), limit=limit - len(batch), seconds=CLAIM_SECONDS)
        return readers.withdraw_unreadable(batch)

    def _claim_half_way(self, limit):
        if not left_half_way().exists():
            return []
        batch = claim(left_half_way(), limit=limit, seconds=CLAIM_SECONDS)
        for letter in batch:
            logger.warning("Letter %s was left half-way and is sent again", letter.pk)
        return batch

    def _go_through(self, batch, should_stop):
        """Send letter after letter; the next one is chosen before one is handed over, for it is announced with it."""
        began, done = time.monotonic(), 0
        letter = self._next(batch, began, should_stop)
        while letter:
            following = self._next(batch, began, should_stop)
            try:
                self._send(letter, following)
            except Unreachable as problem:
                self._stay_away([letter, *([following] if following else []), *batch], str(problem))
                batch.clear()
                break
            done += 1
            letter = following
        self._mark_sent()
        marks.given_back(batch)
        return done

    def _next(self, batch, began, should_stop):
        """The letter to go next: an urgent one that came meanwhile, or the next of the batch; None ends the round."""
        # What is left goes back when the claim could run out under it.
        if should_stop() or time.monotonic() - began > CLAIM_SECONDS / 2:
            return None
        if batch and batch[0].priority > Letter.Priority.NOW and self._is_time_for_urgent():
            urgent = queued().filter(priority=Letter.Priority.NOW, claimed_until=None)
            if urgent.exists():
                batch.extendleft(reversed(readers.withdraw_unreadable(claim(urgent, limit=20, seconds=CLAIM_SECONDS))))
        return batch.popleft() if batch else None

    def _is_time_for_urgent(self):
        now = time.monotonic()
        if now - self.looked_urgent < URGENT_EVERY:
            return False
        self.looked_urgent = now
        return True

    # -- One letter ------------------------------------------------------------------------------------------------

    def _send(self, letter, following):
        try:
            self.transport.offer(letter)
            if not self._mark_sending(letter):
                return
            self.transport.hand_over(letter, following)
        except Refused as answer:
            self._judge(letter, answer.refusal)
        except Unfit as problem:
            marks.failed(letter, str(problem))
        except Unanswered as problem:
            marks.postponed(letter, str(problem))
        except (Unreachable, DatabaseError):
            raise
        except Exception:
            logger.exception("Letter %s could not be sent", letter.pk)
            marks.postponed(letter, "The program failed while sending this letter; its log says how.")
        else:
            self.handed_over = letter
        self.failures = 0

    def _judge(self, letter, refusal):
        if refusal.is_final:
            logger.warning("Letter %s was refused for good", letter.pk)
            marks.failed(letter, str(refusal))
        else:
            marks.postponed(letter, str(refusal))

    def _mark_sending(self, letter):
        until = timezone.now() + timedelta(seconds=SENDING_SECONDS)
        is_ours = marks.sending(letter, before=self.handed_over, until=until)
        self.handed_over = None
        return is_ours

    def _mark_sent(self):
        if self.handed_over:
            marks.sent(self.handed_over)
            self.handed_over = None

    def _stay_away(self, rest, problem):
        self.failures += 1
        seconds = min(2**self.failures, LONGEST_ABSENCE)
        self.away_until = time.monotonic() + seconds
        logger.warning("No mail can be sent for %d s: %s", seconds, problem)
        marks.waiting(rest, problem)
