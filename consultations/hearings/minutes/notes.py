"""What note-takers wrote: of a speaker, after their words; else where it was written in the course of an item."""

from consultations.hearings.minutes.sources import Told
from consultations.hearings.models import Note


def tell(hearing):
    rows = Note.objects.filter(item__hearing=hearing).standing().select_related("speaker__delivery")
    for place, row in enumerate(rows):
        clock = getattr(row.speaker, "delivery", None) if row.speaker_id else None
        # Those of one speaker stand in their order behind what that speaker said.
        rank = 2 + min(place, 800) if clock else 1
        at = clock.started_at if clock else row.written_at
        facts = {"note": row.pk, "text": row.text, "language": hearing.language}
        yield Told(row.item_id, "note", at, rank, facts, {"text": row.reference})
