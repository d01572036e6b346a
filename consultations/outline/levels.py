"""Levels: the sub-paragraphs (a), (i), （一）, أ), ١- below one numbered paragraph, each with its depth.

Which label opens a sub-paragraph and which is only a list in running text that a line break has put first, and whether
(i) is a letter or a numeral, is settled together: every way to read the labels of one paragraph is weighed as a whole,
the few heaviest are kept on the way (a beam), and the heaviest wins.
"""

import dataclasses
import itertools
import re

from consultations.outline import labels, lines, steps, titles

BEAM = 24
LISTED = ";；؛,，،"  # what an item of a list ends with
LATEST = 4  # the item a list may start with that lacks its first ones
MOST = 4000  # labels looked at in one paragraph; the rest is text
MOST_INLINE = 6000  # characters above in which the letter before is looked for
CONTINUES, OPENS, ALONE, SLIPS = 2.0, 0.6, -1.6, -1.2
ANNOUNCED, PARTED = 2.5, 1.5  # what a label weighs at least below a colon, and below a finished sentence
_INLINE = re.compile(r"(?<![^\s:;,：；，、。(（])(?:[(（][^()（）\s]{1,5}[)）]|[^\W_]{1,4}[)）])(?=\s|[\u0600-\uffff])")


@dataclasses.dataclass(frozen=True)
class Open:
    """A list that is open while one reads: its series and style, its last item, where that item stood."""

    series: str
    style: str
    ordinal: int
    rank: int
    count: int
    depth: int | None
    indent: int
    highest: int


@dataclasses.dataclass(frozen=True)
class Item:
    """One sub-paragraph found: its row, its level, its value, the value before it, and what is wrong with it."""

    at: int
    level: int
    reading: labels.Reading
    before: labels.Reading | None = None
    wrong: str = ""


@dataclasses.dataclass(frozen=True)
class Path:
    """One way to read the labels so far."""

    score: float
    stack: tuple
    items: tuple  # linked list (earlier items, item), so that paths share their past


def find(rows, first, last, base=1, main=""):
    """The sub-paragraphs among rows[first:last], as Items in order; `base` is the level of the paragraph above them.

    `main` is the style of the document's own numbers: what a typist numbers likewise is a quotation or an agenda.
    """
    found = list(itertools.islice(_labelled(rows, first, last, main), MOST))
    if not found:
        return []
    inline = _inline_labels(rows, first - 1, last)
    paths = [Path(0.0, (), None)]
    for n, (at, label) in enumerate(found):
        evidence = _evidence(rows, at, label, inline, found, n, first)
        led = n > 0 and any(_leads(row) for row in rows[found[n - 1][0] + 1 : at])
        options = []
        for path in paths:
            skipped = dataclasses.replace(path, score=path.score - max(0.0, evidence))
            options.append(skipped)
            options += _ways(path, rows[at], at, label, evidence, base, led)
        options.sort(key=lambda p: -p.score)
        paths, seen = [], set()
        for path in options:
            if path.stack not in seen:
                seen.add(path.stack)
                paths.append(path)
            if len(paths) >= BEAM:
                break
    best = max(paths, key=lambda p: p.score + sum(ALONE for o in p.stack if o.count == 1))
    items, link = [], best.items
    while link is not None:
        link, item = link
        items.append(item)
    return items[::-1]


def _labelled(rows, first, last, main):
    """The lines whose label may be that of a sub-paragraph, as (row, label)."""
    # Where the format makes the paragraphs' numbers, one that is typed is another's, wherever it stands.
    inside, listed, before = rows[first - 1].indent + 1 if rows[first - 1].label is None else -1, False, None
    for at in range(first, last):
        label = rows[at].read
        if label is not None and label.style == main and label.decimal and rows[at].label is None:
            # Numbered as the paragraphs are, but further in, or below a colon: a list where its first item is one.
            if label.decimal.ordinal == 1:
                listed = _is_item(titles.block(rows, at)) and (
                    rows[at].indent > inside or lines.bare_end(rows[at - 1].text)[-1:] in ":："
                )
            if not listed:
                continue
        elif not _may_open(rows, at) and not _goes_on_from(before, rows[at]):
            continue
        before = label
        yield at, label


