"""Other organisations associate themselves with a contribution, and may end that until its phase closes."""

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.models import Association, Consultation, Contribution
from consultations.rules import associations as rules
from core.access import Refused, require
from forum.keepers import Attempt
from journal.services import record
from members.services import mandates

WITH_ALL = Contribution.objects.select_related(
    "consultation__workspace__journal", "phase", "post", "superseded_by__consultation"
)


def associate(*, by, contribution, organisation, attempt=None, at=None):
    """Let an organisation stand beside a contribution of somebody else; twice is once. Returns the Association.

    attempt (keepers.Attempt): how the wish came in. Raises Refused with the reason.
    """
    attempt = attempt or _now(at)
    with transaction.atomic():
        contribution = _locked(contribution)
        require(lambda member, thing: rules.associate(member, thing, organisation, attempt), by, contribution)
        association, is_new = Association.objects.get_or_create(
            contribution=contribution, organisation=organisation, defaults={"made_by": by, "made_at": attempt.at}
        )
        if is_new:
            record(
                "contribution.associated", actor=by, about=contribution, data=_facts(contribution, organisation), at=at
            )
    return association


def dissociate(*, by, association, attempt=None, at=None):
    """End it before the close; the record keeps that it was."""
    attempt = attempt or _now(at)
    with transaction.atomic():
        contribution = _locked(association.contribution)
        association.contribution = contribution
        require(lambda member, thing: rules.dissociate(member, thing, attempt), by, association)
        organisation = association.organisation
        if Association.objects.filter(pk=association.pk).delete()[0]:
            data = _facts(contribution, organisation)
            record("contribution.dissociated", actor=by, about=contribution, data=data, at=at)
    return contribution


def chosen(member, contribution, name=""):
    """The organisation a mail means: the one it names, or the only one it can be. Raises Refused with the choices."""
    theirs = [one for one in mandates.of(member) if one.pk != contribution.post.organisation_id]
    if name:
        named = mandates.spoken_for(member, name)
        if named is None:
            raise Refused(_("You have no mandate to speak for “%(name)s” here.") % {"name": name})
        return named
    if not theirs:
        raise Refused(_("Only who speaks for another organisation can do this. Ask the secretariat for a mandate."))
    if len(theirs) > 1:
        names = ", ".join(organisation.short_name for organisation in theirs)
        raise Refused(
            _("You speak for several organisations. Write the name of one behind it: %(names)s") % {"names": names}
        )
    return theirs[0]


def by_mail(member, contribution, name, attempt, prove):
    """`ALP/2026/C3/14: associate`: returns the sentence on it."""
    _require_contribution(contribution)
    organisation = chosen(member, contribution, name)
    if not rules.in_window(contribution, attempt):
        attempt = replace(attempt, proven_at=prove())
    associate(by=member, contribution=contribution, organisation=organisation, attempt=attempt)
    facts = {"organisation": organisation, "code": contribution.code}
    return _("%(organisation)s is associated with %(code)s.") % facts


def end_by_mail(member, contribution, name, attempt, prove):
    """`ALP/2026/C3/14: dissociate`."""
    _require_contribution(contribution)
    theirs = [one.pk for one in mandates.of(member)]
    standing = contribution.associations.filter(organisation__in=theirs).select_related("organisation")
    if name:
        named = mandates.spoken_for(member, name)
        standing = standing.filter(organisation=named)
    association = standing.first()
    if association is None:
        raise Refused(_("No organisation of yours is associated with %(code)s.") % {"code": contribution.code})
    if not rules.in_window(contribution, attempt):
        attempt = replace(attempt, proven_at=prove())
    association.contribution = contribution
    dissociate(by=member, association=association, attempt=attempt)
    facts = {"organisation": association.organisation, "code": contribution.code}
    return _("%(organisation)s is no longer associated with %(code)s.") % facts


def _require_contribution(thing):
    if not isinstance(thing, Contribution):
        raise Refused(_("This names no contribution. Its reference ends with its own number, as in ALP/2026/C3/14."))


def _locked(contribution):
    """The contribution with its consultation, which is locked, as every change of a window locks it."""
    consultation = Consultation.objects.locked(contribution.consultation_id)
    found = WITH_ALL.get(pk=contribution.pk)
    found.consultation = consultation
    if found.phase:
        found.phase.consultation = consultation
    return found


def _facts(contribution, organisation):
    return {"code": contribution.code, "organisation": organisation.pk, "name": organisation.name}


def _now(at):
    return Attempt(at=at) if at else Attempt()
