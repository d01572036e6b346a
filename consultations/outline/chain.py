"""The chain: which of all the numbers at line starts are the document's paragraph numbers.

Numbers run consecutively through a document and restart only in annexes. So each candidate is weighed by how much its
line looks like the opening of a paragraph, and each step from one number to the next by how well it continues; the
heaviest chain wins. A year or a footnote does not continue anything; a number that stands firmly at the head of a
paragraph is kept even where it breaks the order, and becomes a problem to tell.
"""

import collections
import dataclasses
import itertools

from consultations.outline import lines

NEXT = 3.0  # what a number gains that follows the one before
MOST_SECTIONS = 99  # no heading has a higher number
YEARS = 1000
MOST_BELOW = 200  # lines below the last number
MAX_TITLE = 160  # columns
LOOK_BACK = 12  # how far a number may jump and still count as a slip
FIRM = 5.0  # what a whole sentence at the head of a block is worth
SLIP = -0.4
LEAP = -3.0
DEEPER = 2.5
LATE_START = -1.0
AFRESH = -8.0  # what a list that starts over and over loses as the document's own
EARLIEST = 12.0
RUNS_ON = -2.0  # a line that opens a paragraph as little as this goes on from the one above
HOLDS = 3.5  # what each link of a chain of paragraphs weighs at least; one of headings weighs less


@dataclasses.dataclass(frozen=True)
class Link:
    """One number of the chain: where it stands, its value (number, rank of bis/ter) and the part of the document."""

    at: int
    value: tuple
    part: int


def choose(rows):
    """The links of the chain through `rows` (Lines), in the order of the document; empty when nothing is numbered."""
    annexed = list(itertools.accumulate(int(row.kind == "annex") for row in rows))
    links = _chosen(rows, annexed, frozenset())
    headings = _numbered_headings(rows)
    taken = sum(link.at in headings for link in links)
    if taken:
        without = _chosen(rows, annexed, headings)
        if len(without) > taken and _breaks(without) <= _breaks(links):
            links = without
    links = [] if _are_titles(rows, links) else links
    return links or _made(rows, annexed)


def _chosen(rows, annexed, headings):
    """The links of the heaviest chain that leaves out the rows of `headings`."""
    found = {}
    for at, row in enumerate(rows):
        label = row.read
        if label is None or (row.depth or 1) > 1 or at in headings:
            continue
        for reading in label.readings:
            if reading.series in {"decimal", "chinese"}:
                style = (reading.series, label.style)
                weight = _weight(rows, at, reading)
                found.setdefault(style, []).append((at, (reading.ordinal, reading.rank), annexed[at], weight))
    # 12 bis stands among the paragraphs whatever mark follows it.
    additions = [c for style, all_of_it in found.items() if style[0] == "decimal" for c in all_of_it if c[1][1] > 1]
    ways = []
    for style, candidates in found.items():
        if style[1] == "none":
            continue
        if style[0] == "decimal" and additions:
            candidates = sorted({*candidates, *additions})
        score, chain = _heaviest(_by_indent(rows, candidates))
        ways.append((_rank(style, rows, chain), score + AFRESH * max(0, _restarts(chain)), chain))
    links = _outermost(ways)
    if not links and ("decimal", "none") in found:
        score, chain = _heaviest(found["decimal", "none"])
        links = chain if len(chain) > 2 and score > 3 * len(chain) else []
    return _mended(rows, _without_inner(rows, links))


def _numbered_headings(rows):
    """The rows that look like headings and are numbered 1, 2, 3 as such, from 1 on and anew in each part."""
    headed = [at for at, row in enumerate(rows) if row.read is not None and row.headed and row.read.decimal]
    numbers = [rows[at].read.decimal.ordinal for at in headed]
    steps = [number in {1, before + 1} for before, number in zip([0, *numbers], numbers, strict=False)]
    return frozenset(headed) if len(headed) > 1 and all(steps) else frozenset()


def _breaks(links):
    """How often a chain does not go on with the very next number."""
    return sum(a.part == b.part and not _follows(a.value, b.value) for a, b in itertools.pairwise(links))


def _are_titles(rows, links):
    """Whether nothing is numbered but titles: short lines without a stop, each over sentences without a number."""
    ends = [*(link.at for link in links[1:]), len(rows)]
    return bool(links) and all(
        rows[link.at].label is None
        and (title := block(rows, link.at))
        and not lines.is_sentence(title)
        and lines.width(title) <= MAX_TITLE
        and _is_over_text(rows, link.at + 1, end)
        for link, end in zip(links, ends, strict=True)
    )


def _is_over_text(rows, start, end):
    """Whether the first block below a line is a sentence without a number."""
    for at in range(start, min(end, start + LOOK_BACK)):
        if rows[at].begins > 0:
            return not rows[at].kind and rows[at].read is None and lines.is_sentence(block(rows, at))
    return False


