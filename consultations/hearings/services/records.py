"""The record of a hearing: written, published as provisional, corrected, final, and perhaps one corrigendum.

What is published is kept as it was. The final text is the provisional one with what was accepted; the corrigendum
stands beside it. The journal has the SHA-256 of each.
"""

import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.hearings.minutes import facts
from consultations.hearings.models import Correction, Hearing, Record
from consultations.hearings.models.records import CorrectionState, RecordState
from consultations.hearings.rules import hearings as hearing_rules
from consultations.hearings.rules import records as rules
from consultations.wording.times import moment
from core import text as texts
from core.access import Refused, require
from forum.models.posts import Channel
from journal import chain
from journal.models import Audience
from journal.services import record

MOST = 50  # corrections of one member
MOST_CORRIGENDUM = 200
LONGEST = 60_000  # characters of a paragraph


def draft(*, by, hearing, at=None):
    """The record of a hearing, begun by whoever first writes at it; returns it."""
    with transaction.atomic():
        hearing = Hearing.objects.locked(hearing.pk)
        if there := Record.objects.filter(hearing=hearing).first():
            there.hearing = hearing
            return there
        require(hearing_rules.take_notes, by, hearing)
        made = Record.objects.create(hearing=hearing, begun_at=at or timezone.now())
        record("record.begun", actor=by, about=made, audience=Audience.MODERATORS, at=at)
    return made


def summarise(*, by, hearing, text, version, at=None):
    """Take the chair's summary, begun at `version`; returns the Record. Empty, there is none.

    Raises Refused with the text where somebody else has changed it since.
    """
    with transaction.atomic():
        hearing = Hearing.objects.locked(hearing.pk)
        require(rules.summarise, by, hearing, text=text)
        made = draft(by=by, hearing=hearing, at=at)
        said = texts.clean_text(text).strip()
        if len(said) > LONGEST:
            raise Refused(_("The summary has 60,000 characters at most. Shorten it a little."), text=text)
        if said == made.summary:
            return made
        if version != made.summary_version:
            told = _("%(name)s changed the summary meanwhile. Your text is kept below: put the two together, and save.")
            raise Refused(told % {"name": made.summary_by.shown_name if made.summary_by else ""}, text=text)
        made.summary, made.summary_by, made.summary_version = said, by, version + 1
        made.save(update_fields=["summary", "summary_by", "summary_version"])
        data = {"version": made.summary_version}
        record("record.summarised", actor=by, about=made, data=data, audience=Audience.MODERATORS, at=at)
    return made


def publish_provisional(*, by, hearing, until, at=None):
    """Publish the record as it stands; who was there can ask for corrections until then. Returns it.

    Raises Refused while the hearing goes on, while two wordings of a note wait, and where `until` is past.
    """
    with transaction.atomic():
        hearing = Hearing.objects.locked(hearing.pk)
        made = draft(by=by, hearing=hearing, at=at)
        require(rules.publish, by, made)
        now = at or timezone.now()
        if until <= now:
            raise Refused(_("Corrections are taken after the record is published. Choose a later day."))
        rivals = hearing.items.filter(notes__rival_of__isnull=False, notes__dropped_at=None).order_by("sort_key")
        if label := rivals.values_list("label", flat=True).first():
            told = _("Two wordings of a note on item %(label)s still wait beside each other. Choose one there first.")
            raise Refused(told % {"label": label})
        hearing.record = made
        made.provisional = facts.gather(hearing, is_published=True)
        made.provisional_sha256 = facts.sha256(made.provisional)
        made.state, made.published_at, made.corrections_until = RecordState.PROVISIONAL, now, until
        made.save()
        data = {
            "sha256": made.provisional_sha256,
            "until": chain.moment(until),
            "paragraphs": len(made.provisional["paragraphs"]),
        }
        record("record.published", actor=by, about=made, data=data, at=at)
    return made


def correct(
    *,
    by,
    record_of,
    why,
    paragraph=None,
    part="text",
    reads="",
    channel=Channel.WEB,
    key=None,
    at=None,
    recorded_at=None,
):
    """Ask that a paragraph read otherwise, or say what is wrong; returns the Correction.

    paragraph: its number, or None where the writer names none. at: when it was sent, which is what the day for
    corrections is held against. Raises Refused with the reason and the text.
    """
    with transaction.atomic():
        record_of = _locked(record_of)
        if key and (earlier := Correction.objects.filter(key=key).first()):
            return earlier
        text = "\n\n".join(filter(None, (reads, why)))
        require(lambda member, thing: rules.correct(member, thing, at), by, record_of, text=text)
        said, wanted = texts.clean_text(why).strip(), texts.clean_text(reads).strip()
        if not said and not wanted:
            raise Refused(_("Say what is wrong, and how it should read."))
        if len(said) > 4000 or len(wanted) > LONGEST:
            raise Refused(_("This is too long: reasons have 4,000 characters at most."), text=text)
        if paragraph is not None and facts.paragraph(record_of.facts, paragraph) is None:
            told = _("The record has no paragraph %(number)s. Write its number as it stands before it, or none.")
            raise Refused(told % {"number": paragraph}, text=text)
        if record_of.corrections.filter(member=by).count() >= MOST:
            raise Refused(_("You cannot ask for more corrections; the secretariat knows."), text=text)
        made = Correction.objects.create(
            record=record_of,
            member=by,
            paragraph=paragraph,
            part=part,
            why=said,
            reads=wanted,
            channel=channel,
            key=key,
            made_at=at or timezone.now(),
        )
        data = {"paragraph": paragraph}
        record("correction.asked", actor=by, about=made, data=data, audience=Audience.MODERATORS, at=recorded_at)
    return made


