"""Another organisation associates itself with a contribution, and ends that."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.forms.contributions import AssociateForm
from consultations.models import Association
from consultations.rules import associations as rules
from consultations.services import associations as service
from consultations.views import places
from consultations.views.contributions import find_contribution, of
from core.access import No
from core.deeds import deed, perform, posted
from members.services import mandates

A_MINUTE = 20  # associations of one member, and as many that end


def _find(request, year, number, contribution):
    consultation, moderates = of(request, year, number)
    found = find_contribution(request.user, consultation, contribution, moderates=moderates)
    if found.phase:
        found.phase.consultation = consultation
    if found.superseded_by:
        found.superseded_by.consultation = consultation
    return found


def _theirs(member, contribution):
    """The organisations the member could associate: theirs, not the one that said it, nor those that are already."""
    there = set(contribution.associations.values_list("organisation", flat=True)) | {contribution.post.organisation_id}
    return [organisation for organisation in mandates.of(member) if organisation.pk not in there]


def _may_associate(member, contribution):
    return rules.associate(member, contribution) and (
        bool(_theirs(member, contribution))
        or No(_("Only who speaks for another organisation can do this. Ask the secretariat for a mandate."))
    )


@deed
def associate(request, year, number, contribution):
    found = _find(request, year, number, contribution)
    return perform(
        request,
        "consultations/associate.html",
        form=AssociateForm(posted(request), organisations=_theirs(request.user, found)),
        do=lambda organisation: service.associate(by=request.user, contribution=found, organisation=organisation),
        rule=_may_associate,
        about=found,
        said=lambda made: (
            _("%(organisation)s is associated with %(code)s.") % {"organisation": made.organisation, "code": found.code}
        ),
        back=found,
        most=A_MINUTE,
    )


@deed
def dissociate(request, year, number, contribution):
    found = _find(request, year, number, contribution)
    standing = [
        row.organisation
        for row in found.associations.filter(organisation__in=mandates.of(request.user)).select_related("organisation")
    ]
    if not standing:
        raise Http404
    return perform(
        request,
        "consultations/dissociate.html",
        form=AssociateForm(posted(request), organisations=standing),
        do=lambda organisation: _end(request, found, organisation),
        rule=lambda member, thing: rules.in_window(found, service.Attempt(is_asked=True)),
        about=found,
        said=gettext_lazy("The association has ended."),
        back=found,
        most=A_MINUTE,
    )


def _end(request, contribution, organisation):
    association = Association.objects.select_related("organisation").get(
        contribution=contribution, organisation=organisation
    )
    association.contribution = contribution
    return service.dissociate(by=request.user, association=association)


def deeds(member, contribution):
    """Links to associate or to end it, for who may."""
    if not member.is_authenticated:
        return []
    key = [*contribution.consultation.url_key, contribution.number]
    if contribution.phase:
        contribution.phase.consultation = contribution.consultation
    if contribution.superseded_by:
        contribution.superseded_by.consultation = contribution.consultation
    found = []
    theirs = mandates.of(member)
    standing = {row.organisation_id for row in contribution.associations.all()}
    others = [one for one in theirs if one.pk not in standing and one.pk != contribution.post.organisation_id]
    if others and rules.associate(member, contribution):
        found.append(places.Link(reverse("consultations:associate", args=key), _("Associate your organisation")))
    if standing & {one.pk for one in theirs} and rules.in_window(contribution, service.Attempt(is_asked=True)):
        found.append(places.Link(reverse("consultations:dissociate", args=key), _("End the association")))
    return found
