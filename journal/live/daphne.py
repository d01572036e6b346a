"""Lighter websockets on Daphne: what autobahn does for each connection and each frame only to have something to log.

It copies 36 options into every connection and prints them nicely, and it colours the words of messages that nobody
reads: half of the time of a handshake, and 3 KB a connection. The versions of both are pinned, and a test joins by
way of this.
"""

import sys


def lighten():
    """Let connections look up their options where they stand, and colour nothing; does nothing under other servers."""
    if "daphne.server" not in sys.modules:
        return
    from autobahn.twisted import websocket  # noqa: PLC0415  elsewhere they are not loaded, and weigh 18 MB
    from autobahn.websocket import protocol  # noqa: PLC0415
    from daphne.ws_protocol import WebSocketProtocol  # noqa: PLC0415

    options = frozenset(WebSocketProtocol.CONFIG_ATTRS)

    def look_up(connection, name):
        if name in options:
            return getattr(connection.factory, name)
        raise AttributeError(name)

    WebSocketProtocol.CONFIG_ATTRS = []
    WebSocketProtocol.__getattr__ = look_up
    for module in (websocket, protocol):
        module.hltype = module.hlval = module.hlid = _plain
    protocol.pformat = _plain


def _plain(value, *_, **__):
    return value
