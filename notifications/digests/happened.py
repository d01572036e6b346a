"""What happened in the rooms that a batch of members reads: fetched once for all, then cut to one member's window."""

from collections import defaultdict
from functools import reduce
from operator import or_

from django.db.models import Q

from journal.models import Entry

AT_ONCE = 100  # rooms in one query; SQLite takes no longer chain of conditions than about 1,000


def entries(batch, verbs, *, most, rooms=None, **only):
    """{room: [Entry]} of these verbs in order, from the earliest window on; of very much, the latest `most`.

    `rooms`: of these alone. `only`: further conditions on the entries.
    """
    rooms = batch.lowest if rooms is None else rooms
    by_journal = {batch.rooms[room].journal_id: room for room in rooms}
    wanted = [
        Q(journal=batch.rooms[room].journal_id, seq__gt=batch.lowest[room], seq__lte=batch.rooms[room].journal.seq)
        for room in rooms
    ]
    found = []
    for start in range(0, len(wanted), AT_ONCE):
        rows = Entry.objects.filter(reduce(or_, wanted[start : start + AT_ONCE]), verb__in=verbs, **only)
        found += rows.defer("salt", "commitment", "digest").order_by("-pk")[:most]
    told = defaultdict(list)
    for entry in sorted(found, key=lambda entry: (entry.journal_id, entry.seq)):
        told[by_journal[entry.journal_id]].append(entry)
    return told


def within(window, told):
    """The entries that fall into a window, of what `entries` found."""
    return [entry for entry in told.get(window.row.workspace_id, ()) if window.covers(entry)]
