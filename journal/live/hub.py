"""One walker a process reads each new entry once and hands it to every open page there.

A page enters with the last entry it knows, gets what it missed, and from then on everything as it happens. The walker
is woken by commits of its own process, by the channel layer where Redis is set, and by a small poll always, so
that nothing depends on a wake-up arriving.
"""

import asyncio
import contextlib
import logging
import time
import weakref

from channels.layers import get_channel_layer
from django.conf import settings
from django.utils import timezone

from core import figures
from journal import chain, wakeups
from journal.live import missed, reading, rooms, straight, wires

log = logging.getLogger(__name__)
BATCH = 200  # entries read at once
BREATH = 500  # clients written to before the process turns to whatever else waits
PUMP_SECONDS = 0.05
BEAT_SECONDS = 15
SWEEP_SECONDS = 20  # for what no journal tells: a sign-out
SWEPT_AT_ONCE = 100  # pages
RETURNS = 400  # clients that may come back in a second
joins = figures.count("alphorn_live_joins_total", "Pages let in, by websocket or stream.")
deliveries = figures.count("alphorn_live_deliveries_total", "Entries sent to clients, counted for each client.")
read = figures.count("alphorn_live_entries_total", "Journal entries read for open pages.")


class Hub:
    """The walker of one event loop. Get it with `hub()`."""

    def __init__(self):
        self.rooms = {}
        self.pages = set()
        self.busy = set()  # wires on which something waits
        self.departed = set()  # files of the sockets of pages that left while something was being written
        self.loop = asyncio.get_running_loop()
        self.woken = asyncio.Event()
        self.stirred = set()  # journals that are known to have grown
        self.polled_at = 0.0
        self.tasks = []
        self.errands = set()
        self.lag = 0.0

    # -- Pages come and go -------------------------------------------------------------------------------------

    async def enter(self, page, marks, *, hello=True):
        """Let a page in that knows everything up to `page.seq`, and tell it what it missed.

        marks: {journal id: seq}, of its journal and of any other that tells of its reader, read no later than its
        permission. When one of them has told since of a change of rights, False is returned and nothing was said: its
        reader has to be asked about again. hello: whether the page is new here.
        """
        self.pages.add(page)
        self.start()
        for journal_id, seq in marks.items():
            watched = self.room(journal_id, seq)
            watched.is_watched |= journal_id != page.journal_id
        room = self.rooms[page.journal_id]
        pieces = None
        if page.seq <= marks[page.journal_id]:
            pieces = await missed.pieces(room, page, self.stir)
        # From here to the end nothing else runs: what is said from now on finds the page in its circle.
        if page not in self.pages:
            return True  # it left meanwhile
        if any(self.rooms[journal_id].rights_seq > seq for journal_id, seq in marks.items()):
            return False
        if hello:
            joins.add()
            page.wire.say(wires.message(type="hello", seq=room.seq, time=now(), retry=self.spread()))
        if pieces is None:
            wires.snapshots.add()
            page.wire.say(wires.message(type="snapshot", seq=room.seq), room.seq)
        else:
            page.wire.replay(pieces)
            deliveries.add(sum(piece.count for piece in pieces))
        room.add(page)
        return True

    def leave(self, page):
        """Take a page out; the last one out stops the walker."""
        self.hold(page)
        self.pages.discard(page)
        self.departed.add(page.wire.fileno())
        page.wire.drop()
        if not self.pages and self.tasks:
            wakeups.forget(self.wake)
            for task in self.tasks:
                task.cancel()
            self.tasks = []
            self.rooms.clear()

    def hold(self, page):
        """Tell a page nothing until it enters again."""
        if room := self.rooms.get(page.journal_id):
            room.remove(page)

    def close(self, page, code):
        """End a page's connection."""
        self.hold(page)
        self.pages.discard(page)
        self.departed.add(page.wire.fileno())
        page.wire.close(code)

    def let_go(self, page):
        """End a page's connection because of an error of ours, which is logged; it will come back."""
        log.exception("A live page of %s %s is closed; it will come back.", page.kind.name, page.thing)
        with contextlib.suppress(Exception):
            self.close(page, 1000)

    def room(self, journal_id, seq):
        """The room of a journal; a new one begins at `seq`, which the journal has reached."""
        if journal_id not in self.rooms:
            self.rooms[journal_id] = rooms.Room(journal_id, seq)
            self.stir(journal_id)
        return self.rooms[journal_id]

    def spread(self):
        """The seconds over which clients should spread when they come back."""
        return max(1, len(self.pages) // RETURNS)

    # -- The walk ----------------------------------------------------------------------------------------------

    def start(self):
        """Begin to walk, when the first page has come."""
        if self.tasks:
            return
        wakeups.listen(self.wake)
        works = [self.walk(), self.pump(), self.beat(), self.sweep()]
        if settings.REDIS_URL:
            works.append(self.listen())
        self.tasks = [self.loop.create_task(work) for work in works]

    def wake(self, journal_id):
        """Look now; called from any thread."""
        if journal_id in self.rooms:
            with contextlib.suppress(RuntimeError):  # the loop is closing: nobody is left to be told
                self.loop.call_soon_threadsafe(self.stir, journal_id)

    def stir(self, journal_id):
        self.stirred.add(journal_id)
        self.woken.set()

    async def listen(self):
        """Be woken by other processes, by one subscription for this whole process."""
        layer = get_channel_layer()
        while True:
            try:
                channel = await layer.new_channel()
                await layer.group_add(wakeups.GROUP, channel)
                while True:
                    self.wake((await layer.receive(channel))["journal"])
            except Exception:
                log.exception("Redis wakes nobody for the moment; the poll goes on.")
                await asyncio.sleep(5)

    async def walk(self):
        """Read what is new and hand it out, until the last page has left."""
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.woken.wait(), settings.WAKE_SECONDS)
            self.woken.clear()
            try:
                await self.look()
            except Exception:
                log.exception("The journals could not be read; trying again in a second.")
                await asyncio.sleep(1)

    async def look(self):
        """Read on where something is said to have happened, and, when it is time, wherever something has."""
        grown, self.stirred = self.stirred, set()
        if time.monotonic() - self.polled_at >= settings.WAKE_SECONDS:
            self.polled_at = time.monotonic()
            self.close_empty_rooms()
            heads = await reading.in_thread(reading.heads_of)(list(self.rooms))
            grown.update(key for key, seq in heads if (room := self.rooms.get(key)) and room.seq < seq)
        for journal_id in grown:
            while (room := self.rooms.get(journal_id)) and await self.hand_out(room):
                pass

    def close_empty_rooms(self):
        used = {page.journal_id for page in self.pages}
        for journal_id in [key for key, room in self.rooms.items() if not room.is_watched and key not in used]:
            del self.rooms[journal_id]

    async def hand_out(self, room):
        """Read the next entries of a journal and give them to its pages; returns whether there may be more."""
        entries, drawn = await reading.in_thread(reading.read)(
            room.journal_id, room.seq, None, BATCH, list(room.strips)
        )
        if not entries:
            return False
        while missing := [key for key in room.strips if key not in drawn]:  # they came while the others were drawn
            drawn.update(await reading.in_thread(reading.draw)(entries, missing))
        # What was drawn may show what was said since these were read: not to those whose rights were taken meanwhile.
        later = await reading.in_thread(reading.entries_after)(room.journal_id, entries[-1].seq, BATCH)
        held = self.hold_touched(room, entries + later)
        for key in room.advance(drawn, entries):
            self.snapshot(room, key)
        if held:
            self.background(_guard.ask_again(self, held))
        read.add(len(entries))
        self.lag = max(0.0, time.time() - entries[-1].at.timestamp())
        await self.deliver(list(room.deliveries(drawn)))
        return len(entries) == BATCH

    def hold_touched(self, room, entries):
        """Hold the pages whose readers' rights these entries may have changed; returns them."""
        changes = [entry for entry in entries if _guard and _guard.concerns(entry)]
        if not changes:
            return []
        room.rights_seq = changes[-1].seq
        held = _guard.touched(changes, room.journal_id, self.pages)
        for page in held:
            self.hold(page)
        return held

    def background(self, work):
        """Let something run besides, and keep it from being forgotten before it is done."""
        task = self.loop.create_task(work)
        self.errands.add(task)
        task.add_done_callback(self.errands.discard)

    def snapshot(self, room, strip_key):
        """Send the pages of one thing in one language to fresh copies of themselves."""
        for circle in room.circles.values():
            if circle.strip_key == strip_key:
                for page in circle.pages:
                    wires.snapshots.add()
                    page.wire.say(wires.message(type="snapshot", seq=room.seq), room.seq)

    async def deliver(self, works):
        """Write pieces to pages, piece by piece, so that each page gets them in order."""
        self.departed.clear()
        written = 0
        for pages, pieces in works:
            for piece in pieces:
                for begin in range(0, len(pages), BREATH):
                    some = pages[begin : begin + BREATH]
                    for page, sent in straight.write(some, piece, self.departed | straight.occupied(self.busy)):
                        try:
                            page.wire.put(piece, sent)
                        except Exception:  # nobody else may miss it
                            self.let_go(page)
                    deliveries.add(piece.count * len(some))
                    written += len(some)
                    if written >= BREATH:
                        written = 0
                        await asyncio.sleep(0)

    # -- What has to be done besides ---------------------------------------------------------------------------

    async def pump(self):
        """Pass on what waits for clients that are slow."""
        while True:
            await asyncio.sleep(PUMP_SECONDS)
            for wire in list(self.busy):
                try:
                    wire.pump()
                except Exception:
                    log.exception("What waits for a client cannot be passed on; it will come back.")
                    wire.close(1000)

    async def beat(self):
        """Let streams say where they are: for proxies, which end what is silent, and for pages, which give it up."""
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            for room in list(self.rooms.values()):
                pong = wires.message(type="pong", seq=room.seq, time=now())
                for circle in list(room.circles.values()):
                    if circle.form in ("event", "chunk"):
                        for page in circle.pages:
                            page.wire.say(pong, room.seq)

    async def sweep(self):
        """Ask again for every page whether its reader may be there: a few at a time, and all through the round, for
        whatever else runs in this process meanwhile keeps an event from everybody.
        """
        while True:
            pages = list(self.pages)
            turns = max(1, -(-len(pages) // SWEPT_AT_ONCE))
            for turn in range(turns):
                await asyncio.sleep(SWEEP_SECONDS / turns)
                if _guard and pages:
                    await _guard.sweep(self, pages[turn::turns])


_hubs = weakref.WeakKeyDictionary()
_guard = None


def hub():
    """The hub of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
    return _hubs[loop]


def guarded_by(guard):
    """Let a module say who may stay.

    `concerns(entry)`: may it change somebody's rights? `touched(entries, journal_id, pages)`: the pages whose readers
    these are. `ask_again(hub, pages)`: ask about pages that are held. `sweep(hub, pages)`: about pages that go on.
    """
    global _guard
    _guard = guard


def now():
    """The time of the server as frames say it."""
    return chain.moment(timezone.now())


def hubs():
    """All hubs of this process; for any thread."""
    return list(_hubs.values())