def _mended(rows, links):
    """The links, with a lone `3)` between `2.` and `4.`, or last of all: a slip of the pen, not a list."""
    found = []
    for link, after in itertools.zip_longest(links, links[1:]):
        found.append(link)
        number = link.value[0]
        if number < 2 or (after is not None and (after.part != link.part or after.value != (number + 2, 1))):
            continue
        end = after.at if after is not None else min(len(rows), link.at + MOST_BELOW)
        other = [at for at in range(link.at + 1, end) if _is_other(rows, at, rows[link.at].read.style)]
        if len(other) == 1 and rows[other[0]].read.decimal.ordinal == number + 1:
            found.append(Link(other[0], (number + 1, 1), link.part))
    return found


def _is_other(rows, at, style):
    """Whether a line surely opens with a number, printed otherwise than the paragraphs are."""
    row = rows[at]
    number = row.read.decimal if row.read is not None and row.label is None and row.begins > 2 else None
    return (
        number is not None
        and number.rank == 1
        and {row.read.style, style} == {"dot", "bracket"}
        and not row.indent
        and (row.hard or lines.bare_end(rows[at - 1].text)[-1:] in lines.ENDS)
    )


def _without_inner(rows, links):
    """The links without runs that start at 1 between one number and the next: a list or a quotation of its own."""
    kept, at = [], 0
    while at < len(links):
        link = links[at]
        anew = kept and link.value == (1, 1) and link.part == kept[-1].part and kept[-1].value[0] > 1
        if anew or _is_further_in(rows, kept, link):
            end = _inner_end(rows, links, at, kept[-1])
            if end is not None:
                at = end
                continue
        kept.append(link)
        at += 1
    return kept


def _is_further_in(rows, kept, link):
    """Whether a number that does not go on from the last one stands further in than that."""
    last = kept[-1] if kept else None
    if last is None or last.part != link.part or _follows(last.value, link.value):
        return False
    return rows[link.at].indent > rows[last.at].indent + 1


def _inner_end(rows, links, at, outer):
    """Where the run that starts at `at` ends and `outer` goes on; None when it never does."""
    end = at + 1
    inside = rows[outer.at].indent + 1
    while end < len(links) and links[end].part == outer.part:
        deeper = rows[links[end].at].indent > inside and _follows(links[end - 1].value, links[end].value)
        if _follows(outer.value, links[end].value) and not deeper:
            break
        end += 1
    if end < len(links) and links[end].part == outer.part:
        return end
    return end if all(rows[link.at].indent > inside for link in links[at:end]) else None


def _made(rows, annexed):
    """Where nothing is numbered in figures: the outermost numbers that the format itself made, I., A. or whatever."""
    found, sections = {}, {}
    for at, row in enumerate(rows):
        if row.label is not None and row.read is not None and (row.depth or 1) == 1:
            for reading in row.label.readings:
                value, (series, _dotted, section) = (reading.ordinal, reading.rank), reading.series.partition(":")
                # 1.1, 1.2, 2.1: each section counts anew.
                part = sections.setdefault((annexed[at], section), len(sections)) if series == "dotted" else annexed[at]
                found.setdefault((series, row.label.style), []).append((at, value, part, 1.0))
    ways = [_heaviest(candidates) for candidates in found.values()]
    score, links = max(ways, key=lambda way: way[0], default=(0.0, []))
    return links if len(links) > 1 and score > 2 * len(links) else []


def _by_indent(rows, candidates):
    """The candidates, those lighter that stand deeper than most of their kind."""
    firm = [rows[at].indent for at, _value, _part, weight in candidates if weight > 0]
    usual = collections.Counter(firm).most_common(1)[0][0] if firm else 0
    return [
        (at, value, part, weight - (DEEPER if rows[at].indent > usual + 3 else 0.0))
        for at, value, part, weight in candidates
    ]


def _outermost(ways):
    """The chain that numbers the document: of the most usual form that holds, and there the one that opens first."""
    for rank in range(len(RANKS)):
        alike = [(score, chain) for its, score, chain in ways if its == rank and _holds(score, chain)]
        if alike:
            opening = min(chain[0].at for _score, chain in alike)
            return max(alike, key=lambda way: way[0] + (EARLIEST if way[1][0].at == opening else 0.0))[1]
    left = [(score, chain) for rank, score, chain in ways if rank < len(RANKS) and score > 0.5]
    return max(left, key=lambda way: way[0], default=(0.0, []))[1]


def _holds(score, chain):
    """Whether a chain is more than headings or the items of one short list."""
    return len(chain) > 1 and score > HOLDS * len(chain)


