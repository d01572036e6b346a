"""Open pages whose reader loses the right to be there, and readers who ask for more than they take."""

import asyncio

import pytest
from asgiref.sync import sync_to_async
from django.contrib.sessions.models import Session

from forum.models import Workspace
from forum.services import posts, workspaces
from members.services import members
from tests.forum.test_live import page
from tests.world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]


@pytest.fixture
def scene(transactional_db, monkeypatch):
    monkeypatch.setattr("journal.live.rounds.SWEEP_SECONDS", 3600)  # who has to leave hears it before
    return World()


async def test_whose_account_is_closed_loses_open_pages_at_once(scene):
    async with page(scene, scene.bob) as socket, page(scene, scene.dora) as other:
        await socket.frame()
        await other.frame()

        await sync_to_async(members.deactivate)(by=scene.sekou, member=scene.bob)

        assert await socket.closing_code() == 4404
        assert await other.receive_nothing(timeout=0.3)


async def test_who_signs_out_loses_open_pages_although_the_thread_is_busy(scene, monkeypatch):
    monkeypatch.setattr("journal.live.rounds.SWEEP_SECONDS", 0.5)
    async with page(scene, scene.bob) as socket:
        await socket.frame()

        await Session.objects.all().adelete()
        for number in range(8):
            await sync_to_async(posts.reply)(author=scene.alice, thread=scene.thread, text=f"Busy {number}")
            await asyncio.sleep(0.15)

        assert await socket.closing_code() == 4404


async def test_nothing_is_said_after_a_page_was_lost(scene):
    await sync_to_async(workspaces.change)(by=scene.alice, workspace=scene.workspace, visibility="members")
    async with page(scene, scene.carol) as socket:
        await socket.frame()

        await sync_to_async(workspaces.change)(by=scene.alice, workspace=scene.workspace, visibility="private")
        for number in range(3):
            await sync_to_async(posts.reply)(author=scene.alice, thread=scene.thread, text=f"Secret {number}")

        assert await socket.closing_code() == 4404
        assert await socket.receive_nothing(timeout=0.5)


async def test_a_page_that_missed_megabytes_gets_none_of_them(scene, monkeypatch):
    monkeypatch.setattr("journal.live.missed.MOST_MISSED", 20_000)
    since = (await Workspace.objects.select_related("journal").aget()).journal.seq
    for number in range(5):
        await sync_to_async(posts.reply)(author=scene.alice, thread=scene.thread, text=f"{number} " + "word " * 2_000)

    async with page(scene, scene.bob, since=since) as socket:
        await socket.frame()
        snapshot = await socket.frame()

        assert (snapshot["type"], snapshot["seq"]) == ("snapshot", since + 5)
        await sync_to_async(posts.reply)(author=scene.alice, thread=scene.thread, text="And then")
        assert (await socket.frame())["verb"] == "post.replied"
