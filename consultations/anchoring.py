"""Anchoring: which paragraph of a new version is which of the version before, so that what was said of it follows it.

Pure. The same text is the same paragraph; of the others those that share most of their words are, rare words counting
most; then what stands between the same neighbours under the same number. Words are compared through an index, so the
work grows with the length of the texts and not with the square of their paragraphs.
"""

import math
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from consultations.differences import rising, tokens

KEPT, MOVED, CHANGED, SPLIT, NEW, MERGED, ORPHANED = (
    "kept",
    "moved",
    "changed",
    "split",
    "new",
    "merged",
    "orphaned",
)
CANDIDATES = 6  # old paragraphs that one new paragraph is compared with in full
COMMON = 40  # paragraphs with a word, from which on it says nothing about which is meant
ALIKE = 0.5  # of their words two paragraphs share that are one
ALIKE_IN_PLACE = 0.25  # the same with the same number between the same neighbours
HELD = 0.7  # of a paragraph's words that another one holds, for a split or a merger
LEAST_WORDS = 5  # below which a likeness is chance


@dataclass(frozen=True)
class Block:
    """One block of a text: heading, paragraph or text; `label` is the whole number of a paragraph, `12(a)`."""

    kind: str
    label: str
    text: str
    level: int = 0


@dataclass
class Anchor:
    """What became of one paragraph. `old` and `new`: places in the two lists, None where there is none.

    For a split paragraph `old` is the one it came out of; for a merged one `new` is the one it went into.
    """

    state: str
    old: int | None
    new: int | None
    likeness: float = 1.0


@dataclass
class Anchoring:
    """`of`: for each new block the place of the old one it is, or None; `anchors`: one for every block, told once."""

    of: list
    anchors: list = field(default_factory=list)


def anchor(old, new):
    """The Anchoring of the blocks of a new version to those of the one before."""
    return _Matching(old, new).matched()


def normal(text):
    """A text without what typing alone changes: case, spaces, and the width of its signs."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def words(text):
    """What a paragraph is known by: its words, or pairs of signs where no spaces are written."""
    found, last = [], ""
    for token in tokens(normal(text)):
        if not token[0].isalnum():
            last = ""
            continue
        is_sign = ord(token[0]) > 0x0E00 and len(token) <= 2 and not token.isascii()
        found.append(last + token if is_sign and last else token)
        last = token if is_sign else ""
    return found


class _Matching:
    def __init__(self, old, new):
        self.old, self.new = old, new
        self.of = [None] * len(new)  # old place of each new block
        self.into = [None] * len(old)
        self.bags_old = [Counter(words(block.text)) for block in old]
        self.bags_new = [Counter(words(block.text)) for block in new]
        self.likeness = {}

    def matched(self):
        self._exactly()
        self._by_words()
        self._in_place()
        return Anchoring(self.of, self._told())

    def _join(self, at_old, at_new, likeness):
        self.of[at_new], self.into[at_old] = at_old, at_new
        self.likeness[at_new] = likeness

    def _exactly(self):
        """The same text; where it stands several times, under the same number first, then in order."""
        waiting = defaultdict(list)
        for at, block in enumerate(self.old):
            waiting[block.kind, normal(block.text)].append(at)
        for by_label in (True, False):
            for at, block in enumerate(self.new):
                if self.of[at] is not None:
                    continue
                places = waiting[block.kind, normal(block.text)]
                fits = [place for place in places if not by_label or self.old[place].label == block.label][:1]
                for place in fits:
                    places.remove(place)
                    self._join(place, at, 1.0)

    def _by_words(self):
        """Those that share most of their words, the most alike first."""
        index = self._index([at for at, into in enumerate(self.into) if into is None])
        pairs = []
        for at, block in enumerate(self.new):
            if self.of[at] is None:
                for place in self._candidates(index, self.bags_new[at]):
                    if self.old[place].kind == block.kind:
                        likeness = _dice(self.bags_old[place], self.bags_new[at])
                        bonus = 0.05 * (self.old[place].label == block.label)
                        pairs.append((likeness + bonus, likeness, place, at))
        for _score, likeness, place, at in sorted(pairs, key=lambda pair: (-pair[0], abs(pair[2] - pair[3]), pair[3])):
            if likeness >= ALIKE and self.of[at] is None and self.into[place] is None and self._is_long(place, at):
                self._join(place, at, likeness)

    def _is_long(self, at_old, at_new):
        """A few words alone say which paragraph is meant only together with its number."""
        size = min(self.bags_old[at_old].total(), self.bags_new[at_new].total())
        return size >= LEAST_WORDS or self.old[at_old].label == self.new[at_new].label

    def _in_place(self):
        """Reworded beyond recognition, but under the same number where it stood: between the same two paragraphs, or
        beside one of them and at least a little alike.
        """
        for at, block in enumerate(self.new):
            if self.of[at] is not None:
                continue
            places = self._beside(at)
            for place in dict.fromkeys(places):
                other = self.old[place]
                if self.into[place] is None and (other.kind, other.label) == (block.kind, block.label):
                    likeness = _dice(self.bags_old[place], self.bags_new[at])
                    if likeness >= ALIKE_IN_PLACE or (block.label and places.count(place) == 2):
                        self._join(place, at, likeness)
                        break

    def _beside(self, at):
        """Where a paragraph stood, judging by the one before it and by the one after it."""
        before = self.of[at - 1] if at else -1
        after = self.of[at + 1] if at + 1 < len(self.new) else len(self.old)
        places = [before + 1] if before is not None else []
        places += [after - 1] if after is not None else []
        return [place for place in places if 0 <= place < len(self.old)]

    def _told(self):
        """An Anchor for every block of both sides."""
        pairs = [(old, at) for at, old in enumerate(self.of) if old is not None]
        in_order = {pairs[place][1] for place in rising([old for old, _at in pairs])}
        told = []
        split_of = self._index(range(len(self.old)))
        for at, old in enumerate(self.of):
            if old is None:
                source = self._holder(split_of, self.bags_new[at], self.bags_old, wanted=self.into)
                state = NEW if source is None else SPLIT
                told.append(Anchor(state, source, at, 0.0))
            else:
                likeness = self.likeness[at]
                state = MOVED if at not in in_order else KEPT if likeness == 1 else CHANGED
                told.append(Anchor(state, old, at, likeness))
        merged_in = self._index(range(len(self.new)), self.bags_new)
        for at, into in enumerate(self.into):
            if into is None:
                target = self._holder(merged_in, self.bags_old[at], self.bags_new, wanted=self.of)
                told.append(Anchor(ORPHANED if target is None else MERGED, at, target, 0.0))
        return told

    def _holder(self, index, bag, bags, *, wanted):
        """The paragraph of the other version that holds most of these words and is itself still there."""
        if bag.total() < LEAST_WORDS:
            return None
        for place in self._candidates(index, bag):
            if wanted[place] is not None and (bag & bags[place]).total() >= HELD * bag.total():
                return place
        return None

    def _index(self, places, bags=None):
        """{word: places of the paragraphs with it}"""
        bags = self.bags_old if bags is None else bags
        index = defaultdict(list)
        for place in places:
            for word in bags[place]:
                index[word].append(place)
        return index

    def _candidates(self, index, bag):
        """The paragraphs that share the rarest words, the best first."""
        scores = Counter()
        for word in bag:
            holders = index.get(word, ())
            if len(holders) <= COMMON:
                for place in holders:
                    scores[place] += 1 / math.sqrt(len(holders))
        return [place for place, _score in scores.most_common(CANDIDATES)]


def _dice(one, other):
    return 2 * (one & other).total() / max(1, one.total() + other.total())
