"""Which wire a server allows: straight on Daphne without TLS or compression in the process, ordinary anywhere else."""

import contextlib
import random
import socket

from journal.live.straight import OPEN, Straight
from journal.live.wires import Ordinary, gone


class Stream:
    """What a stream has in place of a websocket's protocol."""

    def __init__(self):
        self.state = OPEN
        self.send_queue = ()


def websocket(send, busy):
    """The wire of an accepted websocket."""
    with contextlib.suppress(AttributeError, OSError):
        protocol = server_side(send)
        if protocol and protocol._perMessageCompress is None and is_plain(protocol.transport):
            # Those who came in the same second need not all be pinged in the same second, for ever after.
            protocol.last_ping -= random.random() * protocol.server.ping_interval  # noqa: S311  no secret
            return Straight("websocket", busy, protocol, protocol.transport, protocol.serverClose)
    return Ordinary("text", busy, send)


def stream(send, busy):
    """The wire of an HTTP response whose head was sent."""
    with contextlib.suppress(AttributeError, OSError):
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
