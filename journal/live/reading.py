"""What the hub asks the database, in threads of its own: how far journals are, and entries, drawn for those who wait.

A kind of page (`forum.live.kinds`) draws; an entry is drawn once for all pages of a thing in a language. What only
moderators hear is drawn when a moderator looks on.
"""

import logging
from concurrent.futures import ThreadPoolExecutor

from channels.db import DatabaseSyncToAsync
from django.db import Error

from journal.models import Audience, Entry, Journal

log = logging.getLogger(__name__)
# Not the threads that answer requests: while these are all busy, live pages go on. Two, so that who comes in does not
# wait for what is being drawn.
POOL = ThreadPoolExecutor(2, thread_name_prefix="live")


def in_thread(function):
    """The same function to be awaited, run in one of the threads of live pages."""
    return DatabaseSyncToAsync(function, thread_sensitive=False, executor=POOL)


def heads_of(journal_ids):
    return list(Journal.objects.filter(pk__in=journal_ids).values_list("pk", "seq"))


def entries_after(journal_id, seq, most, upto=None):
    """The entries of a journal after one, in their order."""
    entries = Entry.objects.filter(journal_id=journal_id).since(seq)
    if upto is not None:
        entries = entries.filter(seq__lte=upto)
    return list(entries[:most])


def read(journal_id, after, upto, most, wanted):
    """Entries of a journal and what pages hear of them: `(entries, drawn)`; see `draw`."""
    entries = entries_after(journal_id, after, most, upto)
    return entries, draw(entries, wanted)


def draw(entries, wanted):
    """Items for each of the wanted `StripKey`s; None for those of a kind that could not draw."""
    if not entries:
        return {key: [] for key in wanted}
    drawn = {}
    for kind in {key.kind for key in wanted}:
        mine = [key for key in wanted if key.kind is kind]
        drawn.update(dict.fromkeys(mine, None))
        moderators = {key.language for key in mine if key.moderates}
        heard = [entry for entry in entries if moderators or entry.audience != Audience.MODERATORS]
        languages, things = {key.language for key in mine}, {key.thing for key in mine}
        try:
            told = list(kind.draw(heard, languages, things, moderators=moderators)) if heard else []
            drawn.update(
                {key: [one.item(key.language, key.moderates) for one in told if one.thing == key.thing] for key in mine}
            )
        except Error:
            raise
        except Exception:
            log.exception("Entries %s could not be drawn for %s.", [entry.pk for entry in entries], kind.name)
    return drawn
