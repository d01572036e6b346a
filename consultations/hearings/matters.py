"""What is still open when the chair concludes an item, closes a session or ends the hearing: what has to be settled
first, and what becomes of the rest. The pages of these deeds show it; the deeds themselves refuse what blocks them.
"""

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.hearings.models import Delivery, LiveQuestion, Motion, Speaker
from consultations.hearings.models.questions import WAITING, QuestionState
from consultations.hearings.services import points
from consultations.hearings.wording import speakers as wording

MOST = 20  # of one kind that are named


@dataclass(frozen=True)
class Matter:
    """`is_first`: it has to be settled before; else `said` tells what becomes of it."""

    said: str
    url: str
    is_first: bool = False


def of_item(item):
    """What is open when this item is concluded."""
    return [*_running(item.hearing, item), *_left_over(item.hearing, [item])]


def of_session(hearing):
    """What is open when the session of a hearing is closed."""
    lines = list(_running(hearing))
    for item in hearing.items.filter(opened_at__isnull=False, closed_at=None)[:MOST]:
        said = _("Item %(label)s stays open, and goes on in the next session: %(item)s")
        lines.append(Matter(said % {"label": item.label, "item": item}, item.get_absolute_url()))
    return lines


def of_hearing(hearing):
    """What is open when all is ended."""
    items = list(hearing.items.all())
    lines = [*_running(hearing)]
    for session in hearing.sittings:
        if session.is_open:
            lines.append(Matter(_("“%(session)s” is closed.") % {"session": session}, hearing.get_absolute_url()))
        elif session.opened_at is None and session.cancelled_at is None:
            url = reverse("hearings:cancel", args=[*hearing.url_key, session.pk])
            said = _("“%(session)s” was not opened. Cancel it if somebody might come.")
            lines.append(Matter(said % {"session": session}, url))
    for item in items:
        item.hearing = hearing
        if item.is_open:
            said = _("Item %(label)s is concluded, and its bulletin goes out: %(item)s")
            lines.append(Matter(said % {"label": item.label, "item": item}, item.get_absolute_url()))
    return [*lines, *_left_over(hearing, items), *_questions(hearing)]


def _running(hearing, item=None):
    """Who has the floor, and votes that are taken or counted."""
    having = Delivery.objects.filter(hearing=hearing, ended_at=None).select_related("speaker__item", "speaker__member")
    for delivery in having.filter(speaker__item=item) if item else having:
        delivery.speaker.item.hearing = hearing
        said = _("%(speaker)s has the floor. End their time first.") % {"speaker": delivery.speaker}
        yield Matter(said, delivery.speaker.get_absolute_url(), is_first=True)
    rows = Motion.objects.filter(hearing=hearing, ballot__isnull=False, ballot__counted_at=None).with_all()
    for motion in (rows.filter(item=item) if item else rows)[:MOST]:
        if motion.is_open:
            said = _("A vote is being taken: “%(motion)s”. Close the vote first.") % {"motion": motion}
            yield Matter(said, motion.get_absolute_url(), is_first=True)
        elif motion.state == Motion.State.CLOSED:
            said = _("Mailed votes on “%(motion)s” are still being read. The result follows by itself.")
            yield Matter(said % {"motion": motion}, motion.get_absolute_url())


def _left_over(hearing, items):
    """Points of order, rights of reply, speakers and motions that wait."""
    known = {item.pk: item for item in items}
    rows = Speaker.objects.filter(item__in=known).select_related("member", "organisation")
    for row in rows.filter(queue=Speaker.Queue.POINT).order_by("pk"):
        row.item = known[row.item_id]
        if row.ruling and points.waits_for_vote(row):
            yield Matter(wording.ruled(row), row.get_absolute_url())
        elif not row.ruling and row.state in (Speaker.State.LISTED, Speaker.State.SPEAKING):
            said = _("The chair has not ruled on the point of order of %(name)s.") % {"name": row.name}
            yield Matter(said, row.get_absolute_url())
    waiting = rows.filter(state=Speaker.State.LISTED)
    for row in waiting.filter(queue=Speaker.Queue.REPLY).order_by("pk")[:MOST]:
        row.item = known[row.item_id]
        yield Matter(f"{row.get_queue_display()}: {row}", row.get_absolute_url())
    counts = Counter(waiting.filter(queue=Speaker.Queue.LIST).order_by().values_list("item", flat=True))
    for item in items:
        if count := counts[item.pk]:
            said = ngettext(
                "%(count)s speaker still waits on item %(label)s. A text handed in stands as submitted, not delivered.",
                "%(count)s speakers still wait on item %(label)s. Texts handed in stand as submitted, not delivered.",
                count,
            )
            url = reverse("hearings:speakers", args=[*hearing.url_key, item.pk])
            yield Matter(said % {"count": count, "label": item.label}, url)
    for motion in Motion.objects.filter(hearing=hearing, item__in=known).waiting()[:MOST]:
        motion.hearing = hearing
        said = _("“%(motion)s” was not put to the vote and stays undecided.") % {"motion": motion}
        yield Matter(said, motion.get_absolute_url())


def _questions(hearing):
    count = LiveQuestion.objects.filter(hearing=hearing, state__in=(*WAITING, QuestionState.HELD)).count()
    if count:
        said = ngettext(
            "%(count)s question was not taken up. Its author is told; it can be answered in writing.",
            "%(count)s questions were not taken up. Their authors are told; they can be answered in writing.",
            count,
        )
        yield Matter(said % {"count": count}, reverse("hearings:questions", args=hearing.url_key))
