"""Who vouches for the From of a mail: our own mail server, or the DKIM signature of its domain.

Where a mail server of ours has checked (RFC 8601), its word counts. Where none has, as with a mailbox that is looked
into, signatures are verified here (RFC 6376) and what the domain asks of mails without one is looked up (RFC 7489):
a domain that wants them rejected or put aside has them held until the member confirms. SPF cannot be told afterwards,
so such a domain's mail without a signature is held as well.
"""

import logging
import re
import time
from dataclasses import dataclass

import dkim
from django.conf import settings

from notifications.intake import lookups
from notifications.reading import headers

MOST_SIGNATURES = 5  # that are looked at
MOST_LABELS = 8  # of a domain, for each is a question to the DNS
# A mail beyond these is not verified, for dkimpy's work grows faster than they do.
MOST_HEADER_BYTES, MOST_FIELDS, MOST_SIGNATURE_BYTES, MOST_KEY_BYTES = 256_000, 500, 8_000, 1_500
SECONDS = 8  # for all questions about one mail
SMALLEST_KEY = 1024  # bits, RFC 8301 section 3.2
DOORS_WITHOUT_SERVER = ("imap", "webhook")
PASS, FAIL, NONE, UNSURE = "pass", "fail", "none", "temperror"

# dkimpy would write what it thinks of each mail, addresses included.
_quiet = logging.getLogger(f"{__name__}.dkim")
_quiet.addHandler(logging.NullHandler())
_quiet.propagate = False
_COMMENT = re.compile(r"\([^()]{0,2000}\)")
_DMARC = re.compile(r"^\s*dmarc\s*(?:/\s*\d+\s*)?=\s*\"?([a-z]+)", re.IGNORECASE)
_HEADER_FROM = re.compile(r"\bheader\.from\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Proof:
    """by: "mta" or "dkim"; result: pass, fail, none or temperror; about: the domain, or what it asks for."""

    by: str
    result: str
    about: str = ""

    def __str__(self):
        return " ".join(filter(None, (self.by, self.result, self.about)))[:200]


def prove(raw, from_address, *, door, resolver=None):
    """What is known about the From of a mail; None when nobody was asked."""
    domain = from_address.rpartition("@")[2].lower()
    # A provider's server is none of ours: what bears our name then was written by whoever sent the mail.
    if door != "webhook" and (said := said_by_our_server(raw, domain)):
        return Proof("mta", said)
    is_ours_to_check = settings.SENDER_CHECK == "dkim" or (
        settings.SENDER_CHECK == "auto" and door in DOORS_WITHOUT_SERVER
    )
    return _check(raw, from_address, resolver or lookups.resolver) if is_ours_to_check and domain else None


# -- What our own server says ------------------------------------------------------------------------------


def said_by_our_server(raw, domain=""):
    """The DMARC result in our own server's Authentication-Results, or ""; lines of others prove nothing (RFC 8601
    section 5). A result about another domain than this one is "none".

    Each server puts its line on top, so the first one with a result of DMARC is ours; a sender's own stands below, and
    our server removes what bears its name.
    """
    if not settings.AUTHSERV_ID:
        return ""
    for name, value in fields_of(raw):
        if name != "authentication-results":
            continue
        server, *results = _without_comments(bytes(value).decode("ascii", "replace")).split(";")
        if server.split()[:1] and server.split()[0].strip('"').lower() == settings.AUTHSERV_ID.lower():
            for result in results:
                match, about = _DMARC.match(result), _HEADER_FROM.search(result)
                if match:
                    is_other = bool(domain and about) and about[1].lower().rpartition("@")[2] != domain
                    return FAIL if match[1].lower() == "fail" else NONE if is_other else match[1].lower()
    return ""


def fields_of(raw):
    head = raw[: headers.MOST_BYTES].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return headers.split(head)[0]


def _without_comments(value):
    for _depth in range(10):
        value, count = _COMMENT.subn(" ", value)
        if not count:
            break
    return value


# -- What its signature says -------------------------------------------------------------------------------


class Lookup:
    """The DNS for one mail: bounded in time, and remembering whether an answer stayed out."""

    def __init__(self, resolver):
        self.resolver, self.until, self.is_unsure = resolver, time.monotonic() + SECONDS, False

    def records(self, name):
        if time.monotonic() > self.until:
            self.is_unsure = True
            return []
        try:
            return self.resolver.txt(name)
        except lookups.Unavailable:
            self.is_unsure = True
            return []

    def key(self, name, timeout=None):
        """What dkimpy asks for: the one record of a key, or None."""
        record = next(iter(self.records(bytes(name).decode("ascii", "replace"))), None)
        return record if record and len(record) <= MOST_KEY_BYTES else None


def _check(raw, from_address, resolver):
    lookup, domain = Lookup(resolver), from_address.rpartition("@")[2].lower()
    wanted, organisation, is_strict = _policy(domain, lookup)
    if signer := _verified(raw, from_address, domain if is_strict else organisation, is_strict, lookup):
        return Proof("dkim", PASS, signer)
    if wanted in ("reject", "quarantine"):
        return Proof("dkim", UNSURE if lookup.is_unsure else FAIL, wanted)
    return Proof("dkim", UNSURE if lookup.is_unsure else NONE)


def _policy(domain, lookup):
    """(what the domain wants done with unproven mail, its organisation's domain, whether signers must be exact).

    The organisation is found by walking up the tree, which needs no list of public suffixes: the shortest domain with
    a record that is not a registry's. A domain without any record stands for itself.
    """
    labels = domain.split(".")[-MOST_LABELS:]
    places = [domain, *(".".join(labels[start:]) for start in range(len(labels) - 1))]
    found = [(place, tags) for place in dict.fromkeys(places) if (tags := _dmarc(place, lookup))]
    own = [(place, tags) for place, tags in found if tags.get("psd") != "y"]
    if not found:
        return "", domain, False
    organisation = own[-1][0] if own else domain
    place, tags = found[0] if found[0][0] == domain else (own or found)[-1]
    wanted = tags.get("p", "none") if place == domain else tags.get("sp", tags.get("p", "none"))
    if tags.get("t") == "y":  # the domain is still trying: one step milder
        wanted = {"reject": "quarantine"}.get(wanted, "none")
    return wanted, organisation, tags.get("adkim") == "s"


def _dmarc(place, lookup):
    """The tags of a domain's DMARC record, or {}; several records are none (RFC 7489 section 6.6.3)."""
    records = [record for record in lookup.records(f"_dmarc.{place}") if _is_dmarc(record)]
    if len(records) != 1:
        return {}
    pairs = [part.partition("=") for part in records[0].decode("ascii", "replace").split(";")]
    return {name.strip().lower(): value.strip().lower() for name, _equals, value in pairs}


def _is_dmarc(record):
    return record.replace(b" ", b"").startswith(b"v=DMARC1")


def _verified(raw, from_address, place, is_strict, lookup):
    """The domain of a signature that holds and speaks for the From's, which is `place` or below; "" for none."""
    for index, signer, _tags in signatures(raw):
        is_aligned = signer == place or (not is_strict and signer.endswith(f".{place}"))
        if is_aligned and verified(raw, index, signer, from_address, lookup):
            return signer
    return ""


def signatures(raw):
    """(index, domain, tags) of the signatures of a mail that are worth a question: whole ones, and not too many."""
    fields = fields_of(raw)
    if len(fields) > MOST_FIELDS or b"\n\n" not in raw[:MOST_HEADER_BYTES].replace(b"\r\n", b"\n"):
        return
    found = [bytes(value) for name, value in fields if name == "dkim-signature"]
    for index, signature in enumerate(found[:MOST_SIGNATURES]):
        if len(signature) > MOST_SIGNATURE_BYTES:
            continue
        pairs = [tag.partition(b"=") for tag in signature.split(b";")]
        tags = {name.strip().lower(): b"".join(value.split()).lower() for name, _equals, value in pairs}
        # What l= leaves out of the signature anybody may have written; nobody signs with SHA-1 (RFC 8301).
        if b"l" not in tags and tags.get(b"a") != b"rsa-sha1":
            yield index, tags.get(b"d", b"").decode("ascii", "replace"), tags


def verified(raw, index, signer, from_address, lookup):
    """Is the signature good, and is it this signer's, over this From? dkimpy takes those that leave the From out."""
    try:
        mail = dkim.DKIM(raw, minkey=SMALLEST_KEY, logger=_quiet)
        if not mail.verify(index, dnsfunc=lookup.key):
            return False
        senders = [value for name, value in mail.headers if name.lower() == b"from"]
        return (
            mail.domain.decode("ascii", "replace").lower() == signer
            and b"from" in mail.include_headers
            and len(senders) == 1
            and headers.mailboxes(senders[0].replace(b"\r\n", b" ")) == {from_address.lower()}
        )
    except Exception:  # a header that is no mail's makes dkimpy raise nearly anything
        return False
