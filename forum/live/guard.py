"""Who may stay: pages are asked about again when an entry says that something changed, and every 20 seconds besides.

A page that is asked about because of an entry is told nothing meanwhile, and goes on where it was; who may no longer
be there never hears what came after.
"""

import logging

from forum.live import kinds
from forum.live.doors import AT_ONCE, GONE, Ask, admit
from journal.live.reading import in_thread

log = logging.getLogger(__name__)
# After these one reader is asked about again; the entry names the member in its data, or is about the member.
SEAT_VERBS = {"seat.taken", "seat.left", "seat.dismissed", "seat.changed"}
ACCOUNT_VERBS = {"member.changed", "member.deactivated"}
ROOM_VERBS = {"workspace.changed"}  # and after these everybody in the room


def concerns(entry):
    """Whether an entry may change who may see something."""
    return (
        entry.verb in SEAT_VERBS
        or entry.verb in ACCOUNT_VERBS
        or entry.verb in ROOM_VERBS
        or any(entry.verb in kind.access_verbs for kind in kinds.every())
    )


def touched(entries, journal_id, pages):
    """The pages whose readers these entries of one journal concern."""
    verbs = {entry.verb for entry in entries}
    accounts = {entry.about_id for entry in entries if entry.verb in ACCOUNT_VERBS}
    seats = {(entry.data or {}).get("member") for entry in entries if entry.verb in SEAT_VERBS} - {None}
    return [
        page
        for page in pages
        if page.member_id in accounts
        or (
            page.journal_id == journal_id
            and (verbs & ROOM_VERBS or page.member_id in seats or verbs & page.kind.access_verbs)
        )
    ]


async def ask_again(hub, pages):
    """Ask about pages that are held; they go on, or end."""
    while pages:
        some, pages = pages[:AT_ONCE], pages[AT_ONCE:]
        answers = await answers_for(hub, some)
        for page, admission in zip(some, answers, strict=True):
            if page not in hub.pages:
                continue
            if admission is None:
                hub.close(page, GONE)
            else:
                page.moderates = admission.moderates
                try:
                    if not await hub.enter(page, admission.marks, hello=False):
                        pages.append(page)
                except Exception:
                    hub.let_go(page)


async def sweep(hub, pages):
    """Ask about pages that go on; those whose reader became a moderator, or is none any more, enter anew."""
    pages = [page for page in pages if page.circle]
    answers = await answers_for(hub, pages)
    for page, admission in zip(pages, answers, strict=True):
        if page not in hub.pages or not page.circle:
            continue
        if admission is None:
            hub.close(page, GONE)
        elif admission.moderates != page.moderates:
            hub.hold(page)
            await ask_again(hub, [page])


async def answers_for(hub, pages):
    """An Admission for each page, or None; when that fails, the pages are let go and come back by themselves."""
    try:
        answers = await in_thread(admit)([Ask(page.kind, page.thing, page.session) for page in pages])
    except Exception:
        log.exception("It could not be asked who may stay on %d live pages; they will come back.", len(pages))
        for page in pages:
            hub.close(page, 1000)
        return [None] * len(pages)
    # A session that ended makes its reader nobody, whose pages these are not.
    return [
        admission if admission and admission.member_id == page.member_id else None
        for page, admission in zip(pages, answers, strict=True)
    ]
