"""What the first look at a mail finds in its headers: who it is, what it answers, when it was sent, its subject.

The whole archive is looked at before anything is written, so a head is small, and everything in it that is only
compared is a digest.
"""

import hashlib
import re
from dataclasses import dataclass

from notifications.archives import dates, subjects
from notifications.models.archives import KEY_BYTES
from notifications.reading import headers, mime

ALONE = "X-Answers-None"  # our own exports say so of what stands in a thread without answering a post of it
MOST_MESSAGE_ID = 900  # characters
MOST_ANCESTORS = 50  # mails a mail may say it answers, nearest first
NAMED = re.compile(rb"<([^<>]{1,998})>")
NOWHERE = "no-message-id.invalid"  # the domain of the ones made up here (RFC 2606)


@dataclass(frozen=True)
class Head:
    key: bytes  # of the Message-ID
    message_id: str
    body: bytes  # digest of the body as it stands
    ancestors: tuple  # keys of the mails it answers, nearest first
    sent: dates.Sent
    subject: bytes  # digest of what is alike in the subjects of a thread; empty when that tells nothing
    is_reply: bool
    is_mail: bool  # has it any header that mails have?
    has_own_id: bool
    is_alone: bool  # it belongs to the thread of what it answers, but hangs under nothing


@dataclass(frozen=True)
class _Name:
    """A Message-ID without its brackets; `is_whole` unless it had to be mended."""

    text: str
    is_whole: bool


@dataclass(frozen=True)
class Place:
    """A mail as a report names it."""

    message_id: str
    name: str
    start: int
    sent: int | None


def digest(*parts):
    """A short digest of text or bytes, for comparing."""
    total = hashlib.blake2b(digest_size=KEY_BYTES)
    for part in parts:
        total.update(part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass"))
        total.update(b"\0")
    return total.digest()


def read(raw, envelope, *, now):
    """The Head of a mail in bytes."""
    fields, body = fields_of(raw)
    mail = mime.Mail(fields=fields, content=[], types=[], parts=[], params={}, problems=[])
    body = digest(body.strip())
    own = _message_ids(mail.raw("message-id"))
    made_up = digest(mail.raw("from"), mail.raw("date"), mail.raw("subject"), body).hex()
    message_id = own[0].text if own else f"{made_up}@{NOWHERE}"
    likeness = subjects.likeness(mail.subject)
    return Head(
        key=digest(message_id),
        message_id=message_id,
        body=body,
        ancestors=tuple(map(digest, _ancestors(mail, message_id))),
        sent=dates.sent(mail, envelope, now=now),
        subject=digest(likeness) if likeness else b"",
        is_reply=subjects.bare(mail.subject)[1],
        is_mail=any(mail.has(name) for name in ("from", "date", "subject", "message-id", "to", "received")),
        has_own_id=bool(own),
        is_alone=mail.has(ALONE.lower()),
    )


def fields_of(raw):
    """(fields, body) of a mail's bytes with any line ends."""
    if b"\r" in raw:
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return headers.split(raw)


def _ancestors(mail, own):
    """Message-IDs of what a mail answers, nearest first: In-Reply-To, then the References from last to first.

    A name that was broken when its line was folded is mended by a guess, so it stands behind the last Reference.
    """
    answered, chain = _message_ids(mail.raw("in-reply-to")), _message_ids(mail.raw("references"))[::-1]
    sure = [name for name in answered if name.is_whole]
    named = [*sure, *chain[:1], *answered, *chain[1:]]
    return [name for name in dict.fromkeys(name.text for name in named) if name != own][:MOST_ANCESTORS]


def _message_ids(value):
    """The _Names in a field. Blanks inside one come from folding and are taken out."""
    found = NAMED.findall(value)
    if not found and b"@" in value:
        found = value.split()[:1]
    names = [(b"".join(name.split()), not re.search(rb"\s", name.strip())) for name in found]
    return [
        _Name(name.decode("utf-8", "replace").replace("\0", "")[:MOST_MESSAGE_ID], whole)
        for name, whole in names
        if name
    ]
