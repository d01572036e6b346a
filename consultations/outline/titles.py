"""Titles: which lines are headings, numbered or not.

A heading says no whole sentence, stands alone, and is over something. A numbered one looks the same as a paragraph's
opening but for that, so it is asked of each numbered line once, from the top: it depends on the line above.
"""

import re

from consultations.outline import lines

YEARS = 1000  # a figure from here on is a year or an amount
MOST_SECTIONS = 99  # no heading has a higher number
MAX_TITLE = 160  # columns
HEADING_WIDTH = 240  # columns; a longer line without a full stop is text
FAR = 12  # lines between a heading and the sentence that it is over
RUNS_ON = -2.0  # a line that opens a paragraph as little as this goes on from the one above
# What parts the numbers of paragraphs from their text, from the most usual to the least.
RANKS = ({"dot", "dash", "comma", "slash", "colon"}, {"bracket", "square", "tab"}, {"()", "circle", "ring"})
# What stands on a title page without being a title.
MASTHEAD = re.compile(
    r"united nations|nations unies|naciones unidas|организация объединенных наций|объединенные нации|联\s*合\s*国"
    r"|الأمم المتحدة|general assembly|assemblée générale|asamblea general|генеральная ассамблея|大会|الجمعية العامة"
    r"|distr|original\b|.*session\Z|agenda item|item \d+|point \d+|tema \d+|пункт \d+|.*议程|.*届会议\Z|.*البند \d+"
    r"|[A-Z]+/\S+|\d.*|.*\d{4}\W*\Z|.*\d{4} ?年.*日\Z",
    re.IGNORECASE,
)


def block(rows, at):
    """The text from this line to the next opening of a block."""
    words = [rows[at].rest]
    for row in rows[at + 1 : at + 200]:
        if row.begins > 0 or _is_figure(row):
            break
        words.append(row.text)
    return " ".join(words)


def _is_figure(row):
    """Whether a line opens with a figure as paragraphs do; a year or the `21.` that ends a sentence is none."""
    number = row.read.decimal if row.read is not None else None
    if number is None or row.read.style.split(":")[0] not in RANKS[0]:
        return False
    surely = row.begins > RUNS_ON
    return (surely or number.ordinal < YEARS) if row.rest else (surely and number.ordinal < YEARS)


def is_numbered(rows, at):
    """Whether a numbered line is a heading: short, no stop at its end, after a full stop, before a new paragraph."""
    row = rows[at]
    if row.headed is None:
        row.headed = False  # a heading below itself is none
        row.headed = _is_short_and_open(rows, at)
    return row.headed


def _is_short_and_open(rows, at):
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
    if end in ",،，;；؛" and (before.read is None or (row.read.decimal and not (before.read.decimal or row.label))):
        return True  # below a preamble, or a list
    return end in lines.ENDS or lines.heading_number(before.text) is not None


def _series(row):
    """The series of a row's label, without what they count below."""
    return {reading.series.split(":")[0] for reading in row.read.readings}


def numbered(rows):
    """The rows that look like headings and are numbered 1, 2, 3 as such, from 1 on and anew in each part."""
    found, last = [], 0
    for at, row in enumerate(rows):
        if row.read is None or not row.headed or not row.read.decimal:
            continue
        if (number := row.read.decimal.ordinal) in {1, last + 1}:
            found.append(at)
            last = number
    return frozenset(found) if len(found) > 1 else frozenset()


def are_all(rows, starts):
    """Whether nothing is numbered but titles: short lines without a stop, each over sentences without a number."""
    ends = [*starts[1:], len(rows)]
    return bool(starts) and all(
        rows[at].label is None
        and (title := block(rows, at))
        and not lines.is_sentence(title)
        and lines.width(title) <= MAX_TITLE
        and _is_over_text(rows, at + 1, end)
        for at, end in zip(starts, ends, strict=True)
    )


def _is_over_text(rows, start, end):
    """Whether the first block below a line is a sentence without a number."""
    for at in range(start, min(end, start + FAR)):
        if rows[at].begins > 0:
            return not rows[at].kind and rows[at].read is None and lines.is_sentence(block(rows, at))
    return False


def is_heading(rows, at, marks):
    """Whether a line that is no numbered paragraph is a heading."""
    row = rows[at]
    if lines.BULLET.match(row.text):
        return False
    if row.begins <= 0 or (row.hard and row.depth is not None and row.depth > 0):
        return False
    end = at + 1
    while end < len(rows) and end not in marks and rows[end].begins <= 0 and end < at + 4 and not rows[end].kind:
        end += 1
    text = " ".join(r.text for r in rows[at:end]).strip()
    if not text or lines.width(text) > HEADING_WIDTH or lines.CAPTION.match(text):
        return False
    number = lines.heading_number(text)
    follows = _after(rows, end)
    if number is not None:
        return len(text) > number.end() and (
            not lines.is_sentence(text) or (lines.width(text) < 50 and text[-1] == ".")
        )
    if lines.is_sentence(text) or lines.runs_on(text) or not follows:
        return False
    if row.read is not None:
        return is_numbered(rows, at)
    return _is_title(rows, at, text, marks)


def _after(rows, at):
    """Whether something follows that a heading could be over."""
    return any(row.kind not in {"note", "contents"} for row in rows[at : at + 20])


def _is_title(rows, at, text, marks):
    """An unnumbered line as a heading: it stands alone, says no sentence and is over something."""
    if MASTHEAD.match(text) or not re.search(r"[^\W\d_]{2}|[\u2e80-\uffff]{2}", text) or lines.width(text) > 160:
        return False
    if rows[at].hard:
        return text.isupper()  # formats with headings of their own tell them
    before = next((r for r in reversed(rows[max(0, at - 5) : at]) if r.kind not in {"note", "contents"}), None)
    unfinished = (
        before is not None and before.text and not lines.is_finished(before.text) and at > min(marks, default=at)
    )
    below_heading = unfinished and (
        before.kind in {"heading", "annex"} or lines.heading_number(before.text) is not None
    )
    if unfinished and not below_heading and rows[at].begins < 2:
        return False
    return before is None or at + 1 in marks or lines.bare_end(before.text)[-1:] not in ":："
