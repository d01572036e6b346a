"""A consultation is prepared: begun with a preset, worded language by language, checked and published."""

from datetime import timedelta

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from consultations import checklist, glance
from consultations.forms.consultations import NoteForm, PrepareForm, PublishForm, SettingsForm
from consultations.models.phases import PhaseKind
from consultations.rules import consultations as rules
from consultations.services import consultations as service
from consultations.services import presets
from consultations.views import places, wordings
from consultations.views.consultations import number_in
from core import languages
from core.access import find, require
from core.deeds import deed, perform, posted
from forum.models import Seat

HOUR = 9  # at which a consultation starts when nobody says otherwise


def of(request, year, number):
    return find(glance.WITH_TIMETABLE, request.user, year=year, number=number)


def setup_of(thing):
    """The page to which one comes back from each step."""
    consultation = getattr(thing, "consultation", thing)
    return reverse("consultations:setup", args=consultation.url_key)


@deed
def prepare(request):
    return perform(
        request,
        "consultations/prepare.html",
        form=PrepareForm(
            posted(request), initial={"language": languages.own_code(get_language()), "starts_at": next_monday()}
        ),
        do=lambda **fields: presets.prepare(by=request.user, **fields),
        rule=rules.prepare,
        said=_("The consultation is begun. Only its facilitators see it until it is published."),
        back=setup_of,
    )


def next_monday():
    """Monday of the week after next at nine, in the zone that is active: time enough to prepare."""
    today = timezone.localtime().replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return today + timedelta(days=14 - today.weekday())


@require_safe
@deed
def setup(request, year, number):
    """Everything a facilitator prepares on one page, with what is still missing."""
    consultation = of(request, year, number)
    require(rules.facilitate, request.user, consultation)
    questions, more = glance.questions(consultation, start=number_in(request.GET, "questions") or 1)
    found = [] if consultation.is_published else checklist.checks(consultation)
    context = {
        "consultation": consultation,
        "workspace": consultation.workspace,
        "checks": found,
        "may_publish": checklist.may_publish(found),
        "may_change": bool(rules.change(request.user, consultation)),
        "phases": consultation.timetable,
        "has_questions": any(phase.kind == PhaseKind.QUESTIONS for phase in consultation.timetable),
        "codes": languages.CHOICES,
        "may_read": (consultation.workspace if consultation.is_published else consultation).get_visibility_display(),
        "note": wordings.cells(consultation),
        "questions": [(question, wordings.cells(question)) for question in questions],
        "more_questions": more,
        "facilitators": glance.facilitators(consultation),
        "seats": Seat.objects.filter(workspace=consultation.workspace_id).count(),
        "tools": places.tools(request.user, consultation),
    }
    return render(request, "consultations/setup.html", context)


@deed
def change(request, year, number):
    consultation = of(request, year, number)
    initial = {name: getattr(consultation, name) for name in service.SETTABLE}
    return perform(
        request,
        "consultations/change.html",
        form=SettingsForm(posted(request), is_published=consultation.is_published, initial=initial),
        do=lambda **fields: service.change(by=request.user, consultation=consultation, **fields),
        rule=rules.change,
        about=consultation,
        said=_("The rules are changed, and the record says how."),
        back=setup_of,
    )


@deed
def reword(request, year, number, language):
    """The topic note in one language, beside the original."""
    consultation = of(request, year, number)
    return wordings.reword(
        request,
        "consultations/reword.html",
        consultation,
        language,
        form=NoteForm,
        do=lambda **words: service.reword(by=request.user, consultation=consultation, language=language, **words),
        rule=rules.change,
        home=setup_of(consultation),
        gap=lambda: next_gap(consultation, language),
        context={"consultation": consultation},
    )


def next_gap(consultation, language, after=0):
    """The form of the next question without a version in this language; the page of preparation when there is none."""
    for question in consultation.questions.filter(number__gt=after).order_by("number"):
        if language not in question.languages:
            return reverse("consultations:reword_question", args=[*consultation.url_key, question.number, language])
    return setup_of(consultation)


@deed
def publish(request, year, number):
    """Show it to all who may read its room, with its background files; before that, what is missing."""
    consultation = of(request, year, number)
    found = checklist.checks(consultation)
    return perform(
        request,
        "consultations/publish.html",
        form=PublishForm(posted(request), request.FILES or None),
        do=lambda **fields: service.publish(by=request.user, consultation=consultation, **fields),
        rule=rules.publish,
        about=consultation,
        said=_("The consultation is published. Its phases open and close by themselves."),
        back=consultation.get_absolute_url(),
        context={
            "consultation": consultation,
            "checks": found,
            "may_publish": checklist.may_publish(found),
            "workspace": consultation.workspace,
            "note": consultation.worded(consultation.language),
        },
    )
