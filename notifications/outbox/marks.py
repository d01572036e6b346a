"""Marks: what is written into a letter's row while it is sent, and what becomes of one that was not taken.

    queued ── sending ── sent
      │ ╲        │
      │  ╲───────┴─ queued again, due later ── failed after five days
      └─ withdrawn

`sending` is written before the first byte of the content leaves, `sent` after the other side has it all, one row at a
time; so a worker killed at any moment leaves one letter of which nobody knows, and that is sent again, with the same
bytes and Message-ID.
"""

import logging
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from journal.models import Audience
from journal.services import record
from notifications.models import Letter

logger = logging.getLogger(__name__)

State = Letter.State
GIVE_UP = timedelta(days=5)  # RFC 5321 section 4.5.4.1
FIRST_PAUSE, LONGEST_PAUSE = 60, 4 * 3600  # seconds between two tries

# Said once for every letter, so it is written out, and prepared where the database can: through the ORM it takes
# twenty times as long.
SENDING = """
    UPDATE notifications_letter SET
        state = CASE WHEN id = %(before)s THEN 'sent' ELSE 'sending' END,
        sent_at = CASE WHEN id = %(before)s THEN %(now)s ELSE sent_at END,
        attempts = CASE WHEN id = %(before)s THEN attempts ELSE attempts + 1 END,
        tried_at = COALESCE(tried_at, %(now)s),
        last_error = CASE WHEN id = %(before)s THEN '' ELSE last_error END,
        claimed_until = CASE WHEN id = %(before)s THEN NULL ELSE %(until)s END
    WHERE id = %(before)s OR (id = %(this)s AND claimed_until = %(ours)s)
"""


def sending(letter, *, before, until):
    """Mark a letter `sending`, and the one before it (or None) `sent`, in one statement. False when it is not ours."""
    values = {
        "before": before.pk if before else 0,
        "this": letter.pk,
        "now": timezone.now(),
        "until": until,
        "ours": letter.claimed_until,
    }
    is_ours = _execute(SENDING, values) == (2 if before else 1)
    if is_ours:
        letter.state, letter.claimed_until = State.SENDING, until
    return is_ours


def _execute(statement, values):
    """Run one statement many times; returns how many rows it changed."""
    adapt = connection.ops.adapt_datetimefield_value
    values = {name: value if isinstance(value, int) else adapt(value) for name, value in values.items()}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def sent(letter):
    _leave(letter, state=State.SENT, sent_at=timezone.now(), last_error="")


def failed(letter, error):
    """It will not be tried again, and stays to be seen."""
    letter.state = State.FAILED
    _leave(letter, state=State.FAILED, last_error=error[:400])


def unanswered(letter):
    """Nobody knows whether it arrived, so it waits again; this is counted, and recorded in the site's journal."""
    with transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(state=State.QUEUED, unanswered=F("unanswered") + 1)
        record("letter.repeated", about=letter, audience=Audience.MODERATORS)
    letter.state = State.QUEUED


def postponed(letter, error):
    """Try again after a pause that doubles each time; after five days it has failed."""
    if _is_too_old(letter):
        logger.warning("Letter %s is given up after %d tries", letter.pk, letter.attempts + 1)
        failed(letter, error)
        return
    pause = min(FIRST_PAUSE * 2 ** min(letter.attempts, 10), LONGEST_PAUSE)
    _leave(letter, state=State.QUEUED, last_error=error[:400], due_at=timezone.now() + timedelta(seconds=pause))


def waiting(letters, problem):
    """Nothing can be sent now: they wait as they are, and no try is counted, only the five days."""
    old = [letter for letter in letters if _is_too_old(letter)]
    _ours(old).update(state=State.FAILED, last_error=problem[:400], claimed_until=None)
    rest = _ours([letter for letter in letters if not _is_too_old(letter)])
    tried_at = Coalesce(F("tried_at"), timezone.now())
    rest.update(state=State.QUEUED, last_error=problem[:400], claimed_until=None, tried_at=tried_at)


def put_off(letters):
    """They are due again at their `due_at`; no try is counted."""
    for due_at in {letter.due_at for letter in letters}:
        _ours([letter for letter in letters if letter.due_at == due_at]).update(due_at=due_at, claimed_until=None)


def given_back(letters):
    """Another worker may take them, or this one in its next round."""
    _ours(letters).update(claimed_until=None)


def _ours(letters):
    """Their rows, without those that another worker took when the claim had run out."""
    claims = {letter.claimed_until for letter in letters}
    return Letter.objects.filter(pk__in=[letter.pk for letter in letters], claimed_until__in=claims)


def _leave(letter, **changes):
    Letter.objects.filter(pk=letter.pk).update(claimed_until=None, **changes)


def _is_too_old(letter):
    return letter.tried_at is not None and timezone.now() - letter.tried_at > GIVE_UP
