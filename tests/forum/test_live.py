"""Live pages through the real ASGI application: what happens is told, in order, to those who may hear it."""

import asyncio
import json
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from asgiref.sync import sync_to_async

from forum.models import Workspace
from forum.services import posts, seats, threads, workspaces
from journal.live import hub, reading, wires
from tests.lines import Websocket, session
from tests.world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]


@pytest.fixture
def scene(transactional_db, monkeypatch):
    monkeypatch.setattr("journal.live.rounds.SWEEP_SECONDS", 3600)  # who has to leave hears it before
    return World()


@asynccontextmanager
async def page(scene, member=None, *, since=None, thread=None, query=""):
    """The websocket of an open page, which was let in; what comes is its first word."""
    if since is None:
        since = await sync_to_async(lambda: Workspace.objects.get(pk=scene.workspace.pk).journal.seq)()
    key = await sync_to_async(session)(member) if member else ""
    socket = Websocket(f"/live/threads/{(thread or scene.thread).pk}/?since={since}{query}", key)
    assert await socket.connect()
    try:
        yield socket
    finally:
        await socket.disconnect()


async def test_a_page_hears_of_a_new_post(scene):
    async with page(scene, scene.bob) as socket:
        assert (await socket.frame())["type"] == "hello"

        await sync_to_async(posts.reply)(author=scene.alice, thread=scene.thread, text="Snow is **late**")

        entry = await socket.frame()
        assert entry["verb"] == "post.replied"
        assert "<strong>late</strong>" in entry["post"]["html"]
        assert 'id="p3"' in entry["post"]["html"]


async def test_a_page_hears_of_edited_and_hidden_posts(scene):
    async with page(scene, scene.bob) as socket:
        await socket.frame()

        await sync_to_async(posts.edit)(by=scene.alice, post=scene.post, text="Who measures the **wells**?")
        await sync_to_async(posts.hide)(by=scene.alice, post=scene.answer, reason="Off the subject")

        edited, hidden = await socket.frame(), await socket.frame()
        assert "wells" in edited["post"]["html"]
        assert hidden["verb"] == "post.hidden"
        assert "twice a year" not in hidden["post"]["html"]


async def test_a_page_that_comes_back_gets_what_it_missed_once_and_in_order(scene):
    async with page(scene, scene.bob) as socket:
        since = (await socket.frame())["seq"]
    for number in range(5):
        await sync_to_async(posts.reply)(author=scene.alice, thread=scene.thread, text=f"Missed {number}")

    async with page(scene, scene.bob, since=since) as socket:
        await socket.frame()
        seqs = [(await socket.frame())["seq"] for _ in range(5)]

        assert seqs == list(range(since + 1, since + 6))
        assert await socket.receive_nothing(timeout=0.5)


async def test_posts_made_while_a_page_catches_up_are_not_missed(scene):
    before = await sync_to_async(lambda: Workspace.objects.get().journal.seq)()
    writer = asyncio.create_task(write_replies(scene, 20))

    async with page(scene, scene.bob, since=before) as socket:
        await socket.frame()
        seqs = [(await socket.frame())["seq"] for _ in range(20)]

    await writer
    assert seqs == list(range(before + 1, before + 21))


async def write_replies(scene, count):
    for number in range(count):
        await sync_to_async(posts.reply)(author=scene.alice, thread=scene.thread, text=f"At once {number}")


async def test_a_page_far_behind_is_sent_to_a_fresh_copy(scene, monkeypatch):
    monkeypatch.setattr("journal.live.rooms.FAR_BEHIND", 3)

    async with page(scene, scene.bob, since=0) as socket:
        assert (await socket.frame())["type"] == "hello"
        assert (await socket.frame())["type"] == "snapshot"


async def test_a_page_of_another_thread_hears_nothing(scene):
    other = await sync_to_async(threads.start)(
        author=scene.bob, workspace=scene.workspace, title="Another", text="Something else"
    )
    async with page(scene, scene.bob, thread=other) as socket:
        await socket.frame()

        await sync_to_async(posts.reply)(author=scene.alice, thread=scene.thread, text="Not for that page")

        assert await socket.receive_nothing(timeout=0.6)


async def test_a_reader_from_outside_hears_a_public_thread_and_not_a_private_one(scene):
    async with page(scene) as socket:
        assert (await socket.frame())["type"] == "hello"

    await sync_to_async(workspaces.change)(by=scene.alice, workspace=scene.workspace, visibility="private")

    async with page(scene, scene.carol) as socket:
        assert await socket.closing_code() == 4404


async def test_a_member_who_loses_the_seat_loses_the_page(scene):
    await sync_to_async(workspaces.change)(by=scene.alice, workspace=scene.workspace, visibility="private")
    async with page(scene, scene.bob) as socket:
        await socket.frame()

        seat = await scene.workspace.seats.select_related("workspace", "member").aget(member=scene.bob)
        await sync_to_async(seats.dismiss)(by=scene.alice, seat=seat, reason="Left the partnership")
        await sync_to_async(posts.reply)(author=scene.alice, thread=scene.thread, text="Among ourselves")

        assert await socket.closing_code() == 4404


async def test_only_moderators_hear_of_a_post_that_waits(scene):
    await sync_to_async(workspaces.change)(by=scene.alice, workspace=scene.workspace, moderation="all")
    async with page(scene, scene.alice) as moderator, page(scene, scene.dora) as other:
        await moderator.frame()
        await other.frame()

        await sync_to_async(posts.reply)(author=scene.bob, thread=scene.thread, text="Please publish")

        assert (await moderator.frame())["verb"] == "post.submitted"
        assert await other.receive_nothing(timeout=0.6)


