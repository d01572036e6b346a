"""Mandates: a member asks to speak for an organisation, the secretariat gives the mandate, and it may end."""

import unicodedata

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import text as texts
from core.access import Refused, require
from journal.models import Audience
from journal.services import record
from members import rules
from members.models import Application, Mandate, Member, Organisation

SHORTEST_BEGINNING = 4  # letters


def apply(*, member, organisation=None, text="", **proposed):
    """Ask to speak for an organisation, or for a new one that `proposed` describes; asking twice is asking once."""
    with transaction.atomic():
        require(rules.sign_in, member, text=text)
        Member.objects.select_for_update(no_key=True).only("pk").get(pk=member.pk)  # pressed twice is asked once
        if organisation and organisation.mandates.in_force().filter(member=member).exists():
            raise Refused(_("You already speak for %(organisation)s.") % {"organisation": organisation}, text=text)
        if not organisation and not proposed.get("name"):
            raise Refused(_("Choose an organisation, or give the name of a new one."), text=text)
        waiting = member.applications.filter(state=Application.State.OPEN)
        same = waiting.filter(organisation=organisation) if organisation else waiting.filter(name=proposed["name"])
        if earlier := same.first():
            return earlier
        application = Application.objects.create(
            member=member, organisation=organisation, text=texts.clean_text(text)[:4000], **proposed
        )
        record("mandate.requested", actor=member, about=application, audience=Audience.MODERATORS)
    return application


def accept(*, by, application):
    """Give the mandate that was asked for; a proposed organisation is admitted with it."""
    with transaction.atomic():
        application = _decide(by, application, Application.State.ACCEPTED)
        organisation = application.organisation
        if organisation is None:
            organisation = admit(
                by=by,
                name=application.name,
                category=application.category,
                country=application.country,
                website=application.website,
            )
            application.organisation = organisation
            application.save(update_fields=["organisation"])
        return give(by=by, member=application.member, organisation=organisation)


def decline(*, by, application, reason):
    """Decline an application; the member is told the reason."""
    if not texts.clean_line(reason, 2000):
        raise Refused(_("Say why: the member is told the reason."))
    with transaction.atomic():
        application = _decide(by, application, Application.State.DECLINED, texts.clean_text(reason))
        record("mandate.declined", actor=by, about=application, audience=application.member.reference)
    return application


def admit(*, by, name, at=None, **fields):
    """Admit an organisation to the partnership."""
    with transaction.atomic():
        require(rules.administer, by)
        name = texts.clean_line(name, 200)
        if Organisation.objects.filter(name__iexact=name).exists():
            raise Refused(_("“%(name)s” is a member already.") % {"name": name})
        organisation = Organisation(name=name, **fields)
        if at:
            organisation.joined_at = at
        organisation.save()
        record("organisation.admitted", actor=by, about=organisation, at=at)
    return organisation


def give(*, by, member, organisation, is_focal_point=False, at=None):
    """Let a member speak for an organisation; one who already does keeps the mandate."""
    with transaction.atomic():
        require(rules.administer, by)
        mandate, is_new = Mandate.objects.get_or_create(
            member=member,
            organisation=organisation,
            ended_at=None,
            defaults={"is_focal_point": is_focal_point, "given_at": at or timezone.now()},
        )
        if is_new:
            data = {"member": member.pk, "organisation": organisation.pk}
            record("mandate.given", actor=by, about=mandate, data=data, at=at)
    return mandate


def end(*, by, mandate):
    """End a mandate; what was said under it stays marked as said for the organisation."""
    with transaction.atomic():
        require(rules.end_mandate, by, mandate)
        now = timezone.now()
        if Mandate.objects.filter(pk=mandate.pk, ended_at=None).update(ended_at=now):  # two who press are one
            mandate.ended_at = now
            record("mandate.ended", actor=by, about=mandate)
    return mandate


def _decide(by, application, state, reason=""):
    require(rules.administer, by)
    application = (
        Application.objects.select_for_update(of=("self",))
        .select_related("organisation", "member")
        .get(pk=application.pk)
    )
    if application.state != Application.State.OPEN:
        raise Refused(_("This was decided already: %(state)s.") % {"state": application.get_state_display()})
    application.state, application.reason = state, reason
    application.decided_at, application.decided_by = timezone.now(), by
    application.save()
    return application


# -- Who speaks for whom -----------------------------------------------------------------------------------


def of(member):
    """The organisations a member speaks for now, in the order of their names."""
    if not member.is_authenticated:
        return []
    return list(Organisation.objects.filter(pk__in=member.mandates.in_force().values("organisation")))


def spoken_for(member, name):
    """The organisation of this name, acronym, or beginning of a name, for which the member has a mandate; or None.

    Case, accents and signs make no difference. A beginning counts where it is that of one of them alone.
    """
    wanted, found = _folded(name), of(member)
    exact = [one for one in found if wanted and wanted in (_folded(one.name), _folded(one.acronym))]
    begun = [one for one in found if len(wanted) >= SHORTEST_BEGINNING and _folded(one.name).startswith(wanted)]
    return exact[0] if len(exact) == 1 else begun[0] if not exact and len(begun) == 1 else None


def _folded(name):
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(char for char in plain if char.isalnum())
