"""Receipts that do not wait for the next issue: what a member said to something that goes on now, as a hearing does.

One letter tells of all that they said since the last one. It leaves when they have written nothing for a moment, the
next one a while later, and no more than MOST in a day: what is beyond that stands in the next issue, as everything does
that is not told sooner. What was told at once (closing.py: a refusal, a text that waits) is not told again here, and
what is refused twice for one reason is told once, so that no loop of two programs goes round here.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from members.models import Member
from notifications import letters
from notifications.intake import explaining
from notifications.models import Answer, Letter

QUIET = timedelta(seconds=15)  # after an answer: whoever writes three mails in a row is answered once
PAUSE = timedelta(minutes=2)  # between two receipts to one member
A_DAY = timedelta(days=1)
MOST = 40  # receipts to one member in a day
MOST_ANSWERS = 60  # told of in one letter
MEMBERS = 200  # looked after in one round


def tell_at(found, taken=None):
    """When an answer is to be told of, or None where its receipt waits for the next issue. found: answers.Found;
    taken: what it became, None where it was refused.
    """
    is_soon = found.hears_soon if taken is None or taken.is_soon is None else taken.is_soon
    return timezone.now() + QUIET if is_soon else None


def write_due(should_stop=lambda: False, *, now=None):
    """Write the receipts whose time has come; returns how many."""
    now = now or timezone.now()
    due = Answer.objects.filter(told_at=None, tell_at__lte=now).order_by("tell_at")
    members = dict.fromkeys(due.values_list("member_id", flat=True)[: MEMBERS * 4])
    return sum(_write(pk, now) for pk in list(members)[:MEMBERS])


def _write(member_pk, now):
    with transaction.atomic():
        member = Member.objects.select_for_update(of=("self",), no_key=True).get(pk=member_pk)
        waiting = Answer.objects.filter(member=member, told_at=None, tell_at__isnull=False)
        sent = Letter.objects.filter(member=member, kind=Letter.Kind.ANSWER, created_at__gt=now - A_DAY)
        moments = list(sent.filter(key__startswith="soon:").order_by("pk").values_list("created_at", flat=True))
        if not member.is_active or len(moments) >= MOST:
            waiting.update(tell_at=None)
            return 0
        if moments and now - moments[-1] < PAUSE:
            waiting.update(tell_at=moments[-1] + PAUSE)
            return 0
        rows = list(waiting.order_by("pk")[:MOST_ANSWERS])
        told = [row for row in rows if not _was_told(row, now)]
        if told:
            _compose(member, told, now)
        Answer.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=now)
    return bool(told)


def _was_told(row, now):
    """Was the same refused for the same reason, and told, within a day?"""
    if row.state != Answer.State.REFUSED:
        return False
    same = Answer.objects.filter(member=row.member_id, about=row.about, state=row.state, told_at__gt=now - A_DAY)
    return same.filter(reason=row.reason, text=row.text).exists()


def _compose(member, rows, now):
    of = {state: [row for row in rows if row.state == state] for state in Answer.State}
    context = {name: of[state] for name, state in _SECTIONS.items()}
    subject, text = explaining.render("report", {"case": None, **context}, member)
    letters.compose(
        member=member,
        subject=subject,
        text=text,
        kind=Letter.Kind.ANSWER,
        about=rows[-1].about,
        key=f"soon:{member.pk}:{rows[-1].pk}",
        at=now,
    )


_SECTIONS = {"taken": Answer.State.TAKEN, "waiting": Answer.State.WAITING, "refused": Answer.State.REFUSED}
