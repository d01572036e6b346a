"""With Redis, a process is woken by what another wrote, and does not wait for its poll."""

import asyncio

import pytest
from asgiref.sync import sync_to_async
from channels.layers import channel_layers

from forum.services import posts
from journal import wakeups
from journal.live.frames import Drawn
from journal.live.hub import hub
from journal.live.rooms import Page
from journal.live.wires import Wire
from journal.models import Journal
from tests.patience import PATIENCE
from tests.redis import server
from tests.world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]


@pytest.fixture(autouse=True)
def nobody_asks_who_may_stay(monkeypatch):
    monkeypatch.setattr("journal.live.hub.Hub.guard", None)  # these pages are of a kind that has no things


@pytest.fixture
def redis(settings):
    with server() as made:
        settings.REDIS_URL = made.address
        settings.CHANNEL_LAYERS = {
            "default": {
                "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
                "CONFIG": {"hosts": [settings.REDIS_URL]},
            }
        }
        channel_layers.backends.clear()
        yield made
        channel_layers.backends.clear()


class Kind:
    """Pages that are told the numbers of entries."""

    name = "numbers"
    forgets = frozenset()

    @staticmethod
    def draw(entries, languages, things, *, moderators):
        return [Drawn(entry.seq, entry.audience, 1, {"en": str(entry.seq)}) for entry in entries]


class Told(Wire):
    """Remembers what it was given."""

    __slots__ = ("told",)

    def __init__(self):
        super().__init__("text", set())
        self.told = asyncio.Queue()

    def put(self, piece, sent=None):
        for text in piece.content:
            self.told.put_nowait(text)


async def open_page(world):
    """A page that knows everything; after its hello."""
    journal = await Journal.objects.aget(pk=world.workspace.journal_id)
    page = Page(
        kind=Kind,
        thing=1,
        language="en",
        session="",
        journal_id=journal.pk,
        member_id=None,
        moderates=False,
        seq=journal.seq,
        wire=Told(),
    )
    assert await hub().enter(page, {journal.pk: journal.seq})
    await page.wire.told.get()
    return page


async def test_what_another_process_wrote_wakes_this_one_through_redis(transactional_db, redis, settings, monkeypatch):
    settings.WAKE_SECONDS = 600
    world = await sync_to_async(World)()
    page = await open_page(world)
    async with asyncio.timeout(PATIENCE):
        while not any(wakeups.GROUP.encode() in channel for channel in redis.pubsub_channels()):
            await asyncio.sleep(0.02)

    # Another process has listeners of its own: ours is not among them.
    monkeypatch.setattr(wakeups, "_listeners", [])
    await sync_to_async(posts.reply)(author=world.bob, thread=world.thread, text="From afar")

    assert await asyncio.wait_for(page.wire.told.get(), PATIENCE) == str(page.seq + 1)
    monkeypatch.undo()
    hub().leave(page)


async def test_without_redis_a_process_finds_it_by_its_poll(transactional_db, settings, monkeypatch):
    settings.WAKE_SECONDS = 0.1
    world = await sync_to_async(World)()
    page = await open_page(world)

    monkeypatch.setattr(wakeups, "_listeners", [])
    await sync_to_async(posts.reply)(author=world.bob, thread=world.thread, text="From afar")

    assert await asyncio.wait_for(page.wire.told.get(), PATIENCE) == str(page.seq + 1)
    monkeypatch.undo()
    hub().leave(page)
