"""Papers: a consultation's proceedings, synthesis or notice as a printed document, in HTML, Word and PDF.

Whoever has something to print builds a `Document` of blocks (`tree`) and hands it to `write`. Nothing here knows a
database: the blocks may be a generator, and only the table of contents has to be known beforehand.

    paper.write(Document(title="Proceedings", blocks=blocks), "pdf", file)

The bodies of blocks are HTML as `core.text.render` writes it, or `tree.prose` of plain words.
"""

from consultations.paper import docx, html, pdf
from consultations.paper.body import apart, ours
from consultations.paper.pdf import Unprintable
from consultations.paper.tree import (
    Contribution,
    Document,
    Entry,
    Facts,
    Heading,
    Link,
    PageBreak,
    Paragraph,
    Quote,
    Table,
    contents_of,
    link,
    prose,
)

__all__ = [
    "FORMATS",
    "TYPES",
    "Contribution",
    "Document",
    "Entry",
    "Facts",
    "Heading",
    "Link",
    "PageBreak",
    "Paragraph",
    "Quote",
    "Table",
    "Unprintable",
    "apart",
    "contents_of",
    "link",
    "ours",
    "prose",
    "write",
]

FORMATS = {"html": html.write, "docx": docx.write, "pdf": pdf.write}
TYPES = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def write(document, form, file):
    """Write a paper as "html", "docx" or "pdf" to a binary file.

    Raises Unprintable when this machine cannot make the PDF; its message is for the operator.
    """
    FORMATS[form](document, file)
