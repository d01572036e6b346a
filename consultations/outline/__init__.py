"""Outline: a UN-style text (.txt, .md, .docx) read into headings, consecutively numbered paragraphs and sub-paragraphs.

Pure: no database, no settings, nothing fetched. `docs/numbered-texts.md` tells its rules.
"""

from pathlib import PurePath

from consultations.outline import building, decoding, markdown, plain, word
from consultations.outline.model import Block, Outline, Paragraph, Unreadable
from consultations.outline.problems import _

__all__ = ["Block", "Outline", "Paragraph", "Unreadable", "read"]

MAX_TEXT = 12_000_000  # bytes of a text file; about five thousand pages
MAX_WORD = 60_000_000  # bytes of a DOCX, pictures included
MOST_LINES = 80_000  # lines with text; they cost more than bytes do
MOST_BYTES = max(MAX_TEXT, MAX_WORD)


def read(data, name):
    """The Outline of a file's bytes; its name tells the kind. Raises Unreadable with a message for people."""
    kind = PurePath(name).suffix.lower()
    if kind not in {".txt", ".md", ".markdown", ".text", ".docx"}:
        raise Unreadable(
            _("Files of the kind %(kind)s cannot be read. Save the text as .txt, .md or .docx.") % {"kind": kind or "?"}
        )
    limit = MAX_WORD if kind == ".docx" else MAX_TEXT
    if len(data) > limit:
        raise Unreadable(
            _("The file has %(size)d MB; %(limit)d MB is the most. Split the text into several files.")
            % {"size": len(data) // 1_000_000, "limit": limit // 1_000_000}
        )
    if kind == ".docx":
        return building.build(word.read(data))
    text = decoding.decode(data)
    if text.count("\n") >= MOST_LINES and sum(map(bool, map(str.strip, text.split("\n")))) > MOST_LINES:
        raise Unreadable(
            _("The text has more than %(count)d lines. Split it into several files.") % {"count": MOST_LINES}
        )
    return building.build(markdown.read(text) if kind in {".md", ".markdown"} else plain.read(text))
