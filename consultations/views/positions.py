"""Drafts of positions: written, shown to those who speak for the organisation, cleared, changed and dropped."""

from dataclasses import replace

from django import forms
from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.forms.contributions import BecauseForm, ColleaguesForm, PositionForm
from consultations.models import Clearance, Consultation, Question
from consultations.models.consultations import Clearing
from consultations.models.positions import DraftState
from consultations.rules import contributions as contribution_rules
from consultations.rules import positions as rules
from consultations.services import positions as service
from consultations.views.places import Link
from consultations.wording import positions as wording
from core.access import find
from core.deeds import deed, perform, posted

LISTED = 100
SHOWN = 10  # on other pages
ON_THEIR_WAY = (DraftState.WRITING, DraftState.ASKED, DraftState.REFUSED)
WITH_ROOM = Consultation.objects.select_related("workspace__journal")
WITH_ALL = Question.objects.select_related("phase", "thread__workspace__journal", "consultation__workspace__journal")


def of(request, year, number):
    return find(WITH_ROOM, request.user, year=year, number=number)


def find_draft(request, pk):
    """A draft of an organisation the member speaks for, or their own; 404 for everybody else."""
    draft = find(service.WITH_ALL, request.user, pk=pk)
    draft.question.phase.consultation = draft.question.consultation
    return draft


@require_safe
@deed
def positions(request, year, number):
    """The drafts of the organisations this member speaks for, the newest first."""
    consultation = of(request, year, number)
    drafts = service.WITH_ALL.visible_to(request.user).filter(question__consultation=consultation)[:LISTED]
    context = {"consultation": consultation, "drafts": drafts}
    return render(request, "consultations/positions.html", context)


def section(member, consultation, request):
    """On the page of a consultation: drafts on their way, of the organisations this member speaks for; one query."""
    if not member.is_authenticated or consultation.clearing == Clearing.NONE:
        return ""
    drafts = service.WITH_ALL.visible_to(member).filter(question__consultation=consultation, state__in=ON_THEIR_WAY)
    return _drawn(drafts[:SHOWN], request)


def at_home(member, workspace, request):
    """Drafts that this member is asked to agree to, and their own that a colleague did not agree to; one query."""
    if not member.is_authenticated:
        return ""
    asked = Clearance.objects.filter(member=member, state=Clearance.State.ASKED).values("draft")
    waits = Q(state=DraftState.ASKED, pk__in=asked) | Q(state=DraftState.REFUSED, author=member)
    return _drawn(service.WITH_ALL.visible_to(member).filter(waits)[:SHOWN], request)


def _drawn(drafts, request):
    drafts = list(drafts)
    if not drafts:
        return ""
    return render_to_string("consultations/_drafts_section.html", {"drafts": drafts}, request=request)


@require_safe
@deed
def position(request, pk):
    """One draft: its words, who was asked, and what each said."""
    draft = find_draft(request, pk)
    clearances = list(draft.clearances.select_related("member"))
    own = next((row for row in clearances if row.member_id == request.user.pk), None)
    if own:
        own.draft = draft
    context = {
        "draft": draft,
        "question": draft.question,
        "consultation": draft.question.consultation,
        "clearances": clearances,
        "may_clear": bool(own and rules.clear(request.user, own)),
        "may_change": bool(rules.change(request.user, draft)),
    }
    return render(request, "consultations/position.html", context)


@deed
def write_position(request, year, number, question):
    """Words for an organisation, about which colleagues are asked as soon as they are sent."""
    consultation = of(request, year, number)
    question = find(WITH_ALL, request.user, consultation=consultation, number=question)
    if question.thread is None:
        raise Http404
    return perform(
        request,
        "consultations/write_position.html",
        form=PositionForm(posted(request), member=request.user, thread=question.thread, about=question.reference),
        do=lambda **fields: _write(request, question, **fields),
        rule=_may_write,
        sees=_may_speak,
        about=question,
        said=lambda draft: _said(draft),
        context={"question": question, "consultation": consultation},
    )


def _may_write(member, question):
    return rules.write(member, question, None, service.Attempt(is_asked=True))


def _may_speak(member, question):
    """Also after the close, in a form that was opened before it."""
    return contribution_rules.takes_part(member, question.consultation) and rules.speaks_for_somebody(member)


