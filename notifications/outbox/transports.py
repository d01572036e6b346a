"""Where letters leave the house: an SMTP server, a Maildir, or a list in memory (for tests). EMAIL_URL says which.

A transport is asked twice for each letter, so that the letter can be marked in between:

    offer(letter)                    returns when the other side waits for its content
    hand_over(letter, following)     returns when the other side has it for good; `following` is the letter offered next

`rest()` is called when nothing was due, `close()` when work ends. What offering and handing over may end in, other than
well, stands in `refusals`.
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from notifications.outbox.refusals import Unreachable
from notifications.outbox.smtp import Smtp


class Memory:
    """Keeps (envelope sender, recipient, bytes) in `sent`, a list that all of its kind share."""

    sent: list[tuple[str, str, bytes]] = []

    def offer(self, letter):
        """A list is always ready."""

    def hand_over(self, letter, following=None):
        self.sent.append((letter.sender, letter.recipient, bytes(letter.raw)))

    def rest(self):
        """There is no connection."""

    close = rest


class Maildir:
    """One file a letter, named after its code: sending it again replaces the file instead of adding one."""

    def __init__(self, folder):
        self.folder = Path(folder)
        for part in ("tmp", "new", "cur"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)

    def offer(self, letter):
        """A folder is always ready; whether the disk is full shows only when it is written to."""

    def hand_over(self, letter, following=None):
        name = f"{int(letter.created_at.timestamp())}.{letter.code:x}.alphorn"
        draft = self.folder / "tmp" / name
        try:
            with draft.open("wb") as file:
                file.write(bytes(letter.raw))
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self.folder / "new" / name)
        except OSError as problem:
            raise Unreachable(f"The Maildir cannot be written: {problem.strerror}") from problem

    def rest(self):
        """There is no connection."""

    close = rest


def _has_a_port_or_none(parts):
    try:
        return parts.port is None or parts.port > 0
    except ValueError:
        return False


def from_url(url):
    """The transport that an EMAIL_URL names; raises ImproperlyConfigured for any other text."""
    if url in ("memory", "memory:", "memory://"):
        return Memory()
    parts = urlsplit(url)
    if parts.scheme == "maildir" and parts.path:
        return Maildir(unquote(parts.path))
    schemes = {"smtp": ("", 25), "smtp+tls": ("starttls", 587), "smtps": ("ssl", 465), "smtp+ssl": ("ssl", 465)}
    if parts.scheme in schemes and parts.hostname and _has_a_port_or_none(parts):
        security, port = schemes[parts.scheme]
        return Smtp(
            host=parts.hostname,
            port=parts.port or port,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            security=security,
        )
    raise ImproperlyConfigured(
        "EMAIL_URL is none of smtp://user:password@host:port, smtp+tls://..., smtps://..., maildir:///path, memory. "
        "Set it to one of them, for example smtp://localhost:25."
    )
