"""The chain: which of all the numbers at line starts are the document's paragraph numbers.

Numbers run consecutively through a document and restart only in annexes. So each candidate is weighed by how much its
line looks like the opening of a paragraph, and each step from one number to the next by how well it continues; the
heaviest chain wins. A year or a footnote does not continue anything; a number that stands firmly at the head of a
paragraph is kept even where it breaks the order, and becomes a problem to tell.
"""

import collections
import itertools

from consultations.outline import lines, steps, titles

MOST_BELOW = 200  # lines below the last number
FIRM = 5.0  # what a whole sentence at the head of a block is worth
DEEPER = 2.5
AFRESH = -8.0  # what a list that starts over and over loses as the document's own
EARLIEST = 12.0
HOLDS = 3.5  # what each link of a chain of paragraphs weighs at least; one of headings weighs less


def choose(rows):
    """The links of the chain through `rows` (Lines), in the order of the document; empty when nothing is numbered."""
    annexed = list(itertools.accumulate(int(row.kind == "annex") for row in rows))
    links = _chosen(rows, annexed, frozenset())
    headings = titles.numbered(rows)
    taken = sum(link.at in headings for link in links)
    if taken:
        without = _chosen(rows, annexed, headings)
        if len(without) > taken and _breaks(without) <= _breaks(links):
            links = without
    links = [] if titles.are_all(rows, [link.at for link in links]) else links
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
        score, chain = steps.heaviest(_by_indent(rows, candidates))
        if not any(link.value[1] == 1 for link in chain):
            continue  # additions to another's numbers
        ways.append((_rank(style, rows, chain), score + AFRESH * max(0, _restarts(chain)), chain))
    links = _outermost(ways)
    if not links and ("decimal", "none") in found:
        score, chain = steps.heaviest(found["decimal", "none"])
        links = chain if len(chain) > 2 and score > 3 * len(chain) else []
    return _mended(rows, _without_inner(rows, links))


def _breaks(links):
    """How often a chain does not go on with the very next number."""
    return sum(a.part == b.part and not steps.follows(a.value, b.value) for a, b in itertools.pairwise(links))


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
            found.append(steps.Link(other[0], (number + 1, 1), link.part))
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
            alone = end == at + 1 and _stands_alone(rows, kept[-1], link)
            if end is not None and not alone and not _is_below_title(rows, link):
                at = end
                continue
        kept.append(link)
        at += 1
    return kept


def _is_further_in(rows, kept, link):
    """Whether a number that does not go on from the last one stands further in than that."""
    last = kept[-1] if kept else None
    if last is None or last.part != link.part or steps.follows(last.value, link.value):
        return False
    return rows[link.at].indent > rows[last.at].indent + 1


def _stands_alone(rows, last, link):
    """Whether a lone 1 stands where a paragraph would: at the margin, below a sentence that leads in no list."""
    above = rows[link.at - 1]
    leads = lines.bare_end(above.text)[-1:] in ":：" or not lines.is_finished(above.text)
    return not leads and abs(rows[link.at].indent - rows[last.at].indent) <= 1 and not rows[link.at].headed


def _is_below_title(rows, link):
    """Whether a number stands right below a title, as the paragraphs of an article do that count by themselves."""
    above = rows[link.at - 1]
    if above.kind:
        return above.kind == "heading"
    return above.read is None and above.begins > 0 and not lines.is_sentence(above.text) and link.value == (1, 1)


def _inner_end(rows, links, at, outer):
    """Where the run that starts at `at` ends and `outer` goes on; None when it never does."""
    end = at + 1
    inside = rows[outer.at].indent + 1
    while end < len(links) and links[end].part == outer.part:
        deeper = rows[links[end].at].indent > inside and steps.follows(links[end - 1].value, links[end].value)
        if steps.follows(outer.value, links[end].value) and not deeper:
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
    ways = [steps.heaviest(candidates) for candidates in found.values()]
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
    for rank in range(len(titles.RANKS)):
        alike = [(score, chain) for its, score, chain in ways if its == rank and _holds(score, chain)]
        if alike:
            opening = min(alike, key=lambda way: way[1][0].at)[1]
            # What starts over again and again below a run that does not is a list within its paragraphs.
            alike = [way for way in alike if way[1] is opening or _restarts(way[1]) <= max(0, _restarts(opening))]
            return max(alike, key=lambda way: way[0] + (EARLIEST if way[1] is opening else 0.0))[1]
    left = [(score, chain) for rank, score, chain in ways if rank < len(titles.RANKS) and score > 0.5]
    return max(left, key=lambda way: way[0], default=(0.0, []))[1]


def _holds(score, chain):
    """Whether a chain is more than headings or the items of one short list."""
    return len(chain) > 1 and score > HOLDS * len(chain)


def _restarts(chain):
    """How often a chain starts over within one part of the document."""
    return sum(link.value == (1, 1) for link in chain) - len({link.part for link in chain})


def _rank(style, rows, chain):
    """How usual a form is for the paragraphs of a meeting document: `1.` before `1)` before `(1)`."""
    series, form = style
    family = form.split(":")[0]
    rank = next((n for n, families in enumerate(titles.RANKS) if family in families), len(titles.RANKS))
    if series != "chinese":
        return rank
    # 一、 numbers headings, unless what follows are sentences
    sentences = sum(lines.is_sentence(titles.block(rows, link.at)) for link in chain)
    return 2 if sentences > len(chain) / 2 else len(titles.RANKS)


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
    if titles.is_numbered(rows, at):
        weight -= 3.5
    elif row.begins > 0.3 and (row.label is not None or lines.is_sentence(titles.block(rows, at))):
        weight += FIRM
    return weight
