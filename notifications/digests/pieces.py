"""What a digest is made of: items that can be answered, the voices in them, and pieces of text with their sizes.

A piece is said once and used for every member who reads the same words in the same language and time zone.
"""

from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import NamedTuple

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
        """Bytes on the wire; each line end of the text is two."""
        size = len(self.text.encode()) + self.text.count("\n") + 2
        return size + len(self.html.encode()) + self.html.count("\n") + 2 if html else size


class Style(NamedTuple):
    """How one reader reads: language (a code of ours), time zone (a tzinfo), with HTML or without."""

    language: str
    zone: object
    html: bool = False


@dataclass(slots=True)
class Item:
    """One thing of an issue. `voices` are what was said, oldest first; each has `piece(level, style) -> (Piece, size)`.

    rank: 0 for what closes soon and stands before all else, 1 for the rest; at: newest activity; more: how many voices
    there are beyond these; of: how many posts the thing has in all; note: why it cannot be answered, if it cannot.
    """

    about: str
    workspace_id: int
    title: str
    at: datetime
    voices: list = field(default_factory=list)
    rank: int = 1
    more: int = 0
    of: int = 0
    note: str = ""
    number: int = 0

    @property
    def place(self):
        """Where it stands within its workspace: what closes soon first, then the newest."""
        return (self.rank, -self.at.timestamp())


def paragraph(lines, *, bold_first=False):
    """Lines of text as one HTML paragraph that takes its direction from its first strong letter."""
    shown = [escape(line, quote=False) for line in lines]
    if bold_first and shown:
        shown[0] = f"<b>{shown[0]}</b>"
    return f'<p dir="auto">{"<br>".join(shown)}</p>'
