"""The roll of electors: frozen when a ballot opens, one vote for each row of it.

Members: all with a seat that is not for reading only. Organisations: those for which somebody with such a seat holds a
mandate; whoever holds one at the moment of the vote casts it, or changes it. Who comes later
has no vote in this ballot.
"""

from django.utils.translation import gettext as _

from consultations.models import Elector
from consultations.models.ballots import RollOf
from consultations.rules import ballots as rules
from core.access import Refused
from forum.models import Seat
from members.models import Mandate, Organisation

SHOWN = 10  # names in one sentence


def freeze(ballot):
    """Write the roll of a ballot that opens, which the caller has locked; returns how many are on it."""
    seated = writers(ballot.workspace_id)
    if ballot.roll_of == RollOf.ORGANISATIONS:
        spoken = Mandate.objects.in_force().filter(member__in=seated.values("member"))
        found = Organisation.objects.filter(pk__in=spoken.values("organisation")).order_by("name", "pk")
        rows = [Elector(ballot=ballot, organisation=organisation) for organisation in found]
    else:
        seats = seated.order_by("member__name", "member_id")
        rows = [Elector(ballot=ballot, member_id=pk) for pk in seats.values_list("member", flat=True)]
    Elector.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def writers(workspace):
    """Seats whose members are active and do more than read."""
    seats = Seat.objects.filter(workspace=workspace, member__is_active=True)
    return seats.exclude(role=Seat.Role.OBSERVER)


def elector(ballot, member, organisation=None, text=""):
    """The one row this member votes for; raises Refused when there is none, or when several need a name."""
    rows = list(Elector.objects.filter(ballot=ballot).cast_by(member).named())
    if organisation is not None:
        rows = [row for row in rows if row.organisation_id == organisation.pk]
    if len(rows) == 1:
        return rows[0]
    if rows:
        raise Refused(
            _("You speak for several organisations: %(names)s. Say whose vote it is, for example “%(example)s: …”.")
            % {"names": names(rows), "example": rows[0].name},
            text=text,
        )
    raise Refused(rules.not_on_roll(ballot).reason, text=text)


def names(rows):
    """`Bob, Dora and 3 more`, of a list of electors or members."""
    shown = [getattr(row, "name", "") or str(row) for row in rows[:SHOWN]]
    if len(rows) > SHOWN:
        return _("%(names)s and %(more)s more") % {"names": ", ".join(shown), "more": len(rows) - SHOWN}
    return ", ".join(shown)
