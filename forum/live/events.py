"""The live page as a stream of Server-Sent Events, for networks that let no websocket through.

Served as an ASGI application beside Django's, as no thread may be held by it. The events are the frames of the
websocket, and their ids are what `since` is there.
"""

from django.conf import settings

from core import rates, visitors
from forum.live import crowds, kinds, sockets
from forum.live.doors import Ask, Unanswered, door
from journal.live import servers
from journal.live.hub import hub
from journal.live.reading import in_thread

OPENED_A_MINUTE = 30  # streams of one reader, or of one address where nobody is signed in
FROM_ONE_ADDRESS = 3000
TRY_LATER = (b"retry-after", b"60")
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
    address = visitors.address_of_connection(scope)
    if wait := await in_thread(too_often)(session, address):
        return await answer(send, 429, (b"retry-after", b"%d" % wait))
    ask = Ask(*asked, session)
    with crowds.Visit() as visit:
        if not visit.fits(address, settings.LIVE_PAGES_PER_ADDRESS):
            return await answer(send, 429, TRY_LATER)
        try:
            admission = await door().admit(ask)
        except Unanswered:
            return await answer(send, 503, TRY_LATER)
        if admission is None:
            return await answer(send, 404)
        if admission.member_id and not visit.fits(admission.member_id, settings.LIVE_PAGES_PER_MEMBER):
            return await answer(send, 429, TRY_LATER)
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


def too_often(session, address):
    """The seconds to wait, where one reader opens too many streams; a hall full of people has one address."""
    if session and (wait := rates.wait("events", session, most=OPENED_A_MINUTE)):
        return wait
    return rates.wait("events", address, most=FROM_ONE_ADDRESS)  # anybody can say a new session each time


async def answer(send, status, *headers):
    """An empty answer; a browser tries again after none of these but 429 and 5xx."""
    head = [(b"content-length", b"0"), (b"cache-control", b"no-store"), *headers]
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": b""})
