"""The websocket of a live page: says what happened since the page was made, and goes on saying it.

It only speaks: writing goes over HTTP, and all a page may send is a ping. This is an ASGI application of its own and
no consumer of Channels, whose three tasks and two queues would cost more for each page than all the rest.
"""

import json
import time
from functools import lru_cache
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.http import parse_cookie
from django.http.request import split_domain_port, validate_host

from core import visitors
from forum.live import crowds, kinds
from forum.live.doors import GONE, Ask, Unanswered, door
from journal.live import servers, wires
from journal.live.hub import hub
from journal.live.rooms import Page

MALFORMED = 4400
TOO_MANY = 4429
MAX_FRAME = 4096  # characters
PINGS_A_MINUTE = 30
LONGEST_QUERY = 500


async def application(scope, receive, send):
    """Serve `/live/<kind>/<id>/`; anything else, and other sites' pages, are refused before the handshake (403)."""
    asked = kind_and_thing(scope["path"])
    await receive()
    headers = dict(scope["headers"])
    if asked is None or not is_from_here(headers):
        return await send({"type": "websocket.close"})
    language, since = read_query(scope["query_string"])
    session = session_of(headers)
    del headers
    ask = Ask(*asked, session)
    with crowds.Visit() as visit:
        if not visit.fits(visitors.address_of_connection(scope), settings.LIVE_PAGES_PER_ADDRESS):
            return await refuse(send, TOO_MANY)
        try:
            admission = await door().admit(ask) if since is not None else None
        except Unanswered:
            return await send({"type": "websocket.close"})
        if admission is None:
            return await refuse(send, MALFORMED if since is None else GONE)
        if admission.member_id and not visit.fits(admission.member_id, settings.LIVE_PAGES_PER_MEMBER):
            return await refuse(send, TOO_MANY)
        await send({"type": "websocket.accept"})
        wire = servers.websocket(send, hub().busy)
        await follow(receive, ask, admission, open_page(ask, language, admission, since, wire))


async def refuse(send, code):
    """Say in a close code why there is nothing to follow, which a refused handshake could not."""
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.close", "code": code})


def open_page(ask, language, admission, since, wire):
    return Page(
        kind=ask.kind,
        thing=ask.thing,
        language=language,
        session=ask.session,
        journal_id=admission.journal_id,
        member_id=admission.member_id,
        moderates=admission.moderates,
        seq=since,
        wire=wire,
    )


async def follow(receive, ask, admission, page):
    """Keep the page in the hub until it leaves, and answer its pings."""
    here = hub()
    try:
        await enter(page, ask, admission)
        del ask, admission
        pings, minute = 0, time.monotonic()
        while (message := await receive())["type"] == "websocket.receive":
            at = time.monotonic()
            if at - minute > 60:
                pings, minute = 0, at
            pings += 1
            if pings > PINGS_A_MINUTE:
                return here.close(page, TOO_MANY)
            if not is_ping(message.get("text")):
                return here.close(page, MALFORMED)
            # All up to where the room is was said before this, unless the page is just being asked about.
            seq = here.rooms[page.journal_id].seq if page.circle else page.seq
            page.wire.say(wires.message(type="pong", seq=seq, time=wires.now()), seq)
    finally:
        here.leave(page)


async def enter(page, ask, admission):
    """Let a page in; when that fails it is let go, so that it comes back and misses nothing."""
    try:
        while not await hub().enter(page, admission.marks):
            admission = await door().admit(ask)
            if admission is None:
                return hub().close(page, GONE)
            page.moderates = admission.moderates
    except Unanswered:
        hub().close(page, 1000)
    except Exception:
        hub().let_go(page)


def kind_and_thing(path, tail=""):
    """The kind and the id in `/live/<kind>/<id>/<tail>`, or None."""
    parts = path.split("/")
    if len(parts) != 5 or parts[0] or parts[1] != "live" or parts[4] != tail:
        return None
    kind, number = kinds.get(parts[2]), kinds.since_of(parts[3])
    return (kind, number) if kind and number is not None else None


def read_query(query):
    """`(language, since)` of an address; since is None where it is no number."""
    if len(query) > LONGEST_QUERY:
        return "en", None
    query = parse_qs(query.decode("ascii", "replace"), keep_blank_values=True)
    return kinds.language_of(query.get("language", [""])[-1]), kinds.since_of(query.get("since", ["0"])[-1])


def session_of(headers):
    """The key of the session in the cookies, or an empty string."""
    key = parse_cookie(headers.get(b"cookie", b"").decode("latin1")).get(settings.SESSION_COOKIE_NAME, "")
    return key if 8 <= len(key) <= 40 and "\x00" not in key else ""


def is_from_here(headers):
    """Whether a page of this site opened the socket, as a browser always says in `Origin`."""
    return _is_from_here(
        headers.get(b"origin", b"").decode("latin1"),
        headers.get(b"host", b"").decode("latin1"),
        tuple(settings.ALLOWED_HOSTS),
    )


@lru_cache(maxsize=256)
def _is_from_here(origin, host, allowed):
    try:
        name = split_domain_port(urlsplit(origin).netloc)[0]
    except ValueError:
        return False
    return name == split_domain_port(host)[0] and validate_host(name, allowed)


def is_our_host(headers):
    """Whether a request is for this site by one of its names."""
    host = headers.get(b"host", b"").decode("latin1")
    return validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)


def is_ping(text):
    if text is None or len(text) > MAX_FRAME:
        return False
    try:
        return json.loads(text) == {"type": "ping"}
    except (ValueError, RecursionError):
        return False
