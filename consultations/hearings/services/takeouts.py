"""Words are taken out of what people said or wrote at a hearing, or all of them are erased: of questions, answers,
speeches, points of order, explanations of vote, notes, lines of the transcript, corrections, and wherever the published
record has them. A mark with the reason takes their place.

The journal keeps that they were said, and who took them out and why. The digests it had of them go too, for what is
short is found by trying; the entry on it holds those of the words as they are now.
"""

import hashlib
from functools import partial

from django.db import transaction
from django.db.models import CharField, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.hearings import line_digests, sayings
from consultations.hearings.minutes import facts, transcript
from consultations.hearings.models import Caption, Correction, Hearing, LiveQuestion, Note, Record, Takeout
from consultations.hearings.models.captions import LONGEST
from consultations.hearings.models.records import CorrectionState, RecordState
from consultations.hearings.rules import takeouts as rules
from consultations.hearings.services import questions
from core import text as texts
from core.access import Refused, require
from forum.services.redactions import mark_for
from journal import chain
from journal.services import erase as erase_entries
from journal.services import record, reword

SHORTEST = 3  # characters that are taken out wherever they stand
MOST = 20  # times that words are taken out of one thing
MOST_MARKS = 20_000  # characters of all marks in one text
OF_RECORD = ("record.published", "record.finalised", "record.corrected")
OF_CORRECTION = ("correction.accepted", "correction.declined")


def redact(*, by, thing, passage, reason, at=None):
    """Put a mark where a passage stands in what somebody said, and where the record has that; returns the thing.

    Whose words they were gets the passage back by mail, with the reason. Raises Refused without a reason, or where the
    passage does not stand there as it was given.
    """
    with transaction.atomic():
        hearing, thing = _locked(thing)
        require(rules.redact, by, thing, text=passage)
        change, passage, reason = _change(passage, reason)
        often = Takeout.objects.filter(hearing=hearing, about=thing.reference).count()
        if often >= MOST or not passage or not _has(thing, passage):
            raise Refused(_("These words do not stand there. Copy them from it exactly."), text=passage)
        _take(by, hearing, thing, change, reason, at, passage)
        _of_record(by, hearing, change, reason, at, of=thing, passage=passage)
    return thing


def redact_everywhere(*, by, hearing, passage, reason, at=None):
    """Put a mark wherever a passage stands in what anybody said at a hearing, and in its record; returns the hearing.

    Raises Refused without a reason, and where the passage stands nowhere as it was given.
    """
    with transaction.atomic():
        hearing = Hearing.objects.locked(hearing.pk)
        require(rules.redact_everywhere, by, hearing, text=passage)
        change, passage, reason = _change(passage, reason)
        found = []
        if len(passage) >= SHORTEST:
            for saying in sayings.SAYINGS.values():
                holding = Q(*(Q(**{f"{name}__contains": passage}) for name in saying.fields), _connector=Q.OR)
                found += [thing for thing in saying.of_hearing(hearing).filter(holding) if _has(thing, passage)]
            for thing in found:
                _take(by, hearing, thing, change, reason, at, passage)
        is_there = len(passage) >= SHORTEST and _of_record(by, hearing, change, reason, at)
        if not found and not is_there:
            raise Refused(_("These words do not stand there. Copy them from it exactly."), text=passage)
    return hearing


def erase(*, by, thing, reason="", at=None):
    """The secretariat removes all that somebody said in one place, earlier wordings too, for good; returns the thing.

    A mark with the reason stands where it stood; of a question the number alone.
    """
    with transaction.atomic():
        hearing, thing = _locked(thing)
        require(rules.erase, by, thing)
        reason = texts.clean_line(reason, 400) or _("erased")
        change = partial(_instead, "" if isinstance(thing, Caption) else mark_for(reason))
        if isinstance(thing, LiveQuestion):
            questions.forget(by, thing)
            erase_entries(about=thing, actor=by)
        else:
            if isinstance(thing, Caption):
                thing.removed_at = thing.removed_at or at or timezone.now()
                thing.removed_because = thing.removed_because or reason
                thing.save(update_fields=["removed_at", "removed_because"])
            _take(by, hearing, thing, change, reason, at)
        Takeout.objects.filter(hearing=hearing, about=thing.reference).delete()
        _of_record(by, hearing, change, reason, at, of=thing)
    return thing