def _write(request, question, text, attempt, key, organisation=None):
    return service.write(
        by=request.user, question=question, organisation=organisation, text=text, attempt=attempt or service.Attempt()
    )


def _said(draft):
    asked = [row.member for row in draft.clearances.select_related("member")]
    said = wording.asked(asked)
    return said[:1].upper() + said[1:]


@deed
def change_position(request, pk):
    """New words for a draft; colleagues are asked anew."""
    draft = find_draft(request, pk)
    form = PositionForm(
        posted(request),
        member=request.user,
        thread=draft.question.thread,
        about=draft.reference,
        organisation=draft.organisation,
        initial={"text": draft.text},
    )
    return perform(
        request,
        "consultations/change_position.html",
        form=form,
        do=lambda text, attempt, **fields: service.write(
            by=request.user,
            question=draft.question,
            organisation=draft.organisation,
            text=text,
            attempt=replace(attempt, organisation=draft.organisation),
        ),
        rule=rules.change,
        sees=rules.see,
        about=draft,
        said=_said,
    )


@deed
def ask_colleagues(request, pk):
    """Ask others than were asked first."""
    draft = find_draft(request, pk)
    _focal, everyone = service.colleagues_of(draft)
    return perform(
        request,
        "consultations/ask_colleagues.html",
        form=ColleaguesForm(posted(request), colleagues=everyone),
        do=lambda colleagues: service.ask(by=request.user, draft=draft, colleagues=list(colleagues)),
        rule=rules.change,
        about=draft,
        said=_said,
    )


@deed
def remind_colleagues(request, pk):
    draft = find_draft(request, pk)
    return perform(
        request,
        "consultations/remind_colleagues.html",
        form=forms.Form(posted(request)),
        do=lambda: service.remind(by=request.user, draft=draft),
        rule=rules.change,
        about=draft,
        said=lambda members: _("Reminded: %(names)s") % {"names": ", ".join(map(str, members))},
        back=draft,
    )


@deed
def drop_position(request, pk):
    draft = find_draft(request, pk)
    return perform(
        request,
        "consultations/drop_position.html",
        form=forms.Form(posted(request)),
        do=lambda: service.drop(by=request.user, draft=draft),
        rule=rules.change,
        about=draft,
        said=_("The draft is dropped."),
        back=draft,
    )


def _own(request, draft):
    """What this member was asked about the draft; 404 when nothing."""
    clearance = draft.clearances.filter(member=request.user).first()
    if clearance is None:
        raise Http404
    clearance.draft = draft
    return clearance


@deed
def clear_position(request, pk):
    """Agree to the words as they stand."""
    draft = find_draft(request, pk)
    clearance = _own(request, draft)
    return perform(
        request,
        "consultations/clear_position.html",
        form=forms.Form(posted(request)),
        do=lambda: service.clear(by=request.user, clearance=clearance),
        rule=lambda member, thing: rules.clear(member, clearance),
        about=draft,
        said=lambda done: _upper(wording.after(done, agrees=True)),
        back=draft,
    )


@deed
def refuse_position(request, pk):
    """Not agree, and say why."""
    draft = find_draft(request, pk)
    clearance = _own(request, draft)
    return perform(
        request,
        "consultations/refuse_position.html",
        form=BecauseForm(posted(request)),
        do=lambda because: service.refuse(by=request.user, clearance=clearance, because=because),
        rule=lambda member, thing: rules.clear(member, clearance),
        sees=rules.see,
        about=draft,
        said=lambda done: _upper(wording.after(done, agrees=False)),
        back=draft,
    )


def _upper(words):
    return words[:1].upper() + words[1:]


def ways(member, question):
    """Where a colleague has to agree first: to draft a position, and to the drafts there are."""
    consultation = question.consultation
    if consultation.clearing != Clearing.COLLEAGUE or not rules.speaks_for_somebody(member):
        return []
    key = consultation.url_key
    found = [Link(reverse("consultations:positions", args=key), _("Drafts of positions"))]
    if _may_write(member, question):
        address = reverse("consultations:write_position", args=[*key, question.number])
        found.insert(0, Link(address, _("Draft a position")))
    return found
