"""Steps: from each number to the one that may come after it, and the heaviest way through all of them."""

import dataclasses

NEXT = 3.0  # what a number gains that follows the one before
SLIP = -0.4  # one that repeats, or jumps by less than LOOK_BACK
LEAP = -3.0  # any other
LATE_START = -1.0  # the first one, when it is not 1
LOOK_BACK = 12  # how far a number may jump and still count as a slip


@dataclasses.dataclass(frozen=True)
class Link:
    """One number of the chain: where it stands, its value (number, rank of bis/ter) and the part of the document."""

    at: int
    value: tuple
    part: int


def heaviest(candidates):
    """The heaviest chain through candidates `(at, value, part, weight)`; its weight and its links."""
    best = []  # (score, index of the one before)
    by_value, by_number, anywhere, parts_best = {}, {}, None, {}
    for n, (_at, value, part, weight) in enumerate(candidates):
        number, rank = value
        first = (number, rank) == (1, 1)
        top, origin = (NEXT if first else LATE_START - min(1.5, number / 20)), None
        earlier = [b for p, b in parts_best.items() if p < part]
        before = max(earlier, key=lambda b: best[b][0], default=None)
        if before is not None:
            bonus = NEXT if first or follows(candidates[before][1], value) else LATE_START
            if best[before][0] + bonus > top:
                top, origin = best[before][0] + bonus, before
        for candidate, cost in _steps(value, part, by_value, by_number, anywhere):
            if best[candidate][0] + cost > top:
                top, origin = best[candidate][0] + cost, candidate
        best.append((top + weight, origin))
        _keep(by_value, (part, value), n, best)
        _keep(by_number, (part, number), n, best)
        _keep(parts_best, part, n, best)
        if anywhere is None or candidates[anywhere][2] != part or best[n][0] > best[anywhere][0]:
            anywhere = n
    if not best:
        return 0.0, []
    at = max(range(len(best)), key=lambda n: best[n][0])
    score, chain = best[at][0], []
    while at is not None:
        chain.append(Link(candidates[at][0], candidates[at][1], candidates[at][2]))
        at = best[at][1]
    return score, chain[::-1]


def follows(before, value):
    """Whether a value is the very next one: 13 after 12, after 12 bis, 12 bis after 12."""
    if value[1] > 1:
        return before[0] == value[0] and before[1] < value[1]
    return value[0] == before[0] + 1


def _keep(table, key, n, best):
    if key not in table or best[n][0] >= best[table[key]][0]:
        table[key] = n


def _steps(value, part, by_value, by_number, anywhere):
    """Candidates that may come before this one in the same part, each with what the step is worth."""
    number, rank = value
    if rank > 1:
        if (at := by_number.get((part, number))) is not None:
            yield at, NEXT
    elif (at := by_number.get((part, number - 1))) is not None:
        yield at, NEXT
    if (at := by_value.get((part, value))) is not None:
        yield at, SLIP
    for jump in range(1, LOOK_BACK):
        for other in (number - 1 - jump, number + jump):
            if (at := by_number.get((part, other))) is not None:
                yield at, SLIP - jump / 10
    if anywhere is not None:
        yield anywhere, LEAP
