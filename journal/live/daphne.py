"""Lighter and harder websockets on Daphne: without what autobahn does for each connection and each frame only to have
something to log, and without what a client could make them hold or stumble over.

It copies 36 options into every connection and prints them nicely, and it colours the words of messages that nobody
reads: half of the time of a handshake, and 3 KB a connection. And it is told here which connections are ending. The
versions of both are pinned. Only who runs under Daphne imports this, for Twisted weighs 18 MB.
"""

import io

from autobahn.twisted import websocket
from autobahn.websocket import protocol
from daphne.http_protocol import WebRequest
from daphne.ws_protocol import WebSocketProtocol

from journal.live import straight

OPTIONS = frozenset(WebSocketProtocol.CONFIG_ATTRS)
MAX_FRAME = 4096  # bytes; Daphne keeps up to 1 MB of a frame that never ends, and all that is said here are pings
# Daphne fails over both where they hold what is not ASCII, and anybody could say with the first where the site stands.
UNHEARD = (b"Daphne-Root-Path", b"Sec-WebSocket-Protocol")


def lighten():
    """Let connections look up their options where they stand, colour nothing, and hold little of what they are sent."""
    WebSocketProtocol.CONFIG_ATTRS = []
    WebSocketProtocol.__getattr__ = look_up
    for module in (websocket, protocol):
        module.hltype = module.hlval = module.hlid = plain
    protocol.pformat = plain
    WebSocketProtocol.maxFramePayloadSize = WebSocketProtocol.maxMessagePayloadSize = MAX_FRAME
    WebRequest.process = hardened(WebRequest.process)
    WebSocketProtocol.sendCloseFrame = remembered(WebSocketProtocol.sendCloseFrame)
    WebSocketProtocol.dropConnection = remembered(WebSocketProtocol.dropConnection)


def hardened(process):
    """The same way to begin with a request, without the headers that are not heard here, and without the body of a
    handshake, which Daphne would read into memory.
    """

    def process_it(request):
        for name in UNHEARD:
            request.requestHeaders.removeHeader(name)
        if request.requestHeaders.getRawHeaders(b"Upgrade", [b""])[0].lower() == b"websocket":
            request.content = io.BytesIO()
        return process(request)

    return process_it


def remembered(end):
    """The same way to end a connection, after which `straight.write` does not write to it."""

    def end_it(connection, *args, **options):
        straight.ending.add(connection.transport)
        return end(connection, *args, **options)

    return end_it


def look_up(connection, name):
    if name in OPTIONS:
        return getattr(connection.factory, name)
    raise AttributeError(name)


def plain(value, *_, **__):
    return value
