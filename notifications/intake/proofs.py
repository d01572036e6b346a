"""When a mail was provably sent: by the lines of our own servers, or by a date that the From's domain signed.

A mail that was sent before something closed and came after it may still count; the Date alone proves nothing, for
anybody can write one. Two things do:

- each server that passes a mail on writes a Received line on top (RFC 5321 section 4.4). Of those only the unbroken run
  from the top that our own servers wrote is believed: what stands below the first line that took the mail from
  somebody else may have been made up by whoever sent it;
- a signature of the From's domain (RFC 6376) that holds and covers the Date; where it does not, the moment at which it
  was made, if it says so.

It is looked for only when somebody asks, which is when a mail came too late. To check a signature the DNS is asked,
which nothing does within a transaction: there `Wanted` is raised, and the mail is handled once more with the answer. A
mail that settles what became of another one asks about that one in passing.
"""

import ipaddress
import re
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache

from django.conf import settings

from notifications.intake import authenticity, lookups

MOST_LINES = 30  # Received lines that are looked at
LONGEST_LINE = 4_000
# Servers try to deliver a mail for five days (RFC 5321 section 4.5.4.1); what claims more is no proof of anything.
LONGEST_WAY = timedelta(days=7)
DOORS_BEHIND_OUR_SERVER = ("lmtp", "pipe")
_BY = re.compile(r"\bby\s+\[?([^\s;()\[\]]+)", re.IGNORECASE)
_FROM = re.compile(r"^\s*from\b", re.IGNORECASE)
_ADDRESS = re.compile(r"[\[(]\s*(?:IPv6:)?([0-9a-f:.]*[.:][0-9a-f:.]+)\s*[\])]", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_COMMENT = re.compile(r"\([^()]{0,1000}\)")


_may_ask = ContextVar("may_ask", default=False)


class Wanted(Exception):
    """A signature has to be checked before the mail can be handled."""


def sent_at(case):
    """When the mail of a case was provably sent, or None. Raises Wanted where only a signature could tell."""
    if not case.is_proven:
        if not _may_ask.get() and may_be_signed(bytes(case.arrival.raw), case.reading.from_address):
            raise Wanted
        prove(case)
    return case.proven_at


@contextmanager
def asking():
    """In here the DNS is asked at once: where a mail is handled anew, and where a person waits for it."""
    token = _may_ask.set(True)
    try:
        yield
    finally:
        _may_ask.reset(token)


def prove(case):
    """Find it out and keep it with the case. May ask the DNS: not in a transaction."""
    raw, arrival = bytes(case.arrival.raw), case.arrival
    found = (
        by_our_servers(raw, arrival.received_at, door=arrival.door),
        by_signature(raw, case.reading.from_address, arrival.received_at),
    )
    case.proven_at, case.is_proven = min(filter(None, found), default=None), True


# -- What our servers wrote --------------------------------------------------------------------------------


def by_our_servers(raw, received_at, *, door="lmtp"):
    """When the first server of ours took the mail in, by the lines they wrote; None where none did."""
    found = None
    if door == "webhook":  # a provider's server is none of ours
        return None
    names, networks = _ours(door)
    lines = [bytes(value) for name, value in authenticity.fields_of(raw) if name == "received"]
    for line in lines[:MOST_LINES]:
        route, _semicolon, date = line[:LONGEST_LINE].decode("ascii", "replace").rpartition(";")
        route, at = _SPACES.sub(" ", route), _moment(date)
        if at is None or not _is_ours(route, names, networks):
            break
        found = at
        if not _came_from_us(route, networks):
            break  # what stands below was there when it came to us
    return _believed(found, received_at)


def _ours(door):
    """(names of our servers, their networks). Of settings, or where they are silent the names we go by ourselves."""
    named = tuple(settings.TRUSTED_RELAYS)
    own = (settings.AUTHSERV_ID, settings.REPLY_DOMAIN, f".{settings.REPLY_DOMAIN}")
    return _sorted((*named, settings.AUTHSERV_ID) if named or door not in DOORS_BEHIND_OUR_SERVER else own)


@lru_cache(maxsize=10)
def _sorted(entries):
    names, networks = set(), [ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1")]
    for entry in filter(None, (entry.strip().lower().rstrip(".") for entry in entries)):
        try:
            networks.append(ipaddress.ip_network(entry, strict=False))
        except ValueError:
            names.add(entry)
    return frozenset(names), tuple(networks)


def _is_ours(route, names, networks):
    """Did a server of ours write this line?"""
    by = _BY.search(_without_comments(route))
    if by is None:
        return False
    host = by[1].lower().rstrip(".")
    parents = [host[place:] for place, sign in enumerate(host) if sign == "."]
    return host in names or any(parent in names for parent in parents) or _is_within(host, networks[2:])


def _came_from_us(route, networks):
    """Had a server of ours passed the mail on? Asked of the addresses alone: who connects chooses the name they give.

    A line without `from` is of a program on the same machine.
    """
    if not _FROM.match(route):
        return True
    addresses = _ADDRESS.findall(route)
    return bool(addresses) and all(_is_within(address, networks) for address in addresses)


def _is_within(address, networks):
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(found.version == network.version and found in network for network in networks)


def _without_comments(route):
    for _depth in range(5):
        route, count = _COMMENT.subn(" ", route)
        if not count:
            break
    return route


# -- What the domain signed --------------------------------------------------------------------------------


def may_be_signed(raw, from_address):
    """Is there a signature that could tell? Asks nobody."""
    return settings.SENDER_CHECK != "off" and any(_candidates(raw, from_address))


def by_signature(raw, from_address, received_at, resolver=None):
    """The Date, or else the moment of signing, that a good signature of the From's domain vouches for; or None."""
    if not may_be_signed(raw, from_address):
        return None
    lookup = authenticity.Lookup(resolver or lookups.resolver)
    for index, signer, at in _candidates(raw, from_address):
        believed = _believed(at, received_at)
        if believed and authenticity.verified(raw, index, signer, from_address, lookup):
            return believed
    return None


def _candidates(raw, from_address):
    """(index, signer, moment) of the signatures of the From's domain that name a moment."""
    domain = from_address.rpartition("@")[2].lower()
    dates = [bytes(value) for name, value in authenticity.fields_of(raw) if name == "date"]
    for index, signer, tags in authenticity.signatures(raw):
        if not _speaks_for(signer, domain):
            continue
        covered = tags.get(b"h", b"").split(b":")
        is_dated = len(dates) == 1 and b"date" in covered
        at = _moment(dates[0].decode("ascii", "replace")) if is_dated else _signed_at(tags.get(b"t", b""))
        if at:
            yield index, signer, at


def _speaks_for(signer, domain):
    """The domain itself, or one that it is a part of or that is a part of it."""
    aligned = signer == domain or signer.endswith(f".{domain}") or domain.endswith(f".{signer}")
    return aligned and "." in signer


def _signed_at(seconds):
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None


# -- Moments -----------------------------------------------------------------------------------------------


def _moment(text):
    try:
        at = parsedate_to_datetime(text.strip()[:100])
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _believed(at, received_at):
    """Never later than it came to us, and never so early that no server would have kept it for so long."""
    if at is None or received_at - at > LONGEST_WAY:
        return None
    return min(at, received_at)
