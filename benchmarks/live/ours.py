"""The site itself under Daphne, with one more address that publishes: in the process that serves, as a deed does.

POST /publish?first=F&count=C records entries in one transaction, which is the bulk publisher: what it costs is told
apart from the fan-out, which begins when it has committed. A websocket goes to the site untouched.
"""

import json
import os
import time
from urllib.parse import parse_qs

from asgiref.sync import sync_to_async
from django.db import transaction

from config import asgi
from consultations.hearings.models import Hearing
from consultations.hearings.services import captions
from forum.models import Thread
from journal import services

IS_HEARING = os.environ.get("PAGE") == "hearing"
SAID = "We measured eleven springs before and after the rains, with the herders, and found less than half of the water."


def publish(count):
    """Entries that a page draws; returns when it began, when it had committed, their first number, and its own work.

    On a thread that it was pinned, of a hearing a line of its transcript; a single one by the deed itself.
    """
    model = Hearing if IS_HEARING else Thread
    about = model.objects.select_related("workspace__journal").order_by("pk").first()
    chair = about.workspace.seats.get(role="moderator").member
    begun, spent = time.monotonic_ns(), time.thread_time()
    with transaction.atomic():
        if IS_HEARING:
            captions.say(by=chair, hearing=about, lines=[captions.Line(text=SAID)])
        drafts = [
            services.Draft(**(_caption if IS_HEARING else _pinned)(about, chair)) for _ in range(count - IS_HEARING)
        ]
        services.record_all(about.journal, drafts)
    done, spent = time.monotonic_ns(), time.thread_time() - spent
    about.journal.refresh_from_db(fields=["seq"])
    return {"begun": begun, "done": done, "first": about.journal.seq - count + 1, "spent": spent}


def _pinned(thread, chair):
    return {"verb": "thread.pinned", "about": thread, "actor": chair}


def _caption(hearing, chair):
    line = hearing.captions.latest("number")
    data = {"first": line.number, "last": line.number, "language": line.language}
    return {"verb": "caption.said", "about": line, "actor": chair, "data": data}


async def application(scope, receive, send):
    if scope["type"] != "http" or scope["path"] != "/publish":
        return await asgi.application(scope, receive, send)
    asked = parse_qs(scope["query_string"].decode())
    said = await sync_to_async(publish, thread_sensitive=False)(int(asked["count"][0]))
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": json.dumps(said).encode()})
