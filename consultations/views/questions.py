"""Questions are asked, reworded, put in order and removed by those who prepare a consultation."""

from django import forms
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from consultations.forms.consultations import QuestionForm, QuestionWordsForm
from consultations.models import Question
from consultations.models.phases import PhaseKind, PhaseState
from consultations.rules import consultations as rules
from consultations.services import questions as service
from consultations.views import wordings
from consultations.views.consultations import number_in
from consultations.views.setup import next_gap, of, setup_of
from core.access import find
from core.deeds import deed, perform, posted


def find_question(request, year, number, question):
    consultation = of(request, year, number)
    found = find(
        Question.objects.select_related("phase", "thread"), request.user, consultation=consultation, number=question
    )
    found.consultation = found.phase.consultation = consultation
    return found


@deed
def ask(request, year, number):
    """A new question; `then` shows the form again for the next one."""
    consultation = of(request, year, number)
    running = [phase.pk for phase in consultation.timetable if phase.state != PhaseState.CLOSED]
    phases = consultation.phases.filter(kind=PhaseKind.QUESTIONS, pk__in=running).order_by("opens_at")
    return perform(
        request,
        "consultations/ask.html",
        form=QuestionForm(posted(request), phases=phases, initial={"language": consultation.language}),
        do=lambda phase, wordings: service.ask(by=request.user, phase=phase, wordings=wordings),
        rule=rules.change,
        about=consultation,
        said=lambda question: _("Question %(number)s is there.") % {"number": question.number},
        back=lambda question: request.path if "then" in request.POST else setup_of(question),
        context={"consultation": consultation, "has_phase": phases.exists()},
    )


@deed
def reword_question(request, year, number, question, language):
    """A question in one language, beside the original."""
    question = find_question(request, year, number, question)
    return wordings.reword(
        request,
        "consultations/reword.html",
        question,
        language,
        form=QuestionWordsForm,
        do=lambda **words: service.reword(by=request.user, question=question, language=language, **words),
        rule=lambda member, thing: rules.reword_question(member, thing, language),
        sees=lambda member, thing: rules.facilitate(member, thing.consultation),
        home=setup_of(question),
        gap=lambda: next_gap(question.consultation, language, question.number),
        context={"consultation": question.consultation, "question": question},
    )


@require_POST
@deed
def place_question(request, year, number, question):
    """Move a question up or down by one, with `to` (its new number)."""
    question = find_question(request, year, number, question)
    to = number_in(request.POST, "to") or question.number
    placed = service.place(by=request.user, question=question, number=min(to, service.MOST))
    return redirect(f"{setup_of(placed)}#q{placed.number}")


@deed
def drop_question(request, year, number, question):
    question = find_question(request, year, number, question)
    return perform(
        request,
        "consultations/drop_question.html",
        form=forms.Form(posted(request)),
        do=lambda: service.drop(by=request.user, question=question),
        rule=rules.change_question,
        about=question,
        said=_("The question is removed."),
        back=setup_of(question),
        context={"consultation": question.consultation},
    )
