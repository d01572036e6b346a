"""Instant-runoff: whoever is last leaves, their ballots go to the next option on each, until one option is left.

The single-seat case of the single transferable vote (Robert's Rules of Order, 12th edition, 45:62). Here the count goes
on to the last option, however early one of them has more than half, so that every option has its place. A tie for last
is followed every way, as in V. Conitzer, M. Rognlie, L. Xia, "Preference functions that score rankings and maximum
likelihood estimation" (IJCAI 2009): who wins in one of the ways is a winner. Options without votes leave together. A
ballot whose rank holds several of the options that are left is shared among them in exact fractions; one that ranks
none of them counts for nobody.
"""

from collections import defaultdict
from fractions import Fraction
from itertools import islice
from math import lcm

from consultations.counting import ballots as papers
from consultations.counting.outcomes import Outcome, Round

MOST_STEPS = 10_000  # sets of options that the ways through the ties may pass, beside those of the first way


def irv(options, ballots, most_steps=MOST_STEPS):
    """Rankings; equal ranks share the ballot.

    order: the last to leave first. Where a tie for last was followed several ways, each option stands at the best place
    that one of them gives it, so that the first of `order` are the winners. rounds: of one way, which at each tie lets
    the option leave that was offered last. Past `most_steps` the outcome says so (is_complete) and names no winner: its
    order holds all that are undecided, as one tie, then those who left before the first tie.
    """
    options, grouped = papers.rankings(options, ballots)
    cast, empty = grouped.total(), grouped[()]
    count = _Count(options, grouped)
    places, is_complete = _places(count, most_steps)
    by_place = defaultdict(list)
    for number, option in enumerate(options):
        by_place[places.get(number, 1)].append(option)
    order = tuple(tuple(by_place[place]) for place in sorted(by_place))
    winners = order[0] if is_complete and cast > empty else ()
    rounds = tuple(_rounds(count, options, cast))
    return Outcome("irv", order, winners, cast, empty, rounds=rounds, is_complete=is_complete)


def _places(count, most_steps):
    """{option: the best place that any way through the ties gives it}, and whether every way was followed.

    Ways that have the same options left are one way from there on, so each set of options is looked at once, the larger
    sets first.
    """
    places, certain, more_steps = {}, None, 0
    start = count.start()
    by_size = [{} for _ in range(len(start[0]) + 1)]
    by_size[-1][start[0]] = start
    for size in range(len(start[0]), 0, -1):
        for left, step in by_size.pop().items():
            ways = count.leaving(step)
            if len(ways) > 1 and certain is None:
                certain = dict(places)
            for out in ways:
                place = size - len(out) + 1
                places.update((option, min(place, places.get(option, place))) for option in out)
                rest = left - out
                if rest and rest not in by_size[len(rest)]:
                    more_steps += bool(by_size[len(rest)])
                    if more_steps > most_steps:
                        return certain, False
                    by_size[len(rest)][rest] = count.without(step, out)
    return places, True


def _rounds(count, options, cast):
    """The rounds of the way in which, at each tie for last, the option leaves that was offered last."""
    step = count.start()
    while True:
        left, votes, _piles = step
        ways = count.leaving(step)
        out = max(ways, key=max)
        numbers = {options[option]: Fraction(votes[option], count.unit) for option in sorted(left)}
        numbers = {option: vote.numerator if vote.denominator == 1 else vote for option, vote in numbers.items()}
        tied = tuple(options[option] for option in sorted(frozenset().union(*ways))) if len(ways) > 1 else ()
        leaving = tuple(options[option] for option in sorted(out)) if len(out) < len(left) else ()
        yield Round(numbers, leaving, tied, cast - sum(numbers.values()))
        if len(left) - len(out) <= 1:
            return
        step = count.without(step, out)


class _Count:
    """The ballots, and what becomes of them from one step to the next.

    A step is (left, votes, piles): the set of options in the count, and for each option its votes and the ballots that
    count for it. Options and ballots are numbers here; a vote is `unit`, which every share of one divides.
    """

    def __init__(self, options, grouped):
        number = {option: place for place, option in enumerate(options)}
        self.options = range(len(options))
        self.ranks, self.rank_of, self.weights = [], [], []
        sets = {}  # equal ranks of different ballots are one object, or 5,000 ballots of 200 options fill 200 MB
        for rank in {rank for ranking in grouped for rank in ranking}:
            sets[rank] = frozenset(number[option] for option in rank)
        for ranking, weight in grouped.items():
            ranks = [sets[rank] for rank in ranking]
            self.ranks.append(ranks)
            self.rank_of.append({option: at for at, rank in enumerate(ranks) for option in rank})
            self.weights.append(weight)
        largest = max((len(rank) for ranks in self.ranks for rank in ranks), default=1)
        self.unit = lcm(*range(1, largest + 1))

    def start(self):
        """The step before anybody has left."""
        nobody = frozenset(), [0] * len(self.options), [[]] * len(self.options)
        return self._given(nobody, frozenset(self.options), dict.fromkeys(range(len(self.ranks)), -1))

    def without(self, step, out):
        """The step after these options have left."""
        left, _votes, piles = step
        places = {ballot: self.rank_of[ballot][option] for option in out for ballot in piles[option]}
        return self._given(step, left - out, places)

    def leaving(self, step):
        """The ways in which the count goes on, each the set of options that leave together."""
        left, votes, _piles = step
        fewest = min(votes[option] for option in left)
        last = frozenset(option for option in left if votes[option] == fewest)
        return [last] if fewest == 0 else [frozenset((option,)) for option in sorted(last)]

    def _given(self, step, left, places):
        """The step with these options left; places: {ballot to be given anew: the rank it counted for, -1 for none}."""
        before, votes, piles = step
        votes, moved = list(votes), defaultdict(list)
        for ballot, at in places.items():
            ranks, vote = self.ranks[ballot], self.weights[ballot] * self.unit
            if at >= 0 and (stay := ranks[at] & left):
                more = vote // len(stay) - vote // len(ranks[at] & before)
                for option in stay:
                    votes[option] += more
                continue
            following = next((rank for rank in islice(ranks, at + 1, None) if not rank.isdisjoint(left)), frozenset())
            takers = following & left
            for option in takers:
                votes[option] += vote // len(takers)
                moved[option].append(ballot)
        if moved:
            piles = [pile + moved[option] if option in moved else pile for option, pile in enumerate(piles)]
        return left, votes, piles
