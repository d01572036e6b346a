"""Delegates: the members who speak for the invited organisations. They get seats without asking for them."""

from forum.models import Seat
from forum.services import seats
from members.models import Mandate, Member


def give_seats(by, hearing, organisations, *, at=None):
    """A seat for everyone who speaks for these and has none, in a hearing the caller has locked."""
    for member in speaking_for(organisations).exclude(
        pk__in=Seat.objects.filter(workspace=hearing.workspace_id).values("member")
    ):
        seats.give(by=by, workspace=hearing.workspace, member=member, at=at)


def speaking_for(organisations):
    """The members with a mandate of one of these now."""
    rows = Mandate.objects.in_force().filter(organisation__in=organisations)
    return Member.objects.filter(pk__in=rows.values("member"), is_active=True).order_by("pk")
