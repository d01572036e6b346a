"""Straight into the client's socket while that is idle, without asyncio, Twisted's or autobahn's layers between.

On Daphne a frame is given to the system by one call on the client's socket, as long as nothing waits in any of those
layers; else it goes the way of all others, behind what waits. `write` does that for many clients: whether something
waits is asked once for all of them, for what is asked of each is most of what Python adds to a call of the system.
It needs some of their private attributes, whose versions are pinned; `journal.live.servers` looks for each before it
comes to this.
"""

import ctypes
import os
import socket
import sys
import time
import weakref

from core import figures
from journal.live.wires import BOUND, Wire

OPEN = 3  # autobahn's STATE_OPEN
IN_TRANSPORT = 48 * 1024  # bytes in Twisted's buffer, which stops reading from a client at 64 KiB
KERNEL_BUFFER = 64 * 1024
STALLED = 180  # seconds without taking a byte after which a client is gone
aborted = figures.count("alphorn_live_aborted_total", "Connections ended because the client took nothing for minutes.")
FLAGS = getattr(socket, "MSG_DONTWAIT", 0) | getattr(socket, "MSG_NOSIGNAL", 0)
try:
    # Python's own `send` lets go of the interpreter and has to win it back from the threads that answer requests, for
    # every client anew. This one keeps it, for the few microseconds that a call takes which never waits.
    send_now = ctypes.PyDLL(None).send
    send_now.restype = ctypes.c_ssize_t
except (AttributeError, OSError, TypeError):

    def send_now(file, content, size, flags):
        try:
            return os.write(file, content._obj)
        except OSError:
            return -1


# Transports over which a goodbye was said, which nothing may follow (RFC 6455 section 5.5.1), or that are given up.
ending = weakref.WeakSet()


def occupied(busy):
    """Files of the sockets that may not be written to straight now: something waits for them, or they are ending.

    busy: the wires that have a backlog. What waits in Twisted waits for its reactor to find the socket writable.
    """
    reactor = sys.modules.get("twisted.internet.reactor")
    writers = reactor.getWriters() if reactor else ()
    return {-1, *(one.fileno() for group in (busy, writers, ending) for one in group)}


def write(pages, piece, occupied):
    """Write a piece to those `(page, fileno)` whose sockets are idle; returns `(page, bytes taken)` of all others.

    The bytes taken of one that was not tried are None. Nothing else may run between `occupied`, this, and what is done
    with those that are returned.
    """
    if type(piece.content) is not bytes:
        return [(page, None) for page, _ in pages]
    content, size = as_arguments(piece)
    whole, others = piece.size, []
    for page, fileno in pages:
        if (file := fileno()) in occupied:
            others.append((page, None))
        elif (sent := send_now(file, content, size, FLAGS)) != whole:
            others.append((page, sent))
    return others


def as_arguments(piece):
    """Content and size as C takes them, made once for all calls."""
    return ctypes.c_char_p.from_param(piece.content), ctypes.c_size_t.from_param(piece.size)


class Straight(Wire):
    """A websocket, or a stream over HTTP/1.1, on Daphne."""

    __slots__ = ("protocol", "reply", "transport")

    def __init__(self, form, busy, protocol, transport, reply):
        super().__init__(form, busy)
        self.protocol, self.transport, self.reply = protocol, transport, reply
        self.fileno = transport.socket.fileno  # -1 once it is closed
        transport.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BUFFER)

    def put(self, piece, sent=None):
        transport = self.transport
        protocol = self.protocol
        if (
            self.backlog is None
            and not transport._tempDataBuffer
            and not transport.dataBuffer
            and protocol.state == OPEN
            and not protocol.send_queue
        ):
            if sent is None:
                sent = send_now(self.fileno(), *as_arguments(piece), FLAGS)
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
            ending.add(self.transport)
            self.transport.abortConnection()

    def close(self, code):
        """End the connection; what waits is let go."""
        self.drop()
        self.reply(code)
