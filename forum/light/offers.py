"""Which light versions a file of some kind and size is offered in."""

from forum.filetypes import OOXML

WORTHWHILE = 60_000  # bytes from which a file is worth having lighter
# Of the tables of Excel no words are read.
READABLE = ("application/pdf", "text/", f"{OOXML}wordprocessing", f"{OOXML}presentation", "application/vnd.oasis")
PICTURES = ("image/", "application/pdf")


def has_text(content_type):
    """Can words be read out of such a file, where it has any?"""
    return content_type.startswith(READABLE)


def has_picture(content_type):
    """Can a small picture be made of it? Of a PDF that is its first page, if that was scanned."""
    return content_type.startswith(PICTURES)


def worthwhile(content_type, size):
    """`text`, `small` or nothing: what a page offers beside the file."""
    if size < WORTHWHILE:
        return ""
    return "text" if has_text(content_type) else "small" if has_picture(content_type) else ""
