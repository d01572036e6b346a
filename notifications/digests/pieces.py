"""What a digest is made of: items that can be answered, the voices in them, and pieces of text with their sizes.

A piece is said once and used for every member who reads the same words in the same language and time zone.
"""

from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import NamedTuple

from notifications import slots

# How much of a post is shown, in columns: all of it, or a fair excerpt. `None` is as much as anyone gets.
LEVELS = (None, 4000, 2400, 1600, 1000, 700, 500, 400, 300, 200, 120)
MOST = 8000  # columns of one post in a digest


@dataclass(frozen=True, slots=True)
class Piece:
    """Some lines of the mail: as plain text (without the last line end), as HTML, and the bytes both take."""

    text: str
    html: str = ""
    is_cut: bool = False

    def bytes_in(self, *, html):
        """Bytes on the wire, with the empty line before it; each line end of the text is two."""
        size = slots.width(self.text) + 4
        return size + slots.width(self.html) + 2 if html else size


class Style(NamedTuple):
    """How one reader reads: language (a code of ours), time zone (a tzinfo), with HTML or without."""

    language: str
    zone: object
    html: bool = False


@dataclass(slots=True)
class Item:
    """One thing of an issue. `voices` are what was said, oldest first; each has `piece(level, style) -> (Piece, size)`.

    A voice may have a `reference` ("post:812"), by which its words are found when they must be erased. Readers whose
    items are alike and have the very same voices share one edition, so a voice must be the same object for everyone
    who is shown the same words, and another object for everyone else.

    closes_at: when it stops taking answers, of what closes soon and therefore stands before all else, the first to
    close first; at: newest activity; more: how many voices there are beyond these; of: how many posts the thing has in
    all; note: why it cannot be answered, if it cannot; covers: the reference of a voice in another source's item on the
    same thing whose words stand in this one already.
    """

    about: str
    workspace_id: int
    title: str
    at: datetime
    voices: list = field(default_factory=list)
    closes_at: datetime | None = None
    more: int = 0
    of: int = 0
    note: str = ""
    covers: str = ""

    @property
    def key(self):
        """All that its place in an issue is laid out from."""
        return (self.about, self.workspace_id, self.title, self.more, self.of, self.note, *self.voices)


def paragraph(lines, *, bold_first=False):
    """Lines of text as one HTML paragraph that takes its direction from its first strong letter; with `bold_first` the
    first is a sentence of ours and runs as the reader's language does, whatever name it begins with.
    """
    shown = [escape(line, quote=False) for line in lines]
    if bold_first and shown:
        shown[0] = f"<b>{shown[0]}</b>"
    direction = "" if bold_first else ' dir="auto"'
    return f"<p{direction}>{'<br>'.join(shown)}</p>"
