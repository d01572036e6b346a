"""Depths: how deep a paragraph stands that Word numbers, where several levels or several lists number one document."""

import dataclasses

from consultations.outline import lines

MAX_TITLE = 160  # columns of a numbered line that is a heading
FURTHER = 150  # twentieths of a point; a list that stands further in by less stands no deeper


@dataclasses.dataclass
class Numbered:
    """One numbered Line: its list, its level there, how far the list stands in, how deep its style stands by name."""

    row: lines.Line
    list: str
    level: int
    left: int
    standing: int


def settle(rows, numbered):
    """Set the depth of every numbered row."""
    _count_from_paragraphs(numbered)
    _nest(rows, numbered)
    for one in numbered:
        one.row.__dict__.pop("read", None)  # what it reads as may change with its kind


def _count_from_paragraphs(numbered):
    """Where one list numbers headings and, deeper, paragraphs, depth counts from the paragraphs."""
    lists = {}
    for one in numbered:
        lists.setdefault(one.list, []).append(one)
    for members in lists.values():
        base = min((o.level for o in members if not o.row.kind and o.row.read and _is_figure(o.row.read)), default=0)
        above = [o.row for o in members if o.level < base and not o.row.kind]
        if not base or any(lines.is_sentence(row.text) or lines.width(row.text) > MAX_TITLE for row in above):
            continue
        for one in members:
            row = one.row
            if one.level < base and not row.kind:
                row.text, row.label, row.kind = f"{row.label.printed} {row.text}", None, "heading"
            elif one.level >= base and row.label is not None:
                row.depth = one.level - base + 1 if one.level > base else None
                one.level -= base


def _is_figure(label):
    """Whether a label counts in figures: 1 or 1.1."""
    return any(reading.series == "decimal" or reading.series.startswith("dotted") for reading in label.readings)


def _nest(rows, numbered):
    """A list of one level that stands further in than the one above, and counts alike, is a list within that one."""
    by_row = {id(one.row): one for one in numbered if one.row.label is not None and not one.row.kind}
    depths, beside, above = {}, {}, None
    for row in rows:
        if row.kind in {"heading", "annex"} or lines.is_annex(row.text):
            above, beside = None, {}
        one = by_row.get(id(row))
        if one is None:
            continue
        place = (one.left, one.standing)
        key = (one.list, *place)
        if key not in depths:
            within = _is_within(one, above)
            depths[key] = 1 + depths[above.list, above.left, above.standing] if within else beside.get(place, 1)
        if depths[key] > 1:
            row.depth = depths[key] + one.level
        beside[place], above = depths[key], one


def _is_within(one, above):
    """Whether a list that starts here is nested in the one whose item stands above it."""
    if above is None or one.level or above.level or one.row.label.style != above.row.label.style:
        return False
    first, before = one.row.label.decimal, above.row.label.decimal
    if first is None or before is None or first.ordinal != 1:
        return False
    return one.standing > max(1, above.standing) or one.left >= above.left + FURTHER
