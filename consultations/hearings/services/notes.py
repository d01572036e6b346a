"""Notes: the paragraphs that note-takers write while a hearing goes on, two or more of them at once.

Whoever saves says which version they began with. Where somebody else saved the same paragraph meanwhile, both wordings
are kept: the later one waits beside the first until one of them is chosen, or both are.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.hearings.models import Hearing, Note
from consultations.hearings.models.records import MOST_NOTE
from consultations.hearings.rules import records as rules
from core import text as texts
from core.access import Refused, require
from journal.models import Audience
from journal.services import record

LATELY = timedelta(minutes=10)  # that somebody writes is recorded so often
MOST = 2_000  # paragraphs of one item
KEEP = ("mine", "theirs", "both")
AS_IT_IS = object()


@dataclass(frozen=True)
class Saved:
    """The note as it stands. is_rival: somebody else had saved another wording, and this one waits beside it."""

    note: Note
    is_rival: bool = False


def write(*, by, item, text, speaker=None, key=None, at=None):
    """Add a paragraph to the minutes of an item; returns it. key: of the form, which makes it one however often sent.

    speaker: of whom it tells. Raises Refused with the text.
    """
    with transaction.atomic():
        hearing = Hearing.objects.locked(item.hearing_id)
        require(rules.write_notes, by, hearing, text=text)
        if key and (earlier := Note.objects.filter(item=item, key=key).first()):
            return save(by=by, note=earlier, text=text, version=earlier.version, at=at).note
        said = _cleaned(text)
        if not said:
            raise Refused(_("There is nothing written."))
        if item.notes.count() >= MOST:
            raise Refused(_("No more paragraphs fit into the minutes of one item."), text=text)
        now = at or timezone.now()
        note = Note.objects.create(
            item=item, speaker=speaker, text=said, key=key, written_by=by, written_at=now, changed_by=by, changed_at=now
        )
        note.item.hearing = hearing
        _tell(by, note, at)
    return note


def save(*, by, note, text, version, tried=None, speaker=AS_IT_IS, at=None):
    """Take a wording of a paragraph that was begun at `version`; returns Saved. Empty, it is taken out.

    tried: what the writer sent before and got no answer to; where that stands, this one goes on from it. speaker: of
    whom it tells; the same as before unless told.

    Raises Refused with the text where the record is published.
    """
    with transaction.atomic():
        hearing = Hearing.objects.locked(note.item.hearing_id)
        require(rules.write_notes, by, hearing, text=text)
        now, said = at or timezone.now(), _cleaned(text)
        note = Note.objects.select_related("item").get(pk=note.pk)
        note.item.hearing = hearing
        if speaker is not AS_IT_IS and note.speaker != speaker:
            note.speaker = speaker
            note.save(update_fields=["speaker"])
        if note.text == said and note.dropped_at is None:
            return Saved(note, note.rival_of_id is not None)
        if tried is not None and note.text == _cleaned(tried):
            version = note.version
        if note.version != version and said:
            # Of a wording that waits and was settled meanwhile, what it was a wording of.
            above = note.rival_of or note
            fields = {"written_by": by, "written_at": now, "changed_by": by, "changed_at": now}
            rival = Note.objects.create(item=note.item, speaker=note.speaker, rival_of=above, text=said, **fields)
            _tell(by, rival, at)
            return Saved(rival, is_rival=True)
        if note.version != version:
            raise Refused(_("Somebody else changed this paragraph, so it was not taken out. Look at it again."))
        note.text, note.dropped_at = said or note.text, None if said else now
        note.version, note.changed_by, note.changed_at = note.version + 1, by, now
        note.save()
        _tell(by, note, at)
    return Saved(note, note.rival_of_id is not None)


def settle(*, by, rival, keep, at=None):
    """Make one of two wordings: `mine` takes the place of what stands, `theirs` stays, `both` become paragraphs."""
    if keep not in KEEP:
        raise ValueError(f"One keeps {', '.join(KEEP)}.")
    with transaction.atomic():
        hearing = Hearing.objects.locked(rival.item.hearing_id)
        require(rules.write_notes, by, hearing)
        rival = Note.objects.select_related("item", "rival_of").get(pk=rival.pk)
        if rival.rival_of is None or rival.dropped_at:
            return rival
        now, note = at or timezone.now(), rival.rival_of
        if keep == "both":
            rival.rival_of = None
        else:
            rival.dropped_at = now
        if keep == "mine":
            note.text, note.dropped_at, note.version = rival.text, None, note.version + 1
            note.changed_by, note.changed_at = by, now
            note.save()
        rival.version += 1
        rival.save()
        note.item.hearing = hearing
        facts = {"item": note.item.label, "keep": keep}
        record("note.settled", actor=by, about=note, data=facts, audience=Audience.MODERATORS, at=at)
    return note


def _cleaned(text):
    said = texts.clean_text(text).strip()
    if len(said) > MOST_NOTE:
        raise Refused(_("A paragraph has 20,000 characters at most. Begin another one."), text=text)
    return said


def _tell(by, note, at):
    """Record that somebody takes notes on an item, once in a while."""
    since = (at or timezone.now()) - LATELY
    lately = note.journal.entries.filter(verb="note.written", actor=by.reference, at__gt=since).order_by("-seq").first()
    facts = {"item": note.item.label}
    if lately is None or lately.data != facts:
        record("note.written", actor=by, about=note, data=facts, audience=Audience.MODERATORS, at=at)