async def test_each_reader_hears_in_their_language(scene):
    async with page(scene, scene.dora, query="&language=fr") as french, page(scene, scene.bob) as english:
        await french.frame()
        await english.frame()

        await sync_to_async(threads.close)(by=scene.alice, thread=scene.thread, reason="Settled")

        assert (await english.frame())["line"].startswith("Alice closed")
        assert (await french.frame())["seq"]


@pytest.mark.parametrize("sent", ["hello", '{"type":"post","text":"x"}', "[" * 100_000, "{}"])
async def test_anything_but_a_ping_ends_the_connection(scene, sent):
    async with page(scene, scene.bob) as socket:
        await socket.frame()
        await socket.send_to(text_data='{"type":"ping"}')
        assert (await socket.frame())["type"] == "pong"

        await socket.send_to(text_data=sent)

        assert await socket.closing_code() == 4400


async def test_too_many_pings_end_the_connection(scene):
    async with page(scene, scene.bob) as socket:
        await socket.frame()

        for _ in range(31):
            await socket.send_to(text_data='{"type":"ping"}')

        assert await socket.closing_code() == 4429


@pytest.mark.parametrize("since", ["-1", "1e9", "abc", "9" * 30])
async def test_a_since_that_is_no_number_is_refused(scene, since):
    async with page(scene, scene.bob, since=since) as socket:
        assert await socket.closing_code() == 4400


async def test_another_sites_page_is_refused(scene):
    socket = Websocket(f"/live/threads/{scene.thread.pk}/?since=0", origin="https://evil.example")

    assert not await socket.connect()


async def test_the_walker_stops_with_the_last_page(scene):
    async with page(scene, scene.bob) as socket:
        await socket.frame()
        assert hub.hub().tasks

    assert not hub.hub().tasks


async def test_a_page_that_cannot_be_let_in_is_let_go_and_comes_back(scene, monkeypatch, caplog):
    async def fail(room, page, hub):
        raise OSError("the database went away")

    monkeypatch.setattr("journal.live.missed.pieces", fail)
    async with page(scene, scene.bob) as socket:
        assert await socket.closing_code() == 1000


async def test_a_page_that_cannot_be_written_to_costs_nobody_else_an_entry(scene, monkeypatch, caplog):
    async with page(scene, scene.bob) as broken, page(scene, scene.dora) as other:
        await broken.frame()
        await other.frame()
        put = wires.Ordinary.put
        failing = [one.wire for one in hub.hub().pages if one.member_id == scene.bob.pk]
        monkeypatch.setattr(wires.Ordinary, "put", lambda wire, *one: 1 / 0 if wire in failing else put(wire, *one))

        await sync_to_async(posts.reply)(author=scene.alice, thread=scene.thread, text="For all")

        assert (await other.frame())["verb"] == "post.replied"
        assert await broken.closing_code() == 1000


async def test_entries_that_cannot_be_drawn_send_the_page_to_a_fresh_copy(scene, monkeypatch, caplog):
    async with page(scene, scene.bob) as socket:
        seq = (await socket.frame())["seq"]
        monkeypatch.setattr("forum.live.threads.verbs.line", lambda entry: 1 / 0)

        await sync_to_async(posts.reply)(author=scene.alice, thread=scene.thread, text="Not lost")

        snapshot = await socket.frame()
        assert (snapshot["type"], snapshot["seq"]) == ("snapshot", seq + 1)


async def test_who_comes_back_hears_nothing_that_was_erased_meanwhile(scene):
    async with page(scene, scene.bob) as socket:
        since = (await socket.frame())["seq"]
        post = await sync_to_async(posts.reply)(author=scene.dora, thread=scene.thread, text="The unspeakable")
        assert "unspeakable" in (await socket.frame())["post"]["html"]
        await sync_to_async(posts.erase)(by=scene.sekou, post=post)
        await socket.frame()

        async with page(scene, scene.alice, since=since) as back:
            heard = [await back.frame() for _ in range(3)]

        assert [one["type"] for one in heard] == ["hello", "entry", "entry"]
        assert "unspeakable" not in json.dumps(heard)


async def test_who_becomes_a_moderator_hears_as_one_and_misses_nothing(scene):
    await sync_to_async(workspaces.change)(by=scene.alice, workspace=scene.workspace, moderation="all")
    async with page(scene, scene.bob) as socket:
        await socket.frame()
        await sync_to_async(posts.reply)(author=scene.dora, thread=scene.thread, text="Not yet for Bob")
        await sync_to_async(threads.pin)(by=scene.alice, thread=scene.thread)
        assert (await socket.frame())["verb"] == "thread.pinned"

        seat = await scene.workspace.seats.select_related("workspace", "member").aget(member=scene.bob)
        await sync_to_async(seats.appoint)(by=scene.alice, seat=seat, role="moderator")
        await sync_to_async(posts.reply)(author=scene.dora, thread=scene.thread, text="For Bob as well")

        assert (await socket.frame())["verb"] == "post.submitted"


async def test_a_crowd_that_comes_back_asks_the_database_once(scene, monkeypatch):
    reads = []
    read = reading.read
    monkeypatch.setattr(reading, "read", lambda *asked: reads.append(asked) or read(*asked))
    since = await sync_to_async(lambda: Workspace.objects.get().journal.seq)()
    await write_replies(scene, 3)

    async with AsyncExitStack() as stack:
        crowd = [await stack.enter_async_context(page(scene, since=since)) for _ in range(20)]
        for socket in crowd:
            assert [(await socket.frame()).get("seq") for _ in range(4)] == [since + 3, since + 1, since + 2, since + 3]

    assert sum(asked[1] == since for asked in reads) == 1
