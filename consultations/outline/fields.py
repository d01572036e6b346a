"""Fields: Word's old way to number paragraphs, with AUTONUM, AUTONUMLGL, AUTONUMOUT, LISTNUM, which hold no result.

Each is one of a few lists that every Word knows; ECMA-376 Part 1, 17.16.5.4 to 17.16.5.6 and 17.16.5.32.
"""

import dataclasses
import re

from consultations.outline.numbering import LEVELS, Level

BODY = LEVELS - 1  # the level at which AUTONUM counts what is no heading
_COUNTS = re.compile(r"\s*(AUTONUM|AUTONUMLGL|AUTONUMOUT|LISTNUM)(?=\s|\\|\Z)", re.IGNORECASE)
_OUTLINE = ("upperRoman", "upperLetter", "decimal", "lowerLetter", "decimal", "lowerLetter", "lowerRoman")
_FORMS = {"arabic": "decimal", "alphabetic": "Letter", "roman": "Roman"}


def _rows(*rows):
    return {n: Level(1, form, text.replace("%", f"%{n + 1}")) for n, (form, text) in enumerate(rows)}


_OUTLINED = _rows(*zip(_OUTLINE, ("%.", "%.", "%.", "%)", "(%)", "(%)", "(%)"), strict=True))
_LEGAL = {n: Level(1, "decimal", "".join(f"%{m + 1}." for m in range(n + 1))) for n in range(LEVELS)}
LISTS = {
    "autonum": {
        **_rows(*[("decimal", "%.")] * BODY),
        BODY: Level(1, "decimal", f"%{LEVELS}.", restart=0),
    },
    "autonumlgl": _LEGAL,
    "autonumout": {**_OUTLINED, 7: Level(1, "lowerLetter", "(%8)"), 8: Level(1, "lowerRoman", "(%9)")},
    "numberdefault": _rows(
        ("decimal", "%)"), ("lowerLetter", "%)"), ("lowerRoman", "%)"), ("decimal", "(%)"), ("lowerLetter", "(%)"),
        ("lowerRoman", "(%)"), ("decimal", "%."), ("lowerLetter", "%."), ("lowerRoman", "%."),
    ),
    "outlinedefault": {**_OUTLINED, 7: Level(1, "lowerLetter", "(%8)"), 8: Level(1, "lowerRoman", "(%9)")},
    "legaldefault": _LEGAL,
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Place:
    """The paragraph that a field stands in: its level as a heading, and its level in a list; None where it has none."""

    heading: int | None = None
    listed: int | None = None


@dataclasses.dataclass
class Field:
    """One open field: its instruction, whether its result was reached, where its result begins in the text."""

    instruction: str = ""
    reached: bool = False
    begins: int = 0


@dataclasses.dataclass(frozen=True)
class Number:
    """A number that a field made: as printed, and where it counts."""

    printed: str
    list: str
    level: int
    is_deep: bool  # whether its level says how deep the paragraph stands


class Counter:
    """Counts the numbering fields of one document as they go by, with its Numbering."""

    def __init__(self, numbering):
        self.numbering = numbering
        self.heading = {}  # list -> the level of the heading above that it numbers

    def next(self, instruction, place):
        """The Number that a field shows, None where it numbers nothing."""
        match = _COUNTS.match(instruction)
        if match is None:
            return None
        kind = match[1].lower()
        switches = instruction[match.end() :]
        if kind == "listnum":
            key, level = self._of_list(switches, place)
        else:
            key, level = kind, self._of_paragraph(kind, place)
        self.numbering.add(key, LISTS.get(key))
        if start := re.search(r"\\s\s*\"?(\d{1,5})", switches) if kind == "listnum" else None:
            self.numbering.restart(key, level, int(start[1]))
        printed = self.numbering.next(key, level)
        return Number(self._dressed(kind, switches, printed, key, level), key, level, kind == "listnum")

    def _of_paragraph(self, kind, place):
        """AUTONUM and its like count headings by their level, and what is below them deeper."""
        if place.heading is not None:
            self.heading[kind] = place.heading
            return place.heading
        return BODY if kind == "autonum" else min(BODY, self.heading.get(kind, -1) + 1)

    def _of_list(self, switches, place):
        name = re.match(r"\s*\"?([^\\\"]*)", switches)[1].strip()
        key = self.numbering.named(name) or (name.lower() if name.lower() in LISTS else "numberdefault")
        level = re.search(r"\\l\s*\"?([1-9])", switches)
        if level is not None:
            return key, int(level[1]) - 1
        return key, 0 if place.listed is None else min(BODY, place.listed + 1)

    def _dressed(self, kind, switches, printed, key, level):
        """The number in the form and with the stop that the field asks for."""
        form = re.search(r"\\\*\s*(arabic|alphabetic|roman)", switches, re.IGNORECASE)
        if form is not None and kind == "autonum":
            case = "" if form[1].lower() == "arabic" else ("lower" if form[1][0].islower() else "upper")
            printed = self.numbering.spelled(key, level, case + _FORMS[form[1].lower()]) + "."
        separator = re.search(r"\\s\s*\"?([^\s\"\\])", switches) if kind == "autonum" else None
        if separator is not None:
            return printed.rstrip(".") + separator[1]
        return printed.rstrip(".") if re.search(r"\\e\b", switches) and kind == "autonumlgl" else printed
