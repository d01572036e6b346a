"""Live pages over real sockets, on the server they run on: slow ones, lost ones, streams, and who sends nonsense."""

import json
import random
import socket
import urllib.request

import pytest
from django.db import transaction

from forum.models import Workspace
from forum.services import posts, seats, workspaces
from journal.services import Draft, record_all
from tests.patience import until
from tests.wire import Stream, Websocket

LONG = "A river has many words. " * 400


@pytest.fixture
def scene(live, world):
    """The world, in a private room, and a way to follow its thread."""
    workspaces.change(by=world.alice, workspace=world.workspace, visibility="private")
    world.path = f"/live/threads/{world.thread.pk}/"
    return world


def seq_of(scene):
    return Workspace.objects.select_related("journal").get(pk=scene.workspace.pk).journal.seq


def tell(scene, count):
    """Write so many entries that show a long post; returns their numbers."""
    with transaction.atomic():
        drafts = [Draft(verb="post.edited", about=scene.post, actor=scene.alice) for _ in range(count)]
        return [entry.seq for entry in record_all(scene.workspace.journal, drafts)]


def figures(live):
    with urllib.request.urlopen(f"{live.url}/healthz") as answer:
        first, *lines = answer.read().decode().splitlines()
    assert first == "ok"
    return {name: float(value) for name, value in map(str.split, lines)}


def reach(live, name, value):
    """Wait until a figure has a value."""
    until(lambda: figures(live)[name] == value, tell=lambda: figures(live))


def test_websockets_and_streams_are_written_to_straight(live, scene):
    since, cookie = seq_of(scene), live.cookie(scene.bob)
    reach(live, "alphorn_live_websockets", 0)
    with (
        Websocket(live, f"{scene.path}?since={since}", cookie=cookie) as page,
        Stream(live, f"{scene.path}events?since={since}", cookie=cookie) as stream,
    ):
        assert page.frame()["type"] == stream.event()["type"] == "hello"

        told = tell(scene, 3)

        assert [page.frame()["seq"] for _ in told] == [stream.event()["seq"] for _ in told] == told
        assert figures(live)["alphorn_live_straight"] == 2
        page.say(b'{"type":"ping"}')
        pong = page.frame()
        assert (pong["type"], pong["seq"]) == ("pong", told[-1])


def test_one_who_does_not_read_holds_up_nobody_and_is_sent_to_a_fresh_copy(live, scene):
    posts.edit(by=scene.alice, post=scene.post, text=LONG)
    where, cookie = f"{scene.path}?since={seq_of(scene)}", live.cookie(scene.bob)
    sent = figures(live)["alphorn_live_snapshots_total"]
    with (
        Websocket(live, where, cookie=cookie, receive_buffer=4096) as slow,
        Websocket(live, where, cookie=cookie) as page,
    ):
        page.frame()

        told = []
        while figures(live)["alphorn_live_snapshots_total"] == sent:
            told += tell(scene, 10)
            assert [page.frame()["seq"] for _ in range(10)] == told[-10:]

        assert figures(live)["alphorn_live_longest_queue_bytes"] < 300_000
        slow.frame()
        heard = [slow.frame()]
        while heard[-1]["type"] == "entry":
            heard.append(slow.frame())
        assert [frame["seq"] for frame in heard[:-1]] == told[: len(heard) - 1]
        assert heard[-1]["type"] == "snapshot"
        [last] = tell(scene, 1)
        assert slow.frame()["seq"] == last


def test_one_who_was_cut_off_misses_nothing_and_hears_nothing_twice(live, scene):
    since, cookie = seq_of(scene), live.cookie(scene.bob)
    page = Websocket(live, f"{scene.path}?since={since}", cookie=cookie)
    page.frame()
    [first] = tell(scene, 1)
    assert page.frame()["seq"] == first
    page.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # a reset, not a goodbye
    page.socket.close()

    missed = tell(scene, 4)

    with Websocket(live, f"{scene.path}?since={first}", cookie=cookie) as again:
        again.frame()
        after = tell(scene, 2)
        assert [again.frame()["seq"] for _ in range(6)] == [*missed, *after]


def test_a_stream_goes_on_after_the_last_event_a_browser_knows(live, scene):
    since, cookie = seq_of(scene), live.cookie(scene.bob)
    told = tell(scene, 3)

    headers = [f"Last-Event-ID: {told[0]}"]
    with Stream(live, f"{scene.path}events?since={since}", cookie=cookie, headers=headers) as stream:
        assert "text/event-stream" in stream.head
        assert stream.event()["type"] == "hello"
        assert [stream.event()["seq"] for _ in told[1:]] == told[1:]
        assert stream.last == str(told[2])


