"""Reads an agenda from a table: a spreadsheet's CSV, or cells pasted from one. No database.

Each row is an item. Its place in the tree is its level (1 to 3), or follows from its number (`2.1` stands under `2`).
"""

import csv
import io
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.hearings.models.agenda import DEPTH
from consultations.models.worded import MOST as MOST_TEXT
from consultations.models.worded import TITLE
from core import languages, spreadsheets
from core import text as texts
from core.access import Refused

MOST_CHARACTERS = 400_000
COLUMNS = {
    "level": ("depth",),
    "number": ("item", "no", "no."),
    "title": ("name",),
    "text": ("note", "description"),
    "minutes": ("duration",),
    "session": (),
}
LONGEST = 1_440  # minutes: a day
_NAMES = {name: column for column, others in COLUMNS.items() for name in (column, *others)}
_WORDS = re.compile(r"(title|text)[ :(]+([a-z]{2})\)?")  # `title fr`, `text:ar`
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*")


@dataclass
class Row:
    """One row: `line` in the file, `depth` from 0, `wordings` {language: (title, text)}; `problem`: why it is refused.

    parent: the Row it stands under, or None.
    """

    line: int
    title: str
    wordings: dict
    depth: int = 0
    minutes: int | None = None
    session: str = ""
    number: str = ""
    parent: object = None
    problem: str = ""


def text_of(content):
    """The text of a file. Raises Refused when it is none."""
    try:
        return spreadsheets.decoded(content).replace("\x00", "")
    except UnicodeDecodeError as error:
        raise Refused(_("The file is not in UTF-8. Save it as “CSV UTF-8”.")) from error


def read(text, language, most):
    """The Rows of a table, `most` of them at most; their titles are in a language where the column names none.

    Raises Refused when it is no table of items; what is wrong with one row stands on it.
    """
    if len(text) > MOST_CHARACTERS:
        raise Refused(_("The table is longer than an agenda can be."))
    cells = csv.reader(io.StringIO(text, newline=""), delimiter=spreadsheets.separator(text), strict=True)
    try:
        header, *lines = [(cells.line_num, [spreadsheets.plain(cell) for cell in line]) for line in cells] or [(1, [])]
    except csv.Error as error:
        raise Refused(_("The file cannot be read as a table: %(problem)s.") % {"problem": error}) from error
    names = [_meant(cell, language) for cell in header[1]]
    if ("title", language) not in names:
        raise Refused(_("The file has no column “%(name)s”.") % {"name": "title"})
    lines = [(number, cells) for number, cells in lines if any(cell.strip() for cell in cells)]
    if not lines:
        raise Refused(_("There are no rows below the line that names the columns."))
    if len(lines) > most:
        said = ngettext(
            "There is room for %(most)s more item on this agenda.",
            "There is room for %(most)s more items on this agenda.",
            most,
        )
        raise Refused(said % {"most": most})
    rows = [_row(number, names, cells, language) for number, cells in lines]
    _place(rows, has_levels="level" in names)
    return rows


def _meant(heading, language):
    """The column a heading means; of words, with their language."""
    key = re.sub(r"[\s_]+", " ", heading).strip().casefold()
    if (found := _WORDS.fullmatch(key)) and found[2] in languages.LANGUAGES:
        return found[1], found[2]
    name = _NAMES.get(key)
    return (name, language) if name in ("title", "text") else name


def _row(line, names, cells, language):
    said = {}
    for name, cell in zip(names, cells, strict=False):
        if name and name not in said:
            said[name] = texts.clean_text(cell).strip()
    codes = [language, *(name[1] for name in said if isinstance(name, tuple) and name[1] != language)]
    wordings = {
        code: (texts.clean_line(said.get(("title", code), ""), TITLE + 1), said.get(("text", code), ""))
        for code in dict.fromkeys(codes)
    }
    title = wordings[language][0]
    wordings = {code: words for code, words in wordings.items() if code == language or any(words)}
    row = Row(line, title[:TITLE], wordings, session=said.get("session", "")[:200], number=said.get("number", ""))
    if not title:
        row.problem = _("It has no title.")
    elif any(len(words[0]) > TITLE or len(words[1]) > MOST_TEXT for words in wordings.values()):
        row.problem = _("Its title or text is too long.")
    else:
        _measure(row, said)
    return row


def _measure(row, said):
    """Take minutes, level and number as far as they can be read."""
    minutes, level = said.get("minutes", ""), said.get("level", "")
    if minutes:
        if not (minutes.isascii() and minutes.isdecimal() and len(minutes) < 5 and 0 < int(minutes) <= LONGEST):
            row.problem = _("Its minutes are no number of minutes.")
        else:
            row.minutes = int(minutes)
    row.number = row.number.rstrip(". ")
    if level:
        if level not in [str(depth + 1) for depth in range(DEPTH)]:
            row.problem = _("Its level is none of 1 to %(most)s.") % {"most": DEPTH}
        else:
            row.depth = int(level) - 1
    elif row.number:
        if not _NUMBER.fullmatch(row.number):
            row.problem = _("“%(number)s” is no number of an item.") % {"number": row.number[:20]}
        elif row.number.count(".") >= DEPTH:
            row.problem = _("The agenda is as deep as it can be here. Put the item one level up.")
        else:
            row.depth = row.number.count(".")


def _place(rows, *, has_levels):
    """Find what each row stands under: by its number, else the last row one level up."""
    above, numbered = [], {}
    for row in rows:
        if row.problem:
            continue
        by_number = row.number and not has_levels
        if by_number and row.number in numbered:
            row.problem = _("The number %(number)s stands above already.") % {"number": row.number}
            continue
        if by_number and row.depth:
            row.parent = numbered.get(row.number.rpartition(".")[0])
        elif row.depth:
            row.parent = above[row.depth - 1] if len(above) >= row.depth else None
        if row.depth and row.parent is None:
            row.problem = _("There is no item above it under which it could stand.")
            continue
        above[row.depth :] = [row]
        if by_number:
            numbered[row.number] = row
