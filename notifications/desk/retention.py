"""Retention: the bytes of mail are let go when they need not be kept any more, and never before.

What stays: that a mail came or left, when, between whom, its digest (SHA-256), what became of it, and the answers.
Nothing that waits, failed or is held is touched, nor anything that can still be answered: reading an answer needs the
text as it was sent. Zero days keep it for ever.
"""

import time
from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef
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
    for batch in (_arrivals, _letters, _editions):
        while not should_stop() and time.monotonic() < until:
            done = batch()
            count += done
            if done < BATCH:
                break
    return count


def _before(days):
    """The moment before which things are let go, or None to keep them for ever."""
    return timezone.now() - timedelta(days=days) if days else None


def _arrivals():
    """Mails of people, and those of programs (reports, automatic answers), each after its own days."""
    done = Arrival.objects.filter(state=Arrival.State.DONE, pruned_at=None).order_by("pk")
    chosen = []
    for days, kind in (
        (settings.KEEP_REPORTS_DAYS, {"klass__in": PROGRAMS}),
        (settings.KEEP_ARRIVALS_DAYS, {}),
    ):
        if before := _before(days):
            chosen += done.filter(received_at__lt=before, **kind).values_list("pk", flat=True)[: BATCH - len(chosen)]
    changes = {"raw": b"", "error": "", "pruned_at": timezone.now()}
    return Arrival.objects.filter(pk__in=chosen).update(**changes) if chosen else 0


def _letters():
    before = _before(_letter_days())
    if before is None:
        return 0
    old = Letter.objects.filter(pruned_at=None, created_at__lt=before, state__in=_FINISHED)
    chosen = list(old.order_by("pk").values_list("pk", flat=True)[:BATCH])
    return Letter.objects.filter(pk__in=chosen).update(stored=b"", pruned_at=timezone.now()) if chosen else 0


def _editions():
    """The words of old digests, when no letter that carries them is kept any more."""
    before = _before(_letter_days())
    if before is None:
        return 0
    kept = Letter.objects.filter(issue__edition=OuterRef("pk"), pruned_at=None)
    old = Edition.objects.filter(~Exists(kept), created_at__lt=before).exclude(text="")
    chosen = list(old.order_by("created_at").values_list("pk", flat=True)[:BATCH])
    if not chosen:
        return 0
    Issue.objects.filter(edition__in=chosen).update(news="", news_html="", stop="")
    return Edition.objects.filter(pk__in=chosen).update(text="", html="", head="")


def _letter_days():
    """At least as long as a letter can be answered."""
    return settings.KEEP_LETTERS_DAYS and max(settings.KEEP_LETTERS_DAYS, addresses.REPLY_DAYS + 1)
