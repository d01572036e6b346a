"""Reads whom to invite out of what was pasted or uploaded: addresses, one a line or in the columns of a CSV file."""

import csv
import io
import re

from core import spreadsheets
from core.text import clean_line, clean_text

MOST = 500  # people in one go
MOST_CHARACTERS = 100_000  # less than the longest field the csv module takes
ANGLED = re.compile(r"\s*\"?([^<\"]*)\"?\s*<([^<>]+)>\s*")
HEADINGS = {"email", "e-mail", "mail", "address", "email address", "courriel", "correo"}


def read(text):
    """Pairs (address, name) in the order they stand, at most MOST and one more; neither is checked yet."""
    text = clean_text(text[:MOST_CHARACTERS]).lstrip("\ufeff")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=spreadsheets.separator(text))
    found, columns = [], None
    for row in rows:
        cells = [cell.strip() for cell in row]
        if columns is None:
            columns = _columns(cells)
            if any(cell.lower() in HEADINGS for cell in cells):
                continue
        if any(cells):
            found.append(_person(cells, columns))
        if len(found) > MOST:
            break
    return found


def decode(content):
    """The text of an uploaded CSV: as spreadsheets save it today, else in Windows' Latin."""
    try:
        return spreadsheets.decoded(content)
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _columns(cells):
    """Where address and name stand: as the headings say, else the address is the cell with an @."""
    lower = [cell.lower() for cell in cells]
    headed = next((position for position, cell in enumerate(lower) if cell in HEADINGS), None)
    if headed is not None:
        named = next((position for position, cell in enumerate(lower) if cell in ("name", "nom", "nombre")), None)
        return headed, named
    return None, None


def _person(cells, columns):
    address, name = columns
    if address is None:
        address = next((position for position, cell in enumerate(cells) if "@" in cell), 0)
    if name is None:
        name = next((position for position, cell in enumerate(cells) if position != address and cell), len(cells))
    email = cells[address] if address < len(cells) else ""
    called = cells[name] if name < len(cells) else ""
    if angled := ANGLED.fullmatch(email):
        called, email = called or angled[1].strip(), angled[2].strip()
    # A name that begins like a formula would run in the spreadsheet of whoever exports it later.
    return email[:254], clean_line(called, 120).lstrip("=+-@\t ")
