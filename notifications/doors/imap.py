"""The mailbox door: for operators without a mail server, a mailbox somewhere is looked into and emptied.

A mail is stored first and only then removed from the mailbox, so whoever is killed in between finds it again, and the
arrival it becomes is the one it was. Nothing else is remembered here, and nothing of the server's numbering outlives a
connection.
"""

import contextlib
import imaplib
import logging
import re
import time
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import imap_tools
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import close_old_connections

from notifications import inbound
from notifications.doors import gate, heads
from notifications.intake import oversize

logger = logging.getLogger(__name__)

TIMEOUT = 60  # seconds, for each answer of the server
IDLE_SECONDS = 300  # after which a server that pushes is asked all the same
STOP_SECONDS = 1.0  # how long it may take until a stop is heard while waiting
PAUSES = (5, 300)  # seconds before a new connection: the first pause, doubled each time, and the longest
AT_ONCE = 50  # mails stored before they are removed from the mailbox together
LATER_SECONDS = 600  # until a mail over a limit is looked at again
HEAD_BYTES = 256_000  # of a mail that are fetched to see whom it is for
LOST = (OSError, imaplib.IMAP4.error, imap_tools.ImapToolsError)

_SIZE = re.compile(rb"RFC822\.SIZE (\d{1,12})")


