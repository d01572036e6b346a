"""Tables for spreadsheets: CSV that opens as what it says, and never as a formula.

A spreadsheet runs a cell that begins with one of a few signs; an apostrophe before it makes it text (OWASP, CSV
injection). Every cell is quoted, so that no separator of some country starts a cell of its own; the file begins with
the mark by which spreadsheets know UTF-8. `read` takes all of this off again: what was written comes back as it was,
but for NUL, which no spreadsheet can hold, and for numbers and nothing, which come back as text.
`decoded` and `separator` are for the tables of others.
"""

import csv
import io
import itertools
import re
from decimal import Decimal

from django.http import HttpResponse

MARK = "\ufeff"
# What is already quoted gets one more apostrophe, so that taking one off is always right. Spreadsheets of East Asia
# take the wide signs for the narrow ones.
_FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")


def cell(value):
    """A value as a cell that no spreadsheet takes for a formula; a number stays one."""
    if value is None:
        return ""
    text = str(value).replace("\x00", "")
    if isinstance(value, (int, float, Decimal)):
        return text
    return f"'{text}" if _FORMULA.match(text) else text


def plain(text):
    """The value that `cell` made this of."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def lines(header, rows):
    """The table line by line, for files of any length; a line ends with CRLF (RFC 4180)."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    mark = MARK
    for row in itertools.chain([header], rows):
        writer.writerow([cell(value) for value in row])
        yield mark + buffer.getvalue()
        mark = ""
        buffer.seek(0)
        buffer.truncate()


def as_csv(header, rows):
    """The whole table as text."""
    return "".join(lines(header, rows))


def write(file, header, rows):
    """Write the table to a binary file, row by row."""
    for line in lines(header, rows):
        file.write(line.encode("utf-8", "replace"))


def read(text):
    """The rows of a table that was written here, header first, each a list of strings."""
    for row in csv.reader(io.StringIO(text.removeprefix(MARK), newline="")):
        yield [plain(value) for value in row]


def decoded(content):
    """The text of a table as spreadsheets save it: UTF-8, or UTF-16 with its mark (“Unicode text”); no mark is left.

    Raises UnicodeDecodeError.
    """
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    return content.decode("utf-16" if is_wide else "utf-8-sig")


def separator(text):
    """What stands between the cells of a table of unknown origin: the sign its first line has most of."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def download(name, header, rows):
    """A response that saves the table under this name."""
    response = HttpResponse(as_csv(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
