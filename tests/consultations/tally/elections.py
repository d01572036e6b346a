"""Small elections to try methods on, and the same methods once more, slowly, straight from their definitions."""

import random
from fractions import Fraction

from hypothesis import strategies as st

NAMES = "ABCDEF"


def ranking(text):
    """`AC(BD)` as a ranking: A, then C, then B and D alike."""
    ranks, tied = [], None
    for letter in text:
        if letter == "(":
            tied = []
        elif letter == ")":
            ranks, tied = [*ranks, tuple(tied)], None
        elif tied is None:
            ranks.append((letter,))
        else:
            tied.append(letter)
    return tuple(ranks)


def ballots(text):
    """`5 ACBED, 2 BA(CD)` as ballots."""
    return [(int(row.split()[0]), ranking(row.split()[1])) for row in text.split(",")]


def elections(most_options=5, most_ballots=9, equal_ranks=True):
    """(options, ballots): incomplete rankings, with equal ranks and empty ballots among them, and counts of nobody.

    Drawn from one number, which is twenty times faster than to draw each rank; so small that they need no shrinking.
    """

    def election(seed):
        chance = random.Random(seed)
        options = NAMES[: chance.randint(1, most_options)]
        cast = []
        for _ in range(chance.randint(0, most_ballots)):
            ranks = []
            for option in chance.sample(options, chance.randint(0, len(options))):
                if equal_ranks and ranks and chance.randint(0, 3) == 0:
                    ranks[-1] += (option,)
                else:
                    ranks.append((option,))
            cast.append((chance.randint(0, 3), tuple(ranks)))
        return options, cast

    return st.integers(0, 2**32).map(election)


def places(options, ranks):
    """{option: the number of its rank}, unranked options after all others."""
    found = {option: number for number, rank in enumerate(ranks) for option in rank}
    return {option: found.get(option, len(options)) for option in options}


def above(options, cast):
    """{(a, b): how many ballots place a above b}."""
    placed = [(count, places(options, ranks)) for count, ranks in cast]
    return {
        (a, b): sum(count for count, place in placed if place[a] < place[b]) for a in options for b in options if a != b
    }


def strongest_path(options, links, start, end):
    """Of all the paths from one option to another, each without a loop, the strength of the strongest."""
    others = [option for option in options if option not in (start, end)]
    strengths = [0]

    def walk(at, seen, strength):
        strengths.append(min(strength, links[at, end]))
        for onward in others:
            if onward not in seen and links[at, onward]:
                walk(onward, seen | {onward}, min(strength, links[at, onward]))

    walk(start, {start}, sum(links.values()) + 1)
    return max(strengths)


def schulze_paths(options, cast):
    """{(a, b): the strength of the strongest path}, from every path there is."""
    votes = above(options, cast)
    links = {(a, b): number if number > votes[b, a] else 0 for (a, b), number in votes.items()}
    return {(a, b): strongest_path(options, links, a, b) for a, b in links}


def first_votes(options, cast):
    """{option: votes} of a round among these options: a ballot is shared by those who stand first on it."""
    votes = dict.fromkeys(options, Fraction(0))
    for count, ranks in cast:
        first = next((named for rank in ranks if (named := [option for option in rank if option in votes])), [])
        for option in first:
            votes[option] += Fraction(count, len(first))
    return votes


def irv_winners(options, cast):
    """Who wins in one of the ways through the ties for last."""
    votes = first_votes(options, cast)
    if not any(votes.values()):
        return set()
    left = {option for option in options if votes[option]}
    if len(left) == 1:
        return left
    if len(left) < len(options):
        return irv_winners(sorted(left), cast)
    last = [option for option in options if votes[option] == min(votes.values())]
    return set().union(*(irv_winners([option for option in options if option != out], cast) for out in last))
