"""Becoming a member by mail alone: somebody asks for a seat, or answers an invitation, and needs no web page for it.

Who asks is sent one mail; the YES that comes back from that address proves it, as the emailed code does on the web.
Nothing about a workspace is told before, and each address gets one such mail a day, whoever asks in its name.
"""

import hashlib
import re

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import languages
from core.text import clean_line
from forum.models import Invitation, Workspace
from forum.services import seats
from members.services import members
from notifications import addresses, letters
from notifications.intake import explaining, rooms, senders, validity
from notifications.intake.outcomes import Outcome, held
from notifications.models import Letter
from notifications.reading.yesno import is_plain_no, yes_or_no

MOST_A_DAY = 500  # mails to people we do not know
_NOT_WORDS = re.compile(r"[^\w '’()&-]+")


def asked(case):
    """A step of the intake: somebody we do not know wants a seat, and is asked whether it was they who wrote."""
    wanted = _wanted(case) if case.member is None and case.reading.from_address else None
    if wanted is None or not settings.SIGNUP_OPEN or senders.is_doubted(case.arrival):
        return None
    if not letters.can_write_to(case.reading.from_address):
        return None
    day = timezone.now().date()
    if Letter.objects.filter(key__startswith=f"joining:{day}:").count() >= MOST_A_DAY:
        return None
    digest = hashlib.sha256(case.reading.from_address.encode()).hexdigest()[:32]
    shown = _NOT_WORDS.sub(" ", wanted)  # nobody sends their own words, or a link, to a stranger through us
    subject, text = explaining.render("join_asked", {"wanted": shown}, _Stranger(_language(wanted)))
    letters.compose(
        recipient=case.reading.from_address,
        subject=subject,
        text=text,
        kind=Letter.Kind.ANSWER,
        about=f"joining:{wanted}",
        in_reply_to=f"<{case.arrival.message_id}>" if case.arrival.message_id else "",
        key=f"joining:{day}:{digest}",
    )
    return Outcome("join_asked")


def answered(case):
    """A step of the intake: the YES of somebody who asked for a seat, or was invited; the NO ends it."""
    kind, _colon, rest = case.letter.about.partition(":") if case.letter else ("", "", "")
    if kind not in ("joining", "invited") or case.letter.member_id is not None:
        return None
    if case.reading.from_address != case.letter.recipient.lower() or senders.is_doubted(case.arrival):
        return held("unknown_sender")
    if is_plain_no(case.text):
        return Outcome("declined")
    if yes_or_no(case.text) is not True:
        return held("unknown_sender")
    invitation = Invitation.objects.filter(pk=rest).first() if kind == "invited" else None
    if kind == "invited" and invitation is None:
        return Outcome("expired", explain="expired") if case.member else held("unknown_sender")
    if case.member is None:
        may_join = invitation.is_open if invitation else settings.SIGNUP_OPEN
        if not may_join or not validity.is_valid(case.letter):
            return held("unknown_sender")
        case.member = _member(case, _language(invitation.workspace.slug if invitation else rest))
        if case.member is None:
            return held("unknown_sender")  # whose account is closed, or not theirs yet
        case.arrival.member = case.member
    with languages.speaking(case.member.language):
        case.told.append(_seated(case, invitation) if invitation else rooms.by_command(case, "join", rest))
    case.replies.append(("welcome", {"help_address": addresses.help_address()}))
    return Outcome("done")


def _member(case, language):
    name = clean_line(case.reading.from_name, 120) or case.reading.from_address.partition("@")[0]
    try:
        with transaction.atomic():
            return members.admit(address=case.reading.from_address, name=name, language=language)
    except IntegrityError:  # another worker read the same mail, or they signed up on the web meanwhile
        return senders.owner(case.reading.from_address)


def _seated(case, invitation):
    def within():
        with transaction.atomic():
            seat = seats.accept(member=case.member, invitation=invitation)
        facts = {
            "workspace": rooms.apart(seat.workspace.name),
            "address": addresses.of_workspace(seat.workspace.slug),
        }
        return _("You now have a seat in “%(workspace)s”. To start a thread there, write to %(address)s") % facts

    return rooms.trying(rooms.as_typed("join", invitation.workspace.slug), within)


def _wanted(case):
    """The mail name of the workspace somebody asks to join, as they typed it."""
    if case.address.kind == "workspace" and case.address.deed == "join":
        return case.address.slug[:50]
    joins = [command for command in case.reading.commands if command.verb == "JOIN"]
    if case.address.kind in ("help", "workspace") and joins:
        return clean_line(joins[0].argument.partition("@")[0], 50)
    return None


def _language(slug):
    """The language to write in: the workspace's first, where everybody may know of it; else the site's."""
    room = Workspace.objects.filter(slug=slug, visibility="public").first()
    return room.languages[0] if room and room.languages else languages.own_code(settings.LANGUAGE_CODE)


class _Stranger:
    """Enough of a member to write to: whoever is not one yet."""

    def __init__(self, language):
        self.language, self.zone = language, timezone.get_default_timezone()