def _restarts(chain):
    """How often a chain starts over within one part of the document."""
    return sum(link.value == (1, 1) for link in chain) - len({link.part for link in chain})


RANKS = ({"dot", "dash", "comma", "slash", "colon"}, {"bracket", "square", "tab"}, {"()", "circle", "ring"})


def _rank(style, rows, chain):
    """How usual a form is for the paragraphs of a meeting document: `1.` before `1)` before `(1)`."""
    series, form = style
    family = form.split(":")[0]
    rank = next((n for n, families in enumerate(RANKS) if family in families), len(RANKS))
    if series != "chinese":
        return rank
    # 一、 numbers headings, unless what follows are sentences
    sentences = sum(lines.is_sentence(block(rows, link.at)) for link in chain)
    return 2 if sentences > len(chain) / 2 else len(RANKS)


def block(rows, at):
    """The text from this line to the next opening of a block."""
    words = [rows[at].rest]
    for row in rows[at + 1 : at + 200]:
        if row.begins > 0 or _is_figure(row):
            break
        words.append(row.text)
    return " ".join(words)


def _is_figure(row):
    """Whether a line opens with a figure as paragraphs do, `12.`; a year that ends a sentence is none."""
    number = row.read.decimal if row.read is not None else None
    if number is None or row.read.style.split(":")[0] not in RANKS[0]:
        return False
    return number.ordinal < YEARS or bool(row.rest and row.begins > RUNS_ON)


def _weight(rows, at, reading):
    """How much a line looks like the opening of a numbered paragraph."""
    row = rows[at]
    weight = max(-3.0, min(3.0, row.begins))
    rest = row.rest
    if rest[:1].isdigit() and row.label is None and row.text[: row.read.length].endswith("."):
        weight -= 2.5  # 2.5 of something, or paragraph 2 that opens with a figure
    if rest[:1].islower():
        weight -= 1.0 if row.hard or at == 0 or lines.is_finished(rows[at - 1].text) else 3.0
    if reading.ordinal > 400 or not reading.ordinal:
        weight -= 5.0 if reading.ordinal > 1000 else 2.0
    if not rest and (at + 1 >= len(rows) or rows[at + 1].begins > 2):
        weight -= 2.0
    if looks_like_heading(rows, at):
        weight -= 3.5
    elif row.begins > 0.3 and (row.label is not None or lines.is_sentence(block(rows, at))):
        weight += FIRM
    return weight


def looks_like_heading(rows, at):
    """Whether a numbered line is a heading: short, no stop at its end, after a full stop, before a new paragraph."""
    row = rows[at]
    if row.headed is None:
        row.headed = False  # a heading below itself is none
        row.headed = _is_heading(rows, at)
    return row.headed


def _is_heading(rows, at):
    row = rows[at]
    if row.label is not None and (row.depth or 1) > 1:
        return False
    text = block(rows, at)
    if not text or lines.is_sentence(text) or lines.width(text) > 220 or row.begins < 0.3:
        return False
    if row.read.decimal and row.read.decimal.ordinal > MOST_SECTIONS:
        return False
    if row.label is not None and at + 1 < len(rows) and (after := rows[at + 1].label) is not None:
        mine, next_one = row.read.decimal, after.decimal
        if mine and next_one and after.style == row.read.style and next_one.ordinal - mine.ordinal in {0, 1}:
            return False  # an item among its like
    after = at + 1
    while after < len(rows) and after < at + 200 and rows[after].begins <= 0 and not _is_figure(rows[after]):
        after += 1
    if after >= len(rows) or (rows[after].read is None and rows[after].kind not in {"heading", "annex"}):
        return False
    before = rows[at - 1] if at else None
    if before is None or before.kind in {"heading", "annex", "contents"}:
        return True
    if (
        before.begins > 0
        and not lines.is_sentence(before.text)
        and (before.read is None or "dotted" in _series(before))
    ):
        return True  # below a title, or below another heading
    if before.read is not None and before.headed:
        return True
    end = lines.bare_end(before.text)[-1:]
    if before.read is None and end in ",،，;；؛":
        return True  # below a preamble
    return end in lines.ENDS or lines.heading_number(before.text) is not None


def _series(row):
    """The series of a row's label, without what they count below."""
    return {reading.series.split(":")[0] for reading in row.read.readings}


def _heaviest(candidates):
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
            bonus = NEXT if first or _follows(candidates[before][1], value) else LATE_START
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


def _keep(table, key, n, best):
    if key not in table or best[n][0] >= best[table[key]][0]:
        table[key] = n


def _follows(before, value):
    """Whether a value is the very next one: 13 after 12, after 12 bis, 12 bis after 12."""
    if value[1] > 1:
        return before[0] == value[0] and before[1] < value[1]
    return value[0] == before[0] + 1


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
