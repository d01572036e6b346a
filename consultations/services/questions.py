"""Questions are asked, reworded and put in order; when their phase opens, each gets its thread."""

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import Consultation, Question
from consultations.rules import consultations as rules
from core.access import Refused, require
from forum.models import Thread, Workspace
from forum.services import threads, writing
from journal.services import Draft, record

KEEPER = "question"
MOST = 300  # questions of one consultation


def ask(*, by, phase, wordings, at=None):
    """Add a question to a phase; returns it. In a phase that is open it can be answered at once.

    wordings: {language: (question, explanation)}, the original first. Raises Refused without a question.
    """
    with transaction.atomic():
        consultation = Consultation.objects.locked(phase.consultation_id)
        require(rules.change, by, consultation)
        if consultation.questions.count() >= MOST:
            most = ngettext(
                "A consultation holds %(most)s question at most.",
                "A consultation holds %(most)s questions at most.",
                MOST,
            )
            raise Refused(most % {"most": MOST})
        question = Question(consultation=consultation, phase=phase, number=_last(consultation) + 1)
        _word(question, wordings)
        question.save()
        record("question.asked", actor=by, about=question, data=facts(question), at=at)
        if phase.opened_at and not phase.closed_at:
            _open(question, at=at)
    return question


def change(*, by, question, wordings):
    """Reword a question that is not open yet."""
    with transaction.atomic():
        question.consultation = Consultation.objects.locked(question.consultation_id)
        require(rules.change_question, by, question)
        _word(question, wordings)
        question.save()
        record("question.changed", actor=by, about=question, data=facts(question))
    return question


def reword(*, by, question, language, title, text):
    """Write a question anew in one language, or for the first time, which is done also while it is open."""
    with transaction.atomic():
        if question.thread_id:  # before the consultation, in the order in which answers go
            Thread.objects.locked(question.thread_id)
        consultation = Consultation.objects.locked(question.consultation_id)
        question = Question.objects.select_related("thread").get(pk=question.pk)
        question.consultation = consultation
        require(lambda member, thing: rules.reword_question(member, thing, language), by, question, text=text)
        question.reword(language, title, text)
        if not question.title:
            raise Refused(_("Write the question first."), text=text)
        question.save()
        if question.thread:
            Thread.objects.filter(pk=question.thread_id).update(title=question.title, titles=question.titles)
        record("question.changed", actor=by, about=question, data=facts(question))
    return question


def place(*, by, question, number):
    """Give a question another number in a consultation that is not published; those between move by one."""
    with transaction.atomic():
        consultation = Consultation.objects.locked(question.consultation_id)
        require(rules.change, by, consultation)
        if consultation.is_published:
            raise Refused(_("The questions are published under their numbers, which stay."))
        ordered = list(consultation.questions.order_by("number"))
        placed = ordered.pop(next(index for index, other in enumerate(ordered) if other.pk == question.pk))
        ordered.insert(max(0, number - 1), placed)
        # Out of the way first: each number is there once at every moment.
        consultation.questions.update(number=F("number") + 1000)
        for position, other in enumerate(ordered, start=1):
            other.number = position
        Question.objects.bulk_update(ordered, ["number"])
        record("question.changed", actor=by, about=placed, data=facts(placed))
    return placed


def drop(*, by, question):
    """Remove a question that was never open; those after it move up."""
    with transaction.atomic():
        question.consultation = consultation = Consultation.objects.locked(question.consultation_id)
        require(rules.change_question, by, question)
        if consultation.is_published:
            raise Refused(_("The consultation is published with this question. Reword it instead."))
        record("question.dropped", actor=by, about=question, data=facts(question))
        number = question.number
        question.delete()
        for later in consultation.questions.filter(number__gt=number).order_by("number"):
            later.number -= 1
            later.save(update_fields=["number"])


def open_all(phase, *, at=None):
    """Give every question of a phase its thread; the caller holds the consultation's lock."""
    for question in phase.questions.filter(thread=None).order_by("number"):
        _open(question, at=at)


def _open(question, *, at=None):
    consultation = question.consultation
    workspace = Workspace.objects.locked(consultation.workspace_id)
    author = consultation.created_by
    thread = threads.new(
        workspace,
        author=author,
        title=question.title,
        titles=question.titles,
        language=question.language,
        kept_by=KEEPER,
        at=at,
    )
    started = Draft(verb="thread.started", actor=author, about=thread, data={"number": thread.number}, at=at)
    text = question.text or question.title
    writing.append(thread, author=author, text=text, language=question.language, at=at, after=[started])
    question.thread = thread
    question.save(update_fields=["thread"])


def _word(question, wordings):
    question.word(wordings)
    if not question.title:
        raise Refused(_("Write the question first."), text=question.text)


def _last(consultation):
    return consultation.questions.aggregate(last=Max("number"))["last"] or 0


def facts(question):
    """What the journal says of a question: its place and its words."""
    return {"number": question.number, "phase": question.phase_id, "wordings": question.said()}
