"""The only way into the journal: `record`; and `erase`, `blank` and `reword`, which take out what entries carried.

All run inside the transaction of the deed they record, so that what happened and its entry stand or fall
together.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from journal import chain, wakeups
from journal.models import SITE, Audience, Entry, Journal

TAKEN_OUT = Q(verb__endswith=".redacted") | Q(verb__endswith=".removed")  # entries that say what others say since


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


def reword(entries, change, concerns=None):
    """Take out what entries of one journal carried, and say the rest of it again; returns the data, `seqs` and
    `instead`, of the entry on it, which its caller records.

    change(entry, data): what an entry said, without what goes. concerns(data): which of the entries are meant, all
    unless told. What an entry said stands in an earlier `instead` where it was reworded before.
    """
    entries = list(entries.order_by("seq"))
    if not entries:
        return {"seqs": [], "instead": {}}
    holders = list(Entry.objects.filter(TAKEN_OUT, journal=entries[0].journal_id, data__has_key="instead"))
    told = {int(seq): said for holder in holders for seq, said in holder.data["instead"].items()}
    told |= {entry.seq: entry.data for entry in entries if entry.data is not None}
    meant = {one.seq: one for one in entries if one.seq in told and (concerns is None or concerns(told[one.seq]))}
    carried, seqs = set(), set(meant)
    for holder in holders:
        if holder.seq in meant or meant.keys() & set(map(int, holder.data["instead"])):
            carried.update(map(int, holder.data["instead"]))
            seqs.update(holder.data["seqs"], (holder.seq,))
            told[holder.seq] = {name: said for name, said in holder.data.items() if name not in ("seqs", "instead")}
    Entry.objects.filter(journal=entries[0].journal_id, seq__in=seqs).update(data=None, salt=None)
    instead = {
        str(seq): change(meant[seq], told[seq]) if seq in meant else told[seq]
        for seq in sorted(seqs | carried)
        if seq in told
    }
    return {"seqs": sorted(seqs), "instead": instead}


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
