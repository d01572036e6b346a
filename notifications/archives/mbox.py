"""Where one mail ends and the next begins: mbox in its variants, Maildir, MH, single mails, and packed files.

`sources(path)` gives the files of an archive and `pieces(source)` the place of each mail in one. Nothing is held in
memory but a window of the file; packed files are unpacked beside the import first, so that mails can be read in any
order. Described by RFC 4155, and for what programs really write by https://www.loc.gov/preservation/digital/formats/fdd/fdd000383.shtml.
"""

import bz2
import gzip
import itertools
import lzma
import os
import re
import zlib
from dataclasses import dataclass
from pathlib import Path

WINDOW = 1_000_000  # bytes looked at in one go
HEAD = 4_096  # bytes of a mail looked at for a Content-Length
PACKED = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ": lzma.open}
MMDF = b"\x01\x01\x01\x01"

FIELD = re.compile(rb"[!-9;-~]{1,76}[ \t]{0,8}:|>?From ")
# "From alice@example.org Sat Feb 24 02:21:37 1996", its zone before or after the year, or Pipermail's "alice at ...".
ENVELOPE = re.compile(
    rb"From .{0,400}?\b[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?\b.{0,40}?\b[0-9]{4}\b(?: ?[+-][0-9]{4})?\s*$"
)
UNDATED = re.compile(rb"From \S{1,300}\s*")
CONTENT_LENGTH = re.compile(rb"(?im)^content-length:[ \t]*([0-9]{1,10})[ \t]*\r?$")
ESCAPED = re.compile(rb"(?m)^>(>*From )")


class Unreadable(Exception):
    """A file that cannot be read as an archive; the text says why."""


@dataclass(frozen=True)
class Source:
    """A file with mails in it. `name` is what a report calls it; `path` is where its bytes lie, unpacked."""

    path: Path
    name: str
    kind: str  # mbox, mmdf, or mail (one in the whole file)
    damage: str = ""  # what is wrong with the file, if it could be read only in part


@dataclass(frozen=True)
class Piece:
    """One mail: where its headers begin, how many bytes it has, and its "From " line without the line end."""

    start: int
    length: int
    envelope: bytes = b""


def sources(path, spool):
    """The sources of a file or folder, in order of their names. `spool` is a folder for what is unpacked.

    Raises Unreadable for a file named by the operator; in a folder, what is no mail is passed over.
    """
    path = Path(path)
    if not path.exists():
        raise Unreadable(f"{path} does not exist")
    if path.is_dir():
        for file in _files(path):
            if source := _source(file, str(file.relative_to(path.parent)), spool):
                yield source
    elif source := _source(path, path.name, spool):
        yield source


def _files(folder):
    for place, folders, names in os.walk(folder):
        is_maildir = {"cur", "new"} & set(folders)
        folders[:] = sorted(name for name in folders if not (is_maildir and name == "tmp"))
        for name in sorted(names):
            if not name.startswith((".", "dovecot", "courier", "maildirsize")) and not name.endswith((".lock", ".msf")):
                yield Path(place, name)


def _source(path, name, spool):
    """The source in one file, or None when it is empty."""
    name, damage = os.fsencode(name).decode("utf-8", "replace"), ""
    with open(path, "rb") as file:
        start = file.read(6)
    if opener := next((opener for magic, opener in PACKED.items() if start.startswith(magic)), None):
        path, damage = _unpacked(path, opener, spool)
    with open(path, "rb") as file:
        start = file.read(HEAD).lstrip(b"\r\n")
    if not start:
        return Source(path, name, "mbox", damage) if damage else None
    kind = "mbox" if start.startswith(b"From ") else "mmdf" if start.startswith(MMDF) else "mail"
    return Source(path, name, kind, damage)


def _unpacked(path, opener, spool):
    """(path of the unpacked bytes, what is wrong with the file). A file cut short gives what can be read of it."""
    target = Path(spool, f"unpacked-{len(os.listdir(spool))}")
    damage = ""
    with opener(path, "rb") as packed, open(target, "wb") as out:
        try:
            while data := packed.read1(WINDOW):  # unlike read(), it gives what comes before the damage
                out.write(data)
        except (EOFError, OSError, zlib.error, lzma.LZMAError) as error:
            damage = f"the packed file is damaged ({error}); what comes before the damage is imported"
    return target, damage


