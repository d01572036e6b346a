"""Seats are taken, asked for, given, changed and left; every way into a room ends here."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import text as texts
from core.access import Refused, require
from forum import rules
from forum.models import Invitation, JoinRequest, Seat, Workspace
from journal.models import Audience
from journal.services import record
from members.models import Member
from members.models.members import normalise_address


def join(*, member, workspace, at=None):
    """Take a seat in a room that is open to all; raises Refused otherwise."""
    with transaction.atomic():
        require(rules.join, member, workspace)
        return _seat(member, workspace, by=member, at=at)


def leave(*, member, workspace):
    """Give the seat back; what the member wrote stays."""
    with transaction.atomic():
        room = _locked(workspace)
        require(rules.leave, member, room)
        _unseat(member, room, by=member, verb="seat.left")
    workspace.__dict__.pop("_seats", None)


def request_seat(*, member, workspace, text=""):
    """Ask the moderators for a seat; asking twice is asking once."""
    with transaction.atomic():
        require(rules.request_seat, member, workspace, text=text)
        request, is_new = JoinRequest.objects.get_or_create(
            workspace=workspace,
            member=member,
            state=JoinRequest.State.OPEN,
            defaults={"text": texts.clean_text(text)[:2000]},
        )
        if is_new:
            record("seat.requested", actor=member, about=request, audience=Audience.MODERATORS)
    return request


def admit(*, by, request):
    """A moderator gives the seat that was asked for."""
    with transaction.atomic():
        request = _decide(by, request, JoinRequest.State.ADMITTED)
        record("seat.admitted", actor=by, about=request, audience=request.member.reference)
        return _seat(request.member, request.workspace, by=by)


def decline(*, by, request, reason):
    """A moderator declines a request; the member is told the reason."""
    with transaction.atomic():
        request = _decide(by, request, JoinRequest.State.DECLINED, reason)
        record("seat.declined", actor=by, about=request, audience=request.member.reference)
    return request


def invite(*, by, workspace, email, name="", role=Seat.Role.MEMBER, text=""):
    """Invite an address to a seat; an open invitation to the same address is used again."""
    with transaction.atomic():
        require(rules.invite, by, workspace)
        email = normalise_address(email)
        owner = Member.objects.by_address(email)  # by a confirmed address: anyone can claim another's
        if owner and workspace.seats.filter(member=owner).exists():
            raise Refused(_("%(email)s has a seat here already.") % {"email": email})
        invitation, _is_new = Invitation.objects.update_or_create(
            workspace=workspace,
            email=email,
            accepted_at=None,
            defaults={
                "name": texts.clean_line(name, 120),
                "role": role,
                "text": texts.clean_text(text)[:2000],
                "invited_by": by,
                "created_at": timezone.now(),
            },
        )
        record("seat.invited", actor=by, about=invitation, audience=Audience.MODERATORS)
    return invitation


def accept(*, member, invitation):
    """Take the seat one was invited to: the member must own the invited address."""
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
        if not invitation.is_open:
            raise Refused(_("This invitation was used or has expired. Ask a moderator for a new one."))
        if not member.owns(invitation.email):
            raise Refused(
                _("This invitation is for another address. Add that address to your account, then open it again.")
            )
        invitation.accepted_at, invitation.accepted_by = timezone.now(), member
        invitation.save(update_fields=["accepted_at", "accepted_by"])
        return _seat(member, invitation.workspace, by=member, role=invitation.role)


def appoint(*, by, seat, role):
    """Change what a seat is for: take part, moderate, or read only."""
    with transaction.atomic():
        seat = _locked_seat(seat)
        require(rules.moderate, by, seat.workspace)
        if seat.moderates and role != Seat.Role.MODERATOR:
            _keep_a_moderator(seat)
        old, seat.role = seat.role, role
        seat.save(update_fields=["role"])
        record("seat.changed", actor=by, about=seat.workspace, data={"member": seat.member_id, "role": [old, role]})
    return seat


def dismiss(*, by, seat, reason):
    """A moderator takes a seat away; the member is told the reason."""
    with transaction.atomic():
        seat = _locked_seat(seat)
        require(rules.moderate, by, seat.workspace)
        if seat.moderates:
            _keep_a_moderator(seat)
        _unseat(seat.member, seat.workspace, by=by, verb="seat.dismissed", reason=texts.clean_text(reason))


def end(*, by, seat, reason):
    """End a seat whose ground is gone, as a mandate; the caller has asked. Its member is told the reason."""
    with transaction.atomic():
        seat = _locked_seat(seat)
        _unseat(seat.member, seat.workspace, by=by, verb="seat.dismissed", reason=texts.clean_text(reason))


def give(*, by, workspace, member, role=Seat.Role.MEMBER, ground="", at=None):
    """Seat a member without asking them: the secretariat's and the loaders' way in. ground: what the seat ends with, as
    "mandate", where it ends with something.
    """
    with transaction.atomic():
        require(rules.moderate, by, workspace)
        return _seat(member, workspace, by=by, role=role, ground=ground, at=at)


def _seat(member, workspace, *, by, role=Seat.Role.MEMBER, ground="", at=None):
    seat, is_new = Seat.objects.get_or_create(
        workspace=workspace, member=member, defaults={"role": role, "joined_at": at or timezone.now()}
    )
    if is_new:
        data = {"member": member.pk, "role": role} | ({"ground": ground} if ground else {})
        record("seat.taken", actor=by, about=workspace, data=data, at=at)
        open_requests = workspace.join_requests.filter(member=member, state=JoinRequest.State.OPEN)
        open_requests.update(state=JoinRequest.State.ADMITTED, decided_at=timezone.now(), decided_by=by)
    workspace.__dict__.pop("_seats", None)
    return seat


def _locked(workspace):
    """The room fetched anew; deeds that could leave it without a moderator wait for each other."""
    rooms = Workspace.objects.select_for_update(of=("self",), no_key=True).select_related("journal")
    return rooms.get(pk=workspace.pk)


def _locked_seat(seat):
    workspace = _locked(seat.workspace)
    found = workspace.seats.select_related("member").filter(pk=seat.pk).first()
    if found is None:
        raise Refused(_("This seat was given back or taken away already."))
    found.workspace = workspace
    return found


def _unseat(member, workspace, *, by, verb, reason=""):
    workspace.seats.filter(member=member).delete()
    workspace.__dict__.pop("_seats", None)
    record(verb, actor=by, about=workspace, data={"member": member.pk, "reason": reason})


def _decide(by, request, state, reason=""):
    request = (
        JoinRequest.objects.select_for_update(no_key=True).select_related("workspace", "member").get(pk=request.pk)
    )
    require(rules.moderate, by, request.workspace)
    if request.state != JoinRequest.State.OPEN:
        raise Refused(_("This request was decided already: %(state)s.") % {"state": request.get_state_display()})
    request.state, request.reason = state, texts.clean_text(reason)[:2000]
    request.decided_at, request.decided_by = timezone.now(), by
    request.save()
    return request


def _keep_a_moderator(seat):
    if not seat.workspace.seats.filter(role=Seat.Role.MODERATOR).exclude(pk=seat.pk).exists():
        raise Refused(_("A workspace needs a moderator. Make someone else a moderator first."))
