"""Who sent a mail: the From must be the member's own, and our mail server must not say that it was forged.

A token in an address proves nothing, for mails are forwarded (EMAIL.md section 3).
"""

import re

from allauth.account.models import EmailAddress
from django.conf import settings
from django.urls import reverse

from core import tokens
from members.models.members import normalise_address
from notifications.reading import headers

_COMMENT = re.compile(r"\([^()]{0,2000}\)")
_DMARC = re.compile(r"^\s*dmarc\s*(?:/\s*\d+\s*)?=\s*\"?([a-z]+)", re.IGNORECASE)


def is_member(case):
    """Did the member of this case write the mail, as far as anyone can tell?"""
    return bool(
        case.member
        and case.member.is_active
        and _has_one_from(case)
        and case.is_own_address
        and not is_forged(bytes(case.arrival.raw))
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


def is_forged(raw):
    """Does our own mail server say dmarc=fail? Lines with another server's name prove nothing (RFC 8601 section 5).

    Each server puts its line on top, so the first one with a result of DMARC is ours; a sender's own stands below.
    """
    if not settings.AUTHSERV_ID:
        return False
    for name, value in _fields(raw):
        if name != "authentication-results":
            continue
        server, *results = _without_comments(bytes(value).decode("ascii", "replace")).split(";")
        if server.split()[:1] and server.split()[0].strip('"').lower() == settings.AUTHSERV_ID.lower():
            found = [match[1].lower() for match in map(_DMARC.match, results) if match]
            if found:
                return found[0] == "fail"
    return False


def _has_one_from(case):
    """One From with one address, however it is read: our mail server checked the one it found, not the one we find."""
    found = [value for name, value in _fields(bytes(case.arrival.raw)) if name == "from"]
    return len(found) == 1 and headers.mailboxes(found[0]) == {case.reading.from_address}


def _fields(raw):
    head = raw[: headers.MOST_BYTES].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return headers.split(head)[0]


def _without_comments(value):
    for _depth in range(10):
        value, count = _COMMENT.subn(" ", value)
        if not count:
            break
    return value
