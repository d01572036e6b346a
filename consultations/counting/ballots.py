"""Ballots as they are counted: alike ones together, and none that nobody could have cast.

A ballot is a pair of a count and what stands on it. A ranking is a tuple of ranks from first to last, each rank a tuple
of the options that stand equal in it: `(3, (("A",), ("B", "C")))` is three people for A, then B and C alike. Options
that are not named are unranked. A count of 0 is nobody.
"""

from collections import Counter


class Malformed(ValueError):
    """What cannot be counted; the message says what is wrong, where, and what to do."""


def rankings(options, ballots, most=None):
    """The options as a tuple, at most so many, and {ranking: count} of the ballots, without empty ranks.

    Raises Malformed.
    """
    known = offered(options)
    if most and len(known) > most:
        raise Malformed(f"There are {len(known)} options to rank; {most} are counted at most.")
    grouped = Counter()
    for count, ranking in ballots:
        ranking = tuple(tuple(rank) for rank in ranking if rank)
        named = [option for rank in ranking for option in rank]
        check(count, named, known)
        if count:
            grouped[ranking] += count
    return tuple(known), grouped


def offered(options):
    """The options as {option: place}; raises Malformed when there are none or one is there twice."""
    options = tuple(options)
    places = {option: place for place, option in enumerate(options)}
    if not places:
        raise Malformed("There are no options to count votes for.")
    if len(places) < len(options):
        twice = next(option for option, number in Counter(options).items() if number > 1)
        raise Malformed(f"The option {shown(twice)} is offered twice. Give every option a name of its own.")
    return places


def check(count, named, known):
    """Raises Malformed unless `count` people can have cast a ballot that names these options, each once."""
    if isinstance(count, bool) or not isinstance(count, int):
        raise Malformed(f"A count must be a whole number, not {shown(count)}.")
    if count < 0:
        raise Malformed(f"A count is negative: {count}. Nobody can cast fewer than 0 ballots.")
    if len(set(named)) < len(named):
        twice = next(option for option, number in Counter(named).items() if number > 1)
        raise Malformed(f"The option {shown(twice)} stands twice on one ballot.")
    for option in named:
        if option not in known:
            raise Malformed(
                f"The option {shown(option)} is on a ballot, but is none of the {len(known)} options offered."
            )


def shown(value):
    """A value as messages show it: on one line, and not for ever."""
    text = " ".join(str(value).split())
    return f"“{text if len(text) <= 60 else text[:59] + '…'}”"
