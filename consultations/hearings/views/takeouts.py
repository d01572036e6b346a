"""Words are taken out of what people said at a hearing, or erased, wherever they stand on its pages."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from consultations.hearings import sayings
from consultations.hearings.forms.records import TakeOutForm
from consultations.hearings.models import Hearing
from consultations.hearings.rules import hearings as hearing_rules
from consultations.hearings.rules import takeouts as rules
from consultations.hearings.services import takeouts as service
from core.access import find
from core.deeds import came_from, deed, perform, posted
from forum.forms import ReasonForm

WITH_ROOM = Hearing.objects.select_related("workspace__journal")


@deed
def redact(request, year, number, about):
    """Of the one thing that the address names (`speech:12`)."""
    return _perform(request, year, number, about, TakeOutForm(posted(request)), service.redact, rules.redact)


@deed
def erase(request, year, number, about):
    return _perform(request, year, number, about, ReasonForm(posted(request)), service.erase, rules.erase)


@deed
def redact_everywhere(request, year, number):
    """A passage wherever it stands at a hearing, and in its record."""
    hearing = find(WITH_ROOM, request.user, year=year, number=number)
    return perform(
        request,
        "hearings/redact.html",
        form=TakeOutForm(posted(request)),
        do=lambda **fields: service.redact_everywhere(by=request.user, hearing=hearing, **fields),
        rule=rules.redact_everywhere,
        sees=hearing_rules.preside,
        about=hearing,
        said=_("The words are taken out."),
        context={"hearing": hearing},
    )


def _perform(request, year, number, about, form, do, rule):
    hearing = find(WITH_ROOM, request.user, year=year, number=number)
    thing = sayings.find(hearing, about)
    if thing is None or not hearing_rules.preside(request.user, hearing):
        raise Http404  # also its words are for nobody else
    next_page = came_from(request) or request.GET.get("next", "")
    return perform(
        request,
        "hearings/redact.html",
        form=form,
        do=lambda **fields: do(by=request.user, thing=thing, **fields),
        rule=lambda member, _hearing: rule(member, thing),
        about=hearing,
        said=_("The words are taken out."),
        back=came_from(request) or hearing,
        context={
            "hearing": hearing,
            "thing": thing,
            "words": [getattr(thing, name) for name in sayings.kind(about).fields if getattr(thing, name)],
            "may_erase": rule is rules.redact and bool(rules.erase(request.user, thing)),
            "next": next_page,
        },
    )
