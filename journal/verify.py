"""Checks a journal from its first entry to its head and names the first thing that does not hold.

Found: a row changed, removed, inserted or put elsewhere, data that is not what was committed to, data blanked
without an entry that says who erased it, and a head that is not the last entry.
"""

from dataclasses import dataclass

from journal import chain
from journal.models import Journal
from journal.services import link


@dataclass
class Fault:
    """The first entry that does not hold, and why."""

    journal: str
    seq: int
    reason: str


def verify(journal: Journal):
    """None when the whole journal holds, else its first Fault. Reads entries one by one, in constant memory."""
    digest, seq, blanked = chain.START, 0, set()
    for entry in journal.entries.order_by("seq").iterator(chunk_size=1000):
        entry.journal = journal
        if entry.seq != seq + 1:
            return Fault(journal.name, seq + 1, f"entry {seq + 1} is missing; the next one is {entry.seq}")
        digest, seq = link(digest, entry), entry.seq
        if digest != bytes(entry.digest):
            return Fault(journal.name, seq, "its fields, or an entry before it, are not what was recorded")
        if entry.data is None or entry.salt is None:
            blanked.add(seq)
        elif chain.commitment(bytes(entry.salt), entry.data) != bytes(entry.commitment):
            return Fault(journal.name, seq, "its data is not what was recorded")
        elif "seqs" in entry.data:  # what an entry of this kind says was taken out (services.blank)
            blanked.difference_update(entry.data["seqs"])
    if blanked:
        return Fault(journal.name, min(blanked), "its data was removed and no later entry says who erased it")
    if (seq, digest) != (journal.seq, bytes(journal.digest)):
        return Fault(journal.name, seq + 1, f"the journal ends at {seq}, and its head says {journal.seq}")
    return None