def accept(*, by, correction, paragraph, part, reads, reason="", at=None):
    """Accept a correction: in the final record this part of the paragraph reads so. Returns it."""
    with transaction.atomic():
        correction = _locked_correction(correction)
        require(rules.decide, by, correction, text=reads)
        row = facts.paragraph(_so_far(correction.record), paragraph)
        if row is None or part not in facts.correctable(row):
            told = _("Choose a paragraph with words or a name in it. Times and votes are corrected by nobody.")
            raise Refused(told, text=reads)
        said = texts.clean_line(reads, 200) if part == "name" else texts.clean_text(reads).strip()
        if not said or len(said) > LONGEST:
            raise Refused(_("Write how it shall read."), text=reads)
        correction.paragraph, correction.part, correction.was, correction.reads = paragraph, part, row[part], said
        return _decide(by, correction, CorrectionState.ACCEPTED, reason, at)


def decline(*, by, correction, reason, at=None):
    """Decline a correction; who asked for it is told the reason, and everyone reads it."""
    with transaction.atomic():
        correction = _locked_correction(correction)
        require(rules.decide, by, correction, text=reason)
        if not texts.clean_line(reason, 1000):
            raise Refused(_("Say why it is declined: who asked for it is told the reason."))
        return _decide(by, correction, CorrectionState.DECLINED, reason, at)


def accepted(record_of):
    """[(paragraph, part, reads)] of what was accepted, in the order of the decisions."""
    rows = record_of.corrections.filter(state=CorrectionState.ACCEPTED).order_by("decided_at", "pk")
    return list(rows.values_list("paragraph", "part", "reads"))


def _so_far(record_of):
    """The provisional text with what is accepted by now."""
    return facts.corrected(record_of.provisional, accepted(record_of))


def finalise(*, by, record_of, at=None):
    """Make the record final: the provisional text with the corrections that were accepted. Returns it."""
    with transaction.atomic():
        record_of = _locked(record_of)
        require(rules.finalise, by, record_of)
        record_of.final = _so_far(record_of)
        record_of.final_sha256 = facts.sha256(record_of.final)
        record_of.state, record_of.finalised_at = RecordState.FINAL, at or timezone.now()
        record_of.save()
        data = {"sha256": record_of.final_sha256, "corrections": len(accepted(record_of))}
        record("record.finalised", actor=by, about=record_of, data=data, at=at)
    return record_of


def issue_corrigendum(*, by, record_of, corrections, at=None):
    """Say once how paragraphs of the final record must read; returns the Record.

    corrections: [(number, reads), ...]. Of a paragraph with words these are corrected, else the speaker's name. Raises
    Refused, with the text, where there is no such paragraph.
    """
    with transaction.atomic():
        record_of = _locked(record_of)
        text = "\n".join(f"{number}: {reads}" for number, reads in corrections)
        require(rules.issue_corrigendum, by, record_of, text=text)
        if not 1 <= len(corrections) <= MOST_CORRIGENDUM:
            raise Refused(_("Write one correction a line: the number of the paragraph, a colon, how it reads."))
        rows = []
        for number, reads in corrections:
            row = facts.paragraph(record_of.final, number)
            parts = facts.correctable(row) if row else []
            said = texts.clean_text(reads).strip()[:LONGEST]
            if not parts or not said:
                told = _("Paragraph %(number)s has no words to correct. Times and votes are corrected by nobody.")
                raise Refused(told % {"number": number}, text=text)
            rows.append([number, row[parts[0]], said])
        record_of.corrigendum, record_of.corrigendum_at = rows, at or timezone.now()
        record_of.save(update_fields=["corrigendum", "corrigendum_at"])
        sha256 = hashlib.sha256(chain.canonical(rows)).hexdigest()
        record("record.corrected", actor=by, about=record_of, data={"corrigendum": rows, "sha256": sha256}, at=at)
    return record_of


def _locked(record_of):
    """The record, fetched anew under the lock of its hearing."""
    hearing = Hearing.objects.locked(record_of.hearing_id)
    found = Record.objects.get(pk=record_of.pk)
    found.hearing = hearing
    return found


def _locked_correction(correction):
    record_of = _locked(Record.objects.only("hearing_id").get(pk=correction.record_id))
    found = Correction.objects.select_related("member").get(pk=correction.pk)
    found.record = record_of
    return found


def _decide(by, correction, state, reason, at):
    correction.state, correction.reason = state, texts.clean_line(reason, 1000)
    correction.decided_by, correction.decided_at = by, at or timezone.now()
    correction.save()
    data = {
        "paragraph": correction.paragraph,
        "part": str(correction.part),
        "why": correction.why,
        "was": correction.was,
        "reads": correction.reads,
        "reason": correction.reason,
    }
    record(f"correction.{state}", actor=by, about=correction, data=data, at=at)
    return correction


def closes(record_of):
    """Until when corrections are taken, in a sentence; "" once nobody takes any."""
    if record_of.state != RecordState.PROVISIONAL or timezone.now() >= record_of.corrections_until:
        return ""
    return _("Corrections are taken until %(at)s.") % {"at": moment(record_of.corrections_until)}
