"""The timetable is made and changed: phases are scheduled and dropped, and notices change their windows."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.forms.phases import PhaseForm, WindowForm
from consultations.models import Phase
from consultations.models.phases import PhaseState
from consultations.rules import consultations as rules
from consultations.services import phases as service
from consultations.views.setup import of, setup_of
from core.access import find
from core.deeds import deed, perform, posted
from forum.models import Seat
from members import zones


def find_phase(request, year, number, phase):
    consultation = of(request, year, number)
    found = find(Phase, request.user, consultation=consultation, pk=phase)
    found.consultation = consultation
    return found


def facilitates(member, phase):
    return rules.change(member, phase.consultation)


@deed
def schedule(request, year, number):
    consultation = of(request, year, number)
    last = consultation.timetable[-1] if consultation.timetable else None
    return perform(
        request,
        "consultations/schedule.html",
        form=PhaseForm(posted(request), initial={"opens_at": last.closes_at} if last else {}),
        do=lambda **fields: service.schedule(by=request.user, consultation=consultation, **fields),
        rule=rules.change,
        about=consultation,
        said=_("The phase stands in the timetable."),
        back=setup_of,
        context={"consultation": consultation, "zone": zones.offset(timezone.localtime())},
    )


@deed
def change_window(request, year, number, phase):
    """New times for a phase; of a published consultation by a numbered notice, which goes to everyone with a seat."""
    phase = find_phase(request, year, number, phase)
    consultation = phase.consultation
    is_notice = consultation.is_published
    is_last = phase == consultation.timetable[-1]
    is_open = is_notice and phase.state == PhaseState.OPEN
    return perform(
        request,
        "consultations/change_window.html",
        form=WindowForm(posted(request), phase=phase, is_notice=is_notice, is_open=is_open, is_last=is_last),
        do=lambda **fields: service.change_window(by=request.user, phase=phase, **fields),
        rule=facilitates,
        about=phase,
        said=said_of,
        back=setup_of(phase),
        context={
            "consultation": consultation,
            "is_notice": is_notice,
            "seats": Seat.objects.filter(workspace=consultation.workspace_id, member__is_active=True).count(),
            "zone": zones.offset(timezone.localtime()),
        },
    )


def said_of(notice):
    if notice is None:
        return _("The times are changed.")
    return _("Notice %(number)s is written. It goes to everyone with a seat now.") % {"number": notice.number}


@deed
def drop_phase(request, year, number, phase):
    phase = find_phase(request, year, number, phase)
    return perform(
        request,
        "consultations/drop_phase.html",
        form=forms.Form(posted(request)),
        do=lambda: service.drop(by=request.user, phase=phase),
        rule=facilitates,
        about=phase,
        said=_("The phase is taken out of the timetable."),
        back=setup_of(phase),
        context={"consultation": phase.consultation},
    )
