"""Retention: the bytes of mail are let go when they need not be kept any more, and never before.

What stays: that a mail came or left, when, between whom, its digest (SHA-256), what became of it, and the answers.
Nothing that waits, failed or is held is touched, nor anything that can still be answered: reading an answer needs the
text as it was sent. Zero days keep it for ever.
"""

import time
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from notifications import addresses
from notifications.models import Arrival, Edition, Issue, Letter

BATCH = 500
SECONDS = 5  # of one piece of work
PROGRAMS = ("auto", "bounce")  # classes of mail that programs wrote
_FINISHED = (Letter.State.SENT, Letter.State.WITHDRAWN)


def let_go(should_stop=lambda: False):
    """Let go of the bytes whose time has come, a bounded piece of them; returns how many mails that were."""
    until, count = time.monotonic() + SECONDS, 0
    for batch in (_reports, _arrivals, _letters):
        while not should_stop() and time.monotonic() < until:
            done = batch()
            count += done
            if done < BATCH:
                break
    return count


def _oldest(rows, moment, days):
    """The ids of the oldest rows with bytes, as far as their days are over; none where they are kept for ever.

    Rows come in order of time, so looking at the first few says whether there is anything to do.
    """
    if not days:
        return []
    before = timezone.now() - timedelta(days=days)
    first = rows.filter(pruned_at=None).order_by("pk").values_list("pk", moment)[:BATCH]
    return [pk for pk, at in first if at < before]


def _reports():
    """What programs wrote: reports, automatic answers."""
    return _empty(Arrival.objects.filter(klass__in=PROGRAMS), settings.KEEP_REPORTS_DAYS)


def _arrivals():
    return _empty(Arrival.objects.exclude(klass__in=PROGRAMS), settings.KEEP_ARRIVALS_DAYS)


def _empty(arrivals, days):
    chosen = _oldest(arrivals.filter(state=Arrival.State.DONE), "received_at", days)
    changes = {"raw": b"", "error": "", "pruned_at": timezone.now()}
    return Arrival.objects.filter(pk__in=chosen).update(**changes) if chosen else 0


def _letters():
    chosen = _oldest(Letter.objects.filter(state__in=_FINISHED), "created_at", _letter_days())
    if not chosen:
        return 0
    found = Letter.objects.filter(pk__in=chosen)
    editions = set(found.exclude(issue=None).values_list("issue__edition", flat=True))
    with transaction.atomic():
        count = found.update(stored=b"", pruned_at=timezone.now())
        _let_go_of_editions(editions)
    return count


def _let_go_of_editions(editions):
    """The words of digests go with the last of the letters that carry them."""
    kept = Letter.objects.filter(issue__edition__in=editions, pruned_at=None)
    gone = editions - set(kept.values_list("issue__edition", flat=True))
    if gone:
        Issue.objects.filter(edition__in=gone).update(news="", news_html="", stop="")
        Edition.objects.filter(pk__in=gone).update(text="", html="", head="")


def _letter_days():
    """At least as long as a letter can be answered."""
    return settings.KEEP_LETTERS_DAYS and max(settings.KEEP_LETTERS_DAYS, addresses.REPLY_DAYS + 1)
