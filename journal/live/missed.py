"""What a page missed while it was away: from the strip of its room as far as that goes back, before that from the
journal.
"""

import asyncio
import time

from journal.live import frames, reading, rooms, walking

MOST_MISSED = 500_000  # bytes that are sent of what was missed; more comes with a fresh page
AHEAD_SECONDS = 5  # how long the walker may take to reach what a page has seen already


async def pieces(room, page, hub):
    """The pieces of what a page missed, up to where the room is at the end; None when that is too much."""
    until = time.monotonic() + AHEAD_SECONDS
    while page.seq > room.seq:  # it was made from what the walker has not read yet
        hub.stir(room.journal_id)
        await asyncio.sleep(0.02)
        if time.monotonic() > until:
            return None
    strip, items, known = room.strip(page.strip_key), [], page.seq
    while known < strip.start:
        if room.seq - page.seq > rooms.FAR_BEHIND:
            return None
        async with strip.lock:
            if known >= (start := strip.start):
                break
            if start - known > rooms.FAR_BEHIND:  # it went on while this waited: not all would be read
                return None
            _, drawn = await reading.in_thread(reading.read)(
                page.journal_id, known, start, rooms.FAR_BEHIND, [page.strip_key]
            )
            # It may show what was said since; who was let in may have been shut out before that was said.
            later = await reading.in_thread(reading.entries_after)(room.journal_id, room.seq, walking.BATCH)
            hub.changes_of_rights(room, later)
            if (read := drawn[page.strip_key]) is None:
                return None
            if strip.start == start:
                strip.put_before(read, known)
            else:
                items, known = items + read, start
    if room.seq - page.seq > rooms.FAR_BEHIND:
        return None
    items = items + strip.after(known)
    found = frames.pieces(items, form=page.wire.form, moderates=page.moderates, member_id=page.member_id)
    return found if sum(piece.size for piece in found) <= MOST_MISSED else None
