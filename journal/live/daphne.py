"""Lighter websockets on Daphne: what autobahn does for each connection and each frame only to have something to log.

It copies 36 options into every connection and prints them nicely, and it colours the words of messages that nobody
reads: half of the time of a handshake, and 3 KB a connection. The versions of both are pinned. Only who runs under
Daphne imports this, for Twisted weighs 18 MB.
"""

from autobahn.twisted import websocket
from autobahn.websocket import protocol
from daphne.ws_protocol import WebSocketProtocol

OPTIONS = frozenset(WebSocketProtocol.CONFIG_ATTRS)


def lighten():
    """Let connections look up their options where they stand, and colour nothing."""
    WebSocketProtocol.CONFIG_ATTRS = []
    WebSocketProtocol.__getattr__ = look_up
    for module in (websocket, protocol):
        module.hltype = module.hlval = module.hlid = plain
    protocol.pformat = plain


def look_up(connection, name):
    if name in OPTIONS:
        return getattr(connection.factory, name)
    raise AttributeError(name)


def plain(value, *_, **__):
    return value
