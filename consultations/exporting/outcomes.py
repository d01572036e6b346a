"""What came out of a consultation, as plain values for the record: the synthesis and the recommendations that rest on
it. FORMAT.md describes them.
"""

from consultations.exporting.data import moment
from consultations.models import Recommendation, Synthesis
from consultations.models.syntheses import ObjectionState
from consultations.services import syntheses

COLUMNS = (  # of recommendations.csv
    *("number", "text", "language", "sentences", "contributions", "reply", "why", "body", "due", "overdue"),
    *("step", "since", "note"),
)


def synthesis(consultation):
    """The published synthesis as its last corrigendum left it, or None."""
    found = Synthesis.objects.filter(consultation=consultation, published_at__isnull=False).first()
    if found is None:
        return None
    found.consultation = consultation
    decided = list(found.objections.exclude(state=ObjectionState.OPEN).select_related("sentence", "corrigendum"))
    return {
        "title": found.title,
        "language": found.language,
        "published": moment(found.published_at),
        "because": found.because,
        "sha256": found.sha256,
        "sentences": syntheses.rows(found),
        "corrigenda": [
            {
                "number": one.number,
                "published": moment(one.published_at),
                "sha256": one.sha256,
                "corrections": [
                    {"sentence": row.sentence.number, "was": row.was_shown, "reads": row.corrected_shown}
                    for row in decided
                    if row.corrigendum_id == one.pk
                ],
            }
            for one in found.corrigenda.all()
        ],
        "declined": [
            {"sentence": row.sentence.number if row.sentence else None, "why": row.why, "reason": row.reason}
            for row in decided
            if row.state == ObjectionState.DECLINED
        ],
    }


def recommendations(consultation):
    """The recommendations in the order of their numbers; a fixed number of queries."""
    rows = Recommendation.objects.filter(consultation=consultation).with_all().order_by("number")
    return [
        {
            "number": row.number,
            "text": row.text,
            "language": row.language,
            "sentences": [sentence.number for sentence in row.sentences.all()],
            "contributions": sorted(
                {one.contribution.number for sentence in row.sentences.all() for one in sentence.citations.all()}
            ),
            "reply": row.reply or None,
            "why": row.why,
            "replied": moment(row.replied_at),
            "body": row.body_name,
            "due": row.due_on.isoformat() if row.due_on else None,
            "overdue": row.is_overdue,
            "progress": [
                {"step": str(one.step), "on": one.on.isoformat(), "note": one.note} for one in row.progress.all()
            ],
        }
        for row in rows
    ]


def table(consultation):
    """The rows of recommendations.csv: of the progress the last entry."""
    for row in recommendations(consultation):
        last = row["progress"][-1] if row["progress"] else {}
        latest = {"step": last.get("step"), "since": last.get("on"), "note": last.get("note")}
        listed = {name: ", ".join(map(str, row[name])) for name in ("sentences", "contributions")}
        facts = row | listed | latest | {"overdue": "yes" if row["overdue"] else "no"}
        yield [facts[name] for name in COLUMNS]
