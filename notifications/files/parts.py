"""Parts: a file that is larger than one mail goes in several, which can be joined in any order they come.

Which bytes a part holds follows from its number and the part size alone, and the part size from the member's budget.
Both stand in its name (`F3-14k.pdf.002`), so that parts of two sizes are never joined. Programs that join such files
(7-Zip, ZArchiver on phones) look for the ending .001.
"""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath

from notifications.intake.told import File

FRAME = 5_000  # bytes of a mail for headers and words
STEP = 1_000
OCTET_STREAM = "application/octet-stream"


@dataclass(frozen=True)
class Part:
    """One part: its file as it is sent, and the SHA-256 of its bytes."""

    number: int
    file: File
    sha256: str


def room(budget):
    """How many bytes of a file fit into one mail of so many bytes: base64 makes 78 of 57 (RFC 2045 section 6.8)."""
    return max((budget - FRAME) * 57 // 78, STEP)


def size_for(budget):
    """Bytes of each part but the last."""
    return room(budget) // STEP * STEP


def count(attachment, part_size):
    return -(-attachment.size // part_size)


def whole(attachment):
    """The file itself."""
    with attachment.file.open("rb") as file:
        return File(attachment.name, attachment.content_type, file.read())


def part(attachment, number, part_size):
    """Part `number`, counted from 1."""
    with attachment.file.open("rb") as file:
        file.seek((number - 1) * part_size)
        content = file.read(part_size)
    digest = hashlib.sha256(content).hexdigest()
    return Part(number, File(f"{stem(attachment, part_size)}.{number:03d}", OCTET_STREAM, content), digest)


def stem(attachment, part_size):
    """The name of the parts without their numbers, which any system can write."""
    return f"F{attachment.pk}-{part_size // STEP}k{ending(attachment)}"


def ending(attachment):
    suffix = PurePath(attachment.name).suffix.lower()
    return suffix if suffix.isascii() and len(suffix) <= 6 and suffix[1:].isalnum() else ""
