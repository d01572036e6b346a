"""Delegates: the members who speak for the invited organisations. They get seats without asking for them, also where
their mandate comes after the invitation; with the mandate the seat ends that came of it.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.hearings.models import Hearing
from core.languages import speaking
from forum import rules as forum_rules
from forum.models import Seat, Workspace
from forum.models.workspaces import Joining, Visibility
from forum.services import seats
from members.models import Mandate, Member

GROUND = "mandate"  # of their seats
MOST = 200  # hearings that are announced or on, and to which one organisation is invited


def give_seats(by, hearing, organisations, *, at=None):
    """A seat for everyone who speaks for these and has none, in a hearing the caller has locked."""
    for member in speaking_for(organisations).exclude(
        pk__in=Seat.objects.filter(workspace=hearing.workspace_id).values("member")
    ):
        seats.give(by=by, workspace=hearing.workspace, member=member, ground=GROUND, at=at)


def speaking_for(organisations):
    """The members with a mandate of one of these now."""
    rows = Mandate.objects.in_force().filter(organisation__in=organisations)
    return Member.objects.filter(pk__in=rows.values("member"), is_active=True).order_by("pk")


def inviting(organisation):
    """The published hearings, not over yet, to which an organisation is invited."""
    rows = Hearing.objects.filter(invitees__organisation=organisation, published_at__isnull=False, ended_at=None)
    return rows.order_by("-pk")[:MOST]


def arrive(*, by, mandate, given_at):
    """A mandate was given: its member gets a seat at each hearing that was published before. Returns these hearings."""
    found = []
    for row in inviting(mandate.organisation_id) if mandate.ended_at is None else ():
        if row.published_at > given_at:
            continue  # its publication seats them
        with transaction.atomic():
            hearing = _locked(row)
            if hearing.workspace.seat_of(mandate.member) is None and forum_rules.moderate(by, hearing.workspace):
                seats.give(by=by, workspace=hearing.workspace, member=mandate.member, ground=GROUND)
            found.append(hearing)
    return found


def depart(*, by, mandate):
    """A mandate ended: the seat that came of it ends, where its member speaks for no other who is invited. Seats that
    anyone may take stay, and those that were given on another ground.
    """
    for row in inviting(mandate.organisation_id):
        with transaction.atomic():
            hearing = _locked(row)
            seat = hearing.workspace.seats.filter(member=mandate.member, role=Seat.Role.MEMBER).first()
            if seat and _came_of_mandate(hearing, mandate.member):
                with speaking(mandate.member.language):
                    reason = _("You do not speak for %(organisation)s any more.") % {
                        "organisation": mandate.organisation.name
                    }
                seats.end(by=by, seat=seat, reason=reason)


def _locked(hearing):
    hearing = Hearing.objects.locked(hearing.pk)
    hearing.workspace = Workspace.objects.locked(hearing.workspace_id)
    return hearing


def _came_of_mandate(hearing, member):
    room = hearing.workspace
    if room.joining == Joining.OPEN and room.visibility != Visibility.PRIVATE:
        return False
    if member.mandates.in_force().filter(organisation__in=hearing.invitees.values("organisation")).exists():
        return False
    took = hearing.journal.entries.filter(verb="seat.taken", data__member=member.pk).order_by("-seq").first()
    return took and took.data.get("ground") == GROUND and not hearing.officers.filter(member=member).exists()
