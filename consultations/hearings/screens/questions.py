"""The sections `questions`, which all see, and `held`, which waits for chair and secretaries."""

from django.db.models import Count
from django.urls import reverse

from consultations.hearings import state
from consultations.hearings.models import LiveQuestion
from consultations.hearings.models.questions import LISTED, QuestionState
from consultations.hearings.screens.hearings import AGENDA, current_item
from core import languages
from core import text as texts

ASKED = (
    "asked.put",
    "asked.shown",
    "asked.declined",
    "asked.withdrawn",
    "asked.redacted",
    "asked.counted",
    "asked.merged",
    "asked.unmerged",
    "asked.shortlisted",
    "asked.unshortlisted",
    "asked.taken",
    "asked.answered",
    "asking.closed",
    "asking.opened",
    "record.erased",
    "hearing.ended",
)
HELD = ("asked.held", "asked.shown", "asked.declined", "asked.withdrawn", "asked.merged", "asked.unmerged")
SHOWN = 10
WAITING = 5  # of those held
COLUMNS = 280  # of a question; the one that is taken is shown in full
WITH_NAMES = LiveQuestion.objects.select_related("author", "organisation", "item", "hearing")


def register():
    """Called once, when the app is ready."""
    state.register("questions", questions, (*ASKED, *AGENDA))
    state.register("held", held, HELD, for_moderators=True)


def questions(hearing):
    """The one taken up, the shortlist, and those endorsed most: of the item before the hearing, else of all items."""
    item = current_item(hearing)
    rows = hearing.live_questions.select_related("author", "organisation", "item")
    rows = rows.filter(item=item) if item else rows
    counts = dict(rows.filter(state__in=LISTED).order_by().values_list("state").annotate(count=Count("pk")))

    def those(at_state):
        return rows.filter(state=at_state) if counts.get(at_state) else rows.none()

    taken = those(QuestionState.TAKEN).order_by("-taken_at", "-number").first()
    return {
        "is_open": bool(item and item.closed_at is None and item.asking_closed_at is None),
        "url": reverse("hearings:questions", args=hearing.url_key),
        "count": sum(counts.values()),
        "answered": counts.get(QuestionState.ANSWERED, 0),
        "taken": taken and {**row(taken), "text": taken.text},
        "shortlisted": [row(one) for one in those(QuestionState.SHORTLISTED).wanted_most()[:SHOWN]],
        "top": [row(one) for one in those(QuestionState.SHOWN).wanted_most()[:SHOWN]],
    }


def held(hearing):
    """How many questions wait for a decision, and the first of them."""
    waiting = WITH_NAMES.filter(hearing=hearing, state=QuestionState.HELD).order_by("number")
    rows = list(waiting[: WAITING + 1])
    return {
        "count": len(rows) if len(rows) <= WAITING else waiting.count(),
        "url": reverse("hearings:held_questions", args=hearing.url_key),
        "first": [row(one) for one in rows[:WAITING]],
    }


def row(question):
    """A question in a list."""
    return {
        "id": question.number,
        "code": question.code,
        "text": texts.excerpt(question.text, COLUMNS),
        "language": question.language,
        "direction": languages.direction(question.language),
        "by": question.asked_by,
        "count": question.endorsement_count,
        "item": question.item.label,
        "state": question.state,
        "url": question.get_absolute_url(),
    }
