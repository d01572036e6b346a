"""The data of a hearing's record: what stands in each file, as plain values. FORMAT.md describes them.

Only what everyone who may follow the hearing may see goes in: no text that was handed in and not shown, no question
that was not let appear, no note of a record that is not published.
"""

import hashlib

from consultations.exporting.data import moment
from consultations.hearings.models import DeskVersion, LiveQuestion, Speaker, Speech
from consultations.hearings.models.questions import LISTED, QuestionState
from consultations.hearings.services import hearings
from journal import chain

CHUNK = 500  # rows fetched at once
RULES = (
    *("timezone", "place", "is_by_invitation", "confirms", "most_per_organisation", "seconds", "seconds_by_kind"),
    *("most_replies", "replies_at_end_of_day", "needs_second", "holds_questions"),
)


def of_hearing(hearing):
    """What it is, its sessions, agenda and record, and where its journal stood."""
    journal, facts = hearing.journal, hearings.facts(hearing)
    return {
        "code": hearing.code,
        "wordings": facts["wordings"],
        "rules": {name: facts[name] for name in RULES},
        "published": moment(hearing.published_at),
        "ended": moment(hearing.ended_at),
        "officers": [
            {"member": row.member.reference, "role": str(row.role), "name": row.member.shown_name}
            for row in hearing.officers.select_related("member")
        ],
        "sessions": [_session(row) for row in hearing.sessions.all()],
        "items": [_item(row) for row in hearing.items.order_by("sort_key")],
        "record": _record(hearing),
        "journal": {"name": journal.name, "seq": journal.seq, "digest": bytes(journal.digest).hex()},
    }


def _session(row):
    return {
        "id": row.pk,
        "number": row.number,
        "title": row.title,
        "starts": moment(row.starts_at),
        "ends": moment(row.ends_at),
        "opened": moment(row.opened_at),
        "closed": moment(row.closed_at),
        "cancelled": moment(getattr(row, "cancelled_at", None)),
    }


def _item(row):
    return {
        "id": row.pk,
        "label": row.label,
        "wordings": row.said(),
        "minutes": row.minutes,
        "state": str(row.state),
        "list_closed": moment(row.list_closed_at),
    }


def _record(hearing):
    """In which state the record is; what its texts are held against."""
    record = getattr(hearing, "record", None)
    if record is None or not record.is_published:
        return {"state": "draft"}
    return {
        "id": record.pk,
        "state": str(record.state),
        "published": moment(record.published_at),
        "corrections_until": moment(record.corrections_until),
        "provisional_sha256": record.provisional_sha256,
        "finalised": moment(record.finalised_at),
        "final_sha256": record.final_sha256 or None,
        "corrigendum_issued": moment(record.corrigendum_at),
        "corrigendum_sha256": sha256_of(record.corrigendum) if record.corrigendum_at else None,
    }


def sha256_of(value):
    return hashlib.sha256(chain.canonical(value)).hexdigest()


def texts(record):
    """The texts of a published record, and what was corrected between them."""
    return {
        "provisional": record.provisional,
        "corrections": [
            {
                "id": row.pk,
                "by": row.member.reference,
                "state": str(row.state),
                "paragraph": row.paragraph,
                "part": str(row.part),
                "why": row.why,
                "was": row.was,
                "reads": row.reads,
                "reason": row.reason,
            }
            for row in record.corrections.exclude(state="open").select_related("member").order_by("decided_at", "pk")
        ],
        "final": record.final,
        "corrigendum": record.corrigendum,
    }


def speakers(hearing):
    """Everybody who asked for the floor, in the order of the agenda and of their requests."""
    rows = Speaker.objects.filter(item__hearing=hearing).select_related("item", "member", "organisation", "delivery")
    rows = rows.order_by("item__sort_key", "number").prefetch_related("speeches")
    for row in rows.iterator(chunk_size=CHUNK):
        row.item.hearing = hearing
        yield speaker(row)


def speaker(row):
    return {
        "id": row.pk,
        "item": row.item_id,
        "label": row.item.label,
        "queue": str(row.queue),
        "number": row.number,
        "member": row.member.reference if row.member_id else None,
        "name": row.name,
        "announced_as": row.announced_as,
        "organisation_id": row.organisation_id,
        "organisation": row.organisation.name if row.organisation_id else "",
        "category": row.category,
        "region": row.region,
        "country": row.country,
        "first_time": row.is_first_time,
        "priority": row.priority,
        "state": str(row.state),
        "requested": moment(row.requested_at),
        "channel": str(row.channel),
        "point": row.point,
        "ruling": str(row.ruling),
        "ruling_reason": row.ruling_reason,
        "clock": _clock(getattr(row, "delivery", None)),
        "speeches": [_speech(one) for one in row.speeches.all() if _is_shown(row, one)],
    }


def _clock(row):
    if row is None:
        return None
    return {
        "started": moment(row.started_at),
        "allotted": row.seconds,
        "stood_still": row.paused_seconds,
        "ended": moment(row.ended_at),
        "used": int(row.used_at(row.ended_at or row.started_at).total_seconds()) if row.ended_at else None,
        "corrected": row.corrected_seconds is not None,
    }


def _is_shown(speaker, speech):
    """What was handed in is everyone's once they spoke, or once it was shown without."""
    return speech.stage == Speech.Stage.DELIVERED or bool(speech.shown_at) or speaker.state == Speaker.State.SPOKE


def _speech(row):
    return {
        "id": row.pk,
        "stage": str(row.stage),
        "language": row.language,
        "shown": moment(row.shown_at),
        "written": moment(row.written_at),
        "text": row.text,
    }


def questions(hearing):
    """The live questions that everyone can see; the others leave their numbers."""
    rows = LiveQuestion.objects.filter(hearing=hearing).select_related("author", "organisation", "item", "merged_into")
    for row in rows.order_by("number").prefetch_related("answers__written_by").iterator(chunk_size=CHUNK):
        is_shown = row.state in LISTED or (row.state == QuestionState.MERGED and row.was_shown)
        if not is_shown:
            yield {"number": row.number, "id": row.pk, "state": str(row.state), "text": None}
            continue
        yield {
            "number": row.number,
            "id": row.pk,
            "item": row.item.label,
            "state": str(row.state),
            "by": row.author.reference,
            "asked_by": row.asked_by,
            "organisation": row.organisation_id,
            "language": row.language,
            "text": row.text,
            "endorsements": row.endorsement_count,
            "merged_into": row.merged_into.number if row.merged_into_id else None,
            "answers": [
                {"number": one.number, "by": one.written_by.shown_name, "language": one.language, "text": one.text}
                for one in row.answers.all()
            ],
        }


def desk(hearing):
    """The versions of the papers of the desk, with their files."""
    rows = DeskVersion.objects.filter(document__hearing=hearing).select_related("document__item")
    rows = rows.prefetch_related("files__attachment").order_by("document__series", "document__number", "number")
    found = []
    for row in rows:
        row.document.hearing = hearing
        found.append(
            {
                "document": row.document_id,
                "symbol": row.symbol,
                "item": row.document.item.label if row.document.item_id else None,
                "wordings": row.document.said(),
                "change": row.change,
                "published": moment(row.published_at),
                "withdrawn": row.withdrawn_because if row.is_withdrawn else None,
                "files": [
                    {"name": one.attachment.name, "language": one.language, "sha256": one.attachment.sha256}
                    for one in row.files.all()
                    if not row.is_withdrawn
                ],
            }
        )
    return found