def _goes_on_from(before, row):
    """Whether a sentence has the letter that comes after that of the item above, printed alike: the last of a list."""
    if (
        before is None
        or row.read is None
        or row.kind
        or row.read.style != before.style
        or not lines.is_sentence(row.text)
    ):
        return False
    return any(a.series == b.series and b.ordinal == a.ordinal + 1 for a in before.readings for b in row.read.readings)


def _may_open(rows, at):
    """Whether a line's label may be that of a sub-paragraph by its form."""
    label = rows[at].read
    if label is None or rows[at].kind in {"heading", "annex"}:
        return False
    if label.style in {"dot", "comma", "none"} and all(
        r.series in {"LATIN", "ROMAN", "SPANISH"} for r in label.readings
    ):
        return (rows[at].depth or 1) > 1 or _is_item(rows[at].rest)
    if label.style == "comma" and all(r.series == "chinese" for r in label.readings):
        return rows[at].depth is not None and rows[at].depth > 1
    return not (label.style == "none" and all(r.series == "decimal" for r in label.readings))


def _is_item(text):
    """Whether this reads as an item of a list; a heading or a sentence opens with a capital and ends otherwise."""
    return text[:1].islower() or lines.bare_end(text)[-1:] in LISTED


def _inline_labels(rows, first, last):
    """Labels in the middle of lines, as (row, printed): `(a)` of `the following: (a) food; (b) water`."""
    found = set()
    for at in range(max(first, 0), last):
        text = rows[at].rest if rows[at].read else rows[at].text
        for match in _INLINE.finditer(text, 1):
            found.add((at, _bare(match[0])))
    return found


def _bare(text):
    return re.sub(r"[()（）.\s]", "", text)


def _leads(row):
    """Whether a row is a block of text without a number, which may lead over to another list."""
    return not row.kind and row.read is None and row.begins > 0


def _evidence(rows, at, label, inline, found, n, first):
    """How much a labelled line looks like the opening of a sub-paragraph rather than running text."""
    row = rows[at]
    evidence = max(-2.5, min(3.0, row.begins))
    before = rows[at - 1].text if at else ""
    if lines.is_finished(before):
        evidence = max(evidence, ANNOUNCED if lines.bare_end(before)[-1:] in ":：" else PARTED)
    elif not row.hard and lines.bare_end(before)[-1:] not in ",，،":
        evidence -= 1.0
    if not rest_of(row) and not row.hard:
        evidence -= 1.0
    if not row.hard and inline and _is_among_inline(label, at, inline, found, n, first):
        evidence -= 5.0
    if titles.is_numbered(rows, at):
        evidence -= 3.5
    return evidence


def rest_of(row):
    """The text of a row after its label, empty when there is none."""
    return row.rest.strip()


def goes_on(text, label):
    """Whether a label at a line's head goes on a list that stands in the running text above: (b) after `: (a) food;`"""
    for match in _INLINE.finditer(text[-MOST_INLINE:]):
        other = labels.parse("(" + _bare(match[0]) + ")")
        if other and any(
            m.series == o.series and m.ordinal == o.ordinal + 1 for m in label.readings for o in other.readings
        ):
            return True
    return False


def _is_among_inline(label, at, inline, found, n, first):
    """Whether the label before or after this one in its series stands in the middle of a line nearby."""
    start = found[n - 1][0] if n else first - 1
    end = found[n + 1][0] if n + 1 < len(found) else at + 40
    for row, printed in inline:
        if start <= row < max(end, at + 1):
            other = labels.parse("(" + printed + ")")
            if other is None:
                continue
            for mine in label.readings:
                for theirs in other.readings:
                    if mine.series != theirs.series:
                        continue
                    if theirs.ordinal == mine.ordinal + 1 and row >= at:
                        return True
                    if theirs.ordinal == mine.ordinal - 1 and row < at:
                        return True
    return False


