"""The live page as a stream of Server-Sent Events, for networks that let no websocket through.

Served as an ASGI application beside Django's, as no thread may be held by it. The events are the frames of the
websocket, and their ids are what `since` is there.
"""

from django.conf import settings

from core import rates
from forum.live import kinds, sockets
from forum.live.doors import Ask, door
from journal.live import servers
from journal.live.hub import hub
from journal.live.reading import in_thread

OPENED_A_MINUTE = 30  # streams of one reader, or of one address where nobody is signed in
FROM_ONE_ADDRESS = 3000
HEAD = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # nginx would keep it back
    (b"x-content-type-options", b"nosniff"),
]


def is_asked_for(scope):
    """Whether a request is for a stream."""
    return scope["path"].startswith("/live/") and scope["path"].endswith("/events")


async def application(scope, receive, send):
    """Serve `GET /live/<kind>/<id>/events`."""
    headers = dict(scope["headers"])
    asked = sockets.kind_and_thing(scope["path"], "events")
    language, since = sockets.read_query(scope["query_string"])
    if b"last-event-id" in headers:
        since = kinds.since_of(headers[b"last-event-id"].decode("latin1"))
    session = sockets.session_of(headers)
    if scope["method"] != "GET":
        return await answer(send, 405, (b"allow", b"GET"))
    if not sockets.is_our_host(headers) or since is None:
        return await answer(send, 400)
    if asked is None or headers.get(b"sec-fetch-site", b"same-origin") not in (b"same-origin", b"none"):
        return await answer(send, 404)
    if wait := await in_thread(too_often)(session, scope):
        return await answer(send, 429, (b"retry-after", b"%d" % wait))
    ask = Ask(*asked, session)
    admission = await door().admit(ask)
    if admission is None:
        return await answer(send, 404)
    await send({"type": "http.response.start", "status": 200, "headers": HEAD})
    opening = b"retry: %d\n\n" % (1000 * hub().spread())
    await send({"type": "http.response.body", "body": opening, "more_body": True})
    page = sockets.open_page(ask, language, admission, since, servers.stream(send, hub().busy))
    try:
        await sockets.enter(page, ask, admission)
        while (await receive())["type"] != "http.disconnect":
            pass
    finally:
        hub().leave(page)


def too_often(session, scope):
    """The seconds to wait, where one reader opens too many streams; a hall full of people has one address."""
    if session and (wait := rates.wait("events", session, most=OPENED_A_MINUTE)):
        return wait
    return rates.wait("events", address_of(scope), most=FROM_ONE_ADDRESS)  # anybody can say a new session each time


def address_of(scope):
    """The visitor's address, as many proxies away as the settings say."""
    said = [value for name, value in scope["headers"] if name == b"x-forwarded-for"]
    hops = b",".join(said).decode("latin1").split(",") if said and settings.TRUSTED_PROXIES else []
    if len(hops) >= settings.TRUSTED_PROXIES > 0:
        return hops[-settings.TRUSTED_PROXIES].strip()[:60]
    return (scope.get("client") or ["unknown"])[0]


async def answer(send, status, *headers):
    """An empty answer; a browser tries again after none of these but 429 and 5xx."""
    head = [(b"content-length", b"0"), (b"cache-control", b"no-store"), *headers]
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": b""})
