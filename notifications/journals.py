"""Readers of journals that come by themselves: each keeps a cursor per journal and reads on from there.

A reader that dies resumes; two workers never read for the same reader in the same journal at once.
"""

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery

from journal.models import Cursor, Entry, Journal
from journal.services import site_journal

CHUNK = 200  # entries of one journal in one transaction
LETTERS = "letters"  # the reader that mails post by post


def read_on(reader, handle, *, limit=CHUNK, journals=20, may_wait=False):
    """Hand new entries to `handle(workspace, entries)`, in order, each once; returns how many there were.

    Handling and the cursor's step are one transaction. `journals`: how many journals to look into, at most. may_wait:
    the handler returns how many of the entries it has done with; the others come again.
    """
    rooms = Journal.objects.filter(workspace__isnull=False)
    return _read_all(reader, handle, _with_news(reader, rooms)[:journals], limit, may_wait)


def read_site(reader, handle, *, limit=CHUNK):
    """The same with the journal of the site itself: `handle(entries)`."""
    site = Journal.objects.filter(pk=site_journal().pk)
    return _read_all(reader, lambda _workspace, entries: handle(entries), _with_news(reader, site), limit, False)


def _read_all(reader, handle, rows, limit, may_wait):
    count = 0
    for pk, read_to in list(rows):
        if read_to is None:
            Cursor.objects.bulk_create([Cursor(reader=reader, journal_id=pk)], ignore_conflicts=True)
        count += _read(reader, pk, handle, limit, may_wait)
    return count


def _with_news(reader, journals):
    read_to = Cursor.objects.filter(reader=reader, journal=OuterRef("pk")).values("seq")
    return (
        journals.filter(seq__gt=0)
        .annotate(read_to=Subquery(read_to))
        .filter(Q(read_to=None) | Q(read_to__lt=F("seq")))
        .order_by("pk")
        .values_list("pk", "read_to")
    )


def _read(reader, journal_id, handle, limit, may_wait):
    with transaction.atomic():
        cursors = Cursor.objects.select_for_update(skip_locked=True, of=("self",)).select_related("journal__workspace")
        cursor = cursors.filter(reader=reader, journal=journal_id).first()
        if cursor is None:
            return 0  # another worker reads here
        entries = list(Entry.objects.filter(journal=journal_id).since(cursor.seq)[:limit])
        if entries:
            done = handle(getattr(cursor.journal, "workspace", None), entries)
            entries = entries[:done] if may_wait else entries
        if entries:
            Cursor.objects.filter(pk=cursor.pk).update(seq=entries[-1].seq)
        return len(entries)
