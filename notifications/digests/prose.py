"""What people wrote, as paragraphs for a plain mail: no Markdown, no quotations, no patches; whole or in an excerpt."""

import re

from core import columns as tables
from core.languages import direction, runs
from core.text import excerpt
from notifications import slots
from notifications.digests import own
from notifications.digests.pieces import MOST
from notifications.wrapping import WIDTH, columns, cut, keep, wrap

# Each line of `Reviewed-by: Bob` and the like stands by itself, as they are written one under the other.
_TRAILER = re.compile(r"(?:[A-Z][a-z]+(?:-[a-z]+)*-by|C[Cc]|Link|Fixes|Closes):[ \t]")
_BREAK = re.compile(rf"\n[ \t]*\n|\n(?=[ ]{{0,3}}(?:[-*+•]|\d{{1,3}}[.)])[ \t])|\n(?={_TRAILER.pattern})")
_BULLET = re.compile(r"[ ]{0,3}([-*+•]|\d{1,3}[.)])[ \t]+")
TOGETHER = (_BULLET, _TRAILER)
_DASHES = re.compile(r"^--+(?= |$)")  # two of them begin a signature
# A post must not look like an item of the issue, whatever it says.
_MARKER = re.compile(r"\[\s*([#＃№]\s*\d+)\s*\]")


class Row(str):
    """A part that stands right under the one before it: a row of a table drawn with spaces."""

    __slots__ = ()


def paragraphs(text):
    """The paragraphs of a Markdown text in plain words, a list entry each with its bullet or number."""
    text = text[: 6 * MOST]
    said = own.words(text)
    if not said.strip(f" \n{own.LEFT_OUT}"):  # nothing but quotations or code: then that is what there is to show
        said = re.sub(r"^[ ]{0,3}(?:```+|~~~+).*$", "", text, flags=re.MULTILINE)
    parts = []
    for part in _BREAK.split(said):
        first, *rows = part.strip("\n").split("\n") if tables.are_in(part) else [part]
        parts += [_plain(first), *map(Row, map(_plain, rows))]
    return [part for part in parts if part]


def fold(parts, level):
    """(paragraphs, is_cut): as many as `level` columns hold, the last one cut after a word."""
    room = level or MOST
    kept = []
    for part in parts:
        size = columns(part)
        if size <= room:
            kept.append(part)
            room -= size
            continue
        if room > 40 or not kept:
            kept.append(type(part)(cut(part, max(room, 40))))
        else:
            kept[-1] = kept[-1].rstrip(" .,;:。") + "…"
        return kept, True
    return kept, False


def blocks(parts):
    """Paragraphs in groups: the entries of a list, the rows of a table and those who signed stand together."""
    grouped = []
    for part in parts:
        before = grouped[-1][-1] if grouped else None
        if before and (isinstance(part, Row) or any(kind.match(part) and kind.match(before) for kind in TOGETHER)):
            grouped[-1].append(part)
        else:
            grouped.append([part])
    return grouped


def lines(parts):
    """Paragraphs as lines of the mail, with an empty line between two groups of them."""
    laid = []
    for block in blocks(parts):
        laid += [""] if laid else []
        for part in block:
            bullet = _BULLET.match(part)
            first, *others = wrap(part, WIDTH - bullet.end()) if bullet else wrap(part)
            laid += [first, *(" " * bullet.end() + line if bullet else line for line in others)]
    return laid


def name(text, language):
    """A person's or an organisation's name for a line in this language, apart from it if it runs the other way."""
    text = title(text)
    if runs(text) == direction(language):
        return text
    # Being apart ends with the line, so a name of usual length is not broken.
    return f"\u2068{keep(text) if columns(text) <= WIDTH // 2 else text}\u2069"


def title(text):
    """A title or name for a line of ours."""
    return _MARKER.sub(r"(\1)", slots.clean(text))


def _plain(part):
    bullet = _BULLET.match(part)
    words = slots.clean(excerpt(part[bullet.end() :] if bullet else part, 4 * MOST)).strip()
    if not words:
        return ""
    mark = f"{'-' if bullet[1] in '-*+•' else bullet[1]} " if bullet else ""
    return mark + title(_DASHES.sub("–", words))
