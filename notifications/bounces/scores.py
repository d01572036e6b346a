"""Scores: each letter that did not arrive is counted once, and at 5 points its address is suspended.

What is counted comes from three sides: a report by mail (`came_back`), a refusal when the letter was handed over
(`refused`), an event of a mail provider (`reported`). Nobody can bring an address to be suspended by writing such a
report: it must come to the letter's own bounce address, which is signed and only its carriers see, or from the
recipient's own domain, proven, and name the letter. A letter counts once, and not after a month. That other mail did
arrive proves nothing: many servers take all and return it later.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Case, IntegerField, Sum, Value, When
from django.utils import timezone

from core import text as texts
from members.models import Member
from notifications import subscriptions
from notifications.bounces import probes, suspension, weights
from notifications.models import Bounce, Letter
from notifications.models.bounces import HARD_POINTS, SOFT_POINTS
from notifications.reading import causes

LIMIT = 5  # points at which an address is suspended
FORGOTTEN = timedelta(days=30)
POINTS = Case(When(is_hard=True, then=Value(HARD_POINTS)), default=Value(SOFT_POINTS), output_field=IntegerField())
_LEFT = (Letter.State.SENDING, Letter.State.SENT, Letter.State.FAILED)
# How a provider's event would be called in a report; what else they tell (opened, clicked, sent) is not counted.
_PROVIDERS = {"bounced": "failed", "failed": "failed", "rejected": "failed", "deferred": "delayed"}
_ABOUT_THE_ADDRESS = ("invalid", "bounced")  # of the reasons django-anymail knows; the others may pass


# -- From three sides ------------------------------------------------------------------------------------------


def came_back(letter, failure, *, arrival=None):
    """A report by mail that names a letter beyond doubt; returns its Bounce, or None when nothing is to be counted.

    `failure` is a `reading.result.Failure`.
    """
    weight = weights.weigh(failure)
    if weight == weights.NOTHING:
        probes.is_late(letter)
        return None
    return count(letter, weight=weight, status=failure.status, reason=failure.reason or failure.cause, arrival=arrival)


def refused(letter, code, text):
    """A server refused a letter for good when it was handed over; returns its Bounce or None."""
    weight = weights.weigh_refusal(code, text)
    if weight == weights.NOTHING:
        return None
    status = weights.of_words(text=text).status or str(code)
    return count(letter, weight=weight, status=status, reason=f"{code} {text}")


def reported(letter, event, *, status="", text="", reason=""):
    """A provider's own, authenticated word on a letter: "bounced", "failed", "rejected" or "deferred".

    reason: the provider's kind of reason, as django-anymail names them ("invalid", "spam" ...). Returns the Bounce, or
    None when nothing is counted.
    """
    kind = _PROVIDERS.get(event)
    if kind is None:
        return None
    weight = weights.weigh(weights.of_words(status=status, text=text, kind=kind))
    if weight == weights.NOTHING:
        probes.is_late(letter)
        return None
    if reason in _ABOUT_THE_ADDRESS:
        weight = weights.SOFT if weights.of_words(status=status, text=text).cause == "full" else weights.HARD
    elif reason:
        weight = weights.SOFT
    return count(letter, weight=weight, status=status, reason=text or reason or event)


# -- Counting --------------------------------------------------------------------------------------------------


def count(letter, *, weight, status="", reason="", arrival=None):
    """Count a letter that did not arrive, once; suspends its address at 5 points. Returns the Bounce or None."""
    with transaction.atomic():
        member = letter.member or Member.objects.filter(email=letter.recipient.lower(), is_active=True).first()
        if member is None:
            return None
        profile = subscriptions.profile_of(member, lock=True)  # two reports at once would both find 4 points
        profile.member = member
        if not _is_news(letter, profile):
            return None
        bounce, is_new = Bounce.objects.get_or_create(
            letter=letter,
            defaults={
                "member": member,
                "address": letter.recipient,
                "arrival": arrival,
                "is_hard": weight == weights.HARD,
                "status": status[:12],
                "reason": texts.clean_line(reason, 400),
            },
        )
        if not is_new:
            return None
        if profile.suspended_at:
            probes.came_back(profile, letter)
        elif letter.recipient.lower() == member.email and score(profile) >= LIMIT and not _all_blocked(profile):
            suspension.suspend(profile, bounce)
    return bounce


def _all_blocked(profile):
    """Did the other server refuse us, and never the recipient? That is for an operator: no member is unreachable."""
    rows = _counting(profile).values_list("status", "reason")
    return all(causes.find(status, reason) == "blocked" for status, reason in rows)


def _is_news(letter, profile):
    """Did this letter leave, not long ago, and after the address was last found to be alive?"""
    is_recent = letter.created_at > timezone.now() - FORGOTTEN
    return (
        letter.state in _LEFT
        and is_recent
        and (profile.revived_at is None or (letter.sent_at or letter.created_at) > profile.revived_at)
    )


def score(profile):
    """The points that count today against the member's primary address."""
    return _counting(profile).aggregate(points=Sum(POINTS))["points"] or 0


def _counting(profile):
    """The bounces of the primary address that are not forgotten, and from after its last revival."""
    rows = Bounce.objects.filter(member=profile.member_id, address=profile.member.email)
    counting = rows.filter(at__gt=timezone.now() - FORGOTTEN)
    if profile.revived_at:
        counting = counting.filter(at__gt=profile.revived_at)
    return counting