def _ways(path, row, at, label, evidence, base, led):
    """Every way to take this label as an item: the next of an open list, the first of a new one, or a slip.

    `led`: a block of text stands between the label before and this one.
    """
    stack = path.stack
    for reading in label.readings:
        alike = any(_kind(o.series) == _kind(reading.series) and o.style == label.style for o in stack)
        for level in range(len(stack) - 1, -1, -1):
            held = stack[level]
            if held.series != reading.series or not _same_style(held, label, reading):
                continue
            first = reading.ordinal == 1 and reading.rank == 1
            if first and led and held.count > 1:
                item = Item(at, base + level + 1, reading)
                opened = _opened(reading, label, row)
                yield Path(path.score + evidence + OPENS, (*stack[:level], opened), (path.items, item))
            follows = steps.follows((held.ordinal, held.rank), (reading.ordinal, reading.rank))
            follows = follows or reading.ordinal == held.highest + 1
            score, wrong = CONTINUES, ""
            if not follows:
                score, wrong = SLIPS - (0.5 if abs(reading.ordinal - held.ordinal) > 4 else 0.0), "order"
                if reading.ordinal == 1 and reading.rank == 1 and held.ordinal > 1:
                    score -= 1.0
            score += _place(held, row, same=True)
            score += sum(ALONE for o in stack[level + 1 :] if o.count == 1)
            style = held.style if reading.rank > 1 else label.style
            highest = max(reading.ordinal, held.highest)
            renewed = Open(
                reading.series, style, reading.ordinal, reading.rank, held.count + 1, row.depth, row.indent, highest
            )
            item = Item(at, base + level + 1, reading, labels.Reading(held.series, held.ordinal, held.rank), wrong)
            yield Path(path.score + evidence + score, (*stack[:level], renewed), (path.items, item))
        first = reading.ordinal == 1 and reading.rank == 1
        # What the format itself numbers and sets deeper may go on from a list far above.
        sure = row.label is not None and (row.depth or 0) > 1 and reading.ordinal < titles.YEARS
        if not first and (stack or not (sure or _may_start(label, reading, evidence))):
            continue
        score = OPENS if first else SLIPS
        # Lists of one kind do not nest in one another, unless the format itself says that this one stands deeper.
        if alike and not (row.depth and stack[-1].depth and row.depth > stack[-1].depth):
            score -= 2.5 if stack[-1].indent + 1 < row.indent else 4.0
        parent = stack[-1] if stack else None
        score += _place(parent, row, same=False) if parent else 0.0
        opened = _opened(reading, label, row)
        item = Item(at, base + len(stack) + 1, reading, None, "" if first else "first")
        yield Path(path.score + evidence + score - 0.01 * len(stack), (*stack, opened), (path.items, item))


def _may_start(label, reading, evidence):
    """Whether a list may start here that lacks its first items."""
    return evidence >= 2 and reading.ordinal <= LATEST and label.style in {"()", "bracket"}


def _kind(series):
    """The kind of letters a series counts with, whichever order it counts them in: a, b, ñ are all Latin."""
    kind = series.rstrip("01234")
    return {"spanish": "latin", "SPANISH": "LATIN", "hijai": "abjad", "iroha": "kana"}.get(kind, kind)


def _opened(reading, label, row):
    """A list of which this is the first item."""
    return Open(
        reading.series, label.style, reading.ordinal, reading.rank, 1, row.depth, row.indent, reading.ordinal
    )  # fmt: skip


def _same_style(held, label, reading):
    return held.style == label.style or (reading.rank > 1 and held.style.split(":")[0] in {"dot", "bracket", "()"})


def _place(other, row, *, same):
    """What depth in the format's lists, or else indentation, says for a sibling (`same`) or a child of `other`."""
    if row.depth is not None and other.depth is not None:
        if same:
            return 0.6 if row.depth == other.depth else -1.0
        return 0.6 if row.depth > other.depth else -1.0
    difference = row.indent - other.indent
    if same:
        return 0.3 if abs(difference) <= 1 else -0.4
    return 0.3 if difference > 1 else (-0.4 if difference < -1 else 0.0)
