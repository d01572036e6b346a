"""Corrections to the provisional record of a hearing: asked for by who was there, decided by chair and secretaries."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from consultations import differences
from consultations.hearings.forms.records import AcceptCorrectionForm, CorrectForm
from consultations.hearings.minutes import facts
from consultations.hearings.models import Correction
from consultations.hearings.models.records import CorrectionState
from consultations.hearings.rules import hearings as hearing_rules
from consultations.hearings.rules import records as rules
from consultations.hearings.services import records as service
from consultations.hearings.views.records import address, find_record
from consultations.views.consultations import number_in
from core.access import require
from core.deeds import deed, perform, posted
from forum.forms import ReasonForm

SHOWN = 200


@deed
def correct_record(request, year, number):
    """`?paragraph=14`: of this paragraph, with its words to write over."""
    found = find_record(request, year, number)
    row = facts.paragraph(found.facts, number_in(request.GET, "paragraph")) if found.facts else None
    parts = facts.correctable(row) if row else []
    initial = {"paragraph": row["number"], "part": parts[0], "reads": row[parts[0]]} if parts else {}
    return perform(
        request,
        "hearings/correct_record.html",
        form=CorrectForm(posted(request), initial=initial),
        do=lambda **fields: service.correct(by=request.user, record_of=found, **fields),
        rule=lambda member, _hearing: rules.correct(member, found),
        sees=lambda member, _hearing: rules.was_there(member, found),
        about=found.hearing,
        said=_("The secretariat has your correction. You are told what becomes of it."),
        back=lambda correction: address("record", found),
        context={"hearing": found.hearing, "record": found},
    )


@require_safe
def corrections(request, year, number):
    """What was decided, for everyone who reads the record; what waits, for those who decide."""
    found = find_record(request, year, number)
    rows = list(found.corrections.select_related("member", "decided_by").order_by("-made_at", "-pk")[:SHOWN])
    decides = bool(hearing_rules.preside(request.user, found.hearing))
    decided = [row for row in rows if row.state != CorrectionState.OPEN]
    context = {
        "record": found,
        "hearing": found.hearing,
        "waiting": [row for row in rows if row.state == CorrectionState.OPEN] if decides else [],
        "decided": [(row, differences.compare(row.was, row.reads)) for row in decided],
        "decides": decides,
    }
    return render(request, "hearings/corrections.html", context)


def _find(request, year, number, pk):
    found = find_record(request, year, number)
    require(hearing_rules.preside, request.user, found.hearing)
    correction = Correction.objects.select_related("member").filter(record=found, pk=pk).first()
    if correction is None:
        raise Http404
    correction.record = found
    return found, correction


@deed
def accept_correction(request, year, number, pk):
    """The paragraph with what was wanted in it; where the mail names none, `?paragraph=14` does."""
    found, correction = _find(request, year, number, pk)
    wanted = number_in(request.GET, "paragraph") or correction.paragraph
    row = facts.paragraph(found.facts, wanted) if found.facts else None
    parts = facts.correctable(row) if row else []
    part = correction.part if correction.part in parts else (parts or [""])[0]
    initial = {"paragraph": wanted, "part": part, "reads": correction.reads or (row or {}).get(part, "")}
    return perform(
        request,
        "hearings/accept_correction.html",
        form=AcceptCorrectionForm(posted(request), initial=initial),
        do=lambda **fields: service.accept(by=request.user, correction=correction, **fields),
        rule=lambda member, _hearing: rules.decide(member, correction),
        sees=hearing_rules.preside,
        about=found.hearing,
        said=_("It is accepted for the final record, and who asked for it is told."),
        back=lambda correction: address("corrections", found),
        context={"hearing": found.hearing, "row": correction, "was": (row or {}).get(part, "")},
    )


@deed
def decline_correction(request, year, number, pk):
    found, correction = _find(request, year, number, pk)
    return perform(
        request,
        "hearings/decline_correction.html",
        form=ReasonForm(posted(request)),
        do=lambda reason: service.decline(by=request.user, correction=correction, reason=reason),
        rule=lambda member, _hearing: rules.decide(member, correction),
        sees=hearing_rules.preside,
        about=found.hearing,
        said=_("It is declined, and who asked for it is told why."),
        back=lambda correction: address("corrections", found),
        context={"hearing": found.hearing, "row": correction},
    )
