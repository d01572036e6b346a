"""The row of a mail that has just come in: its bytes, who it was for, and the fingerprint that knows it again."""

import hashlib
import re
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from notifications.models import Arrival
from notifications.reading import headers

_WANTED = re.compile(rb"^(message-id|from|date|subject)[ \t]*:[ \t]*((?:[^\n]|\n[ \t])*)", re.IGNORECASE | re.MULTILINE)
HEADER_BYTES = 64_000  # of a header that are looked at for the fingerprint


@dataclass(frozen=True)
class Envelope:
    """What the door was told: whom the mail is for, who sent it ("" for a bounce), and which door it was."""

    recipient: str
    sender: str = ""
    door: str = "lmtp"


def arrival_of(raw, envelope):
    """The unsaved arrival of a mail."""
    header, body = _split(raw)
    fields = {name.lower(): b" ".join(value.split()) for name, value in reversed(_WANTED.findall(header))}
    message_id = fields.get(b"message-id", b"")
    recipient = _plain(envelope.recipient).lower()
    return Arrival(
        raw=raw,
        size=len(raw),
        sha256=hashlib.sha256(raw).hexdigest(),
        recipient=recipient,
        envelope_sender=_plain(envelope.sender).lower(),
        door=envelope.door,
        from_address=_plain(headers.address(fields.get(b"from", b""))[1]),
        fingerprint=_fingerprint(recipient, message_id, fields, body),
        message_id=_plain(message_id.decode("ascii", "replace")).strip("<>")[:400],
    )


def _split(raw):
    """Header and body with \\n line ends, without what a server on the way may have added or taken at the end."""
    lines = bytes(raw).replace(b"\r\n", b"\n")
    header, _blank, body = lines.partition(b"\n\n")
    return header[:HEADER_BYTES], body.rstrip()


def _fingerprint(recipient, message_id, fields, body):
    """A digest over recipient, Message-ID and body; where there is no Message-ID, over who wrote when about what.

    With our key: it outlives the words of a mail, and those of a vote are quickly guessed.
    """
    named = message_id or b"\0".join(fields.get(name, b"") for name in (b"from", b"date", b"subject"))
    said = b"\0".join((recipient.encode(), named, hashlib.sha256(body).digest()))
    return salted_hmac("alphorn.arrival", said, algorithm="sha256").hexdigest()


def _plain(value):
    """An address or id as the table may hold it: no controls, no halves of characters, 254 characters at most."""
    value = value.strip().strip("<>")
    return "".join(sign for sign in value if sign.isprintable()).encode("utf-8", "replace").decode()[:254]
