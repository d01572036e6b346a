"""A member's own votes on the screen of those who take part: in which of the open ones they vote with one press, and
what they answered. Everybody is sent the same section `motion`; this is sent to the member alone.
"""

from collections import Counter

from django.db.models import Q
from django.utils import timezone

from consultations.hearings.models import Motion
from consultations.models import Elector, Vote
from consultations.models.ballots import RollOf
from consultations.rules import ballots as rules
from members.services import mandates

NOT_VOTED = "–"


def own(member, hearing):
    """`votes`: {number of an open motion: the answer so far, "" before it, None where they have not exactly one vote to
    cast}; `rolls`: on which they will have one when a vote is opened later.
    """
    may = bool(rules.may_ever_vote(member, hearing.workspace))
    running = Motion.objects.filter(hearing=hearing, ballot__is_secret=False).open_at(timezone.now())
    ballots = dict(running.values_list("ballot", "number"))
    answers = dict.fromkeys(ballots.values())
    if may and ballots:
        rows = list(Elector.objects.filter(ballot__in=ballots).cast_by(member).values_list("ballot", "organisation"))
        votes = Vote.objects.filter(ballot__in=ballots)
        votes = votes.filter(
            Q(member=member, organisation=None) | Q(organisation__in=[one for _ballot, one in rows if one])
        )
        said = dict(votes.values_list("ballot", "value"))
        for ballot, count in Counter(ballot for ballot, _organisation in rows).items():
            answers[ballots[ballot]] = said.get(ballot, "") if count == 1 else None
    rolls = [RollOf.MEMBERS.value] if may else []
    if may and len(mandates.of(member)) == 1:
        rolls.append(RollOf.ORGANISATIONS.value)
    return {"votes": answers, "rolls": rolls}


def mark(shown, own):
    """Write the member's own into the open votes, as static/votes.js does when they change."""
    for row in shown:
        value = own["votes"].get(row["number"])
        row["in_place"] = bool(row["answers"]) and value is not None
        row["own"] = next((words for one, words in row["answers"] if one == value), NOT_VOTED)
        row["answers"] = [[one, words, one == value] for one, words in row["answers"]]
