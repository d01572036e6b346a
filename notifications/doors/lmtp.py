"""The LMTP door (RFC 2033): a mail is stored before it is accepted, and every recipient gets an answer of their own.

Mails that come at the same time share one transaction, for each waits on the disk only once: a thread of its own
writes what has gathered, and each client hears 250 after the commit its mail was in.
"""

import asyncio
import contextlib
import logging
import queue
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from aiosmtpd.lmtp import LMTP
from django.conf import settings
from django.db import connection

from notifications import inbound
from notifications.doors import gate, policy

logger = logging.getLogger(__name__)

GATHER_SECONDS = 0.002  # how long a batch waits for more; below what a commit takes
MOST_IN_BATCH = 200
MOST_BYTES_IN_BATCH = 16_000_000
MOST_RECIPIENTS = 100  # of one mail, each of whom gets a copy; RFC 5321 section 4.5.3.1.8 asks for as many
KNOWN_SECONDS = 10  # for which an open address needs no second look
SLOW_SECONDS = 60  # for which who sent too much hears so before they send the mail
MOST_REMEMBERED = 10_000
MOST_CONNECTIONS = 200
COMMAND_TIMEOUT = 300  # seconds, RFC 5321 section 4.5.3.2; also for the whole of a mail, however slowly it drips in
COMMAND_BYTES = 4_096  # of a line outside of a mail
# No mail server needs as many in one connection. Mails and their recipients are not counted.
CALLS = {"NOOP": 100, "HELP": 20, "VRFY": 20, "EXPN": 20, "LHLO": 20, "*": 1_000_000_000}

STORED = "250 2.0.0 stored"
TOO_MANY = "452 4.5.3 too many recipients, please send the rest in another mail"
TRY_LATER = "451 4.3.0 cannot be stored now, please try again"
SLOW_DOWN = "451 4.7.1 {}, please try again later"
FULL = "421 4.3.2 too many connections, please try again later"
TOO_LARGE = "552 5.3.4 the mail is larger than {} bytes"


class Writer:
    """The thread that stores mails, a batch in each transaction."""

    def __init__(self):
        self.waiting = queue.SimpleQueue()
        self.thread = threading.Thread(target=self._work, name="mail writer", daemon=True)

    def start(self):
        self.thread.start()

    def stop(self):
        """Store what waits, then end."""
        self.waiting.put(None)
        self.thread.join()

    async def store(self, raw, envelope):
        """Store one mail; returns None, or the NotStored it met."""
        loop = asyncio.get_running_loop()
        done = loop.create_future()
        self.waiting.put(((raw, envelope), done, loop))
        return await done

    def _work(self):
        stopping = False
        while not stopping:
            batch, stopping = self._gather()
            if batch:
                self._write(batch)
        connection.close()

    def _gather(self):
        """The next batch, and whether it is the last."""
        batch, size, until = [], 0, None
        while len(batch) < MOST_IN_BATCH and size < MOST_BYTES_IN_BATCH:
            try:
                found = self.waiting.get(timeout=None if until is None else max(0, until - time.monotonic()))
            except queue.Empty:
                break
            if found is None:
                return batch, True
            batch.append(found)
            size += len(found[0][0])
            until = until or time.monotonic() + GATHER_SECONDS
        return batch, False

    def _write(self, batch):
        try:
            results = inbound.accept_all([mail for mail, _done, _loop in batch])
        except Exception as error:
            logger.exception("%d mails could not be stored", len(batch))
            results = [inbound.NotStored(str(error))] * len(batch)
        if any(results):
            _reconnect()
        for (_mail, done, loop), result in zip(batch, results, strict=True):
            with contextlib.suppress(RuntimeError):  # its loop has ended
                loop.call_soon_threadsafe(_finish, done, result)


def _finish(done, result):
    if not done.done():
        done.set_result(result)


class Door(LMTP):
    """The protocol. One answer for each recipient after DATA, refusals for size included.

    Lines are bounded while commands are read, so that nobody fills the memory with one; a text may be a single line,
    as some programs write them, and is bounded by the size of the mail.
    """

    line_length_limit = settings.MAX_MAIL_BYTES + 1_000

    def connection_made(self, transport):
        super().connection_made(transport)
        self._reader._limit = COMMAND_BYTES
        if not self.event_handler.enter(self):
            transport.write(f"{FULL}\r\n".encode())
            transport.close()

    def connection_lost(self, error):
        self.event_handler.leave(self)
        super().connection_lost(error)

    async def smtp_DATA(self, arg):
        self._recipients = len(self.envelope.rcpt_tos) if self.envelope else 0
        self._reader._limit = self.line_length_limit
        await super().smtp_DATA(arg)
        self._reader._limit = COMMAND_BYTES
        self._recipients = 0

    async def push(self, status):
        if status.startswith(("500 Line", "552 Error")):
            status = TOO_LARGE.format(self.data_size_limit)
            if getattr(self, "_recipients", 0) > 1:
                status = "\r\n".join([status] * self._recipients)
        await super().push(status)


