"""Sending: one worker's round. It claims a batch, hands it over letter by letter and marks each one.

A worker has one connection and one letter under way, so that a kill leaves one letter of which nobody knows; more
letters at once are more workers.
"""

import logging
import secrets
import threading
import time
from collections import Counter, deque
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from core.work import claim
from notifications import readers
from notifications.bounces import scores
from notifications.models import Letter
from notifications.outbox import destinations, marks, pauses, transports
from notifications.outbox.queue import has_any, left_half_way, queued
from notifications.outbox.refusals import Fault, Refused, Unanswered, Unfit, Unreachable
from notifications.outbox.smtp import TIMEOUT

logger = logging.getLogger(__name__)

Priority = Letter.Priority
BATCH = 200  # letters claimed at once; each may have 100 KB
CLAIM_SECONDS = 60  # for a batch: what a killed worker had claimed is free again after so long
SENDING_SECONDS = 5 * TIMEOUT  # for the letter being sent, which may wait for four answers
URGENT_EVERY = 0.5  # seconds between two looks for urgent letters while others are sent
LONGEST_ABSENCE = 300  # seconds to stay away from a server that cannot be reached
SOUR = 3  # letters in a row that the server would not take for reasons of its own: then it is left alone

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
        self.name = secrets.token_hex(4)
        self.away_until, self.failures = 0.0, 0
        self.handed_over = None  # the letter that was taken and is not marked `sent` yet
        self.taken = Counter()  # letters of this round, by domain
        self.held = {}  # domains that asked for a pause in this round, and until when
        self.sour = set()  # what met a server that takes nothing, one after the other: letters, or whole domains
        self.looked_urgent = 0.0

    def send_due(self, *, limit=BATCH, should_stop=lambda: False):
        """Send up to `limit` letters; returns how many were dealt with. One bad letter never stops the others."""
        self._mark_sent()
        if time.monotonic() < self.away_until:
            return 0
        batch = self._claim(limit)
        if not batch:
            self.transport.rest()
            return 0
        share = destinations.admit(batch, worker=self.name, seconds=CLAIM_SECONDS / 2 + SENDING_SECONDS)
        self.taken.clear()
        self.held.clear()
        try:
            self._go_through(deque(share.letters), should_stop)
        finally:
            share.end(self.taken)
        return len(batch)

    def close(self):
        self.transport.close()

    # -- What is sent ----------------------------------------------------------------------------------------------

    def _claim(self, limit):
        waiting, half_way = queued(), left_half_way()
        if pauses.current():
            waiting, half_way = waiting.filter(priority=Priority.NOW), half_way.filter(priority=Priority.NOW)
        elif full := destinations.full():
            waiting = waiting.exclude(domain__in=full, priority__gt=Priority.NOW)
        batch = []
        if has_any(half_way):
            batch = claim(half_way, limit=limit, seconds=CLAIM_SECONDS)
            for letter in batch:
                logger.warning("Letter %s was left half-way and is sent again", letter.pk)
                marks.unanswered(letter)
        if len(batch) < limit and has_any(waiting):
            batch += claim(waiting, limit=limit - len(batch), seconds=CLAIM_SECONDS)
        return readers.withdraw_unreadable(batch)

    def _go_through(self, batch, should_stop):
        """Send letter after letter; the next one is chosen before one is handed over, for it is announced with it."""
        began, held = time.monotonic(), []
        letter = self._next(batch, held, began, should_stop)
        while letter:
            following = self._next(batch, held, began, should_stop)
            rest = [*([following] if following else []), *batch]
            try:
                self._send(letter, following)
            except Unreachable as problem:
                self._stay_away([letter, *rest], str(problem))
                break
            if len(self.sour) >= SOUR:
                self.sour.clear()
                self._stay_away(rest, "The server refused several letters in a row for reasons of its own.")
                break
            letter = following
        else:
            marks.given_back(batch)
        self._mark_sent()
        marks.put_off(held)

    def _next(self, batch, held, began, should_stop):
        """The letter to go next: an urgent one that came meanwhile, or the next of the batch; None ends the round."""
        # What is left goes back when the claim could run out under it.
        if should_stop() or time.monotonic() - began > CLAIM_SECONDS / 2:
            return None
        self._let_urgent_ahead(batch)
        while batch:
            letter = batch.popleft()
            if letter.domain not in self.held or letter.priority == Priority.NOW:
                return letter
            letter.due_at = self.held[letter.domain]
            held.append(letter)
        return None

    def _let_urgent_ahead(self, batch):
        """A sign-in code that comes while digests are sent waits for half a second of them, not for the whole batch."""
        now = time.monotonic()
        if batch and batch[0].priority > Priority.NOW and now - self.looked_urgent > URGENT_EVERY:
            self.looked_urgent = now
            urgent = queued().filter(priority=Priority.NOW)
            if has_any(urgent):
                batch.extendleft(reversed(readers.withdraw_unreadable(claim(urgent, limit=20, seconds=CLAIM_SECONDS))))

    # -- One letter ------------------------------------------------------------------------------------------------

    def _send(self, letter, following):
        """Whatever becomes of one letter stands in its row afterwards; only what stops them all is raised."""
        try:
            self._offer_and_hand_over(letter, following)
        except (Unreachable, DatabaseError):
            raise
        except Exception:
            logger.exception("Letter %s could not be sent", letter.pk)
            marks.postponed(letter, "The program failed while sending this letter; its log says how.")

    def _offer_and_hand_over(self, letter, following):
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
            marks.unanswered(letter)
            marks.postponed(letter, str(problem))
            self.sour.add(letter.pk)
        else:
            self.handed_over = letter
            self.taken[letter.domain] += 1
            self._works()

    def _judge(self, letter, refusal):
        """A refusal is one letter's, one domain's or the server's: so much waits."""
        if refusal.is_final:
            logger.warning("Letter %s was refused for good", letter.pk)
            with transaction.atomic():
                marks.failed(letter, str(refusal))
                scores.refused(letter, refusal.code, refusal.text)
        else:
            marks.postponed(letter, str(refusal))
        if refusal.fault == Fault.LETTER:
            self._works()
        elif refusal.fault == Fault.DOMAIN and letter.domain:
            self.held[letter.domain] = destinations.hold(letter.domain, str(refusal))
            self.sour.add(letter.domain)
        else:
            self.sour.add(letter.pk)

    def _works(self):
        """The server does what servers do, whatever it thinks of a letter."""
        self.sour.clear()
        self.failures = 0

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
