"""The site itself under Daphne, with one more address that publishes: in the process that serves, as a deed does.

POST /publish?first=F&count=C records entries in one transaction, which is the bulk publisher: what it costs is told
apart from the fan-out, which begins when it has committed. A websocket goes to the site untouched.
"""

import json
import time
from urllib.parse import parse_qs

from asgiref.sync import sync_to_async
from django.db import transaction

from config import asgi
from forum.models import Thread
from journal import services


def publish(count):
    """Entries that a thread page draws; returns when it began, when it had committed, and their first number."""
    thread = Thread.objects.select_related("workspace__journal", "author").order_by("pk").first()
    begun, spent = time.monotonic_ns(), time.thread_time()
    with transaction.atomic():
        drafts = [services.Draft(verb="thread.pinned", about=thread, actor=thread.author) for _ in range(count)]
        entries = services.record_all(thread.journal, drafts)
    done, spent = time.monotonic_ns(), time.thread_time() - spent
    return {"begun": begun, "done": done, "first": entries[0].seq, "spent": spent}


async def application(scope, receive, send):
    if scope["type"] != "http" or scope["path"] != "/publish":
        return await asgi.application(scope, receive, send)
    asked = parse_qs(scope["query_string"].decode())
    said = await sync_to_async(publish, thread_sensitive=False)(int(asked["count"][0]))
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": json.dumps(said).encode()})
