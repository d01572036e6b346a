"""The open pages of this process. Each enters with the last entry it knows, gets what it missed, and from then on
everything as it happens; it can be held back, and closed.

While pages are open a walker hands out what is new (`walking`), and some rounds are made besides (`rounds`).
"""

import asyncio
import contextlib
import logging
import weakref

from django.conf import settings

from core import figures
from journal import wakeups
from journal.live import missed, rooms, rounds, walking, wires

log = logging.getLogger(__name__)
RETURNS = 400  # clients that may come back in a second
joins = figures.count("alphorn_live_joins_total", "Pages let in, by websocket or stream.")


class Hub:
    """The pages of one event loop, and who tells them what. Get it with `hub()`."""

    guard = None  # see `guarded_by`

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
            pieces = await missed.pieces(room, page, self)
        # From here to the end nothing else runs: what is said from now on finds the page in its circle.
        if page not in self.pages:
            return True  # it left meanwhile
        if any(self.rooms[journal_id].rights_seq > seq for journal_id, seq in marks.items()):
            return False
        if hello:
            joins.add()
            page.wire.say(wires.message(type="hello", seq=room.seq, time=wires.now(), retry=self.spread()))
        if pieces is None:
            wires.snapshots.add()
            page.wire.say(wires.message(type="snapshot", seq=room.seq), room.seq)
        else:
            page.wire.replay(pieces)
            wires.deliveries.add(sum(piece.count for piece in pieces))
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

    def changes_of_rights(self, room, entries):
        """Those of these entries that may have changed what somebody may see; who was let in before them is asked about
        again.
        """
        changes = [entry for entry in entries if self.guard and self.guard.concerns(entry)]
        if changes:
            room.rights_seq = max(room.rights_seq, changes[-1].seq)
        return changes

    def spread(self):
        """The seconds over which clients should spread when they come back."""
        return max(1, len(self.pages) // RETURNS)

    # -- Who tells them what ------------------------------------------------------------------------------------

    def start(self):
        """Begin to walk, when the first page has come."""
        if self.tasks:
            return
        wakeups.listen(self.wake)
        works = [walking.walk(self), rounds.pump(self), rounds.beat(self), rounds.sweep(self)]
        if settings.REDIS_URL:
            works.append(walking.listen(self))
        self.tasks = [self.loop.create_task(work) for work in works]

    def wake(self, journal_id):
        """Look now; called from any thread."""
        if journal_id in self.rooms:
            with contextlib.suppress(RuntimeError):  # the loop is closing: nobody is left to be told
                self.loop.call_soon_threadsafe(self.stir, journal_id)

    def stir(self, journal_id):
        self.stirred.add(journal_id)
        self.woken.set()

    def background(self, work):
        """Let something run besides, and keep it from being forgotten before it is done."""
        task = self.loop.create_task(work)
        self.errands.add(task)
        task.add_done_callback(self.errands.discard)


_hubs = weakref.WeakKeyDictionary()


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
    Hub.guard = guard


def hubs():
    """All hubs of this process; for any thread."""
    return list(_hubs.values())
