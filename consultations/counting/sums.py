"""Plurality, approval and score: each option has a number, and the highest wins. All that share it are winners."""

from collections import Counter
from fractions import Fraction

from consultations.counting import ballots as papers
from consultations.counting.outcomes import Outcome, order_by, whole


def plurality(options, ballots):
    """Rankings, of which the first rank counts: one vote a ballot, shared in exact fractions by equals.

    Ballots that rank nothing count for nobody; without any other there is no winner.
    """
    options, grouped = papers.rankings(options, ballots)
    votes = dict.fromkeys(options, Fraction(0))
    for ranking, count in grouped.items():
        for option in ranking[0] if ranking else ():
            votes[option] += Fraction(count, len(ranking[0]))
    votes = {option: whole(number) for option, number in votes.items()}
    return _outcome("plurality", votes, grouped.total(), grouped[()])


def approval(options, ballots):
    """Ballots of (count, approved options): an option's number is how many approve of it.

    Nobody wins where nothing was approved. S. J. Brams, P. C. Fishburn, "Approval Voting" (1978).
    """
    known, grouped = papers.offered(options), Counter()
    for count, approved in ballots:
        approved = tuple(approved)
        papers.check(count, approved, known)
        grouped[frozenset(approved)] += count
    votes = dict.fromkeys(known, 0)
    for approved, count in grouped.items():
        for option in approved:
            votes[option] += count
    return _outcome("approval", votes, grouped.total(), grouped[frozenset()])


def score(options, ballots):
    """Ballots of (count, {option: score}), scores integers: an option's number is their sum, unrated is 0.

    Nobody wins where no ballot rates anything.
    """
    known, votes, cast, empty = papers.offered(options), Counter(), 0, 0
    for count, rated in ballots:
        papers.check(count, tuple(rated), known)
        cast += count
        empty += 0 if rated else count
        for option, points in rated.items():
            if not isinstance(points, int):
                raise papers.Malformed(f"A score must be a whole number, not {papers.shown(points)}.")
            votes[option] += count * points
    return _outcome("score", {option: votes[option] for option in known}, cast, empty, any_wins=True)


def _outcome(method, numbers, cast, empty, *, any_wins=False):
    """any_wins: the highest number wins even where it is 0 or less, as sums of scores may be."""
    order = order_by(numbers)
    winners = order[0] if cast > empty and (any_wins or numbers[order[0][0]] > 0) else ()
    return Outcome(method, order, winners, cast, empty, numbers=numbers)
