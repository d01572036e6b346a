"""The only way into the journal: `record`, and `erase` and `blank`, which take out what an entry carried.

All run inside the transaction of the deed they record, so that what happened and its entry stand or fall
together.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.utils import timezone

from journal import chain, wakeups
from journal.models import SITE, Audience, Entry, Journal


@dataclass(kw_only=True)
class Draft:
    """An entry before it has its place: what `record` takes, for many at once."""

    verb: str
    about: object
    actor: object = None
    data: dict = field(default_factory=dict)
    audience: str = Audience.EVERYONE
    at: datetime | None = None


def record(verb, *, about, actor=None, data=None, audience=Audience.EVERYONE, at=None):
    """Append one entry to the journal of `about`; returns the entry.

    `about` and `actor` have a `reference` ("post:812"); `about` also has the `journal`. `at` is for what is known
    to have happened earlier (a loaded world), everything else is dated now.
    """
    draft = Draft(verb=verb, about=about, actor=actor, data=data or {}, audience=audience, at=at)
    return record_all(about.journal, [draft])[0]


def record_all(journal, drafts):
    """Append several entries to one journal, in order, under one lock; returns them."""
    if not connection.in_atomic_block:
        raise RuntimeError("record() needs the transaction of the deed it records.")
    # NO KEY: rows that point at a locked one can be written meanwhile, for a lock must only keep other writers out.
    head = Journal.objects.select_for_update(no_key=True).get(pk=journal.pk)
    digest, now, entries = bytes(head.digest), timezone.now(), []
    for seq, draft in enumerate(drafts, head.seq + 1):
        salt = secrets.token_bytes(16)
        entry = Entry(
            journal=head,
            seq=seq,
            verb=draft.verb,
            actor=draft.actor.reference if draft.actor else "",
            about=draft.about.reference,
            audience=draft.audience,
            data=draft.data,
            salt=salt,
            commitment=chain.commitment(salt, draft.data),
            at=draft.at or now,
        )
        entry.digest = digest = link(digest, entry)
        entries.append(entry)
    Entry.objects.bulk_create(entries, batch_size=500)
    Journal.objects.filter(pk=head.pk).update(seq=head.seq + len(entries), digest=digest)
    wakeups.after_commit(head.pk)
    return entries


def erase(*, about, actor, also=()):
    """Take out what the entries about a thing carried, for good; the chain still holds and says who did it.

    also: entries about other things that were blanked with it.
    """
    return record("record.erased", about=about, actor=actor, data={"seqs": sorted([*blank(about=about), *also])})


def blank(*, about, verbs=()):
    """Take out what the entries about a thing carried; returns the numbers of all that carry nothing, which the entry
    on it has to name (`seqs`). verbs: of these entries alone.
    """
    entries = Entry.objects.filter(journal=about.journal, about=about.reference)
    entries = entries.filter(verb__in=verbs) if verbs else entries
    entries.exclude(data=None).update(data=None, salt=None)
    return list(entries.order_by("seq").values_list("seq", flat=True))


def link(previous, entry):
    """The digest of an entry after the one whose digest is `previous`."""
    return chain.link(
        previous,
        journal=entry.journal.name,
        seq=entry.seq,
        verb=entry.verb,
        actor=entry.actor,
        about=entry.about,
        audience=str(entry.audience),
        at=entry.at,
        commitment=bytes(entry.commitment),
    )


def site_journal():
    """The journal of the site itself: members joined, mandates given, settings changed."""
    return Journal.objects.get_or_create(name=SITE)[0]
