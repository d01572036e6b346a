"""What is done again and again while pages are open: what waits is passed on, streams are told where they are, and for
each page it is asked anew whether its reader may stay.
"""

import asyncio
import logging

from journal.live import wires

log = logging.getLogger(__name__)
PUMP_SECONDS = 0.05
BEAT_SECONDS = 15
SWEEP_SECONDS = 20  # for what no journal tells: a sign-out
SWEPT_AT_ONCE = 100  # pages


async def pump(hub):
    """Pass on what waits for clients that are slow."""
    while True:
        await asyncio.sleep(PUMP_SECONDS)
        for wire in list(hub.busy):
            try:
                wire.pump()
            except Exception:
                log.exception("What waits for a client cannot be passed on; it will come back.")
                wire.close(1000)


async def beat(hub):
    """Let streams say where they are: for proxies, which end what is silent, and for pages, which give it up."""
    while True:
        await asyncio.sleep(BEAT_SECONDS)
        for room in list(hub.rooms.values()):
            pong = wires.message(type="pong", seq=room.seq, time=wires.now())
            for circle in list(room.circles.values()):
                if circle.form in ("event", "chunk"):
                    for page in list(circle.pages):
                        try:
                            page.wire.say(pong, room.seq)
                        except Exception:  # nobody else may fall silent
                            hub.let_go(page)


async def sweep(hub):
    """Ask again for every page whether its reader may be there: a few at a time, and all through the round, for
    whatever else runs in this process meanwhile keeps an event from everybody.
    """
    while True:
        pages = list(hub.pages)
        turns = max(1, -(-len(pages) // SWEPT_AT_ONCE))
        for turn in range(turns):
            await asyncio.sleep(SWEEP_SECONDS / turns)
            try:
                if hub.guard and pages:
                    await hub.guard.sweep(hub, pages[turn::turns])
            except Exception:
                log.exception("It could not be asked who may stay; it is asked again in the next round.")
