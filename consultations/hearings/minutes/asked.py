"""What the record tells of live questions: those that were taken up or answered, with their answers; of the others how
many there were stands in their list.
"""

from consultations.hearings.minutes.sources import Told
from consultations.hearings.models import LiveQuestion
from consultations.hearings.models.questions import LISTED, QuestionState


def tell(hearing):
    rows = LiveQuestion.objects.filter(hearing=hearing, state__in=LISTED).order_by("number")
    for row in rows.select_related("author", "organisation").prefetch_related("answers__written_by"):
        row.hearing = hearing
        at = row.taken_at or row.answered_live_at
        facts = {
            "question": row.number,
            "name": row.author.shown_name,
            "organisation": row.organisation.name if row.organisation_id else "",
            "text": row.text,
            "language": row.language,
            "endorsements": row.endorsement_count,
            "state": str(row.state),
            "answered_live": row.state == QuestionState.ANSWERED and row.answered_live_at is not None,
        }
        yield Told(row.item_id, "question", at, 6 if at else 100 + row.number, facts, {"text": row.reference})
        answers = list(row.answers.all())
        if answers:
            last = answers[-1]
            facts = {
                "question": row.number,
                "name": last.written_by.shown_name,
                "text": last.text,
                "language": last.language,
            }
            yield Told(row.item_id, "answer", at, 7 if at else 100 + row.number, facts, {"text": last.reference})
