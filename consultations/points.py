"""Counting votes, in integers. Pure: no database, no settings. A tie is a tie and is never broken here.

A ranking is counted by the points of J.-C. de Borda ("Mémoire sur les élections au scrutin", 1781): on each ballot an
option gets one point for every option it is placed above. Options that are not named stand below all that are, and get
none.
"""

from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """`order`: [(option, number)], the highest number first, then in the order of the ballot; `winners`: all that share
    the highest number, none without votes. `first`: for a ranking, how many put each option first; else empty.
    """

    order: tuple
    winners: tuple
    votes: int
    first: tuple = ()


def plurality(votes, options):
    """One option a vote: {option: number} over all `options`, and who has most."""
    votes = list(votes)
    return _result(Counter(votes), options, len(votes))


def borda(rankings, options):
    """Rankings, each a sequence of different options from first to last, counted by Borda's points."""
    rankings, points, first = list(rankings), Counter(), Counter()
    for ranking in rankings:
        first[ranking[0]] += 1
        for place, option in enumerate(ranking):
            points[option] += len(options) - 1 - place
    firsts = tuple((option, first[option]) for option in options)
    return _result(points, options, len(rankings), firsts)


def _result(numbers, options, votes, first=()):
    place = {option: place for place, option in enumerate(options)}
    order = tuple(sorted(((option, numbers[option]) for option in options), key=lambda row: (-row[1], place[row[0]])))
    highest = order[0][1] if order and votes else 0
    winners = tuple(option for option, number in order if number == highest and highest)
    return Result(order, winners, votes, first)