def pieces(source):
    """The mails of a source, in order, as Pieces."""
    size = source.path.stat().st_size
    with open(source.path, "rb", buffering=0) as file:
        if source.kind == "mail":
            yield Piece(0, size)
        elif source.kind == "mmdf":
            yield from _mmdf(file.fileno(), size)
        else:
            yield from _mbox(file.fileno(), size)


def _mbox(fd, size):
    """Between two lines that begin with "From ", are dated and are followed by header fields, stands one mail."""
    start, envelope, skip_to = None, b"", 0
    for place in _occurrences(fd, size, b"From "):
        if place < skip_to:
            continue
        line, after = _envelope(fd, place, is_first=start is None)
        if line is None:
            continue
        if start is not None:
            yield Piece(start, max(0, place - start), envelope)
        start, envelope = after, line
        skip_to = _told_end(fd, size, start)
    if start is not None:
        yield Piece(start, size - start, envelope)


def _mmdf(fd, size):
    edges = [*_occurrences(fd, size, MMDF), size]
    for place, following in itertools.pairwise(edges):
        start = place + len(MMDF) + 1
        if following - start > 1:
            yield Piece(start, following - start)


def _occurrences(fd, size, mark):
    """Places of the lines that begin with `mark`."""
    window, base = b"\n", -1
    mark = b"\n" + mark
    while base < size:
        more = os.pread(fd, WINDOW, base + len(window))
        window += more
        at = window.find(mark)
        while at >= 0:
            yield base + at + 1
            at = window.find(mark, at + 1)
        if not more:
            return
        keep = len(mark) - 1
        base, window = base + len(window) - keep, window[-keep:]


def _envelope(fd, place, is_first):
    """(the "From " line, where the next one begins) when a mail starts at `place`, else (None, 0)."""
    before = os.pread(fd, min(place, 4), max(0, place - 4)) if place else b"\n\n"
    window = os.pread(fd, 1_200, place)
    line, newline, rest = window.partition(b"\n")
    if not newline or len(line) > 900:
        return None, 0
    line = line.rstrip(b"\r")
    starts = is_first or _parts(line, rest, follows_blank=before.endswith((b"\n\n", b"\n\r\n")))
    return (line, place + len(window) - len(rest)) if starts else (None, 0)


def _parts(line, rest, *, follows_blank):
    """Does a line that begins with "From " part two mails? `rest` is what comes after it.

    Some programs leave out the blank line before it, some its date; hardly any both. A mail without a single header
    field is told by both, so that it is reported instead of being glued to the one before it.
    """
    starts_fields = FIELD.match(rest) is not None
    if ENVELOPE.match(line):
        return starts_fields or (follows_blank and rest[:1] in (b"\n", b"\r"))
    return follows_blank and starts_fields and UNDATED.fullmatch(line) is not None


def _told_end(fd, size, start):
    """Where a mail ends by its Content-Length, when a "From " line or the end of the file confirms it, else 0."""
    head = os.pread(fd, HEAD, start)
    blank = re.search(rb"\r?\n\r?\n", head)
    told = CONTENT_LENGTH.search(head, 0, blank.start() + 1) if blank else None
    if not told:
        return 0
    end = start + blank.end() + int(told[1])
    if end >= size:
        return size if end == size else 0
    return end if re.match(rb"(?:\r?\n){0,2}From ", os.pread(fd, 9, end)) else 0


def unescaped(raw):
    """The bytes of a mail out of an mbox, ">From " made "From " again.

    mboxrd puts a sign before every such line, older programs only before "From " itself. Where a line with one sign
    stands between lines that are quoted once, it was one of them.
    """
    if b"\n>" not in raw and not raw.startswith(b">"):
        return raw
    return ESCAPED.sub(lambda match: match[0] if _is_quoted(raw, match) else match[1], raw)


def _is_quoted(raw, match):
    if match[0].startswith(b">>"):
        return False
    line_end = raw.find(b"\n", match.end())
    before = raw.rfind(b"\n", 0, max(0, match.start() - 1)) + 1
    return raw[before : before + 1] == b">" and line_end >= 0 and raw[line_end + 1 : line_end + 2] == b">"
