"""What a printed document is made of: a title block, and blocks in their order.

Strings named `html` hold HTML as `core.text.render` writes it (`prose` makes it of plain words); a link to `#anchor`
leads to the block of that anchor. All other strings are plain text. `language` is one of core.languages' codes; a
block without one, or with another, speaks the document's. Its direction follows from its language.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from html import escape

from core import languages

ANCHOR = re.compile(r"[A-Za-z][A-Za-z0-9._:-]{0,99}", re.ASCII)
LEVELS = 4  # of headings below the title
WHOLE = 15  # rows of a table that stay on one page


def prose(text: str) -> str:
    """Plain words as the HTML of one paragraph."""
    return f"<p>{escape(text)}</p>"


def link(text: str, href: str) -> str:
    """A link within a paragraph's html; href is `#anchor`, a web address, or a file beside this one."""
    return f'<a href="{escape(href)}">{escape(text)}</a>'


@dataclass(frozen=True, slots=True)
class _Block:
    language: str = field(default="", kw_only=True)
    anchor: str = field(default="", kw_only=True)

    def __post_init__(self):
        _check(self)


def _check(block):
    if block.anchor and not ANCHOR.fullmatch(block.anchor):
        raise ValueError(f"{block.anchor!r} is no anchor: a letter, then letters, digits, full stops, hyphens, colons.")
    if block.language and block.language not in languages.LANGUAGES:
        # An import may bring any; one foreign word must not stop five thousand contributions.
        object.__setattr__(block, "language", "")


@dataclass(frozen=True, slots=True)
class Heading(_Block):
    """A heading below the title; level 1 to 4. `number` is printed before it ("II.", "A.")."""

    level: int
    text: str
    number: str = ""

    def __post_init__(self):
        _check(self)
        if not 1 <= self.level <= LEVELS:
            raise ValueError(f"A heading has a level from 1 to {LEVELS}, not {self.level}.")


@dataclass(frozen=True, slots=True)
class Paragraph(_Block):
    """A paragraph; `number` is printed in the margin, at the margin of its level: 0, 1 for (a), 2 for (i)..."""

    html: str
    number: str = ""
    level: int = 0
    notes: tuple[str, ...] = ()  # html, in small print below


@dataclass(frozen=True, slots=True)
class Quote(_Block):
    """Words of somebody else, set apart; `source` says whose they are."""

    html: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A cell of a table, or the value of a fact, that leads somewhere."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Table(_Block):
    """Rows of plain text; the header is repeated on every page. `numeric` names the columns (from 0) of figures.

    `widths` are shares of the width, one per column; without them all are equal. Cells beyond the header's are left
    out, missing ones are empty.
    """

    header: tuple[str, ...]
    rows: Iterable[tuple[str | Link, ...]]
    caption: str = ""
    numeric: tuple[int, ...] = ()
    widths: tuple[float, ...] = ()

    def __post_init__(self):
        _check(self)
        if not self.header:
            raise ValueError("A table has at least one column.")
        if self.widths and (len(self.widths) != len(self.header) or min(self.widths) <= 0):
            raise ValueError("A table has as many widths as columns, each above 0.")


@dataclass(frozen=True, slots=True)
class Facts(_Block):
    """What is to be known at a glance: a list of names with their values ("Sponsor": "…")."""

    pairs: tuple[tuple[str, str | Link], ...]


@dataclass(frozen=True, slots=True)
class Contribution(_Block):
    """One contribution: who spoke, in which capacity, through what, when; then its words.

    Everything but the reference and the words may be empty, and is then not printed. `when` and all names come in the
    document's language; `language` is that of the words. `stamp` is what distinguishes it ("Extended period"), `note`
    what a reader must know of it ("Redacted by the facilitators: ..."). `remarks` are further lines of the head.
    """

    reference: str
    html: str
    who: str = ""
    capacity: str = ""
    organisation: str = ""
    category: str = ""
    region: str = ""
    country: str = ""
    channel: str = ""
    when: str = ""
    stamp: str = ""
    note: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageBreak(_Block):
    """What follows starts on a new page."""


Block = Heading | Paragraph | Quote | Table | Facts | Contribution | PageBreak


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents: a heading's text, its anchor, its level and its number."""

    text: str
    anchor: str
    level: int = 1
    number: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A paper. `blocks` is read once, from the front; it may be a generator.

    `publisher` and `symbol` stand at the top, left and right, as on a paper of the United Nations; `distribution` and
    `date_line` below the symbol. `with_cover` gives title and contents pages of their own.
    """

    title: str
    language: str = "en"
    subtitle: str = ""
    symbol: str = ""
    publisher: str = ""
    distribution: str = ""
    date_line: str = ""
    original: str = ""  # "Original: English"
    issued: datetime | None = None  # for programs that ask a file for its date; people read date_line
    site: str = ""  # "https://example.org": where links to paths of the site lead
    contents: tuple[Entry, ...] = ()
    with_cover: bool = False
    blocks: Iterable[Block] = ()

    def __post_init__(self):
        if self.language not in languages.LANGUAGES:
            raise ValueError(f"{self.language!r} is none of the languages {', '.join(languages.LANGUAGES)}.")
        for entry in self.contents:
            if not ANCHOR.fullmatch(entry.anchor):
                raise ValueError(f"{entry.anchor!r} is no anchor, so the contents cannot lead there.")

    @property
    def direction(self):
        """`ltr` or `rtl`."""
        return languages.direction(self.language)


class Outline:
    """Follows the headings of a document, so that no level of it is skipped: readers by ear walk along them."""

    def __init__(self):
        self.level = 0

    def heading(self, block):
        """The level of a heading, 1 to 4, at most one below the heading before it."""
        self.level = min(block.level, self.level + 1)
        return self.level

    def contribution(self):
        """The level of the reference above a contribution."""
        return self.level + 1


def rows_of(table):
    """The rows of a table, each exactly as wide as its header."""
    width = len(table.header)
    for row in table.rows:
        row = tuple(row)[:width]
        yield row + ("",) * (width - len(row))


def head_of(contribution):
    """Two things above a contribution's words: what names the speaker, and the lines that tell more. In parts."""
    speaker = [part for part in (contribution.who, contribution.organisation) if part]
    more = (contribution.capacity, contribution.category, contribution.country, contribution.region)
    way = (contribution.when, contribution.channel)
    lines = [[part for part in line if part] for line in (more, way)]
    return speaker, [line for line in lines if line] + [[remark] for remark in contribution.remarks if remark]


def contents_of(blocks, depth=2):
    """The entries for the headings with an anchor among blocks that are in memory, down to this level."""
    return tuple(
        Entry(block.text, block.anchor, block.level, block.number)
        for block in blocks
        if isinstance(block, Heading) and block.anchor and block.level <= depth
    )
