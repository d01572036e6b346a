"""The doors of the web process: HTTP to Django, and live pages, by websocket or as a stream, to the forum's.

Neither may be wrapped: live pages look at the server behind `send` to write to their clients at once.
"""

import gc
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup(set_prefix=False)

from core.handler import PooledHandler  # noqa: E402  what follows needs the apps to be loaded
from forum.live import events, guard, sockets  # noqa: E402
from journal.live import gauges  # noqa: E402
from journal.live.hub import guarded_by  # noqa: E402

if "daphne.server" in sys.modules:
    from journal.live import daphne

    daphne.lighten()
pages = PooledHandler()
guarded_by(guard)
gauges.register()


async def application(scope, receive, send):
    if scope["type"] == "websocket":
        await sockets.application(scope, receive, send)
    elif scope["type"] == "http" and events.is_asked_for(scope):
        await events.application(scope, receive, send)
    else:
        await pages(scope, receive, send)


# What is loaded stays: it need not be looked through for garbage each time thousands of connections come.
gc.collect()
gc.freeze()
