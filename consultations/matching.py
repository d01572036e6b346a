"""Which line of a new text is which of the old one: moved lines are found again, changed ones by likeness. Pure."""

from difflib import SequenceMatcher

ALIKE = 0.4  # from here on a changed line is the old one, and not a new one
CLOSE = 40  # lines of a changed stretch that are compared with each other


def pairs_of(olds, news):
    """{place of a new line: place of the old one it is}."""
    pairs = {}
    steps = SequenceMatcher(None, olds, news, autojunk=False).get_opcodes()
    for tag, i1, i2, j1, _j2 in steps:
        if tag == "equal":
            pairs |= {j1 + step: i1 + step for step in range(i2 - i1)}
    taken = set(pairs.values())
    left = {}
    for place, old in enumerate(olds):
        if place not in taken:
            left.setdefault(old, []).append(place)
    for place, new in enumerate(news):
        if place not in pairs and left.get(new):
            pairs[place] = left[new].pop(0)
    taken = set(pairs.values())
    for tag, i1, i2, j1, j2 in steps:
        if tag == "replace":
            before = [place for place in range(i1, i2) if place not in taken]
            after = [place for place in range(j1, j2) if place not in pairs]
            pairs |= _alike(olds, news, before, after)
    return pairs


def _alike(olds, news, before, after):
    if len(before) == len(after) or max(len(before), len(after)) > CLOSE:
        return dict(zip(after, before, strict=False))
    pairs, start = {}, 0
    for old in before:
        likeness = [
            (SequenceMatcher(None, olds[old], news[new], autojunk=False).ratio(), -place)
            for place, new in enumerate(after[start:], start)
        ]
        best, place = max(likeness, default=(0, 0))
        if best >= ALIKE:
            pairs[after[-place]], start = old, 1 - place
    return pairs
