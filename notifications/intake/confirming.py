"""Held for its sender: the member says that a mail is theirs, that it is not, or that its address is theirs as well.

`YES` or the link takes that one mail. `YES ADD` also adds the address it came from, whose mail is then taken at once.

For that, two things must be proven, as From and reply address alone prove nothing. That the member wants it: the
question goes to their own address only, and the answer comes from there. And that the other address is theirs: else
anybody could write with a stranger's address in the From, say yes, and have the stranger's mails posted as their own.
Where our mail server or a signature vouches for the held mail, and the mail was written to us, its address was really
written from by who wanted it. Else, for anybody can send on a signed mail that they once got, a letter goes to that
address, and only who reads it there can add it.
"""

import re
import unicodedata
from datetime import UTC, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core import languages, tokens
from core.access import Refused
from members.models import Member
from members.services import addresses as own_addresses
from notifications import letters
from notifications.intake import cases, explaining, senders, validity
from notifications.intake.outcomes import Outcome
from notifications.models import Arrival, Letter
from notifications.reading import yesno

MOST_ASKED_A_DAY = 3  # letters to addresses that a member says are theirs
LINK_DAYS = 14
SHORT = 80  # characters of an answer that says no more than yes or no
ADD = (
    "add|ajouter|ajoute|ajoutez|añadir|añade|añada|agregar|agrega|agregue|anadir|أضف|اضف|إضافة|اضافة|أضفه|添加|加入|增加|"
    "добавить|добавь|добавьте"
)
_ADD = re.compile(r"\W{0,6}(?:" + ADD + r")(?![^\W\d_\u3040-\u30ff\u4e00-\u9fff])")
_MARKS = re.compile("[\u064b-\u065f\u0640\u200b-\u200f\u2066-\u2069]")


def read(text):
    """(True for yes, False for no, None for neither; whether to add the address) of what a member answered."""
    lines = text.strip().splitlines()[:1]
    first = _folded(lines[0]) if lines else ""
    alone = _ADD.match(first)
    if alone and not re.search(r"\w", first[alone.end() :]):
        return True, True
    if yesno.is_plain_no(first):
        return False, False
    is_yes = yesno.yes_or_no(first) is True
    return is_yes or None, is_yes and bool(_ADD.match(_folded(yesno.after_the_word(first))))


def _folded(line):
    """Small letters, without vowel signs and direction marks: نَعَم is نعم."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", line[:200]).casefold())


# -- The member's answer -----------------------------------------------------------------------------------


def settle(case, asked):
    """What the member answers to the question about a held mail; None when it is no answer to that."""
    is_held = asked.state == Arrival.State.HELD and asked.outcome == "wrong_sender"
    is_yes, is_added = read(case.text)
    if not is_held and not is_added and is_yes is not None and _is_said_again(case, asked):
        return Outcome("confirmed" if asked.confirmed_at else "denied")
    if not is_held and not asked.confirmed_at:
        return None
    if is_held and is_yes is False:
        disown(asked)
        return Outcome("denied")
    if not is_yes or not (is_held or is_added):
        return None
    if is_held:
        confirm(asked)
    if is_added:
        case.replies.append(("address", add(case.member, asked)))
    return Outcome("confirmed")


def _is_said_again(case, asked):
    """Is it one more short answer to a question that is settled? It is no post, whatever the held mail was about."""
    return explaining.is_about(case.letter, f"confirm:{asked.pk}") and len(case.text) <= SHORT


def confirm(arrival):
    """The member says a held mail is theirs: it goes in again, its sender believed."""
    waiting = Arrival.objects.filter(pk=arrival.pk, state=Arrival.State.HELD)
    return waiting.update(confirmed_at=timezone.now(), state=Arrival.State.NEW, claimed_until=None) == 1


def disown(arrival):
    """The member says a held mail is not theirs."""
    held = Arrival.objects.filter(pk=arrival.pk, state=Arrival.State.HELD, outcome="wrong_sender")
    held.update(state=Arrival.State.DONE, outcome="disowned", done_at=timezone.now())


def can_add(arrival):
    """May the address of a held mail be offered: another one than the member's, and one that is read?"""
    return bool(arrival.member and "@" in arrival.from_address and not arrival.member.owns(arrival.from_address))


def add(member, asked):
    """Add the address a held mail came from, or ask there; returns what the member is told, for a template."""
    told = {"other": asked.from_address, "added": False, "asked": False, "reason": ""}
    if not can_add(asked):
        return told | {"added": True}
    if not senders.is_vouched_for(asked) or not senders.is_written_to_us(asked):
        return told | {"asked": letters.can_write_to(asked.from_address) and _ask_there(member, asked.from_address)}
    try:
        own_addresses.add(by=member, member=member, address=asked.from_address)
    except Refused as refused:
        return told | {"reason": str(refused.reason)}
    return told | {"added": True}


def add_and_tell(arrival):
    """The same from the page that the link opens; what became of it is told by mail."""
    with transaction.atomic(), languages.speaking(arrival.member.language):
        explaining.reply(cases.open_case(arrival), "address", add(arrival.member, arrival))


# -- The other address -------------------------------------------------------------------------------------


def _ask_there(member, address):
    """Ask at an address that nobody vouches for; False when that was enough for a day."""
    day = f"{timezone.now():%Y%m%d}"
    asked = Letter.objects.filter(key__startswith=f"address:{member.pk}:{day}:")
    with transaction.atomic():
        Member.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=member.pk)
        if asked.count() >= MOST_ASKED_A_DAY:
            return False
        url = settings.SITE_URL + reverse("notifications:own_address", args=[link_token(member, address)])
        subject, text = explaining.render("address_asked", {"address_url": url}, member)
        with languages.speaking(member.language):
            letters.compose(
                member=member,
                recipient=address,
                subject=subject,
                text=text,
                kind=Letter.Kind.NOTICE,
                about=f"address:{member.pk}",
                key=f"address:{member.pk}:{day}:{address}"[:100],
            )
    return True


def link_token(member, address):
    return tokens.sign("address", [member.pk, address, int(timezone.now().timestamp())])


def is_revoked(member, since):
    """Has the member made void what was sent up to then (REVOKE)? Links are, as answer addresses are."""
    valid_from = getattr(getattr(member, "mail", None), "addresses_valid_from", None)
    return valid_from is not None and since < valid_from


def read_link(token):
    """(member, address) of a link that went to that address; None when it is forged, old, or the member has left."""
    found = tokens.unsign("address", token, days=LINK_DAYS)
    if not isinstance(found, list) or len(found) != 3:
        return None
    pk, address, at = found
    member = Member.objects.filter(pk=pk, is_active=True).select_related("mail").first()
    if member is None or is_revoked(member, datetime.fromtimestamp(at, UTC)):
        return None
    return member, address


def answered_there(case):
    """A step of the intake: yes from the address that was asked, to an answer address that only its reader knows."""
    letter = case.letter
    if letter is None or not letter.about.startswith("address:") or case.member is None or not case.member.is_active:
        return None
    is_from_there = case.reading.from_address == letter.recipient.lower() and senders.has_one_from(case.arrival)
    if not is_from_there or not validity.is_valid(letter):
        return None
    if senders.is_doubted(case.arrival) or not read(case.text)[0]:
        return None
    told = {"other": letter.recipient, "added": True, "asked": False, "reason": ""}
    try:
        own_addresses.add(by=case.member, member=case.member, address=letter.recipient)
    except Refused as refused:
        told |= {"added": False, "reason": str(refused.reason)}
    case.replies.append(("address", told))
    return Outcome("confirmed")
