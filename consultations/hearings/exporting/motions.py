"""The motions of a hearing as plain values for its record: what was moved, how the vote was taken, the order drawn by
lot with each answer, hands with both officers who counted them, and explanations of vote. FORMAT.md describes them.
"""

from consultations.exporting.data import moment
from consultations.hearings.models import Explanation, Motion, Sheet
from consultations.hearings.services import calls, explanations


def of_hearing(hearing):
    """Every motion in the order of its number; a fixed number of queries."""
    rows = Motion.objects.filter(hearing=hearing).with_all().select_related("amends").order_by("number")
    rows = rows.prefetch_related(
        "calls__elector",
        "sheets__entered_by",
        "sheets__confirmed_by",
        *explanations.WITH_AUTHORS,
    )
    return [_motion(row) for row in rows]


def _motion(row):
    return {
        "id": row.pk,
        "number": row.number,
        "item": row.item_id,
        "form": str(row.form),
        "manner": str(row.manner),
        "title": row.title,
        "text": row.text,
        "mover": row.mover,
        "seconder": row.seconder,
        "moved": moment(row.moved_at),
        "state": str(row.state),
        "withdrawn_because": row.withdrawn_because,
        "ruled_out_because": row.ruled_out_because,
        "amends": row.amends.number if row.amends_id else None,
        "ballot": row.ballot_id,
        "lot": row.lot,
        "calls": [_call(one) for one in sorted(row.calls.all(), key=lambda one: one.place)],
        "sheets": [_sheet(one) for one in row.sheets.all() if one.state == Sheet.State.CONFIRMED],
        "explanations": [_explanation(one) for one in explanations.shown(row)],
    }


def _call(row):
    return {
        "place": row.place,
        "who": calls.who(row.elector),
        "name": row.name,
        "said": row.said,
        "sent": row.is_sent,
        "corrections": row.corrections,
        "at": moment(row.said_at),
    }


def _sheet(row):
    """Hands with their figures; of a vote by phone that there was one, for what it was stands among the votes."""
    return {
        "id": row.pk,
        "figures": None if row.is_phone else row.figures,
        "entered_by": row.entered_by.reference,
        "confirmed_by": row.confirmed_by.reference,
        "confirmed": moment(row.confirmed_at),
    }


def _explanation(row: Explanation):
    return {
        "id": row.pk,
        "when": str(row.when),
        "by": row.member.reference,
        "name": row.organisation.name if row.organisation_id else row.member.shown_name,
        "organisation": row.organisation_id,
        "language": row.language,
        "channel": str(row.channel),
        "written": moment(row.written_at),
        "text": row.text,
    }
