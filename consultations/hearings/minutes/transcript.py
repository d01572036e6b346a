"""The lines of the transcript, which are an annex of the record: as they stand, without those that were taken out."""

import hashlib

from consultations.hearings.minutes.sources import moment
from consultations.hearings.models import Caption
from journal import chain


def lines(hearing):
    """Its lines in their order, as plain values; a bounded number of rows at a time."""
    for row in Caption.objects.filter(hearing=hearing).standing().order_by("number").iterator(chunk_size=500):
        yield {
            "number": row.number,
            "item": row.item_id,
            "at": moment(row.said_at),
            "name": row.speaker_name,
            "language": row.language,
            "text": row.text,
        }


def summary(hearing):
    """How many there are, and the SHA-256 of all of them: of the canonical JSON of each, with a line feed behind."""
    count, digest = 0, hashlib.sha256()
    for line in lines(hearing):
        count += 1
        digest.update(chain.canonical(line) + b"\n")
    return {"lines": count, "sha256": digest.hexdigest()}
