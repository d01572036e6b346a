"""Differences between two wordings, word by word; in scripts that write no spaces (Chinese, Thai ...) sign by sign.

Pure, and bounded: words that stand once on both sides hold the two texts together, the gaps between them are compared
in full while a budget lasts, and beyond it shown as one replacement. Whatever the work, applying a difference to the
old wording gives the new one to the letter.
"""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from html import escape
from itertools import pairwise

SAME, OUT, IN = "same", "out", "in"
CELLS = 600_000  # pairs of words that one comparison looks at
MOST_DEPTH = 40  # gaps within gaps

# Chinese and Japanese, Thai, Lao, Burmese and Khmer: one sign, with the marks that stand on it.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_MARKS = "\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd"
_TOKEN = re.compile(
    rf"[{_UNSPACED}\U00020000-\U0003ffff][{_MARKS}]*|[^\W{_UNSPACED}\U00020000-\U0003ffff]+(?:['’‑-]?[^\W{_UNSPACED}]+)*"
    rf"|\s+|[^\w\s][{_MARKS}]*|.",
    re.DOTALL,
)


@dataclass(frozen=True)
class Change:
    """A stretch of text that is the `same` on both sides, only in the old one (`out`) or only in the new one (`in`)."""

    kind: str
    text: str


def tokens(text):
    """A text in words, signs, spaces and marks; joined they are the text again."""
    return _TOKEN.findall(text)


def compare(old, new):
    """The Changes that lead from the old wording to the new one, in order; of a replacement the old words first."""
    before, after = tokens(old), tokens(new)
    pairs = _Comparison(before, after).pairs()
    runs, at_old, at_new = [], 0, 0
    for in_old, in_new in [*pairs, (len(before), len(after))]:
        runs.append((OUT, before[at_old:in_old]))
        runs.append((IN, after[at_new:in_new]))
        runs.append((SAME, before[in_old : in_old + 1]))
        at_old, at_new = in_old + 1, in_new + 1
    return _tidied(runs)


def share(old, new):
    """How much of two wordings is the same, from 0 to 1, by the letters of the words they have in common."""
    same = sum(len(change.text.strip()) for change in compare(old, new) if change.kind == SAME)
    return 2 * same / max(1, len(old.strip()) + len(new.strip()))


def html(changes):
    """For a page: <del> and <ins>; everything else escaped."""
    tags = {OUT: ("<del>", "</del>"), IN: ("<ins>", "</ins>"), SAME: ("", "")}
    return "".join(f"{tags[change.kind][0]}{escape(change.text)}{tags[change.kind][1]}" for change in changes)


def plain(changes):
    """For a mail: `[-old-] {+new+}`, as word differences are written."""
    parts = []
    for change in changes:
        words = change.text.strip()
        if change.kind == SAME or not words:
            parts.append(change.text)
            continue
        lead = change.text[: len(change.text) - len(change.text.lstrip())]
        tail = change.text[len(lead) + len(words) :]
        mark = "[-{}-]" if change.kind == OUT else "{{+{}+}}"
        space = " " if parts and parts[-1].endswith("-]") and change.kind == IN and not lead else ""
        parts.append(f"{space}{lead}{mark.format(words)}{tail}")
    return "".join(parts)


class _Comparison:
    """Two lists of tokens, and what may still be spent on comparing them."""

    def __init__(self, before, after):
        self.before, self.after, self.cells = before, after, CELLS

    def pairs(self):
        """Places (old, new) of the tokens that are kept, rising on both sides."""
        found, waiting = [], [(0, len(self.before), 0, len(self.after), 0)]
        while waiting:
            gap = waiting.pop()
            start, end, at, stop, depth = gap
            while start < end and at < stop and self.before[start] == self.after[at]:
                found.append((start, at))
                start, at = start + 1, at + 1
            while start < end and at < stop and self.before[end - 1] == self.after[stop - 1]:
                end, stop = end - 1, stop - 1
                found.append((end, stop))
            if start == end or at == stop:
                continue
            if (end - start) * (stop - at) <= min(self.cells, 40_000):
                found += self._common(start, end, at, stop)
                continue
            anchors = self._anchors(start, end, at, stop) if depth < MOST_DEPTH else []
            if not anchors and (end - start) * (stop - at) <= self.cells:
                found += self._common(start, end, at, stop)
            elif anchors:
                found += anchors
                edges = [(start - 1, at - 1), *anchors, (end, stop)]
                for (one, other), (next_one, next_other) in pairwise(edges):
                    waiting.append((one + 1, next_one, other + 1, next_other, depth + 1))
        return sorted(found)

    def _anchors(self, start, end, at, stop):
        """Words that stand once in each side of a gap, as many as keep their order on both."""
        once_before = Counter(self.before[start:end])
        once_after = Counter(self.after[at:stop])
        places = {word: place for place, word in enumerate(self.before[start:end], start) if once_before[word] == 1}
        both = [
            (places[word], place)
            for place, word in enumerate(self.after[at:stop], at)
            if once_after[word] == 1 and word in places
        ]
        return [both[place] for place in rising([old for old, _new in both])]

    def _common(self, start, end, at, stop):
        """The longest common subsequence of a small gap."""
        old, new = self.before[start:end], self.after[at:stop]
        self.cells -= len(old) * len(new)
        rows = [[0] * (len(new) + 1)]
        for one in reversed(old):
            below, row = rows[-1], [0] * (len(new) + 1)
            for place in range(len(new) - 1, -1, -1):
                if one == new[place]:
                    # Words hold a text together, spaces and commas do not.
                    row[place] = below[place + 1] + (3 if one[0].isalnum() else 1)
                else:
                    row[place] = max(below[place], row[place + 1])
            rows.append(row)
        rows.reverse()
        found, in_old, in_new = [], 0, 0
        while in_old < len(old) and in_new < len(new):
            if old[in_old] == new[in_new]:
                found.append((start + in_old, at + in_new))
                in_old, in_new = in_old + 1, in_new + 1
            elif rows[in_old + 1][in_new] >= rows[in_old][in_new + 1]:
                in_old += 1
            else:
                in_new += 1
        return found


def rising(values):
    """Places of a longest rising subsequence of different values."""
    tails, places, before = [], [], []
    for place, value in enumerate(values):
        length = bisect_left(tails, value)
        if length == len(tails):
            tails.append(value)
            places.append(place)
        else:
            tails[length], places[length] = value, place
        before.append(places[length - 1] if length else None)
    chain, place = [], places[-1] if places else None
    while place is not None:
        chain.append(place)
        place = before[place]
    return chain[::-1]


def _tidied(runs):
    """Runs of tokens as Changes: a lone space or mark between two changes belongs to them, not to what was kept."""
    runs = [(kind, words) for kind, words in runs if words]
    old, new, changes = [], [], []

    def flush():
        for kind, words in ((OUT, old), (IN, new)):
            if words:
                changes.append(Change(kind, "".join(words)))
                words.clear()

    kept = []
    for place, (kind, words) in enumerate(runs):
        if kind == SAME:
            is_loose = not any(char.isalnum() for char in words[0])
            follows = place + 1 < len(runs) and runs[place + 1][0] != SAME
            if (old and new) and is_loose and follows and not kept:
                old += words
                new += words
            else:
                flush()
                kept += words
            continue
        if kept:
            changes.append(Change(SAME, "".join(kept)))
            kept = []
        (old if kind == OUT else new).extend(words)
    flush()
    if kept:
        changes.append(Change(SAME, "".join(kept)))
    return changes