class Memory:
    """What was true a moment ago, for so many seconds; bounded, for its keys come from outside."""

    def __init__(self, seconds):
        self.seconds, self.until = seconds, {}

    def __contains__(self, key):
        return self.until.get(key, 0) > time.monotonic()

    def add(self, key):
        if len(self.until) >= MOST_REMEMBERED:
            self.until.clear()
        self.until[key] = time.monotonic() + self.seconds


class Handler:
    """What happens at each command."""

    def __init__(self, writer, checks):
        self.writer = writer
        self.checks = checks
        self.doors = set()
        self.open = Memory(KNOWN_SECONDS)  # recipients that every sender may write to
        self.slow = Memory(SLOW_SECONDS)  # senders, and their mails' recipients, who sent too much

    def enter(self, door):
        """Is there room for one more connection?"""
        if len(self.doors) >= MOST_CONNECTIONS:
            return False
        self.doors.add(door)
        return True

    def leave(self, door):
        self.doors.discard(door)

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        if address.lower() in self.slow:
            return SLOW_DOWN.format("too much from this sender")
        envelope.mail_from = address
        envelope.mail_options.extend(mail_options)
        return "250 2.1.0 ok"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return TOO_MANY
        try:
            refusal = await self.refusal(address, _sender(envelope))
        except inbound.NotStored:
            return TRY_LATER
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def refusal(self, address, sender):
        """Why mail from this sender to this address is refused, as SMTP says it; "" when it is not."""
        verdict = await self._ask(address, sender)
        if not verdict.is_open:
            return f"550 {verdict.status} {verdict.reason}"
        if sender and sender.lower() in self.slow:
            return SLOW_DOWN.format("too much from this sender")
        return SLOW_DOWN.format("too much to this address") if ("to", address.lower()) in self.slow else ""

    async def _ask(self, address, sender):
        """Ask the database where it is needed, and not again for what was open a moment ago."""
        key = address.lower()
        if key in self.open:
            return gate.OPEN
        verdict = gate.needs_no_database(address)
        if verdict is None:
            verdict = await asyncio.get_running_loop().run_in_executor(self.checks, _ask, address, sender)
            if verdict.is_open and verdict.is_for_all:
                self.open.add(key)
        return verdict

    async def handle_DATA(self, server, session, envelope):
        sender = _sender(envelope)
        mails = [inbound.Envelope(recipient=recipient, sender=sender) for recipient in envelope.rcpt_tos]
        stored = await asyncio.gather(*(self.writer.store(envelope.content, mail) for mail in mails))
        for mail, result in zip(mails, stored, strict=True):
            if isinstance(result, inbound.OverLimit) and result.key in ("envelope_sender", "recipient"):
                self.slow.add(
                    mail.sender.lower() if result.key == "envelope_sender" else ("to", mail.recipient.lower())
                )
        return "\r\n".join(_status(result) for result in stored)

    async def handle_exception(self, error):
        logger.error("The LMTP door met an error", exc_info=error)
        return TRY_LATER


def _sender(envelope):
    return "" if envelope.mail_from in (None, "<>") else envelope.mail_from


def _ask(address, sender):
    try:
        return gate.ask(address, sender)
    except inbound.NotStored:
        _reconnect()
        raise


def _reconnect():
    """Let go of a connection that failed: the next query opens another."""
    if not connection.in_atomic_block:
        connection.close()


def _status(result):
    if result is None:
        return STORED
    return SLOW_DOWN.format(result) if isinstance(result, inbound.OverLimit) else TRY_LATER


@contextlib.asynccontextmanager
async def serve(host, port, policy_port=0):
    """Open the door; yields the port it is at (0 chooses a free one), and closes it when the block ends.

    policy_port: where Postfix may ask beforehand; 0 for nowhere.
    """
    writer = Writer()
    checks = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail checks")
    handler = Handler(writer, checks)
    loop = asyncio.get_running_loop()

    def protocol():
        return Door(
            handler,
            hostname=settings.REPLY_DOMAIN,
            ident="Alphorn",
            data_size_limit=settings.MAX_MAIL_BYTES,
            enable_SMTPUTF8=True,
            timeout=COMMAND_TIMEOUT,
            command_call_limit=CALLS,
            loop=loop,
        )

    servers = [await loop.create_server(protocol, host, port)]
    if policy_port:
        asked = policy.Policy(handler)
        servers.append(await asyncio.start_server(asked.serve, host, policy_port, limit=policy.LINE_BYTES))
    writer.start()
    try:
        yield servers[0].sockets[0].getsockname()[1]
    finally:
        for server in servers:
            server.close()
        await loop.run_in_executor(None, writer.stop)
        checks.submit(lambda: connection.close()).result()  # the connection of that thread
        checks.shutdown()
