"""Objections to a published synthesis: made by those it cites, decided by facilitators, published as a corrigendum."""

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from consultations.forms.syntheses import AcceptForm, ObjectionForm
from consultations.models import Objection, Sentence
from consultations.models.syntheses import ObjectionState
from consultations.rules import syntheses as rules
from consultations.services import objections as service
from consultations.views.consultations import number_in
from consultations.views.syntheses import address, find_synthesis
from core.access import require
from core.deeds import deed, perform, posted
from forum.forms import ReasonForm

SHOWN = 100


def _is_cited(member, synthesis):
    """Also when the days for it are over."""
    return (synthesis.is_published and rules.is_cited(member, synthesis)) or rules.misrepresented(member, synthesis)


@deed
def misrepresented(request, year, number):
    """The sentences that cite the member, and a form to say what is wrong with them."""
    synthesis = find_synthesis(request, year, number)
    citations = service.cited(synthesis).get(request.user, []) if synthesis.is_published else []
    sentences = Sentence.objects.filter(pk__in={row.sentence_id for row in citations}).order_by("place")
    until = rules.objects_until(request.user, synthesis) if synthesis.is_published else None
    return perform(
        request,
        "consultations/misrepresented.html",
        form=ObjectionForm(posted(request), sentences=sentences, initial={"sentence": request.GET.get("sentence")}),
        do=lambda **fields: service.misrepresented(by=request.user, synthesis=synthesis, **fields),
        rule=rules.misrepresented,
        sees=_is_cited,
        about=synthesis,
        said=gettext_lazy("The facilitators have your objection. You are told what they decide."),
        back=synthesis,
        context={"citations": citations, "until": until},
    )


@deed
@require_safe
def objections(request, year, number):
    """What waits, what was decided, and the way to the corrigendum."""
    synthesis = find_synthesis(request, year, number)
    require(rules.see_draft, request.user, synthesis)
    rows = synthesis.objections.select_related("member", "sentence", "corrigendum").order_by("-made_at", "-pk")
    rows = list(rows[:SHOWN])
    context = {
        "synthesis": synthesis,
        "consultation": synthesis.consultation,
        "waiting": [row for row in rows if row.state == ObjectionState.OPEN],
        "decided": [row for row in rows if row.state != ObjectionState.OPEN],
        "may_correct": bool(rules.correct(request.user, synthesis)),
        "until": rules.last_until(synthesis) if synthesis.is_published else None,
    }
    return render(request, "consultations/objections.html", context)


@deed
def accept_objection(request, year, number, pk):
    synthesis, objection = _find(request, year, number, pk)
    sentences = synthesis.sentences.standing().filter(number__isnull=False)
    sentence = objection.sentence or service.numbered(synthesis, number_in(request.GET, "sentence"))
    initial = {"sentence": sentence, "corrected": service.pending(sentence) if sentence else ""}
    return perform(
        request,
        "consultations/accept_objection.html",
        form=AcceptForm(posted(request), sentences=sentences, initial=initial),
        do=lambda **fields: service.accept(by=request.user, objection=objection, **fields),
        rule=lambda member, _synthesis: rules.decide(member, objection),
        sees=rules.see_draft,
        about=synthesis,
        said=gettext_lazy("The correction is kept for the corrigendum, and its author is told."),
        back=address(synthesis, "objections"),
        context={"objection": objection},
    )


@deed
def decline_objection(request, year, number, pk):
    synthesis, objection = _find(request, year, number, pk)
    return perform(
        request,
        "consultations/decline_objection.html",
        form=ReasonForm(posted(request)),
        do=lambda reason: service.decline(by=request.user, objection=objection, reason=reason),
        rule=lambda member, _synthesis: rules.decide(member, objection),
        sees=rules.see_draft,
        about=synthesis,
        said=gettext_lazy("The objection is declined, and its author is told why."),
        back=address(synthesis, "objections"),
        context={"objection": objection},
    )


@deed
def correct_synthesis(request, year, number):
    """Publish what was accepted as one corrigendum."""
    synthesis = find_synthesis(request, year, number)
    accepted = synthesis.objections.filter(state=ObjectionState.ACCEPTED, corrigendum=None)
    return perform(
        request,
        "consultations/correct_synthesis.html",
        form=forms.Form(posted(request)),
        do=lambda: service.correct(by=request.user, synthesis=synthesis),
        rule=rules.correct,
        about=synthesis,
        said=gettext_lazy("The corrigendum is published."),
        back=synthesis,
        context={"corrections": accepted.select_related("sentence", "member")},
    )


def _find(request, year, number, pk):
    synthesis = find_synthesis(request, year, number)
    require(rules.see_draft, request.user, synthesis)
    objection = Objection.objects.select_related("member", "sentence").filter(synthesis=synthesis, pk=pk).first()
    if objection is None:
        raise Http404
    objection.synthesis = synthesis
    return synthesis, objection
