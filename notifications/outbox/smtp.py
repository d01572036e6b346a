"""One connection to a mail server, used for letter after letter: the dialogue of RFC 5321.

Where the server offers PIPELINING (RFC 2920) the commands of a letter leave in one write, and those of the next letter
travel behind the content of the one before it: one round trip a letter instead of four. smtplib opens the connection,
encrypts it and signs in; the letters themselves are written here.
"""

import contextlib
import re
import smtplib
import socket
import ssl
import time

from notifications import wire
from notifications.outbox.refusals import Refusal, Refused, Unanswered, Unfit, Unreachable

TIMEOUT = 30  # seconds, for each answer of a server
IDLE = 30  # seconds after which an unused connection is closed; many servers close it themselves after a minute
MOST_LINES = 100  # of one reply
MOST_REPLY = 8192  # bytes of one line of it
COMMANDS = ("MAIL", "RCPT", "DATA")
_FITS = re.compile(r"[!-;=?-~]+\Z")  # what can stand between < and > in a command


class Lost(Exception):
    """The connection is gone, or the server speaks another language."""


class Smtp:
    """Offers letters to one server and hands them over; connects when it has to, and again when it was left."""

    def __init__(self, *, host, port, user="", password="", security=""):
        self.host, self.port, self.user, self.password, self.security = host, port, user, password, security
        self.connection = None
        self.offered = None  # the letter whose content the server waits for
        self.ahead = None  # the letter whose commands have left already, behind the content before it
        self.used_at = 0.0
        self._ready = (None, b"")  # the letter whose bytes were asked for last, and they

    def offer(self, letter):
        """Name a letter to the server; returns when it waits for the content.

        Raises Refused, Unfit, or Unreachable. Nothing of the content has left, so whatever happens, nobody has it.
        """
        is_named, self.ahead = self.ahead is letter, None if self.ahead is letter else self.ahead
        if self.offered or self.ahead:  # and did not come: what is written now would become its content
            self._drop()
        if self.connection and self._try(letter, self._hear_offer if is_named else self._offer):
            return
        self._connect()
        try:
            self._offer(letter)
        except Lost as lost:
            self._drop()
            raise Refused(Refusal(421, "The server closed the connection when the letter was offered.")) from lost

    def _try(self, letter, offer):
        """Offer it over the connection there is. False when the server has closed it, as it may between two letters."""
        try:
            offer(letter)
        except Lost:
            self._drop()
        except Refused as answer:
            if answer.refusal.code != 421 or answer.refusal.stage != "MAIL":
                raise
        else:
            return True
        return False

    def hand_over(self, letter, following=None):
        """Send the content of the letter that was offered; returns after the 250. Raises Refused or Unanswered."""
        raw, commands = self._bytes(letter), self._commands(following)
        # RFC 5321 section 4.5.2; a line of one dot ends the content.
        content = raw.replace(b"\r\n.", b"\r\n..")
        if content.startswith(b"."):
            content = b"." + content
        end = b".\r\n" if content.endswith(b"\r\n") else b"\r\n.\r\n"
        try:
            self._write(content + end + commands)
            self.ahead = following if commands else None
            self.offered = None
            code, text = self._reply()
            if not 200 <= code < 600 or 300 <= code < 400:
                raise Lost(f"The server answered the content with {code}.")
        except Lost as lost:
            self._drop()
            raise Unanswered("The connection was lost before the server had answered.") from lost
        if code >= 400:
            self._refuse(code, text, "DATA")

    def rest(self):
        """Nothing was due: an idle connection is closed before the server loses patience."""
        if self.connection and time.monotonic() - self.used_at > IDLE:
            self.close()

    def close(self):
        """Say goodbye; where a letter was offered and nothing followed, just hang up."""
        if self.connection and self.ahead is None and self.offered is None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self.connection.quit()
        self._drop()

    # -- The dialogue ----------------------------------------------------------------------------------------------

    def _offer(self, letter):
        commands = self._envelope(letter)
        if self._is_pipelining:
            self._write(b"".join(commands))
            self._hear_offer(letter)
            return
        for stage, command in zip(COMMANDS, commands, strict=True):
            self._write(command)
            code, text = self._reply()
            if not self._is_yes(stage, code):
                self._refuse(code, text, stage)
        self.offered = letter

    def _hear_offer(self, letter):
        """Read the answers to the three commands; the first refusal is the letter's, whatever comes after it."""
        refused = None
        for stage in COMMANDS:
            code, text = self._reply()
            if not self._is_yes(stage, code):
                refused = refused or (code, text, stage)
                if code == 421:
                    break
            elif stage == "DATA" and refused:
                # It waits for content all the same: RFC 2920 section 3.1 has us send none, and hear it refused.
                self._write(b".\r\n")
                self._reply()
        if refused:
            self._refuse(*refused)
        self.offered = letter

    def _is_yes(self, stage, code):
        if not 200 <= code < 600:
            raise Lost(f"The server answered {stage} with {code}.")
        return code == 354 if stage == "DATA" else code < 300

    def _refuse(self, code, text, stage):
        """Raise the refusal; the connection is made fit for the next letter."""
        if code == 421:  # RFC 5321 section 3.8: the server closes the connection
            self._drop()
        elif self.ahead is None:
            try:
                self._write(b"RSET\r\n")
                self._reply()
            except Lost:
                self._drop()
        raise Refused(Refusal(code, text, stage))

    def _commands(self, following):
        """The commands of the next letter, where they may travel ahead; what is wrong with it is said in its turn."""
        if following is None or not self._is_pipelining:
            return b""
        with contextlib.suppress(Exception):
            return b"".join(self._envelope(following))
        return b""

    def _envelope(self, letter):
        raw, options = self._bytes(letter), ""
        if (most := self._most_bytes) and len(raw) > most:
            raise Unfit(f"The letter has {len(raw)} bytes, and {self.host} takes {most} at most.")
        if "size" in self.connection.esmtp_features:
            options += f" SIZE={len(raw)}"
        if not raw.isascii():
            options += " BODY=8BITMIME"
        try:
            recipient = wire.plain_address(letter.recipient)
        except ValueError as bad:
            raise Unfit(str(bad)) from bad
        if not _FITS.match(recipient) or (letter.sender and not _FITS.match(letter.sender)):
            raise Unfit("The address cannot be written in a command of SMTP.")
        return (
            f"MAIL FROM:<{letter.sender}>{options}\r\n".encode("ascii"),
            f"RCPT TO:<{recipient}>\r\n".encode("ascii"),
            b"DATA\r\n",
        )

    def _bytes(self, letter):
        """What travels: the letter's own bytes, or base64 where the server knows seven bits only (RFC 6152)."""
        if self._ready[0] is not letter:
            raw = bytes(letter.raw)
            self._ready = (letter, raw if raw.isascii() or self._is_eight_bit else wire.seven_bit(raw))
        return self._ready[1]

    # -- The connection --------------------------------------------------------------------------------------------

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
            server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except (smtplib.SMTPException, OSError) as problem:
            raise Unreachable(f"{self.host}:{self.port} cannot be used: {problem}"[:300]) from problem
        self.connection, self.ahead, self._ready = server, None, (None, b"")
        self._is_eight_bit = server.has_extn("8bitmime")
        self._is_pipelining = server.has_extn("pipelining")
        size = server.esmtp_features.get("size", "")
        self._most_bytes = int(size) if size.isdecimal() else 0

    def _drop(self):
        connection, self.connection, self.ahead, self.offered = self.connection, None, None, None
        if connection:
            connection.close()

    def _write(self, data):
        self.used_at = time.monotonic()
        try:
            self.connection.sock.sendall(data)
        except OSError as problem:
            raise Lost(str(problem)) from problem

    def _reply(self):
        """The next reply: (code, words). Lines of one reply are joined."""
        words = []
        for _line in range(MOST_LINES):
            try:
                line = self.connection.file.readline(MOST_REPLY)
            except OSError as problem:
                raise Lost(str(problem)) from problem
            if not line.endswith(b"\n") or not line[:3].isdigit() or line[3:4] not in (b" ", b"-", b"\r", b"\n"):
                raise Lost("The server closed the connection, or answered in no known form.")
            words.append(line[4:].strip().decode(errors="replace"))
            if line[3:4] != b"-":
                return int(line[:3]), " ".join(words)
        raise Lost("The server's answer has no end.")
