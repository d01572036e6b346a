"""Officers are appointed and dismissed; the seat in the room follows the office."""

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.hearings.models import Hearing, Officer
from consultations.hearings.rules import hearings as rules
from core.access import Refused, require
from forum.models import Seat
from forum.services import seats
from journal.services import record

PRESIDING = (Officer.Role.CHAIR, Officer.Role.SECRETARY)


def appoint(*, by, hearing, member, role, at=None):
    """Give a member an office, or another one; chair and secretaries moderate the room from now on."""
    with transaction.atomic():
        hearing = Hearing.objects.locked(hearing.pk)
        require(rules.preside, by, hearing)
        officer = hearing.officers.filter(member=member).first()
        if officer and officer.role == role:
            return officer
        if officer is None:
            officer = Officer(hearing=hearing, member=member)
        else:
            _keep_a_chair(hearing, officer)
        officer.role = role
        officer.save()
        _seat(by, hearing, member, Seat.Role.MODERATOR if role in PRESIDING else Seat.Role.MEMBER, at)
        data = {"member": member.pk, "role": str(role)}
        record("officer.appointed", actor=by, about=hearing, data=data, at=at)
    return officer


def dismiss(*, by, officer, at=None):
    """End an office; the member keeps a seat. Raises Refused for the last chair."""
    with transaction.atomic():
        hearing = Hearing.objects.locked(officer.hearing_id)
        require(rules.preside, by, hearing)
        officer = hearing.officers.select_related("member").filter(pk=officer.pk).first()
        if officer is None:
            return
        _keep_a_chair(hearing, officer)
        if officer.role in PRESIDING:
            _seat(by, hearing, officer.member, Seat.Role.MEMBER, at)
        data = {"member": officer.member_id, "role": officer.role}
        record("officer.dismissed", actor=by, about=hearing, data=data, at=at)
        officer.delete()


def _seat(by, hearing, member, role, at):
    seat = seats.give(by=by, workspace=hearing.workspace, member=member, role=role, at=at)
    if seat.role != role:
        seats.appoint(by=by, seat=seat, role=role)


def _keep_a_chair(hearing, officer):
    chairs = hearing.officers.filter(role=Officer.Role.CHAIR).exclude(pk=officer.pk)
    if officer.role == Officer.Role.CHAIR and not chairs.exists():
        raise Refused(_("A hearing has a chair. Appoint another one first."))
