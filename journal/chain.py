"""The arithmetic of the journal: how each entry's digest is made from the one before. Pure, no database.

digest = SHA-256(previous digest || fixed fields || commitment), commitment = SHA-256(salt || data), where fields
and data are canonical JSON. Erasing removes data and salt; the commitment stays, so the chain still holds.
"""

import hashlib
import json
from datetime import UTC

START = bytes(32)
FIELDS = ("journal", "seq", "verb", "actor", "about", "audience", "at")


def canonical(value):
    """JSON with one possible spelling: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def moment(at):
    """A moment as it stands in the chain: UTC, microseconds, for example 2026-05-03T12:00:00.000000Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def commitment(salt, data):
    """32 bytes that fix the data without showing it; `salt` is 16 random bytes."""
    return hashlib.sha256(salt + canonical(data)).digest()


def link(previous, *, journal, seq, verb, actor, about, audience, at, commitment):
    """The digest (32 bytes) of an entry, given the digest of the entry before it."""
    fields = [journal, seq, verb, actor, about, audience, moment(at)]
    return hashlib.sha256(previous + canonical(fields) + commitment).digest()


def mark(seq, digest):
    """The head of a journal as it is printed in mails: `340-7f3a91c2`."""
    return f"{seq}-{digest.hex()[:8]}"