# -- What becomes of words ---------------------------------------------------------------------------------


def _change(passage, reason):
    """(what is made of a text, the passage, the reason); raises Refused without a reason."""
    passage, reason = texts.clean_text(passage).strip(), texts.clean_line(reason, 400)
    if not reason:
        raise Refused(_("Say why the words are taken out: everybody sees the reason."), text=passage)
    return partial(_without, passage, mark_for(reason)), passage, reason


def _without(passage, mark, said):
    if said.count(passage) * len(mark) > MOST_MARKS:
        raise Refused(_("This is more than can be kept here."), text=passage)
    return said.replace(passage, mark)


def _instead(mark, said):
    return mark if said else said


def _has(thing, passage):
    return any(passage in getattr(thing, name) for name in _fields(thing, passage))


def _fields(thing, passage):
    """The fields whose words are taken out. What an accepted correction changed stands in the record, too: a passage
    goes from it, and no name, and never all of it.
    """
    is_accepted = isinstance(thing, Correction) and thing.state == CorrectionState.ACCEPTED
    if is_accepted and (not passage or thing.part == Correction.Part.NAME):
        return ("why", "reason")
    return sayings.kind(thing.reference).fields


def _locked(thing):
    """(the hearing, locked; the thing as it is now)."""
    saying = sayings.kind(thing.reference)
    hearing = Hearing.objects.locked(saying.hearing(thing).pk)
    if (found := saying.rows.filter(pk=thing.pk).first()) is None:
        raise Refused(_("These words do not stand there. Copy them from it exactly."))
    return hearing, found


# -- What it is taken out of -------------------------------------------------------------------------------


def _take(by, hearing, thing, change, reason, at, passage=""):
    """Change the words of one thing, and what its entries say of them. passage: what its author gets back."""
    saying = sayings.kind(thing.reference)
    before = _digests(thing)
    if passage:
        member = saying.author(thing)
        made = {"member": member, "passage": passage, "reason": reason, "made_by": by, "made_at": at or timezone.now()}
        Takeout.objects.create(hearing=hearing, about=thing.reference, **made)
    fields = _fields(thing, passage)
    _write(thing, fields, change, is_erased=not passage)
    digests = dict.fromkeys(before) | {before[0]: _digests(thing)[0]}
    entries = hearing.journal.entries.filter(saying.entries(thing))
    data = reword(entries, partial(_told_anew, thing, fields, change, digests), saying.concerns(thing))
    data |= {"reason": reason, **saying.facts(thing)}
    verb = "caption.removed" if isinstance(thing, Caption) and not passage else saying.verb
    record(verb, actor=by, about=thing, data=data, audience=saying.audience(thing), at=at)


def _write(thing, fields, change, *, is_erased):
    for name in fields:
        field = thing._meta.get_field(name)
        longest = field.max_length if isinstance(field, CharField) else None
        setattr(thing, name, change(getattr(thing, name))[:longest])
    if hasattr(thing, "html"):
        thing.html = texts.render(thing.text)
        fields = (*fields, "html")
    if isinstance(thing, Note):  # or a page that has it open would save the words again
        thing.version += 1
        fields = (*fields, "version")
    thing.save(update_fields=fields)
    if isinstance(thing, Caption) and is_erased:
        thing.changes.all().delete()
    elif isinstance(thing, Caption):
        for earlier in thing.changes.all():
            earlier.text = change(earlier.text)[:LONGEST]
            earlier.save(update_fields=["text"])


