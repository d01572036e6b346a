"""Who sent a mail: the From must be the member's own, and our mail server must not say that it was forged.

A token in an address proves nothing, for mails are forwarded (EMAIL.md section 3).
"""

import re

from allauth.account.models import EmailAddress
from django.conf import settings
from django.urls import reverse

from core import tokens
from members.models.members import normalise_address
from notifications.intake import authenticity
from notifications.reading import headers

_SIGNED = re.compile(rb"\s+")


def prove(case):
    """Find out who vouches for the From, and keep it with the arrival. May ask the DNS: not in a transaction."""
    arrival, read = case.arrival, case.reading
    is_asked = case.member or case.letter or case.address.kind in ("workspace", "help")  # who may want to join
    if read.klass == "accept" and read.from_address and not arrival.confirmed_at and is_asked:
        proof = authenticity.prove(bytes(arrival.raw), read.from_address, door=arrival.door)
        arrival.authenticity = str(proof or "")


def is_member(case):
    """Did the member of this case write the mail, as far as anyone can tell?"""
    return bool(
        case.member
        and case.member.is_active
        and has_one_from(case.arrival)
        and case.is_own_address
        and not is_doubted(case.arrival)
    )


def confirm_url(arrival):
    """The page on which the member confirms that a held mail is theirs; it goes to their own address only."""
    return settings.SITE_URL + reverse("notifications:confirm", args=[tokens.sign("confirm", arrival.pk)])


def owner(address):
    """The active member who owns a confirmed address, with their mail profile; None when nobody does."""
    address = normalise_address(address)
    owners = EmailAddress.objects.filter(email=address, verified=True, user__is_active=True)
    return next((row.user for row in owners.select_related("user__mail")[:1]), None)


def by_envelope(arrival):
    """The member whose address the envelope names, for mails that say nothing themselves."""
    return owner(arrival.envelope_sender) if arrival.envelope_sender else None


def sent_the_envelope(case):
    """Is the envelope's sender the member? Enough to tell them at their own address, not to post in their name."""
    return bool(case.member and case.arrival.envelope_sender and case.member.owns(case.arrival.envelope_sender))


def is_doubted(arrival):
    """Does our mail server, or what the From's domain asks for, say that the mail may be forged?"""
    return _result(arrival) == authenticity.FAIL or is_forged(bytes(arrival.raw))


def is_vouched_for(arrival):
    """Is it proven that the From's domain sent this mail?"""
    return _result(arrival) == authenticity.PASS and has_one_from(arrival)


def is_written_to_us(arrival):
    """Is the address that a mail came to its only To, and does each signature cover that?

    A signed mail stays signed when somebody else sends it on; what is in its To they cannot change then.
    """
    fields = authenticity.fields_of(bytes(arrival.raw))
    to = [value for name, value in fields if name == "to"]
    signatures = [bytes(value).lower() for name, value in fields if name == "dkim-signature"]
    is_signed = all(b"to" in _SIGNED.sub(b"", _signed_fields(value)).split(b":") for value in signatures)
    return is_signed and len(to) == 1 and headers.mailboxes(to[0]) == {arrival.recipient}


def _signed_fields(signature):
    return next((tag.partition(b"=")[2] for tag in signature.split(b";") if tag.strip().startswith(b"h=")), b"")


def _result(arrival):
    return [*arrival.authenticity.split(), "", ""][1]


def is_forged(raw):
    """Does our own mail server say dmarc=fail?"""
    return authenticity.said_by_our_server(raw) == authenticity.FAIL


def is_proven(arrival):
    """Does our own mail server say dmarc=pass: that the domain of the From, which is one, sent it?"""
    domain = arrival.from_address.rpartition("@")[2].lower()
    said = authenticity.said_by_our_server(bytes(arrival.raw), domain)
    return said == authenticity.PASS and arrival.door != "webhook" and has_one_from(arrival)


def has_one_from(arrival):
    """One From with one address, however it is read: our mail server checked the one it found, not the one we find."""
    found = [value for name, value in authenticity.fields_of(bytes(arrival.raw)) if name == "from"]
    return len(found) == 1 and headers.mailboxes(found[0]) == {arrival.from_address}
