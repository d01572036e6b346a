"""How frames reach one client: in order, and never more waiting than a bound.

A client that takes frames more slowly than they come has them wait here. Beyond the bound they are let go, and one
`snapshot` sends its page to a fresh copy of itself; so a slow client costs a bounded queue, and nobody else anything.

`Ordinary` goes through the `send` of any server; `journal.live.straight` is the way that is five times as fast.
"""

import asyncio
import json
import time
from collections import deque

from django.utils import timezone

from core import figures
from journal import chain
from journal.live import frames

BOUND = 256 * 1024  # bytes that may wait for one client
deliveries = figures.count("alphorn_live_deliveries_total", "Entries sent to clients, counted for each client.")
snapshots = figures.count("alphorn_live_snapshots_total", "Clients sent to a fresh copy of their page.")


def message(**members):
    """A frame that is no entry."""
    return frames.Frame(json.dumps(members, separators=(",", ":")))


def now():
    """The time of the server as frames say it."""
    return chain.moment(timezone.now())


def nowhere():
    """The file of a wire that has no socket to write to straight."""
    return -1


class Wire:
    """The way to one client. `put` takes what is new, `replay` what was missed, `say` a word besides."""

    __slots__ = ("backlog", "bound", "busy", "fileno", "form", "kept", "moved_at")

    def __init__(self, form, busy):
        self.form, self.busy, self.fileno = form, busy, nowhere
        self.backlog, self.kept, self.bound, self.moved_at = None, 0, BOUND, 0.0

    def put(self, piece, sent=None):
        """Send a piece, or keep it until the client takes it; neither blocks nor fails.

        sent: what the socket took of it when `straight.write` tried, -1 for an error.
        """
        raise NotImplementedError

    def replay(self, pieces):
        """Send what was missed, however much: its bound was set where it was read."""
        self.bound = BOUND + sum(piece.size for piece in pieces)
        for piece in pieces:
            self.put(piece)

    def say(self, frame, seq=0):
        """Send one frame that is no entry."""
        self.put(self.piece(frame, seq))

    def piece(self, frame, seq):
        if self.form == "websocket":
            content = frame.websocket
        elif self.form == "text":
            return frames.Piece((frame.text,), 1, seq, len(frame.payload))
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


class Ordinary(Wire):
    """Any connection of any server, through its `send`; a task waits for it."""

    __slots__ = ("asgi_send", "is_ending", "more", "task")

    def __init__(self, form, busy, send):
        super().__init__(form, busy)
        self.asgi_send, self.more, self.is_ending = send, asyncio.Event(), False
        self.backlog = deque()
        self.task = asyncio.get_running_loop().create_task(self.run())

    def put(self, piece, sent=None):
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
