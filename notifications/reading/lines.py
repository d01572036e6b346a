"""Lines: the text of a mail as a list of `Line`, each with the depth of quoting at which it stands.

Plain text comes here as it is: soft breaks of format=flowed (RFC 3676) are joined, quote marks are counted and taken
off. HTML comes from `htmltext`, which makes the same lines.
"""

import dataclasses
import re

MARKS = re.compile(r"[ \t]{0,3}[>＞](?:[ \t]?[>＞])*[ \t]?")
INITIALS = re.compile(r"[ \t]{0,2}[A-Z][A-Za-z]{0,12}>(?=\s|$)")
DIRECTIONS = "\u200e\u200f\u202a\u202b\u202d\u202e\u2066\u2067\u2068\ufeff"
SIGNS = dict.fromkeys(
    map(
        ord,
        "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u061c\u00ad\x7f",
    )
)
SIGNS |= dict.fromkeys(code for code in range(32) if code not in (9, 10))
MOST_ROWS = 20_000  # lines of a mail, quotes included, that are looked at
SHORT = 1_000  # characters of a line that patterns are tried on


@dataclasses.dataclass(slots=True, eq=False)
class Line:
    """One line. `kind` ends as blank, new, quoted, known, attribution, signature, person or command; `why` says."""

    text: str
    depth: int = 0
    soft: bool = False  # inside what the mail program calls its quote, without being marked as quoted
    hint: str = ""  # "attribution" or "signature", when the HTML says so
    kind: str = ""
    why: str = ""
    rule: str = ""  # the row of languages.toml that decided, "fr.wrote"
    person: str = ""  # for whom the writer speaks here, "" for themselves
    item: str = ""  # the item in whose part a known line stands
    marker: bool = False  # this very line is the item's own
    offset: int = 0  # where in the mail's text an attachment would stand

    @property
    def head(self):
        """The start of the line without direction and zero-width signs, for patterns to look at."""
        return self.text[:SHORT].translate(SIGNS).strip()


def from_plain(text, *, flowed=False, delsp=False):
    """The lines of a plain text body."""
    rows = text.split("\n", MOST_ROWS)[:MOST_ROWS]
    out = [_line(row) for row in rows]
    _undo_from_escapes(out)
    if flowed:
        out = _joined(out, rows, delsp)
    for line in out:
        if line.text != "-- ":
            line.text = line.text.rstrip()
    return out


def split_marks(row):
    """(depth, text) of a row with quote marks before it; direction signs may stand before the marks."""
    if row[:1] in DIRECTIONS and row[1:8].lstrip(DIRECTIONS)[:1] in (">", "＞"):
        row = row.lstrip(DIRECTIONS)
    match = MARKS.match(row) if ">" in row[:8] or "＞" in row[:8] else None
    if match:
        marks = match[0]
        return marks.count(">") + marks.count("＞"), row[match.end() :]
    if ">" in row[1:18] and INITIALS.match(row):
        return 1, row[row.index(">") + 1 :].removeprefix(" ")
    return 0, row


def _line(row):
    depth, text = split_marks(row)
    return Line(text, depth)


def _undo_from_escapes(lines):
    """Mail stores write ">From" for a line that starts with "From "; such a lone line is no quote."""
    for index, line in enumerate(lines):
        if line.depth == 1 and line.text.startswith("From ") and not line.text.endswith(":"):
            around = lines[max(0, index - 1) : index + 2]
            if not any(other.depth for other in around if other is not line):
                line.depth = 0


def _joined(lines, rows, delsp):
    """Undo format=flowed: a line that ends in a space goes on in the next of the same depth."""
    out, parts, open_depth = [], [], -1
    for line, row in zip(lines, rows, strict=True):
        text = line.text
        if not line.depth and row.startswith(" "):
            text = text[1:]
        signature = text == "-- "
        goes_on = text.endswith(" ") and not signature
        if parts and line.depth == open_depth and not signature:
            parts.append(text)
        else:
            _close(out, parts)
            parts = [text]
            out.append(line)
        if goes_on:
            open_depth = line.depth
            if delsp:
                parts[-1] = parts[-1][:-1]
        else:
            _close(out, parts)
            parts, open_depth = [], -1
    _close(out, parts)
    return out


def _close(out, parts):
    if parts:
        out[-1].text = "".join(parts)
