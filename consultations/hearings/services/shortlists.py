"""Questions go before the hearing: shortlisted, taken up, which reads them out, and answered where they are asked."""

from django.db import transaction
from django.utils import timezone

from consultations.hearings.models import LiveQuestion
from consultations.hearings.models.questions import QuestionState
from consultations.hearings.rules import questions as rules
from core.access import require
from journal.services import record


def shortlist(*, by, question, at=None):
    """Put a question among those the chair means to take; one that was taken and not answered comes back to them."""
    return _move(by, question, rules.shortlist, QuestionState.SHORTLISTED, "asked.shortlisted", at)


def unshortlist(*, by, question, at=None):
    """Put it back among the others."""
    return _move(by, question, rules.unshortlist, QuestionState.SHOWN, "asked.unshortlisted", at)


def take(*, by, question, at=None):
    """Read it out now: screens show it in full."""
    return _move(by, question, rules.take, QuestionState.TAKEN, "asked.taken", at, "taken_at")


def answer_live(*, by, question, at=None):
    """Write down that it was answered in the room; one that was not taken before counts as taken now."""
    return _move(by, question, rules.answer_live, QuestionState.ANSWERED, "asked.answered", at, "answered_live_at")


def _move(by, question, rule, state, verb, at, moment=None):
    with transaction.atomic():
        question = LiveQuestion.objects.locked(question)
        require(rule, by, question)
        question.state = state
        if moment:
            setattr(question, moment, at or timezone.now())
            question.taken_at = question.taken_at or getattr(question, moment)
        elif state == QuestionState.SHORTLISTED:
            question.taken_at = None
        question.save(update_fields=["state", "taken_at", "answered_live_at"])
        data = {
            "number": question.number,
            "item": question.item.label,
            "asked_by": question.asked_by,
            "count": question.endorsement_count,
        }
        if state == QuestionState.ANSWERED:
            data["live"] = True
        record(verb, actor=by, about=question, data=data, at=at)
    return question
