"""Motions from the floor: a delegate proposes one, or an amendment, another seconds it, the chair rules it out."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.hearings.forms.motions import ProposeForm, ReasonForm
from consultations.hearings.rules import hearings as hearing_rules
from consultations.hearings.rules import motions as rules
from consultations.hearings.services import proposals as service
from consultations.hearings.views import motions
from core.access import find
from core.deeds import came_from, deed, perform, posted
from members.services import mandates

A_MINUTE = 10


@deed
def propose(request, year, number):
    """On the item before the hearing, or another; `?amends=` names the motion it would change."""
    hearing = find(motions.WITH_ROOM, request.user, year=year, number=number)
    form = ProposeForm(
        posted(request),
        hearing=hearing,
        organisations=mandates.of(request.user),
        initial={"amends": request.GET.get("amends", "")},
    )
    return perform(
        request,
        "hearings/propose_motion.html",
        form=form,
        do=lambda **fields: service.propose(member=request.user, **fields),
        rule=rules.take_the_floor,
        about=hearing,
        said=_("Your motion is before the chair."),
        most=A_MINUTE,
    )


@deed
def support(request, year, number, motion):
    motion = motions.found(request, year, number, motion)
    return perform(
        request,
        "hearings/support_motion.html",
        form=forms.Form(posted(request)),
        do=lambda: service.support(member=request.user, motion=motion),
        rule=rules.support,
        about=motion,
        said=_("You have seconded it."),
        back=came_from(request) or motion.get_absolute_url(),
        most=A_MINUTE,
    )


@deed
def rule_out(request, year, number, motion):
    motion = motions.found(request, year, number, motion)
    return perform(
        request,
        "hearings/rule_motion_out.html",
        form=ReasonForm(posted(request)),
        do=lambda **fields: service.rule_out(by=request.user, motion=motion, **fields),
        rule=rules.rule_out,
        sees=lambda member, one: hearing_rules.preside(member, one.hearing),
        about=motion,
        said=_("The ruling is noted."),
        back=came_from(request) or motion.get_absolute_url(),
    )
