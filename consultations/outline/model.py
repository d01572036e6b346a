"""What comes out: an Outline, its blocks in the order of the document."""

import dataclasses


class Unreadable(Exception):
    """A file whose text cannot be had; the message tells people why and what to do."""


@dataclasses.dataclass
class Paragraph:
    """A numbered paragraph or sub-paragraph: its number as printed, its depth (1 is the outermost), its own text."""

    number: str
    level: int
    text: str


@dataclasses.dataclass
class Block:
    """One piece of the document: a `heading`, a numbered `paragraph`, or other `text` (preamble, table, quotation)."""

    kind: str
    text: str
    number: str = ""
    level: int = 0


@dataclasses.dataclass
class Outline:
    """A document read: its blocks in order, and what is not in order with its numbers, one sentence each."""

    blocks: list
    problems: list

    @property
    def paragraphs(self):
        """The numbered paragraphs, sub-levels included."""
        return [Paragraph(b.number, b.level, b.text) for b in self.blocks if b.kind == "paragraph"]

    @property
    def headings(self):
        """The headings as printed, their own numbers included."""
        return [b.text for b in self.blocks if b.kind == "heading"]
