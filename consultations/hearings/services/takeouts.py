"""Words are taken out of a published record: a mark with the reason takes their place in every text of it, in the words
of speakers, in notes and in corrections. The journal holds the SHA-256 of the texts as they are then.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.hearings.minutes import facts
from consultations.hearings.models import Correction, Hearing, Note, Record, Speech
from consultations.hearings.rules import records as rules
from consultations.hearings.services import speeches
from core import text as texts
from core.access import Refused, require
from forum.services.redactions import mark_for
from journal.services import blank, record

SHORTEST = 3  # characters: what is shorter stands everywhere
OF_CORRECTION = ("why", "was", "reads", "reason")


def redact(*, by, record_of, passage, reason, at=None):
    """Take a passage out of a published record, wherever it stands; returns the Record.

    Raises Refused without a reason, and where the passage does not stand in it as it was given.
    """
    passage, reason = texts.clean_text(passage).strip(), texts.clean_line(reason, 400)
    with transaction.atomic():
        hearing = Hearing.objects.locked(record_of.hearing_id)
        record_of = Record.objects.get(pk=record_of.pk)
        record_of.hearing = hearing
        require(rules.redact, by, record_of, text=passage)
        if not reason:
            raise Refused(_("Say why the words are taken out: everybody sees the reason."), text=passage)
        if len(passage) < SHORTEST or not take_out(by, hearing, passage, reason, at):
            raise Refused(_("These words do not stand in the record. Copy them from it exactly."), text=passage)
        return Record.objects.get(pk=record_of.pk)


def take_out(by, hearing, passage, reason, at=None):
    """The same for who has asked already, in a hearing the caller has locked; False where the passage stands nowhere in
    its record, or none is published.
    """
    found = Record.objects.filter(hearing=hearing).exclude(state="draft").first()
    if found is None or len(passage) < SHORTEST:
        return False
    found.hearing = hearing
    mark = mark_for(reason)
    before = [found.provisional, found.final, found.corrigendum]
    found.provisional = facts.without(found.provisional, passage, mark)
    found.final = facts.without(found.final, passage, mark) if found.final else None
    found.corrigendum = [[row[0], *(said.replace(passage, mark) for said in row[1:])] for row in found.corrigendum]
    changed = [row for row in found.corrections.all() if any(passage in getattr(row, name) for name in OF_CORRECTION)]
    if before == [found.provisional, found.final, found.corrigendum] and not changed:
        return False
    found.provisional_sha256 = facts.sha256(found.provisional)
    found.final_sha256 = facts.sha256(found.final) if found.final else ""
    found.save()
    _of_corrections(changed, passage, mark)
    _of_speeches(by, hearing, passage, mark, reason, at)
    for note in Note.objects.filter(item__hearing=hearing, text__contains=passage):
        note.text = note.text.replace(passage, mark)
        note.save(update_fields=["text"])
    data = {
        "reason": reason,
        "provisional_sha256": found.provisional_sha256,
        "final_sha256": found.final_sha256,
        "corrections": {row.reference: told(row) for row in _decided(found)},
        "corrigendum": found.corrigendum,
        "seqs": _blanked(found),
    }
    record("record.redacted", actor=by, about=found, data=data, at=at)
    return True


def told(correction):
    """What the journal keeps of a correction that is decided."""
    fields = ("paragraph", "part", "why", "was", "reads", "reason", "state")
    return {name: getattr(correction, name) for name in fields}


def _of_corrections(rows, passage, mark):
    for row in rows:
        for name in OF_CORRECTION:
            setattr(row, name, getattr(row, name).replace(passage, mark))
        row.reason = row.reason[:1000]
    Correction.objects.bulk_update(rows, OF_CORRECTION)


def _decided(found):
    return found.corrections.exclude(state="open").order_by("decided_at", "pk")


def _blanked(found):
    """Blank all entries that may hold the passage; the new one says again what they said, and names them."""
    seqs = blank(about=found, verbs=("record.corrected", "record.redacted"))
    for row in _decided(found):
        seqs += blank(about=row, verbs=("correction.accepted", "correction.declined"))
    return sorted(seqs)


def _of_speeches(by, hearing, passage, mark, reason, at):
    for speech in speeches.WITH_ALL.filter(speaker__item__hearing=hearing, text__contains=passage):
        speech.text = speech.text.replace(passage, mark)[: speeches.MOST]
        speech.html = texts.render(speech.text)
        Speech.objects.filter(pk=speech.pk).update(text=speech.text, html=speech.html)
        data = speeches.facts(speech) | {"reason": reason}
        record("speech.redacted", actor=by, about=speech, data=data, at=at)
