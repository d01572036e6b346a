"""The PDF of a paper: tagged, with bookmarks, printed by Typst in parts, so that its memory is that of a part.

Two passes: the first finds how many pages each part has and where everything stands, the second prints them with the
right numbers. What leads from one part to another is joined when they are bound.
"""

import functools
import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC
from itertools import accumulate, islice
from pathlib import Path

from django.utils.translation import gettext as _

from consultations.paper import body, tree, typeset
from core import languages

PART = 350_000  # characters of a part's source: some 100 pages; then it ends before the next heading
WHOLE = 500_000  # then also before a paragraph: a transcript has no headings for a thousand pages
NEVER = float("inf")
ROWS = 400  # of one table
SECONDS = 300  # for one part
_HERE = Path(__file__).resolve().parent

# The first of each row that is installed is used. Libertinus comes with Typst; it has Latin, Greek and Cyrillic.
_LATIN = ("Noto Serif", "Libertinus Serif")
_MONO = ("DejaVu Sans Mono", "Noto Sans Mono", "Liberation Mono")
_SCRIPTS = {
    "ar": (("Noto Naskh Arabic", "Amiri", "Noto Sans Arabic", "DejaVu Sans"), "fonts-noto-core"),
    "zh": (("Noto Serif CJK SC", "Noto Sans CJK SC", "Source Han Serif SC", "AR PL UMing CN"), "fonts-noto-cjk"),
}
_LETTERS = {"ar": re.compile("[\u0620-\u064a]"), "zh": re.compile("[\u4e00-\u9fff]")}


class Unprintable(Exception):
    """The PDF cannot be made; the message tells the operator why, and what to do. HTML and Word still can."""


def write(document, file):
    """Write the paper to a binary file. Raises Unprintable when a font or library is missing, or the printing fails."""
    families = _families()
    with tempfile.TemporaryDirectory(prefix="alphorn-paper-") as name:
        folder = Path(name)
        parts, scripts = _write_parts(document, folder)
        _settle(document, folder, families, scripts)
        measured = [json.loads(_run("press", "measure", folder, part, 1)) for part in parts]
        *starts, total = accumulate((one["pages"] for one in measured), initial=0)
        places = [
            (anchor, level, title, start + page - 1, y)
            for start, one in zip(starts, measured, strict=True)
            for anchor, level, title, page, y in one["marks"]
        ]
        pages = {anchor: page + 1 for anchor, _level, _title, page, _y in places if anchor}
        _save(folder, "pages", {"total": total, "pages": pages})
        for part, start in zip(parts, starts, strict=True):
            _run("press", "print", folder, part, start + 1)
        _save(folder, "book", {"parts": parts, "places": places, **_description(document)})
        _run("binding", folder)
        with (folder / "book.pdf").open("rb") as book:
            shutil.copyfileobj(book, file)


def _description(document):
    return {
        "title": body.plain(document.title),
        "author": body.plain(document.publisher),
        "language": document.language,
        "direction": document.direction,
        "issued": document.issued.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ") if document.issued else "",
    }


def _write_parts(document, folder):
    """Write the source in parts; returns their names, and the scripts that need a font of their own."""
    with languages.speaking(document.language):
        contents = _("Contents")
    writer = typeset.Writer(document)
    parts, scripts, file = [], set(), None
    try:
        for piece, most in _pieces(writer, document, contents):
            if file is None or file.tell() > most:
                if file:
                    _close(file)
                parts.append(f"part{len(parts)}")
                file = (folder / f"{parts[-1]}.typ").open("w", encoding="utf-8", errors="replace")
                file.write('#import "paper.typ": *\n#show: paper\n')
            file.write(piece)
            scripts.update(script for script, letters in _LETTERS.items() if letters.search(piece))
    finally:
        if file:
            _close(file)
    return parts, scripts


def _close(file):
    file.write('#[#metadata("")<end>]\n')
    file.close()


def _pieces(writer, document, contents):
    """The source piece by piece, each with how large the part before it may be: without a bound, where it would end
    between a heading and its words.
    """
    yield writer.title(contents), NEVER
    pending, is_heading = "", False
    for block in document.blocks:
        if isinstance(block, tree.PageBreak):
            pending = writer.block(block)  # at the end of a paper it would leave an empty page
            continue
        most = NEVER if is_heading else _ENDS.get(type(block), NEVER)
        is_heading = isinstance(block, tree.Heading)
        for one in _in_parts(block):
            yield pending + writer.block(one), most
            pending, most = "", PART


_ENDS = {tree.Heading: PART, tree.Contribution: PART, tree.Paragraph: WHOLE}


def _in_parts(block):
    """A long table as several, so that its rows need not be in memory together; any other block as it is."""
    if not isinstance(block, tree.Table):
        yield block
        return
    rows = iter(block.rows)
    yield replace(block, rows=tuple(islice(rows, ROWS)))
    while further := tuple(islice(rows, ROWS)):
        yield replace(block, rows=further, caption="", anchor="")


def _settle(document, folder, families, scripts):
    """Put the template and its settings into the folder; raises Unprintable when a script has no font."""
    faces = {script: _found(names, families) for script, (names, _package) in _SCRIPTS.items()}
    for script in sorted(scripts):
        if not faces[script]:
            raise Unprintable(
                f"No font for {languages.LANGUAGES[script][0]} is installed, so the PDF was not made. Install Debian's "
                f"package {_SCRIPTS[script][1]}, or one of the fonts {', '.join(_SCRIPTS[script][0])}, and start again."
            )
    order = ["zh", "ar"] if document.language == "zh" else ["ar", "zh"]
    fonts = [face for face in (_found(_LATIN, families), *(faces[script] for script in order)) if face]
    if document.language == "zh" and faces["zh"]:
        fonts.sort(key=lambda face: face != faces["zh"])  # its Latin letters and stops are made for it
    shutil.copy(_HERE / "paper.typ", folder)
    _save(folder, "pages", {"total": 0, "pages": {}})
    _save(
        folder,
        "settings",
        {
            "title": body.plain(document.title),
            "publisher": body.plain(document.publisher),
            "symbol": body.plain(document.symbol),
            "lang": document.language,
            "direction": document.direction,
            "fonts": fonts,
            "latin": sorted(fonts, key=lambda face: face not in _LATIN),
            "mono": [_found(_MONO, families) or fonts[0], *fonts],
        },
    )


def _found(names, families):
    return next((name for name in names if name in families), None)


def _save(folder, name, value):
    (folder / f"{name}.json").write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8", errors="replace")


@functools.cache
def _families():
    for name in ("typst", "pikepdf"):
        if not importlib.util.find_spec(name):
            raise Unprintable(
                f"The Python package {name} is not installed, so the PDF was not made. Run make environment, which "
                "installs what requirements.lock names."
            )
    return frozenset(json.loads(_run("press", "families")))


def _run(job, *arguments):
    """Let a process of its own do a job; returns what it says."""
    # -I: this folder has modules whose names hide those of the standard library.
    command = [sys.executable, "-I", str(_HERE / f"{job}.py"), *map(str, arguments)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise Unprintable(f"Printing took more than {SECONDS} seconds for one part, so the PDF was not made.") from None
    if done.returncode:
        raise Unprintable(f"The PDF was not made. {job}.py ended with {done.returncode}: {done.stderr.strip()[-4000:]}")
    return done.stdout
