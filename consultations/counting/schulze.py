"""Schulze's method, with winning votes: whoever has the stronger paths to all the others wins.

M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner election
method", Social Choice and Welfare 36 (2011): a link from one option to another is as strong as the ballots that place
the one above the other, where these are more than the ballots that say the opposite; a path is as strong as its weakest
link. One option is better than another where its strongest path to it is stronger than the strongest path back.
"""

from consultations.counting import ballots as papers
from consultations.counting.outcomes import Outcome

MOST_OPTIONS = 1_000  # the work grows with their cube


def schulze(options, ballots):
    """Rankings; ranked stands above unranked, unranked options are equal.

    order: those whom nobody is better than, then those whom none of the rest is better than, and so on, all by the
    strongest paths computed once over all options. winners: the first of these; none where no ballot ranks anything.
    """
    options, grouped = papers.rankings(options, ballots, MOST_OPTIONS)
    above = _above(options, grouped)
    paths = _paths(above)
    cast, empty = grouped.total(), grouped[()]
    order = _order(options, paths)
    return Outcome(
        "schulze",
        order,
        order[0] if cast > empty else (),
        cast,
        empty,
        pairwise=_named(options, above),
        paths=_named(options, paths),
    )


def _above(options, grouped):
    """A table: how many ballots place the option of the row above the option of the column.

    A row is one large integer with a field of some bytes for each option, so that a ballot is added to a whole row at
    once: 1,000,000 additions for 5,000 ballots and 200 options, not 100,000,000.
    """
    size = (grouped.total().bit_length() + 7) // 8 or 1
    field = {option: 1 << (8 * size * place) for place, option in enumerate(options)}
    everyone, rows = sum(field.values()), dict.fromkeys(options, 0)
    for ranking, count in grouped.items():
        below = everyone
        for rank in ranking:
            below -= sum(field[option] for option in rank)
            votes = below * count
            for option in rank:
                rows[option] += votes
    width = len(options) * size
    return [
        [int.from_bytes(row[at : at + size], "little") for at in range(0, width, size)]
        for row in (rows[option].to_bytes(width, "little") for option in options)
    ]


def _paths(above):
    """The strength of the strongest path between every two options, by the algorithm of Floyd and Warshall."""
    paths = [
        [votes if votes > back else 0 for votes, back in zip(row, column, strict=True)]
        for row, column in zip(above, zip(*above, strict=True), strict=True)
    ]
    for via, onward in enumerate(paths):
        for start, row in enumerate(paths):
            first = row[via]
            if first and start != via:
                paths[start] = [
                    known if known >= (through := onward_link if onward_link < first else first) else through
                    for known, onward_link in zip(row, onward, strict=True)
                ]
    for place, row in enumerate(paths):
        row[place] = 0
    return paths


def _order(options, paths):
    """The options in layers: each holds those who are beaten by none of the options that are left."""
    beaten_by = [
        {other for other, back in enumerate(column) if back > row[other]}
        for row, column in zip(paths, zip(*paths, strict=True), strict=True)
    ]
    left, order = set(range(len(options))), []
    while left:
        layer = [place for place in sorted(left) if not beaten_by[place] & left]
        order.append(tuple(options[place] for place in layer))
        left.difference_update(layer)
    return tuple(order)


def _named(options, table):
    return {
        option: {other: number for other, number in zip(options, row, strict=True) if other != option}
        for option, row in zip(options, table, strict=True)
    }
