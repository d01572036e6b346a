"""Instant-runoff: whoever is last leaves, their ballots go to the next option on each, until one option is left.

The single-seat case of the single transferable vote (Robert's Rules of Order, 12th edition, 45:62). Here the count goes
on to the last option, however early one of them has more than half, so that every option has its place. A tie for last
is followed every way, as in V. Conitzer, M. Rognlie, L. Xia, "Preference functions that score rankings and maximum
likelihood estimation" (IJCAI 2009): who wins in one of the ways is a winner. Options without votes leave together. A
ballot whose rank holds several of the options that are left is shared among them in exact fractions; one that ranks
none of them counts for nobody.
"""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from math import lcm

from consultations.counting import ballots as papers
from consultations.counting.outcomes import Outcome, Round, whole

# What the ways through the ties may cost beside the first of them: each set of options that is left costs as many as
# there are options, and one more for each ballot that is given anew. Fifteen options that are all tied stay within it.
MOST_WORK = 1_000_000
MOST_OPTIONS = 1_000


def irv(options, ballots, most_work=MOST_WORK):
    """Rankings; equal ranks share the ballot.

    order: the last to leave first. Where a tie for last was followed several ways, each option stands at the best place
    that one of them gives it, so that the first of `order` are the winners. rounds: of one way, which at each tie lets
    the option leave that was offered last. Past `most_work` the outcome says so (is_complete) and names no winner: its
    order holds all that are undecided, as one tie, then those who left before the first tie.
    """
    options, grouped = papers.rankings(options, ballots, MOST_OPTIONS)
    cast, empty = grouped.total(), grouped[()]
    count = _Count(options, grouped)
    places, is_complete = _places(count, most_work)
    by_place = defaultdict(list)
    for number, option in enumerate(options):
        by_place[places.get(number, 1)].append(option)
    order = tuple(tuple(by_place[place]) for place in sorted(by_place))
    winners = order[0] if is_complete and cast > empty else ()
    rounds = tuple(_rounds(count, options, cast))
    return Outcome("irv", order, winners, cast, empty, rounds=rounds, is_complete=is_complete)


def _places(count, most_work):
    """{option: the best place that any way through the ties gives it}, and whether every way was followed.

    Ways that have the same options left are one way from there on, so each set of options is looked at once, the larger
    sets first.
    """
    places, certain, work = {}, None, 0
    start = count.start()
    by_size = [{} for _ in range(count.options + 1)]
    by_size[-1][start.left] = start
    for size in range(count.options, 0, -1):
        for step in by_size.pop().values():
            ways = count.leaving(step)
            if len(ways) > 1 and certain is None:
                certain = dict(places)
            for out in ways:
                place = size - len(out) + 1
                places.update((option, min(place, places.get(option, place))) for option in out)
                left, smaller = step.left & ~_mask(out), by_size[size - len(out)]
                if left and left not in smaller:
                    if smaller:
                        work += count.options + sum(len(step.piles[option]) for option in out)
                    if work > most_work:
                        return certain, False
                    smaller[left] = count.without(step, out)
    return places, True


def _rounds(count, options, cast):
    """The rounds of the way in which, at each tie for last, the option leaves that was offered last."""
    step = count.start()
    while True:
        left, ways = _members(step.left), count.leaving(step)
        out = ways[-1]
        numbers = {options[option]: Fraction(step.votes[option], count.unit) for option in left}
        tied = tuple(options[option] for way in ways for option in way) if len(ways) > 1 else ()
        leaving = tuple(options[option] for option in out) if len(out) < len(left) else ()
        yield Round(
            {option: whole(vote) for option, vote in numbers.items()},
            leaving,
            tied,
            whole(cast - sum(numbers.values())),
        )
        if len(left) - len(out) <= 1:
            return
        step = count.without(step, out)


@dataclass(frozen=True)
class _Step:
    """Where the count stands: the options that are left, as a mask; and for each option its votes, and the ballots that
    count for it. Of options that have left, neither means anything.
    """

    left: int
    votes: list
    piles: list


class _Count:
    """The ballots, and what becomes of them from one step to the next.

    Options and ballots are numbers here, a set of options is an integer with a bit for each (a mask), and a vote is
    `unit`, which can be shared among any that a rank holds.
    """

    def __init__(self, options, grouped):
        number = {option: place for place, option in enumerate(options)}
        self.options = len(options)
        self.members = {}
        self.ranks, self.rank_of, self.weights = [], [], []
        masks = {}  # equal ranks of different ballots are one object
        for rank in {rank for ranking in grouped for rank in ranking}:
            numbers = tuple(number[option] for option in rank)
            masks[rank] = mask = _mask(numbers)
            self.members[mask] = numbers
        for ranking, weight in grouped.items():
            ranks = [masks[rank] for rank in ranking]
            self.ranks.append(ranks)
            self.rank_of.append({option: at for at, mask in enumerate(ranks) for option in self.members[mask]})
            self.weights.append(weight)
        self.unit = lcm(*range(1, max(map(len, self.members.values()), default=1) + 1))

    def start(self):
        """The step before anybody has left."""
        nobody = _Step(0, [0] * self.options, [[]] * self.options)
        return self._given(nobody, (1 << self.options) - 1, dict.fromkeys(range(len(self.ranks)), -1))

    def without(self, step, out):
        """The step after these options have left."""
        given_anew = {ballot: self.rank_of[ballot][option] for option in out for ballot in step.piles[option]}
        return self._given(step, step.left & ~_mask(out), given_anew)

    def leaving(self, step):
        """The ways in which the count goes on, each the options that leave together."""
        left = _members(step.left)
        fewest = min([step.votes[option] for option in left])
        last = [option for option in left if step.votes[option] == fewest]
        return [(option,) for option in last] if fewest else [tuple(last)]

    def _given(self, step, left, given_anew):
        """The step with these options left; given_anew: {ballot: the rank that it counted for, -1 for none}."""
        votes, moved = list(step.votes), {}
        for ballot, at in given_anew.items():
            ranks, vote = self.ranks[ballot], self.weights[ballot] * self.unit
            if at >= 0 and ranks[at] & left:
                stay = self._shared(ranks[at], left)
                more = vote // len(stay) - vote // len(self._shared(ranks[at], step.left))
                for option in stay:
                    votes[option] += more
                continue
            for mask in islice(ranks, at + 1, None):
                if mask & left:
                    takers = self._shared(mask, left)
                    for option in takers:
                        votes[option] += vote // len(takers)
                        moved.setdefault(option, []).append(ballot)
                    break
        piles = step.piles
        if moved:
            piles = list(piles)
            for option, more in moved.items():
                piles[option] = piles[option] + more
        return _Step(left, votes, piles)

    def _shared(self, mask, left):
        """The options of a rank that are left."""
        members = self.members[mask]
        return members if mask & left == mask else [option for option in members if left >> option & 1]


def _mask(options):
    return sum(1 << option for option in options)


def _members(mask):
    return [option for option in range(mask.bit_length()) if mask >> option & 1]
