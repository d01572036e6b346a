"""Building: lines, once their numbers are chosen, become blocks in the order of the document.

A line that opens nothing runs on from the one before. What is neither heading nor numbered paragraph stays as text, so
that a version can be shown whole.
"""

import dataclasses

from consultations.outline import chain, joining, labels, levels, lines, problems, titles
from consultations.outline.model import Block, Outline

MOST_ABOVE = 60  # lines
MOST_LABELS = 12  # at the beginning of one line; more than there are levels is no text


def build(rows):
    """The Outline of a document given as Lines."""
    rows = _split_double_labels(rows)
    _find_annexes(rows)
    _find_headed(rows)
    links = chain.choose(rows)
    numbers = [labels.of_paragraph(rows[link.at].read.printed) for link in links]
    annexed = _annexed(rows)
    told = problems.of_chain(links, numbers, annexed) if links else [problems.none_at_all()]
    marks, ends_of_lists = {}, {}
    ends = [*(link.at for link in links[1:]), len(rows)] if links else []
    for link, number, end in zip(links, numbers, ends, strict=True):
        marks[link.at] = (number, 1)
        stop = next((at for at in range(link.at + 1, end) if rows[at].kind in {"annex", "heading"}), end)
        items = levels.find(rows, link.at + 1, stop, main=rows[links[0].at].read.style)
        marks |= {item.at: (labels.shown(rows[item.at].read.printed), item.level) for item in items}
        told += _of_items(items, rows, number, ends_of_lists)
    return Outline(blocks=_assemble(rows, marks), problems=told[: problems.MOST])


def _find_annexes(rows):
    for at, row in enumerate(rows):
        if row.kind not in {"", "heading"} or row.begins <= 0 or (not row.kind and row.read is not None):
            continue
        if lines.is_annex(row.text) and (
            row.kind or lines.is_annex(titles.block(rows, at)) or _is_over_number(rows, at) or _is_title_below(rows, at)
        ):
            row.kind = "annex"


def _find_headed(rows):
    """Ask of every numbered line, from the top, whether it is a heading: it depends on the one above."""
    for at, row in enumerate(rows):
        if row.read is not None:
            titles.is_numbered(rows, at)
    dotted = [row for row in rows if row.headed and row.read is not None and row.read.readings[0].series[:3] == "dot"]
    if len({row.read.readings[0] for row in dotted}) == 1:
        for row in dotted:
            row.headed = False  # 3.5 without a 3.4 or 3.6 is an amount


def _is_over_number(rows, at):
    """Whether the very next line has a number."""
    return at + 1 < len(rows) and rows[at + 1].read is not None


def _is_title_below(rows, at):
    """Whether the next line, hung on to `Annex I`, is the annex's title."""
    return lines.width(rows[at].text) < 30 and not lines.is_sentence(titles.block(rows, at))


def _annexed(rows):
    """The parts of the document that are annexes: all but the first."""
    return set(range(1, 1 + sum(row.kind == "annex" for row in rows)))


def _split_double_labels(rows):
    """`1. (a) Text` is paragraph 1 and its (a): two lines, joined again when the second proves to be text."""
    split = []
    for row in rows:
        for _more in range(MOST_LABELS):
            if (label := row.read) is None:
                break
            cut = 0 if row.label is not None else label.length
            rest = row.text[cut:].lstrip()
            inner = labels.parse(rest) if not label.held else None
            if inner is None or inner.style not in {"()", "bracket"} or all(r.ordinal != 1 for r in inner.readings):
                break
            head = dataclasses.replace(row, text=row.text[:cut])
            split.append(head)
            row = lines.Line(rest, 1.0, row.kind, None, None, row.indent + 2, joint="split")
        split.append(row)
    return split


def _of_items(items, rows, parent, ends):
    """Sentences about the lists below one paragraph; `ends` holds where lists of each kind ended so far."""
    told, open_lists = [], {}

    def close(level):
        entries, series, style = open_lists.pop(level)
        goes_on = ends.get((level, series, style)) == entries[0][0][0] - 1
        ends[level, series, style] = entries[-1][0][0]
        return problems.of_list(entries, parent, series, goes_on=goes_on)

    for item in items:
        for level in [level for level in open_lists if level > item.level]:
            told += close(level)
        label = rows[item.at].read
        value = ((item.reading.ordinal, item.reading.rank), labels.shown(label.printed))
        if item.before is None and item.level in open_lists:
            told += close(item.level)
        open_lists.setdefault(item.level, ([], item.reading.series, label.style))[0].append(value)
    for level in list(open_lists):
        told += close(level)
    return told


def _assemble(rows, marks):
    """The blocks: each row opens one or runs on."""
    blocks, parts = [], []
    habit = joining.Habit(row.text for row in rows)
    open_kind = None  # the kind of Line that the last block came from

    def close():
        if parts:
            blocks[-1].text = lines.squeeze(habit.join(parts))
            parts.clear()

    for at, row in enumerate(rows):
        if row.kind in {"contents", "note"}:
            open_kind = open_kind if row.kind == "note" else None
            continue
        if at in marks:
            close()
            number, level = marks[at]
            blocks.append(Block("paragraph", "", number, level))
            parts.append(row.rest)
            open_kind = ""
        elif row.kind in {"heading", "annex"} or (not row.kind and titles.is_heading(rows, at, marks)):
            close()
            text = row.label.printed + " " + row.text if row.label else row.text
            blocks.append(Block("heading", ""))
            parts.append(text)
            open_kind = "heading"
        elif _runs_on(rows, at, blocks, parts, open_kind):
            parts.append(row.label.printed + " " + row.text if row.label else row.text)
        else:
            close()
            text = row.label.printed + " " + row.text if row.label else row.text
            blocks.append(Block("text", ""))
            parts.append(text)
            open_kind = row.kind
    close()
    return [block for block in blocks if block.text or block.kind == "paragraph"]


def _runs_on(rows, at, blocks, parts, open_kind):
    """Whether a row that opens nothing of its own belongs to the block before."""
    row = rows[at]
    if not parts or not blocks:
        return False
    if row.joint == "split" or (not parts[-1].strip() and not row.kind and row.read is None):
        return True  # a number may stand alone on its line
    if row.label is not None and row.label.decimal and row.label.decimal.ordinal > titles.YEARS:
        return row.kind == open_kind and not lines.is_finished(parts[-1])  # Markdown takes a year for a list's number
    if open_kind == "heading":
        return (
            (row.begins if row.bare is None else row.bare) <= 0 and not lines.is_finished(parts[-1]) and len(parts) < 4
        )
    if row.kind == open_kind == "" and not row.hard and row.read is not None and not row.read.decimal:
        above = " ".join(parts[-MOST_ABOVE:])
        if blocks[-1].kind == "paragraph" and levels.goes_on(above, row.read):
            return True
    return row.kind == open_kind and (row.begins if row.bare is None else row.bare) <= 0
