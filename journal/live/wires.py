"""How frames reach one client: straight into its socket while that is idle, and never more waiting than a bound.

A client that takes frames more slowly than they come has them wait here. Beyond the bound they are let go, and one
`snapshot` sends its page to a fresh copy of itself; so a slow client costs a bounded queue, and nobody else anything.

On Daphne a frame is given to the system by one call on the client's socket, without asyncio, Twisted's or autobahn's
layers between, as long as nothing waits in any of them; that is five times as fast as asking them. It needs some of
their private attributes (`straight` says which; their versions are pinned, and a test looks for each).
Anywhere else frames go through the server's own `send`.
"""

import asyncio
import contextlib
import ctypes
import json
import os
import socket
import time
from collections import deque

from core import figures
from journal.live import frames

OPEN = 3  # autobahn's STATE_OPEN
BOUND = 256 * 1024  # bytes that may wait for one client
IN_TRANSPORT = 48 * 1024  # of them in Twisted's buffer, which stops reading from a client at 64 KiB
KERNEL_BUFFER = 64 * 1024
STALLED = 180  # seconds without taking a byte after which a client is gone
snapshots = figures.count("alphorn_live_snapshots_total", "Clients sent to a fresh copy of their page.")
aborted = figures.count("alphorn_live_aborted_total", "Connections ended because the client took nothing for minutes.")


FLAGS = getattr(socket, "MSG_DONTWAIT", 0) | getattr(socket, "MSG_NOSIGNAL", 0)
try:
    # Python's own `send` lets go of the interpreter and has to win it back from the threads that answer requests, for
    # every client anew. This one keeps it, for the few microseconds that a call takes which never waits.
    send_now = ctypes.PyDLL(None).send
    send_now.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_int)
    send_now.restype = ctypes.c_ssize_t
except (AttributeError, OSError, TypeError):

    def send_now(file, content, size, flags):
        try:
            return os.write(file, content)
        except OSError:
            return -1


def message(**members):
    """A frame that is no entry."""
    return frames.Frame(json.dumps(members, separators=(",", ":")))


class Wire:
    """The way to one client. `put` takes what is new, `replay` what was missed, `say` a word besides."""

    __slots__ = ("backlog", "bound", "busy", "form", "kept", "moved_at")

    def __init__(self, form, busy):
        self.form, self.busy = form, busy
        self.backlog, self.kept, self.bound, self.moved_at = None, 0, BOUND, 0.0

    def put(self, piece):
        """Send a piece, or keep it until the client takes it; neither blocks nor fails."""
        raise NotImplementedError

    def replay(self, pieces):
        """Send what was missed, however much: its bound was set where it was read."""
        self.bound = BOUND + sum(piece.size for piece in pieces)
        for piece in pieces:
            self.put(piece)

    def say(self, frame, seq=0):
        """Send one frame that is no entry."""
        self.put(self.piece(frame, seq))

    def beat(self, seq):
        """Tell a stream that everything up to `seq` was said; browsers keep the number and show nothing."""
        content = b"id: %d\n\n" % seq
        content = frames.chunk(content) if self.form == "chunk" else content
        self.put(frames.Piece(content, 0, seq, len(content)))

    def piece(self, frame, seq):
        if self.form == "websocket":
            content = frame.websocket
        elif self.form == "text":
            content = (frame.text,)
        else:
            content = frames.event(seq, frame)
            content = frames.chunk(content) if self.form == "chunk" else content
        return frames.Piece(content, 1, seq, len(content))

    def keep(self, piece):
        """Let a piece wait; what is too much for the bound is let go, for a snapshot."""
        if self.backlog is None:
            self.backlog = deque()
            self.moved_at = time.monotonic()
            self.busy.add(self)
        self.backlog.append(piece)
        self.kept += piece.size
        if self.kept > self.bound:
            snapshots.add()
            self.backlog.clear()
            self.bound = BOUND
            last = self.piece(message(type="snapshot", seq=piece.seq), piece.seq)
            self.backlog.append(last)
            self.kept = last.size

    def drop(self):
        """Forget what waits: the client has left."""
        self.backlog, self.kept = None, 0
        self.busy.discard(self)


