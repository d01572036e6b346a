"""What the record tells of motions: what was put to the vote, how, what came out, who voted how, and why."""

from consultations.hearings.minutes.sources import Told, moment
from consultations.hearings.models import Motion
from consultations.hearings.services import explanations
from consultations.services import counting


def tell(hearing):
    rows = Motion.objects.filter(hearing=hearing).with_all().select_related("amends").order_by("number")
    for row in rows.prefetch_related("calls", *explanations.WITH_AUTHORS):
        at = row.ballot.opens_at if row.ballot_id else row.moved_at
        words = {} if row.ballot_id else {"title": row.reference, "text": row.reference}
        yield Told(row.item_id, "motion", at, 3, _motion(row), words)
        for one in explanations.shown(row):
            facts = {
                "motion": row.number,
                "name": one.organisation.name if one.organisation_id else one.member.shown_name,
                "when": str(one.when),
                "text": one.text,
                "language": one.language,
            }
            yield Told(row.item_id, "explanation", at, 4, facts, {"text": one.reference})


def _motion(row):
    facts = {
        "motion": row.number,
        "code": row.code,
        "title": row.title,
        "text": row.text,
        "form": str(row.form),
        "manner": str(row.manner),
        "mover": row.mover,
        "seconder": row.seconder,
        "moved": moment(row.moved_at),
        "state": str(row.state),
        "withdrawn_because": row.withdrawn_because or row.ruled_out_because,
        **({"amends": row.amends.number} if row.amends_id else {}),
    }
    ballot = row.ballot
    if ballot is None or ballot.counted_at is None:
        return facts | ({"annulled_because": ballot.annulled_because} if ballot and ballot.annulled_at else {})
    counted = counting.final(ballot)
    return facts | {
        "opened": moment(ballot.opens_at),
        "counted": moment(ballot.counted_at),
        "options": {option.letter: str(option) for option in ballot.choices},
        "outcome": counted.facts,
        "votes": _votes(row, ballot),
    }


def _votes(row, ballot):
    """[[name, vote], ...] of a vote by name, in the order of the call where there was one; of a secret one none."""
    if ballot.is_secret or not counting.is_open_by_quorum(ballot):
        return []
    if calls := list(row.calls.all()):
        return [[call.name, call.said] for call in sorted(calls, key=lambda call: call.place)]
    votes = ballot.votes.exclude(value="").select_related("member", "organisation")
    return sorted([_name(vote), vote.value] for vote in votes)


def _name(vote):
    return vote.organisation.name if vote.organisation else vote.member.shown_name