def _digests(thing):
    """By which entries hold its words: as they are now, then as they were."""
    if isinstance(thing, Caption):
        return line_digests.digests(thing)
    return [hashlib.sha256(getattr(thing, "text", "").encode()).hexdigest()]


def _told_anew(thing, fields, change, digests, entry, said):
    """What an entry said of words, with those that stand now; a digest of what nobody knows any more goes."""
    if isinstance(thing, Caption):
        return line_digests.told_anew(digests, entry, said)
    new = {name: change(said[name]) for name in fields if isinstance(said.get(name), str)}
    new |= {name: digests.get(said[name]) for name in ("sha256", "text_sha256") if name in said}
    return said | new


# -- The record --------------------------------------------------------------------------------------------


def _of_record(by, hearing, change, reason, at, of=None, passage=""):
    """Change the words in a published record: those of one thing, or all; returns whether any stood there."""
    found = Record.objects.filter(hearing=hearing).exclude(state=RecordState.DRAFT).first()
    if found is None:
        return False
    found.hearing = hearing
    before = [found.provisional, found.final, found.corrigendum, found.summary]
    numbers = facts.numbers_of(found.provisional, of) if of else None
    if isinstance(of, Correction):
        is_in_it = passage and of.state == CorrectionState.ACCEPTED and of.part == Correction.Part.TEXT
        numbers = {of.paragraph: ["text"]} if is_in_it else {}
    annex = transcript.summary(hearing) if of is None or isinstance(of, Caption) else None
    found.provisional = facts.reworded(found.provisional, change, numbers, annex)
    found.final = facts.reworded(found.final, change, numbers, annex) if found.final else None
    found.corrigendum = [
        [number, *map(change, said)] if numbers is None or "text" in numbers.get(number, ()) else [number, *said]
        for number, *said in found.corrigendum
    ]
    if of is None:
        found.summary = change(found.summary)
    changed = _of_corrections(found, change, numbers)
    if before == [found.provisional, found.final, found.corrigendum, found.summary] and not changed:
        return False
    found.provisional_sha256 = facts.sha256(found.provisional)
    found.final_sha256 = facts.sha256(found.final) if found.final else ""
    found.save()
    entries = Q(about=found.reference, verb__in=OF_RECORD)
    entries |= Q(about__in=list(changed), verb__in=OF_CORRECTION)
    told = partial(_record_told_anew, found, changed)
    data = {"reason": reason, **reword(hearing.journal.entries.filter(entries), told)}
    record("record.redacted", actor=by, about=found, data=data, at=at)
    return True


def _of_corrections(found, change, numbers):
    """Change what corrections of these paragraphs quote; returns {reference: the Correction} of those that did."""
    changed = {}
    for row in found.corrections.all():
        if numbers is not None and "text" not in numbers.get(row.paragraph, ()):
            continue
        fields = ("why", "was", "reads", "reason") if row.part == Correction.Part.TEXT else ("why", "reason")
        before = [getattr(row, name) for name in fields]
        for name in fields:
            setattr(row, name, change(getattr(row, name)))
        row.reason = row.reason[:1000]
        if before != [getattr(row, name) for name in fields]:
            row.save(update_fields=fields)
            changed[row.reference] = row
    return changed


def _record_told_anew(found, changed, entry, said):
    """What an entry said of the record, or of a correction of it."""
    if row := changed.get(entry.about):
        return said | {name: getattr(row, name) for name in ("why", "was", "reads", "reason")}
    if "corrigendum" in said:
        digest = hashlib.sha256(chain.canonical(found.corrigendum)).hexdigest()
        return said | {"corrigendum": found.corrigendum, "sha256": digest}
    if "until" in said:
        return said | {"sha256": found.provisional_sha256}
    if "corrections" in said:
        return said | {"sha256": found.final_sha256}
    return said