@dataclass(frozen=True)
class Place:
    """Where the mailbox is; `security` is ssl, starttls or "" for none."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    security: str


def place_from(url):
    """The mailbox an IMAP_URL names; raises ImproperlyConfigured for any other text."""
    schemes = {"imaps": ("ssl", 993), "imap+tls": ("starttls", 143), "imap": ("", 143)}
    parts = urlsplit(url)
    if parts.scheme not in schemes or not parts.hostname or not parts.username:
        raise ImproperlyConfigured(
            "IMAP_URL is none of imaps://user:password@host/INBOX, imap+tls://..., imap://... "
            "Set it to the mailbox that receives the mail of REPLY_DOMAIN."
        )
    security, port = schemes[parts.scheme]
    return Place(
        host=parts.hostname,
        port=parts.port or port,
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        security=security,
    )


def keep_looking(place, should_stop, say=logger.info):
    """Take in what comes until should_stop() is true; a lost connection is opened again after growing pauses."""
    pause, longest = PAUSES
    while not should_stop():
        try:
            with connect(place) as mailbox:
                say(f"Looking into the mailbox at {place.host}:{place.port}.")
                door = Mailbox(mailbox)
                while not should_stop():
                    if not door.look():
                        pause = PAUSES[0]
                        _wait(mailbox, should_stop)
        except (*LOST, inbound.NotStored) as problem:
            logger.warning("The mailbox at %s waits %d s: %s", place.host, pause, _told(problem))
            close_old_connections()
            _rest(pause, should_stop)
            pause = min(pause * 2, longest)


def look_once(place):
    """Take in all that is there now; returns how many mails were taken. Raises what stands in LOST, or NotStored."""
    with connect(place) as mailbox:
        door = Mailbox(mailbox)
        while door.look():
            pass
        return door.taken


@contextlib.contextmanager
def connect(place):
    """The mailbox, open at its folder."""
    kinds = {"ssl": imap_tools.MailBox, "starttls": imap_tools.MailBoxStartTls, "": imap_tools.MailBoxUnencrypted}
    mailbox = kinds[place.security](place.host, place.port, timeout=TIMEOUT)
    try:
        mailbox.login(place.user, place.password, initial_folder=place.folder)
        yield mailbox
    finally:
        with contextlib.suppress(*LOST):
            mailbox.logout()


class Mailbox:
    """An open mailbox. `look()` takes some mails in and says whether it found any; `taken` counts them."""

    def __init__(self, mailbox):
        self.mailbox = mailbox
        self.later = {}  # uid: until when it waits
        self.taken = 0

    def look(self):
        close_old_connections()
        now = time.monotonic()
        waiting = {uid for uid, until in self.later.items() if until > now}
        uids = [uid for uid in self.mailbox.uids("UNDELETED") if uid not in waiting][:AT_ONCE]
        taken, aside = [], []
        try:
            for uid in uids:
                becomes = self._take(uid)
                if becomes == "later":
                    self.later[uid] = now + LATER_SECONDS
                elif becomes:
                    (taken if becomes == "taken" else aside).append(uid)
        finally:
            self._put_away(taken, settings.IMAP_TAKEN)
            self._put_away(aside, settings.IMAP_ASIDE)
            self.taken += len(taken)
        return bool(taken or aside)

    def _take(self, uid):
        """Store one mail; returns "taken", "aside", "later", or "" when it has gone."""
        size, head = self._head(uid)
        if head is None:
            return ""
        fields = heads.fields(head)
        sender = heads.sender(fields)
        recipients = [found for found in heads.recipients(fields) if gate.ask(found, sender).is_open]
        if not recipients:
            logger.warning("A mail in the mailbox is for no address of ours; it was put into %s", settings.IMAP_ASIDE)
            return "aside"
        envelopes = [inbound.Envelope(recipient=found, sender=sender, door="imap") for found in recipients]
        if size > settings.MAX_MAIL_BYTES:
            oversize.note(head, envelopes[0], size)
            return "aside"
        raw = self._fetch(uid, "BODY.PEEK[]")[1]
        try:
            for envelope in envelopes if raw is not None else ():
                inbound.accept(raw, envelope)
        except inbound.OverLimit:
            return "later"
        return "taken" if raw is not None else ""

    def _head(self, uid):
        """(bytes of the mail, its header)"""
        said, head = self._fetch(uid, f"RFC822.SIZE BODY.PEEK[HEADER]<0.{HEAD_BYTES}>")
        size = _SIZE.search(said)
        return int(size[1]) if size else 0, head

    def _fetch(self, uid, what):
        """(what the server said around it, the bytes), which are None for a mail that is not there any more."""
        status, answers = self.mailbox.client.uid("FETCH", uid, f"({what})")
        if status != "OK":
            raise imaplib.IMAP4.error(f"FETCH answered {status}")
        pairs = [answer for answer in answers if isinstance(answer, tuple)]
        said = b" ".join(part if isinstance(part, bytes) else part[0] for part in answers if part)
        return said, pairs[0][1] if pairs else None

    def _put_away(self, uids, folder):
        """Move mails into a folder, which is made when it is not there; without a name they are deleted."""
        if not uids:
            return
        if not folder:
            self.mailbox.delete(uids)
            return
        if not self.mailbox.folder.exists(folder):
            self.mailbox.folder.create(folder)
        self.mailbox.move(uids, folder)


def _wait(mailbox, should_stop):
    """Until something may have come: the server says so, or enough time has passed."""
    if "IDLE" not in mailbox.client.capabilities:
        _rest(settings.IMAP_SECONDS, should_stop)
        return
    until = time.monotonic() + IDLE_SECONDS
    with mailbox.idle as idle:
        if _has_heard(mailbox.client):
            return
        while not should_stop() and time.monotonic() < until:
            begun = time.monotonic()
            # It also returns early when the connection is lost, which ending IDLE then finds out.
            if idle.poll(timeout=STOP_SECONDS) or time.monotonic() - begun < STOP_SECONDS / 2:
                return


def _has_heard(client):
    """Did the server say something together with its consent to IDLE? It is read already, so the socket is silent."""
    before = client.sock.gettimeout()
    client.sock.settimeout(0)
    try:
        return bool(client._get_line())
    except (OSError, imaplib.IMAP4.abort):  # nothing there; a lost connection is found out a moment later
        return False
    finally:
        client.sock.settimeout(before)


def _rest(seconds, should_stop):
    until = time.monotonic() + seconds
    while not should_stop() and time.monotonic() < until:
        time.sleep(min(STOP_SECONDS, max(0, until - time.monotonic())))


def _told(problem):
    """What went wrong, without what a server may repeat of a login."""
    text = str(problem).replace(settings.IMAP_URL, "IMAP_URL") if settings.IMAP_URL else str(problem)
    return f"{type(problem).__name__} {text[:200]}"