def test_who_loses_the_seat_loses_socket_and_stream_and_hears_nothing_more(live, scene):
    since, bob, dora = seq_of(scene), live.cookie(scene.bob), live.cookie(scene.dora)
    with (
        Websocket(live, f"{scene.path}?since={since}", cookie=bob) as page,
        Stream(live, f"{scene.path}events?since={since}", cookie=bob) as stream,
        Websocket(live, f"{scene.path}?since={since}", cookie=dora) as other,
    ):
        page.frame(), stream.event(), other.frame()
        seat = scene.workspace.seats.select_related("workspace", "member").get(member=scene.bob)

        seats.dismiss(by=scene.alice, seat=seat, reason="Left the partnership")
        [told] = tell(scene, 1)

        assert page.frame() == 4404
        assert stream.event() == {"type": "gone", "code": 4404}
        with pytest.raises(EOFError):
            stream.event()
        assert other.frame()["seq"] == told


@pytest.mark.parametrize(
    ("tail", "who", "status"),
    [
        ("events", "bob", 200),
        ("events", "carol", 404),
        ("events?since=-1", "bob", 400),
        ("news.json", "carol", 404),
        ("news.json?since=x", "bob", 400),
    ],
)
def test_streams_and_news_are_refused_to_whom_the_thread_does_not_exist(live, scene, tail, who, status):
    with Stream(live, scene.path + tail, cookie=live.cookie(getattr(scene, who))) as answer:
        assert answer.status == status


def test_another_sites_page_gets_no_websocket(live, scene):
    cookie = live.cookie(scene.bob)
    near = [("http://127.0.0.1:8000", 403), ("http://localhost@evil.example", 403)]
    for origin, status in ((live.url, 101), ("https://evil.example", 403), ("null", 403), *near):
        with Websocket(live, scene.path, cookie=cookie, origin=origin) as page:
            assert page.status == status


def test_a_handshake_brings_nothing_that_the_server_stumbles_over_or_keeps(live, scene):
    more = ["Sec-WebSocket-Protocol: \u00e9", "Daphne-Root-Path: \u00e9"]
    with Websocket(live, scene.path, cookie=live.cookie(scene.bob), more=more) as page:
        assert page.status == 101

        page.socket.sendall(b"\x81\xfe\x10\x01" + bytes(4))  # a text of 4,097 bytes begins, and goes no further

        with pytest.raises((EOFError, ConnectionError)):
            while True:
                page.frame()


def test_nonsense_ends_its_own_connection_and_no_other(live, scene):
    chance = random.Random(5)
    since, cookie = seq_of(scene), live.cookie(scene.bob)
    with Websocket(live, f"{scene.path}?since={since}", cookie=cookie) as page:
        page.frame()
        for _ in range(40):
            with Websocket(live, f"{scene.path}?since={since}", cookie=cookie) as other:
                attack(other, chance)

        [told] = tell(scene, 1)

        assert page.frame()["seq"] == told
        assert figures(live)["alphorn_live_websockets"] >= 1


def attack(page, chance):
    """Send something that is not in the protocol; the answer is a close, and nothing else."""
    page.frame()
    kind = chance.randrange(5)
    if kind == 0:
        page.socket.sendall(chance.randbytes(200))
    elif kind == 1:
        page.say(chance.randbytes(50), opcode=chance.choice([1, 2]))
    elif kind == 2:
        page.say(json.dumps({"type": "ping", "x": chance.random()}).encode())
    elif kind == 3:
        page.say(b'{"type":"' + b"x" * 70_000)
    else:
        page.say(b"[" * 60_000)
    try:
        code = page.frame()
    except (OSError, EOFError):
        return
    assert code in (1002, 1007, 4400)


NO_WEBSOCKET = "window.WebSocket = class { constructor() { throw new Error('blocked') } }"


def test_a_browser_asks_where_there_are_too_many_and_without_websockets_hears_by_the_stream(live, page, world):
    live.sign_in(page, world.bob)
    page.route_web_socket("**/live/**", lambda socket: socket.close(code=4429))
    with page.expect_request("**/news.json?*"):
        page.goto(f"{live.url}/threads/{world.thread.pk}/")

    page.add_init_script(NO_WEBSOCKET)
    page.goto(f"{live.url}/threads/{world.thread.pk}/")
    reach(live, "alphorn_live_streams", 1)

    posts.reply(author=world.alice, thread=world.thread, text="Said while you looked")

    page.wait_for_selector("#p3")
