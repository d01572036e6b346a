"""Officers are appointed and dismissed; organisations are invited, and invitations taken back."""

from django import forms
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from consultations.hearings.forms.people import AppointForm, InviteForm
from consultations.hearings.models import Officer
from consultations.hearings.rules import hearings as rules
from consultations.hearings.services import invitations, officers
from consultations.hearings.views.setup import of, setup_of
from core.deeds import deed, perform, posted
from members.models import Organisation


@deed
def appoint(request, year, number):
    hearing = of(request, year, number)
    return perform(
        request,
        "hearings/appoint.html",
        form=AppointForm(posted(request), initial={"role": Officer.Role.NOTE_TAKER}),
        do=lambda **fields: officers.appoint(by=request.user, hearing=hearing, **fields),
        rule=rules.preside,
        about=hearing,
        said=lambda officer: _("%(who)s is appointed.") % {"who": officer.member.shown_name},
        back=lambda _done: setup_of(hearing, "#people"),
        context={"hearing": hearing},
    )


@deed
def dismiss(request, year, number, officer):
    hearing = of(request, year, number)
    officer = get_object_or_404(hearing.officers.select_related("member"), pk=officer)
    return perform(
        request,
        "hearings/dismiss.html",
        form=forms.Form(posted(request)),
        do=lambda: officers.dismiss(by=request.user, officer=officer),
        rule=rules.preside,
        about=hearing,
        said=_("The office is ended."),
        back=setup_of(hearing, "#people"),
        context={"hearing": hearing, "officer": officer},
    )


@deed
def invite(request, year, number):
    """Organisations by name, from a file, or whole categories; the letters go out once the hearing is published."""
    hearing = of(request, year, number)
    return perform(
        request,
        "hearings/invite.html",
        form=InviteForm(posted(request), request.FILES or None),
        do=lambda **fields: invitations.invite(by=request.user, hearing=hearing, **fields),
        rule=rules.change,
        about=hearing,
        said=_said_of,
        back=lambda _done: setup_of(hearing, "#invited"),
        context={"hearing": hearing},
    )


@require_safe
def invited(request, year, number):
    """The invited organisations, for whoever may follow the hearing."""
    hearing = of(request, year, number)
    rows = hearing.invitees.select_related("organisation").order_by("organisation__name")
    return render(request, "hearings/invited.html", {"hearing": hearing, "invitees": rows})


def _said_of(new):
    said = ngettext("%(count)s organisation is invited.", "%(count)s organisations are invited.", len(new))
    return said % {"count": len(new)} if new else _("All of these were invited already.")


@deed
def take_back(request, year, number, organisation):
    hearing = of(request, year, number)
    organisation = get_object_or_404(Organisation, pk=organisation, hearings__hearing=hearing)
    return perform(
        request,
        "hearings/take_back.html",
        form=forms.Form(posted(request)),
        do=lambda: invitations.take_back(by=request.user, hearing=hearing, organisation=organisation),
        rule=rules.change,
        about=hearing,
        said=_("The invitation is taken back."),
        back=setup_of(hearing, "#invited"),
        context={"hearing": hearing, "organisation": organisation},
    )
