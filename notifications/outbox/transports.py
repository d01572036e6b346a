"""Where letters leave the house: an SMTP server, a Maildir, or a list in memory (for tests). EMAIL_URL says which.

A transport takes one letter and returns when the other side has it for good. Otherwise it raises: `Later` (try this
letter again), `Never` (this letter will not be taken), `Unreachable` (nothing can be sent now; no letter's fault).
"""

import contextlib
import os
import smtplib
import ssl
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from notifications import wire

TIMEOUT = 30  # seconds, for each answer of a server


class Later(Exception):
    """A temporary refusal, or a connection lost before the answer: the same bytes are sent again later."""


class Never(Exception):
    """A permanent refusal of this letter."""


class Unreachable(Exception):
    """The server does not answer, or not as it should."""


class Memory:
    """Keeps (envelope sender, recipient, bytes) in `sent`, a list that all of its kind share."""

    sent: list[tuple[str, str, bytes]] = []

    def send(self, letter):
        self.sent.append((letter.sender, letter.recipient, bytes(letter.raw)))

    def close(self):
        """There is nothing to close."""


class Maildir:
    """One file a letter, named after its code: sending it again replaces the file instead of adding one."""

    def __init__(self, folder):
        self.folder = Path(folder)
        for part in ("tmp", "new", "cur"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)

    def send(self, letter):
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

    def close(self):
        """There is nothing to close."""


class Smtp:
    """One connection to a mail server, used again for letter after letter."""

    def __init__(self, *, host, port, user="", password="", security=""):
        self.host, self.port, self.user, self.password, self.security = host, port, user, password, security
        self.connection = None

    def send(self, letter):
        """Returns after the 250 that ends DATA."""
        server = self.connection or self._connect()
        raw = bytes(letter.raw)
        if not server.has_extn("8bitmime") and not raw.isascii():
            raw = wire.seven_bit(raw)
        options = [] if raw.isascii() or not server.has_extn("8bitmime") else ["body=8bitmime"]
        try:
            self._expect(server.mail(letter.sender, options))
            self._expect(server.rcpt(wire.plain_address(letter.recipient)))
            self._expect(server.data(raw))
        except smtplib.SMTPDataError as refusal:
            self._judge(refusal.smtp_code, refusal.smtp_error, refusal)
        except (smtplib.SMTPServerDisconnected, OSError) as lost:
            self.close()
            raise Later("The connection was lost before the server had answered.") from lost
        except ValueError as bad_address:
            self._reset()
            raise Never(str(bad_address)) from bad_address

    def close(self):
        connection, self.connection = self.connection, None
        if connection:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                connection.quit()
            connection.close()

    def _connect(self):
        try:
            if self.security == "ssl":
                server = smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT, context=ssl.create_default_context())
            else:
                server = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT)
            server.ehlo_or_helo_if_needed()
            if self.security == "starttls":
                server.starttls(context=ssl.create_default_context())
                server.ehlo()
            if self.user:
                server.login(self.user, self.password)
        except (smtplib.SMTPException, OSError) as problem:
            raise Unreachable(f"{self.host}:{self.port} cannot be used: {problem}"[:300]) from problem
        self.connection = server
        return server

    def _expect(self, answer):
        code, said = answer
        if not 200 <= code < 300:
            self._judge(code, said, None)

    def _judge(self, code, said, cause):
        """A 4xx is Later, a 5xx is Never. The connection is made fit for the next letter."""
        text = f"{code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"[:300]
        if code == 421:
            self.close()
        else:
            self._reset()
        raise (Never if 500 <= code < 600 else Later)(text) from cause

    def _reset(self):
        try:
            self.connection.rset()
        except (smtplib.SMTPException, OSError):
            self.close()


def from_url(url):
    """The transport that an EMAIL_URL names; raises ImproperlyConfigured for any other text."""
    if url in ("memory", "memory:", "memory://"):
        return Memory()
    parts = urlsplit(url)
    if parts.scheme == "maildir" and parts.path:
        return Maildir(unquote(parts.path))
    schemes = {"smtp": ("", 25), "smtp+tls": ("starttls", 587), "smtps": ("ssl", 465), "smtp+ssl": ("ssl", 465)}
    if parts.scheme in schemes and parts.hostname:
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
