"""Becoming a member by mail alone: somebody asks for a seat, or answers an invitation, and needs no web page for it.

Who asks is sent one mail; the YES that comes back from that address proves it, as the emailed code does on the web.
Who asks how it works is told how to ask for a seat. Nothing is told before about a workspace that is not public, and
each address gets one such mail of each kind a day, whoever asks in its name.
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
from notifications.intake import cases, commands, explaining, rooms, senders, validity
from notifications.intake.cases import Case
from notifications.intake.outcomes import Outcome, held
from notifications.models import Arrival, Letter
from notifications.reading import tongues
from notifications.reading.yesno import is_plain_no, yes_or_no

MOST_A_DAY = 500  # mails to people we do not know
MOST_ROOMS = 20  # that are named to them
_NOT_WORDS = re.compile(r"[^\w '’()&-]+")


def asked(case):
    """A step of the intake: somebody we do not know wants a seat, and is asked whether it was they who wrote."""
    wanted = _wanted(case) if case.member is None else None
    if wanted is None:
        return None
    shown = _NOT_WORDS.sub(" ", wanted)  # nobody sends their own words, or a link, to a stranger through us
    is_sent = _write(case, "join_asked", {"wanted": shown}, about=f"joining:{wanted}", kind="joining", slug=wanted)
    return Outcome("join_asked") if is_sent else None


def how_asked(case):
    """A step of the intake: somebody we do not know asks the help address how it works, and is told how to join.

    Only to a command, so that junk mail with a forged sender, which has none, makes us write to nobody.
    """
    if case.member is not None or case.address.kind != "help" or not commands.asked_for(case):
        return None
    rooms_shown = Workspace.objects.filter(visibility="public", closed_at=None).exclude(joining="invitation")
    facts = {"rooms": list(rooms_shown.order_by("name")[:MOST_ROOMS]), "help_address": addresses.help_address()}
    is_sent = _write(case, "how_to_join", facts, about="joining:", kind="how")
    says_more = bool(case.reading.commands and case.text) and not case.reading.is_greeting  # which is for a person
    return Outcome("asked") if is_sent and not says_more else None


def _write(case, name, context, *, about, kind, slug=""):
    """Write to an address that nobody we know has; False where nobody may join, or that was enough for a day."""
    to = case.reading.from_address
    if not to or not settings.SIGNUP_OPEN or senders.is_doubted(case.arrival) or not letters.can_write_to(to):
        return False
    day = timezone.now().date()
    written = Letter.objects.filter(member=None)
    if sum(written.filter(key__startswith=f"{one}:{day}:").count() for one in ("joining", "how")) >= MOST_A_DAY:
        return False
    language = _language_of_answer(case) if case.letter else _spoken(case) or _language(slug)
    subject, text = explaining.render(name, context, _Stranger(language))
    letters.compose(
        recipient=to,
        subject=subject,
        text=text,
        kind=Letter.Kind.ANSWER,
        about=about,
        in_reply_to=f"<{case.arrival.message_id}>" if case.arrival.message_id else "",
        key=f"{kind}:{day}:{hashlib.sha256(to.encode()).hexdigest()[:32]}",
    )
    return True


def answered(case):
    """A step of the intake: the YES of somebody who asked for a seat, or was invited; the NO ends it."""
    kind, _colon, rest = case.letter.about.partition(":") if case.letter else ("", "", "")
    if kind not in ("joining", "invited") or case.letter.member_id is not None:
        return None
    if kind == "joining" and _wanted(case) is not None:
        return None  # they ask for another seat
    if case.reading.from_address != case.letter.recipient.lower() or senders.is_doubted(case.arrival):
        return held("unknown_sender")
    if is_plain_no(case.text):
        return Outcome("declined")
    if yes_or_no(case.text) is not True or case.letter.about == "joining:":
        return held("unknown_sender")
    invitation = Invitation.objects.filter(pk=rest).first() if kind == "invited" else None
    if kind == "invited" and invitation is None:
        return Outcome("expired", explain="expired") if case.member else held("unknown_sender")
    if case.member is None:
        may_join = invitation.is_open if invitation else settings.SIGNUP_OPEN
        if not may_join or not validity.is_valid(case.letter):
            return held("unknown_sender")
        case.member = _member(case, _language_of_answer(case))
        if case.member is None:
            return held("unknown_sender")  # whose account is closed, or not theirs yet
        case.arrival.member = case.member
    with languages.speaking(case.member.language):
        if invitation:
            told = _seated(case, invitation)
        else:
            case.plea = _first_words(case)
            told = rooms.by_command(case, "join", rest)
    case.replies.append(("welcome", {"help_address": addresses.help_address(), "seat": told.text}))
    return Outcome("done")


def _first_words(case):
    """What they wrote when they asked for the seat, for those who decide on it."""
    first = Arrival.objects.filter(from_address=case.reading.from_address, outcome="join_asked").order_by("-pk").first()
    return cases.read(bytes(first.raw), Case(arrival=first, address=case.address)).reply or "" if first else ""


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
            "workspace": rooms.apart(seat.workspace.shown_name),
            "address": addresses.of_workspace(seat.workspace.slug),
        }
        return _("You now have a seat in “%(workspace)s”. To start a thread there, write to %(address)s") % facts

    return rooms.trying(rooms.as_typed("join", invitation.workspace.slug), within)


def _wanted(case):
    """The mail name of the workspace somebody asks to join, as they typed it."""
    if case.address.kind == "workspace" and case.address.deed == "join":
        return case.address.slug[:50]
    is_to_newcomer = bool(case.letter and case.letter.member_id is None)
    joins = [command for command in case.reading.commands if command.verb == "JOIN" and command.argument]
    if joins and (case.address.kind in ("help", "workspace") or is_to_newcomer):
        return clean_line(joins[0].argument.partition("@")[0], 50)
    return None


def _language(slug):
    """The language to write in: the workspace's first, where everybody may know of it; else the site's."""
    room = Workspace.objects.filter(slug=slug, visibility="public").first()
    return room.languages[0] if room and room.languages else languages.own_code(settings.LANGUAGE_CODE)


def _spoken(case):
    """The language somebody seems to write in: by their words, else their subject, else the letters of their name."""
    said = (case.text, "" if case.letter else case.reading.subject, case.reading.from_name)
    return next(filter(None, map(tongues.guess, said)), "")


def _language_of_answer(case):
    """That of the answer; a YES alone can be anybody's, and leaves it at that of the letter they could read."""
    spoken = _spoken(case)
    asked_in = tongues.guess(letters.text_of(case.letter)) or languages.own_code(settings.LANGUAGE_CODE)
    return asked_in if spoken in ("", "en") else spoken


class _Stranger:
    """Enough of a member to write to: whoever is not one yet."""

    def __init__(self, language):
        self.language, self.zone = language, timezone.get_default_timezone()
