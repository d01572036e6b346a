"""Plain text in 66 columns, as mails carry it: East Asian characters take two, and no line looks like something else.

A line never begins, by wrapping, with what a reader of answers takes for a mark (`#12`, `>`), and never breaks within
what people are told to type (`GET 312 THREAD`). `GLUE` stands for a space at which a line may not break.
"""

import re
import unicodedata

WIDTH = 66
GLUE = "\ue000"  # of the private use area; core.text leaves it alone, so it is taken out of what people wrote

_WIDE = (
    "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6"
    "\U0001f300-\U0001faff\U00020000-\U0003fffd"
)
_OPENING = "「『（【《〈〔［｛“‘"
_CLOSING = "、。，．！？：；」』）】》〉〕］｝”’…‥・々ー"
# What a reader of answers takes for a mark at the start of a line; a line never breaks before one.
# Direction signs may stand before it (Arabic isolates numbers in sentences).
_MARK = r"[\u200e\u200f\u2066-\u2068]?(?:[\[(（【《{]?[#＃№]|>)"
# A word of narrow characters, or one wide character; each with the punctuation it takes along.
_PIECE = f"[{_OPENING}]*(?:[^ {_WIDE}{_OPENING}]+|[{_WIDE}]|[{_OPENING}]+)[{_CLOSING}\u0300-\u036f\u200d\ufe0f]*"
# What stays together: wide characters need no space to break at, so a piece takes along what may not start a line.
_UNIT = re.compile(f"( *)({_PIECE}(?:(?:(?<=[{GLUE}＃])|(?={GLUE}|{_MARK})){_PIECE})*)")
# Letters of one column each: Latin, Greek, Cyrillic, Arabic without its marks, and common punctuation.
_NARROW = re.compile(
    "[ -\u02ff\u0370-\u0482\u048a-\u0590\u0620-\u064a\u0660-\u066f"
    "\u2010-\u2027\u2030-\u205e\u20a0-\u20cf\u2100-\u2319\ue000]*"
)
_HAZARD = re.compile(f" +(?={_MARK})")
# What people are told to type: it stands on one line, or it would be typed in two.
_TYPED = re.compile(
    r"(?<![A-Za-z])(?:(?:GET|SET|MISSING|PAUSE)(?: [A-Z0-9][A-Z0-9.-]*(?![A-Za-z])){1,3}(?:(?<=LANGUAGE) [a-z]{2})?"
    r"|(?:JOIN|LEAVE) [a-z0-9-]+|FIND(?: [a-z]+){1,2}|[^\W\d_]+ ADD(?![A-Za-z])"
    rf"|(?:copy /b|cat) \S+(?:[ {GLUE}]>)? \S+|(?<=[ {GLUE}]{{2}})#\d+:(?: [^ ]+){{1,4}}(?=  |\.?$))"
)
# It never stands alone on the last line, where a mail that quotes without a mark would have it asked for.
_ALONE = re.compile(rf"(?<=\S) {{1,3}}(?=[\u2066-\u2068]?[A-Z]{{3,7}}(?:{GLUE}[A-Za-z0-9.{GLUE}-]+)?\u2069?[.。]?$)")
# `  GET 312       the whole post`: what is explained stands in a column of its own, a line of a list behind its dash.
_COLUMN = re.compile(r"(?:  [!-~](?: ?[!-~]){0,20} {2,12}(?=\S)| {0,4}- (?=\S)| {1,4}(?=\S))?")


def columns(text):
    """How many columns of a fixed-width font the text takes."""
    if text.isascii() or _NARROW.fullmatch(text):
        return len(text)
    return sum(_column(char) for char in text)


def wrap(text, width=WIDTH):
    """The lines of one paragraph. A word longer than a line (an address) keeps a line to itself, unbroken."""
    text = _HAZARD.sub(lambda spaces: GLUE * len(spaces[0]), text)
    if columns(text) <= width:
        return [text.strip().replace(GLUE, " ")] if text.strip() else []
    text = _TYPED.sub(lambda typed: keep(typed[0]), text)
    text = _ALONE.sub(lambda gap: keep(gap[0]), text)
    lines, line, used = [], [], 0
    for space, unit in _UNIT.findall(text):
        size = columns(unit)
        gap = min(len(space), 2) if line else 0
        if line and used + gap + size > width:
            lines.append("".join(line))
            line, used, gap = [], 0, 0
        line.append(" " * gap + unit)
        used += gap + size
    if line:
        lines.append("".join(line))
    return [line.replace(GLUE, " ") for line in lines]


def wrap_text(text, width=WIDTH):
    """A text of many lines, each wrapped by itself, also beside a first column; lines that fit stay as they are."""
    wrapped = []
    for line in text.split("\n"):
        if columns(line) <= width:
            wrapped.append(line.rstrip().replace(GLUE, " "))
        else:
            first = _COLUMN.match(line)[0]
            rest = wrap(line[len(first) :], width - len(first))
            wrapped += [(" " * len(first) if place else first) + part for place, part in enumerate(rest)]
    return "\n".join(wrapped)


def cut(text, room):
    """The first words of a line, with "…", in at most `room` columns; a first word longer than that is broken."""
    kept, used = [], 1
    for space, unit in _UNIT.findall(text):
        size = len(space) + columns(unit)
        if used + size > room:
            break
        kept.append(space + unit)
        used += size
    return ("".join(kept).rstrip(" ,;:.-、，；：。") or text[: max(room - 1, 1)]) + "…"


def keep(text):
    """The text with spaces at which no line breaks."""
    return text.replace(" ", GLUE)


def _column(char):
    if char < "\u0300":
        return 1
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
