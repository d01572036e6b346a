"""Open pages hear of new entries: one walker a process reads each entry once and hands it to every page there.

A page joins with the last entry it knows, gets what it missed, and from then on everything as it happens. The walker
is woken by commits of its own process, by the channel layer where Redis is set, and by a small poll always, so
that nothing depends on a wake-up arriving.
"""

import asyncio
import contextlib
import logging
import weakref
from dataclasses import dataclass, field

from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from django.conf import settings
from django.db import Error

from journal import wakeups
from journal.models import Entry, Journal

log = logging.getLogger(__name__)
BATCH = 200  # entries read at once
FAR_BEHIND = 500  # a page that missed more than this is better fetched anew


class Reader:
    """An open page: what the hub needs to know of it. `draw` must be the same for all readers of a journal."""

    language = "en"

    def draw(self, entries, languages):
        """Turn entries into what `hear` gets, once for all readers; runs in a thread, may ask the database."""
        raise NotImplementedError

    def hear(self, drawn):
        """Take what was drawn; must neither block nor fail."""
        raise NotImplementedError


@dataclass
class Room:
    """The open pages of one journal, and how far the walker has read it.

    The lock makes reading on, and letting a page in, one after the other: whoever enters is told everything after
    the seq it was given.
    """

    seq: int
    readers: set = field(default_factory=set)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Hub:
    """The walker of one event loop. Get it with `hub()`."""

    def __init__(self):
        self.rooms = {}
        self.loop = asyncio.get_running_loop()
        self.woken = asyncio.Event()
        self.tasks = []

    async def join(self, reader, journal_id):
        """Enter a page; returns the seq up to which the page must catch up by itself."""
        if journal_id not in self.rooms:
            seq = await database_sync_to_async(head)(journal_id)
            self.rooms.setdefault(journal_id, Room(seq))
        room = self.rooms[journal_id]
        async with room.lock:
            room.readers.add(reader)
            seq = room.seq
        self.start()
        return seq

    def start(self):
        """Begin to walk, when the first page has come."""
        if not self.tasks:
            wakeups.listen(self.wake)
            self.tasks = [self.loop.create_task(self.walk())]
            if settings.REDIS_URL:
                self.tasks.append(self.loop.create_task(self.listen()))

    def leave(self, reader, journal_id):
        """Take a page out; the last one out stops the walker."""
        room = self.rooms.get(journal_id)
        if room is None:
            return
        room.readers.discard(reader)
        if not room.readers and not room.lock.locked():
            del self.rooms[journal_id]
        if not self.rooms and self.tasks:
            wakeups.forget(self.wake)
            for task in self.tasks:
                task.cancel()
            self.tasks = []

    def wake(self, journal_id):
        """Look now; called from any thread."""
        if journal_id in self.rooms:
            with contextlib.suppress(RuntimeError):  # the loop is closing: nobody is left to be told
                self.loop.call_soon_threadsafe(self.woken.set)

    async def listen(self):
        """Be woken by other processes, by one subscription for this whole process."""
        layer = get_channel_layer()
        channel = await layer.new_channel()
        await layer.group_add(wakeups.GROUP, channel)
        while True:
            message = await layer.receive(channel)
            self.wake(message["journal"])

    async def walk(self):
        """Read what is new and hand it out, until the last page has left."""
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.woken.wait(), settings.WAKE_SECONDS)
            self.woken.clear()
            try:
                await self.look()
            except Error:
                log.exception("The journals could not be read; trying again in a second.")
                await asyncio.sleep(1)

    async def look(self):
        heads = await database_sync_to_async(heads_of)(list(self.rooms))
        for journal_id, seq in heads:
            # A room whose last page left while it was read is not read on, or this would never end.
            while (room := self.rooms.get(journal_id)) and room.readers and room.seq < seq:
                async with room.lock:
                    await self.hand_out(journal_id, room)

    async def hand_out(self, journal_id, room):
        """Read the next entries of a journal and give them to its pages."""
        if not room.readers:
            return
        languages = {reader.language for reader in room.readers}
        draw = next(iter(room.readers)).draw
        last, drawn = await database_sync_to_async(read)(journal_id, room.seq, draw, languages)
        room.seq = last
        for reader in list(room.readers):
            reader.hear(drawn)


_hubs = weakref.WeakKeyDictionary()


def hub():
    """The hub of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
    return _hubs[loop]


def head(journal_id):
    return Journal.objects.values_list("seq", flat=True).get(pk=journal_id)


def heads_of(journal_ids):
    return list(Journal.objects.filter(pk__in=journal_ids).values_list("pk", "seq"))


def read(journal_id, after, draw, languages):
    """The next entries of a journal, drawn: `(seq of the last, drawn)`.

    Entries that cannot be drawn come as one None, which sends a page to a fresh copy of itself.
    """
    entries = list(Entry.objects.filter(journal_id=journal_id).since(after)[:BATCH])
    last = entries[-1].seq if entries else after
    try:
        return last, draw(entries, languages)
    except Error:
        raise
    except Exception:
        log.exception("Entries %s to %s of journal %s could not be drawn.", after + 1, last, journal_id)
        return last, [None]
