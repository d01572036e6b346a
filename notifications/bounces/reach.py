"""Who cannot be reached: since when, why, when they were last heard of, where they sit, and who else speaks for them.

A page costs the same number of queries for one person as for fifty.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.models import Max, Q

from forum.models import Seat
from journal.models import Entry
from journal.services import site_journal
from members import countries
from members.models import Mandate, Member
from notifications.models import Arrival, MailProfile

MOST_COLLEAGUES = 10  # shown for each organisation
MOST_ROOMS = 20
MOST_NOTES = 5


@dataclass
class Colleague:
    """Somebody else with a mandate, and whether mail reaches them."""

    member: Member
    is_focal_point: bool
    suspended_at: datetime | None = None
    last_heard_at: datetime | None = None


@dataclass
class Lost:
    """One member whom mail does not reach, with all a person needs who wants to help."""

    profile: MailProfile
    member: Member
    rooms: list = field(default_factory=list)
    organisations: list = field(default_factory=list)  # pairs of an organisation and its `Colleague`s
    last_heard_at: datetime | None = None
    notes: list = field(default_factory=list)
    other_address: str = ""  # confirmed, and not suspended

    @property
    def country(self):
        return countries.name(self.member.country) if self.member.country else ""


def unreachable(*, workspace=None, region="", organisation="", country="", words=""):
    """Profiles of members whose mail is suspended, the newest first; of one room, or as filtered."""
    found = MailProfile.objects.filter(suspended_at__isnull=False, member__is_active=True)
    if workspace:
        found = found.filter(member__in=Seat.objects.filter(workspace=workspace).values("member"))
    spoken = Mandate.objects.in_force()
    if region:
        found = found.filter(member__in=spoken.filter(organisation__region__code=region).values("member"))
    if organisation:
        found = found.filter(member__in=spoken.filter(organisation=organisation).values("member"))
    if country:
        of_country = spoken.filter(organisation__country=country).values("member")
        found = found.filter(Q(member__country=country) | Q(member__in=of_country))
    if words:
        found = found.filter(Q(member__name__icontains=words) | Q(member__email__icontains=words))
    return found.select_related("member").order_by("-suspended_at", "pk")


def describe(profiles):
    """`Lost` for each of these profiles, in their order."""
    lost = {profile.member_id: Lost(profile, profile.member) for profile in profiles}
    _add_rooms(lost)
    colleagues = _add_organisations(lost)
    heard = _last_heard({**{pk: row.member for pk, row in lost.items()}, **colleagues})
    for pk, row in lost.items():
        row.last_heard_at = heard.get(pk)
        for _organisation, others in row.organisations:
            for other in others:
                other.last_heard_at = heard.get(other.member.pk)
    _add_notes(lost)
    _add_other_addresses(lost)
    return list(lost.values())


def _add_rooms(lost):
    for seat in Seat.objects.filter(member__in=lost).select_related("workspace").order_by("workspace__name"):
        if len(lost[seat.member_id].rooms) < MOST_ROOMS:
            lost[seat.member_id].rooms.append(seat.workspace)


def _add_organisations(lost):
    """Adds each organisation with those who speak for it too; returns these by their ids."""
    own = list(Mandate.objects.in_force().filter(member__in=lost).select_related("organisation"))
    others = Mandate.objects.in_force().filter(organisation__in={mandate.organisation_id for mandate in own})
    others = others.filter(member__is_active=True).select_related("member__mail")
    by_organisation = defaultdict(list)
    for mandate in others.order_by("-is_focal_point", "member__name"):
        by_organisation[mandate.organisation_id].append(mandate)
    found = {}
    for mandate in own:
        shown = [other for other in by_organisation[mandate.organisation_id] if other.member_id != mandate.member_id]
        shown = [_colleague(other) for other in shown[:MOST_COLLEAGUES]]
        lost[mandate.member_id].organisations.append((mandate.organisation, shown))
        found |= {other.member.pk: other.member for other in shown}
    return found


def _colleague(mandate):
    profile = getattr(mandate.member, "mail", None)
    return Colleague(mandate.member, mandate.is_focal_point, profile.suspended_at if profile else None)


def _last_heard(members):
    """When each was last heard of: a mail from them, or a sign-in."""
    mails = Arrival.objects.filter(member__in=members, klass="accept").order_by()
    heard = dict(mails.values_list("member").annotate(Max("received_at")))
    for pk, member in members.items():
        times = [at for at in (heard.get(pk), member.last_login) if at]
        heard[pk] = max(times) if times else None
    return heard


def _add_notes(lost):
    about = {row.member.reference: row for row in lost.values()}
    notes = Entry.objects.filter(journal=site_journal(), about__in=about, verb="mail.noted").exclude(data=None)
    for entry in notes.order_by("-seq")[: MOST_NOTES * len(lost)]:
        if len(about[entry.about].notes) < MOST_NOTES:
            about[entry.about].notes.append(entry)


def _add_other_addresses(lost):
    """Another confirmed address is shown to the secretariat; nobody's mail is sent elsewhere without being asked."""
    for row in EmailAddress.objects.filter(user__in=lost, verified=True).order_by("pk"):
        if row.email != lost[row.user_id].profile.suspended_address:
            lost[row.user_id].other_address = row.email
