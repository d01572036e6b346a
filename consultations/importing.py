"""Reads contributions that were collected elsewhere: a spreadsheet's CSV, or one JSON object a line.

No database. What a cell means is decided where the consultation is known (services/cells.py); here a file becomes
rows of named cells, and a cell a moment or a place.
"""

import csv
import hashlib
import io
import json
import re
import zoneinfo
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from consultations import labels
from core import sizes, spreadsheets
from core import text as texts
from core.access import Refused

MOST_BYTES = 10_000_000
MOST_ROWS = 5_000
MOST_CHARACTERS = 1_000  # of a cell but the text, whose length the thread bounds
COLUMNS = {  # each with the other names by which forms and spreadsheets call it, where it is not there itself
    "question": ("paragraph",),
    "name": ("author", "respondent"),
    "email": ("e-mail", "mail"),
    "organisation": ("organization",),
    "country": (),
    "region": (),
    "category": (),
    "language": ("lang",),
    "at": ("moment", "date", "timestamp", "submitted"),
    "text": ("answer", "contribution"),
    "source": (),
    "consent": (),
    "id": ("external id", "externalid"),
}
NEEDED = ("question", "text")
OURS = ("row", "reason")  # which stand before the columns in the file of what was not taken
_NAMES = {other: name for name, others in COLUMNS.items() for other in (name, *others)}


@dataclass(frozen=True)
class Row:
    """A row by its place in the file (the line of names is 1; of JSON lines, the line), with its named cells.

    problem: why it cannot be read at all.
    """

    number: int
    cells: dict
    problem: str = ""

    def __getitem__(self, name):
        return self.cells.get(name, "")


@dataclass(frozen=True)
class Table:
    """`unused`: the columns that mean nothing here."""

    rows: list
    unused: list


def read(name, content):
    """The Table in a file. Raises Refused when it is none, or larger than it may be."""
    if len(content) > MOST_BYTES:
        raise Refused(too_large())
    text = _decoded(content)
    try:
        table = _json_lines(text) if _is_json(name, text) else _spreadsheet(text)
    except csv.Error as error:
        raise Refused(_("The file cannot be read as a table: %(problem)s.") % {"problem": error}) from error
    if not table.rows:
        raise Refused(
            _("There are no rows in the file. Its first line names the columns, for example question, name and text.")
        )
    return table


def too_large():
    return _("The file is larger than %(most)s. Split it.") % {"most": sizes.said(MOST_BYTES)}


def _decoded(content):
    try:
        return spreadsheets.decoded(content).replace("\x00", "")
    except UnicodeDecodeError as error:
        raise Refused(_("The file is not in UTF-8. Save it as “CSV UTF-8”.")) from error


def _is_json(name, text):
    return name.lower().endswith((".jsonl", ".ndjson", ".json")) or text.lstrip()[:1] == "{"


def _spreadsheet(text):
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=spreadsheets.separator(text), strict=True)
    header = [spreadsheets.plain(cell) for cell in next(lines, [])]
    names = _meant(header)
    missing = [name for name in NEEDED if name not in names]
    if missing and any(header):
        raise Refused(_("The file has no column “%(name)s”.") % {"name": missing[0]})
    rows = []
    for number, cells in enumerate(lines, 2):
        if any(cell.strip() for cell in cells):
            named = zip(names, (spreadsheets.plain(cell) for cell in cells), strict=False)
            _add(rows, Row(number, {name: cell for name, cell in named if name}))
    unused = [cell for cell, name in zip(header, names, strict=True) if cell and not name and _key(cell) not in OURS]
    return Table(rows, unused[:50])


def _json_lines(text):
    rows, unused = [], {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            said = json.loads(line)
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict):
            _add(rows, Row(number, {"text": line[:MOST_CHARACTERS]}, _("This line is no JSON object.")))
            continue
        named = dict(zip(said, _meant(said), strict=True))
        unused |= {key: None for key, name in named.items() if not name and _key(key) not in OURS}
        _add(rows, Row(number, {name: _plain(said[key]) for key, name in named.items() if name}))
    return Table(rows, list(unused)[:50])


def _add(rows, row):
    if len(rows) == MOST_ROWS:
        raise Refused(_("The file is too long. Rows it may have: %(most)s. Split it.") % {"most": MOST_ROWS})
    rows.append(row)


def _meant(header):
    """Of each heading the column it means, or None; a column is taken once, and by its own name before others."""
    keys = [_key(name) for name in header]
    taken, found = {key for key in keys if key in COLUMNS}, []
    for place, key in enumerate(keys):
        name = _NAMES.get(key)
        is_own = key in COLUMNS and key not in keys[:place]
        found.append(name if name and (is_own or name not in taken) else None)
        taken |= {name} if name else set()
    return found


def _key(name):
    """`External_ID` and `external id` are one name."""
    return re.sub(r"[\s_]+", " ", name).strip().casefold()


def _plain(value):
    if value is None:
        return ""
    return texts.clean_text(value if isinstance(value, str) else json.dumps(value))


# -- What a cell says --------------------------------------------------------------------------------------

_QUESTION = re.compile(r"(?:\S*/)?\s*Q?\s*(\d{1,4})", re.IGNORECASE)
_PARAGRAPH = re.compile(r"(?:\S*/)?\s*D\s*(\d{1,4})(?:\.(\d{1,4}))?[\s/:,]+(.{1,60})", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """A question by its number; or a document by its number, with a version where one is named, and a label in it."""

    question: int | None = None
    document: int | None = None
    version: int | None = None
    label: str = ""


def place(words):
    """What `Q3`, `3`, `D1 12(a)` or `D1.2/12(a)` means, with or without the reference before it; None for nothing."""
    words = words.strip()
    if found := _QUESTION.fullmatch(words):
        return Place(question=int(found[1]))
    if found := _PARAGRAPH.fullmatch(words):
        version = int(found[2]) if found[2] else None
        return Place(document=int(found[1]), version=version, label=labels.clean(found[3]))
    return None


def moment(words, zone=""):
    """The moment an ISO 8601 date and time with its offset means; `zone`: of one without. None when it is none."""
    words = re.sub(r"\s+(?=[+-]\d)", "", re.sub(r"\s*(?:UTC|GMT)\s*$", "Z", words.strip()))
    if not re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d", words):
        return None
    try:
        at = datetime.fromisoformat(words)
        if at.tzinfo is None and zone:
            at = at.replace(tzinfo=zoneinfo.ZoneInfo(zone))
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None


def key(consultation, row, source):
    """By which a row is known again, in this file or in a corrected one: its own id at its source and what it answers;
    where it has none, all that it says.
    """
    if row["id"].strip():
        parts = ["id", source, row["id"].strip(), row["question"].strip()]
    else:
        parts = ["words", *(row[name].strip() for name in ("question", "name", "email", "organisation", "at", "text"))]
    digest = hashlib.sha256(json.dumps(parts).encode("utf-8", "replace")).hexdigest()
    return f"import:{consultation.pk}:{digest[:40]}"
