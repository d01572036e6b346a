"""The walker: reads each new entry once, has it drawn once for all pages of a thing in a language, and hands it out.

It is woken by commits of its own process, by the channel layer where Redis is set, and by a small poll always, so
that nothing depends on a wake-up arriving.
"""

import asyncio
import contextlib
import logging
import time

from channels.layers import get_channel_layer
from django.conf import settings

from core import figures
from journal import wakeups
from journal.live import reading, straight, wires

log = logging.getLogger(__name__)
BATCH = 200  # entries read at once
BREATH = 500  # clients written to before the process turns to whatever else waits
read = figures.count("alphorn_live_entries_total", "Journal entries read for open pages.")


async def walk(hub):
    """Read what is new and hand it out, until the last page has left."""
    while True:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(hub.woken.wait(), settings.WAKE_SECONDS)
        hub.woken.clear()
        try:
            await look(hub)
        except Exception:
            log.exception("The journals could not be read; trying again in a second.")
            await asyncio.sleep(1)


async def look(hub):
    """Read on where something is said to have happened, and, when it is time, wherever something has."""
    grown, hub.stirred = hub.stirred, set()
    if time.monotonic() - hub.polled_at >= settings.WAKE_SECONDS:
        hub.polled_at = time.monotonic()
        close_empty_rooms(hub)
        heads = await reading.in_thread(reading.heads_of)(list(hub.rooms))
        grown.update(key for key, seq in heads if (room := hub.rooms.get(key)) and room.seq < seq)
    for journal_id in grown:
        while (room := hub.rooms.get(journal_id)) and await hand_out(hub, room):
            pass


def close_empty_rooms(hub):
    used = {page.journal_id for page in hub.pages}
    for journal_id in [key for key, room in hub.rooms.items() if not room.is_watched and key not in used]:
        del hub.rooms[journal_id]


async def hand_out(hub, room):
    """Read the next entries of a journal and give them to its pages; returns whether there may be more."""
    entries, drawn = await reading.in_thread(reading.read)(room.journal_id, room.seq, None, BATCH, list(room.strips))
    if not entries:
        return False
    while True:
        # What was drawn may show what was said since these were read: not to those whose rights were taken meanwhile.
        later = await reading.in_thread(reading.entries_after)(room.journal_id, entries[-1].seq, BATCH)
        if not (missing := [key for key in room.strips if key not in drawn]):
            break
        drawn.update(await reading.in_thread(reading.draw)(entries, missing))  # they came while others were drawn
    held = hold_touched(hub, room, entries + later)
    for key in room.advance(drawn, entries):
        snapshot(room, key)
    if held:
        hub.background(hub.guard.ask_again(hub, held))
    read.add(len(entries))
    hub.lag = max(0.0, time.time() - entries[-1].at.timestamp())
    await deliver(hub, list(room.deliveries(drawn)))
    return len(entries) == BATCH


def hold_touched(hub, room, entries):
    """Hold the pages whose readers' rights these entries may have changed; returns them."""
    changes = hub.changes_of_rights(room, entries)
    if not changes:
        return []
    held = hub.guard.touched(changes, room.journal_id, hub.pages)
    for page in held:
        hub.hold(page)
    return held


def snapshot(room, strip_key):
    """Send the pages of one thing in one language to fresh copies of themselves."""
    for circle in room.circles.values():
        if circle.strip_key == strip_key:
            for page in circle.pages:
                wires.snapshots.add()
                page.wire.say(wires.message(type="snapshot", seq=room.seq), room.seq)


async def deliver(hub, works):
    """Write pieces to pages, piece by piece, so that each page gets them in order."""
    hub.departed.clear()
    written = 0
    for pages, pieces in works:
        for piece in pieces:
            for begin in range(0, len(pages), BREATH):
                some = pages[begin : begin + BREATH]
                for page, sent in straight.write(some, piece, hub.departed | straight.occupied(hub.busy)):
                    try:
                        page.wire.put(piece, sent)
                    except Exception:  # nobody else may miss it
                        hub.let_go(page)
                wires.deliveries.add(piece.count * len(some))
                written += len(some)
                if written >= BREATH:
                    written = 0
                    await asyncio.sleep(0)


async def listen(hub):
    """Be woken by other processes, by one subscription for this whole process."""
    layer = get_channel_layer()
    while True:
        try:
            channel = await layer.new_channel()
            await layer.group_add(wakeups.GROUP, channel)
            while True:
                hub.wake((await layer.receive(channel))["journal"])
        except Exception:
            log.exception("Redis wakes nobody for the moment; the poll goes on.")
            await asyncio.sleep(5)