class Straight(Wire):
    """A websocket, or a stream over HTTP/1.1, on Daphne."""

    __slots__ = ("fileno", "protocol", "reply", "transport")

    def __init__(self, form, busy, protocol, transport, reply):
        super().__init__(form, busy)
        self.protocol, self.transport, self.reply = protocol, transport, reply
        self.fileno = transport.socket.fileno  # -1 once it is closed
        transport.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BUFFER)

    def put(self, piece):
        transport = self.transport
        protocol = self.protocol
        if (
            self.backlog is None
            and not transport._tempDataBuffer
            and not transport.dataBuffer
            and protocol.state == OPEN
            and not protocol.send_queue
        ):
            sent = send_now(self.fileno(), piece.content, piece.size, FLAGS)
            if sent != piece.size:  # full, or lost: then the transport meets the same error, and sees to it
                transport.write(piece.content[max(sent, 0) :])
        elif protocol.state == OPEN:
            if self.backlog is None and self.in_transport() + piece.size <= IN_TRANSPORT:
                transport.write(piece.content)
            else:
                self.keep(piece)

    def in_transport(self):
        transport = self.transport
        return len(transport.dataBuffer) - transport.offset + transport._tempDataLen

    @property
    def waiting(self):
        """Bytes that wait in this process."""
        return self.in_transport() + self.kept

    def pump(self):
        """Give the transport more of what waits, once it has passed on what it had."""
        if self.protocol.state != OPEN:
            return self.drop()
        now, held = time.monotonic(), self.in_transport()
        if held <= IN_TRANSPORT // 2:
            parts, size = [], 0
            while self.backlog and size < IN_TRANSPORT:
                piece = self.backlog.popleft()
                parts.append(piece.content)
                size += piece.size
            self.kept -= size
            self.transport.write(b"".join(parts))
            self.moved_at = now
            if not self.backlog:
                self.drop()
                self.bound = BOUND
        elif now - self.moved_at > STALLED:
            aborted.add()
            self.drop()
            self.transport.abortConnection()

    def close(self, code):
        """End the connection; what waits is let go."""
        self.drop()
        self.reply(code)


class Ordinary(Wire):
    """Any connection of any server, through its `send`; a task waits for it."""

    __slots__ = ("asgi_send", "is_ending", "more", "task")

    def __init__(self, form, busy, send):
        super().__init__(form, busy)
        self.asgi_send, self.more, self.is_ending = send, asyncio.Event(), False
        self.backlog = deque()
        self.task = asyncio.get_running_loop().create_task(self.run())

    def put(self, piece):
        if self.backlog is not None and not self.is_ending:
            self.keep(piece)
            self.more.set()

    @property
    def waiting(self):
        return self.kept

    def pump(self):
        """Nothing: the task does it."""

    async def run(self):
        try:
            while True:
                await self.more.wait()
                self.more.clear()
                while self.backlog:
                    piece = self.backlog.popleft()
                    self.kept -= piece.size
                    await self.pass_on(piece)
                    if isinstance(piece, Ending):
                        return
                self.bound = BOUND
        except Exception:  # the server says in its own way that the client has gone
            self.backlog = None

    async def pass_on(self, piece):
        if isinstance(piece, Ending):
            await self.asgi_send(piece.content)
        elif self.form == "text":
            for text in piece.content:
                await self.asgi_send({"type": "websocket.send", "text": text})
        else:
            await self.asgi_send({"type": "http.response.body", "body": piece.content, "more_body": True})

    def close(self, code):
        if self.backlog is not None:
            self.backlog.clear()
            self.kept = 0
            self.backlog.append(Ending(code, self.form))
            self.more.set()
            self.is_ending = True

    def drop(self):
        if not self.is_ending:  # the task ends when it has said so
            super().drop()
            self.task.cancel()


class Ending:
    """Stands among the pieces for the end of the connection."""

    size = 0

    def __init__(self, code, form):
        self.content = (
            {"type": "websocket.close", "code": code}
            if form == "text"
            else {"type": "http.response.body", "body": gone(code), "more_body": False}
        )


def gone(code):
    """The last event of a stream: a websocket says it with its close code."""
    return frames.event(0, message(type="gone", code=code))


class Stream:
    """What a stream has in place of a websocket's protocol."""

    def __init__(self):
        self.state = OPEN
        self.send_queue = ()


def websocket(send, busy):
    """The wire of an accepted websocket."""
    with contextlib.suppress(AttributeError):
        protocol = server_side(send)
        if protocol and protocol._perMessageCompress is None and is_plain(protocol.transport):
            return Straight("websocket", busy, protocol, protocol.transport, protocol.serverClose)
    return Ordinary("text", busy, send)


def stream(send, busy):
    """The wire of an HTTP response whose head was sent."""
    with contextlib.suppress(AttributeError):
        request = server_side(send)
        if request and request.chunked and is_plain(request.channel.transport):
            state = Stream()

            def reply(code):
                state.state = None
                request.handle_reply({"type": "http.response.body", "body": gone(code)})

            return Straight("chunk", busy, state, request.channel.transport, reply)
    return Ordinary("event", busy, send)


def server_side(send):
    """Daphne's side of a connection, out of the `send` it gave us; None with any other server."""
    bound = getattr(send, "func", None)
    if getattr(bound, "__name__", "") != "handle_reply" or not type(bound.__self__).__module__.startswith("daphne."):
        return None
    return send.args[0]


def is_plain(transport):
    """Whether this is a TCP connection as Twisted has it, without TLS in this process."""
    return (
        isinstance(transport.socket, socket.socket)
        and isinstance(transport._tempDataBuffer, list)
        and type(transport.dataBuffer) is bytes
        and type(transport.offset) is int
        and type(transport._tempDataLen) is int
        and not getattr(transport, "TLS", False)
    )
