"""To chair and secretaries: the questions that wait to be let in, with the words by which a reply decides.

One letter tells of all that wait; the next one comes PAUSE later at the soonest. What was decided is not told.
"""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.hearings.models import LiveQuestion
from consultations.hearings.models.questions import QuestionState
from consultations.letters import writing
from core.text import excerpt
from forum.models import Seat
from notifications import journals, moderating
from notifications.intake.explaining import quoted
from notifications.models import Letter

READER = "held questions"
NEWS = timedelta(days=1)
PAUSE = timedelta(minutes=5)  # between two letters about one hearing
MOST = 20  # questions in one letter
OFFICERS = 50
LONGEST = 400  # columns of a question


def write_due(should_stop=lambda: False):
    """Tell of the questions that began to wait; returns how many entries were read."""
    return journals.read_on(READER, _handle, limit=200, may_wait=True)


def _handle(workspace, entries):
    now = timezone.now()
    held = [entry for entry in entries if entry.verb == "asked.held" and now - entry.at < NEWS]
    rows = LiveQuestion.objects.filter(pk__in=[entry.about_id for entry in held], state=QuestionState.HELD)
    if not rows.exists():
        return len(entries)
    seats = Seat.objects.filter(workspace=workspace, role=Seat.Role.MODERATOR, member__is_active=True)
    members = [seat.member for seat in seats.select_related("member").order_by("pk")[:OFFICERS]]
    told = Letter.objects.filter(member__in=members, key__startswith=key(workspace), created_at__gt=now - PAUSE)
    if told.exists():
        return entries.index(held[0])
    waiting = LiveQuestion.objects.filter(hearing=rows[0].hearing_id, state=QuestionState.HELD).order_by("number")
    waiting = list(waiting.select_related("hearing", "item", "author", "organisation")[:MOST])
    writing.many(
        members,
        lambda member: _words(workspace, waiting),
        about=waiting[0].hearing.reference,
        key=f"{key(workspace)}{held[-1].pk}",
        workspace=workspace,
        shows=[moderating.reference(workspace)],
    )
    return len(entries)


def key(workspace):
    return f"held:{workspace.pk}:"


def _words(workspace, waiting):
    hearing = waiting[0].hearing
    url = f"{settings.SITE_URL}{reverse('hearings:held_questions', args=hearing.url_key)}"
    return _("“%(room)s”: waiting for a moderator") % {"room": workspace.shown_name}, [
        *(f"{one.code}  {one.item.label}. {one.asked_by}:\n{quoted(excerpt(one.text, LONGEST))}" for one in waiting),
        moderating.how([one.code for one in waiting[:2]], waiting[-1].code),
        _("Decide here: %(url)s") % {"url": url},
    ]
