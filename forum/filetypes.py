"""Which kinds of file are kept, told by their first bytes and, for text, by being text.

A name's ending alone decides nothing: it only chooses between kinds whose bytes look alike (CSV and plain text,
the office formats that are all ZIP).
"""

from pathlib import PurePath

import puremagic

NAMES = "PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, TXT, CSV, MD, PNG, JPEG, GIF, WEBP, MP3, ZIP"

BY_MAGIC = {
    "application/pdf",
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "audio/mpeg",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.presentation",
    "application/zip",
}
TEXT_ENDINGS = {".csv": "text/csv", ".md": "text/markdown", ".txt": "text/plain", ".patch": "text/plain"}


def recognise(name, content):
    """The media type of a file that may be kept, or an empty string."""
    ending = PurePath(name).suffix.lower()
    try:
        found = {match.mime_type for match in puremagic.magic_string(content[:262_144], name)}
    except (puremagic.PureError, ValueError):
        found = set()
    if known := found & BY_MAGIC:
        return min(known, key=lambda kind: kind == "application/zip")
    return TEXT_ENDINGS.get(ending, "text/plain") if not found and is_text(content) else _text(ending, content)


def _text(ending, content):
    return TEXT_ENDINGS[ending] if ending in TEXT_ENDINGS and is_text(content) else ""


def is_text(content):
    """Does this read as UTF-8 text without control characters?"""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not any(ord(sign) < 32 and sign not in "\t\r\n\f" for sign in text)
