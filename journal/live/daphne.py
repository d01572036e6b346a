"""Lighter websockets on Daphne: what autobahn does for each connection and each frame only to have something to log.

It copies 36 options into every connection and prints them nicely, and it colours the words of messages that nobody
reads: half of the time of a handshake, and 3 KB a connection. And it is told here which connections are ending. The
versions of both are pinned. Only who runs under Daphne imports this, for Twisted weighs 18 MB.
"""

from autobahn.twisted import websocket
from autobahn.websocket import protocol
from daphne.ws_protocol import WebSocketProtocol

from journal.live import straight

OPTIONS = frozenset(WebSocketProtocol.CONFIG_ATTRS)


def lighten():
    """Let connections look up their options where they stand, and colour nothing."""
    WebSocketProtocol.CONFIG_ATTRS = []
    WebSocketProtocol.__getattr__ = look_up
    for module in (websocket, protocol):
        module.hltype = module.hlval = module.hlid = plain
    protocol.pformat = plain
    WebSocketProtocol.sendCloseFrame = remembered(WebSocketProtocol.sendCloseFrame)
    WebSocketProtocol.dropConnection = remembered(WebSocketProtocol.dropConnection)


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
