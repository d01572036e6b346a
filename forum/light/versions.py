"""The light versions of an attachment, made once and kept beside it, for all posts that hold the same file."""

from threading import Semaphore

from django.core.files.base import ContentFile

from forum.light import offers, sandbox
from forum.light.sandbox import Result

SMALL = 30_000  # bytes of a small picture
SMALLEST = 4_000
STEP = 2_000  # small pictures are made in these steps, so that few are kept
PATIENCE = 5  # seconds
# Making one takes a process and seconds, and a page has few workers: one at a time, whoever asks.
_making = Semaphore(1)


class Busy(Exception):
    """Another file is being read, for longer than a page waits."""


def in_turn(make, attachment):
    """`text` or `small` for a page: raises Busy rather than to wait for long."""
    if not _making.acquire(timeout=PATIENCE):
        raise Busy
    try:
        return make(attachment)
    finally:
        _making.release()


def text(attachment):
    """The words in a file as a `Result`, its content UTF-8."""
    if not offers.has_text(attachment.content_type):
        return Result("unknown")
    return _kept(attachment, "text", 0)


def small(attachment, *, most=SMALL):
    """A picture of a file as a `Result`, its content a JPEG of at most `most` bytes; of a PDF its first page's."""
    if not offers.has_picture(attachment.content_type):
        return Result("unknown")
    most = max(min(most, SMALL) // STEP * STEP, SMALLEST)
    return _kept(attachment, f"small{most // 1_000}", most)


def discard(attachment):
    """Remove what was made of a file."""
    storage = attachment.file.storage
    for name in ("text", *(f"small{size // 1_000}" for size in range(SMALLEST, SMALL + 1, STEP))):
        storage.delete(_path(attachment, name))


def _kept(attachment, name, most):
    storage, path = attachment.file.storage, _path(attachment, name)
    if storage.exists(path):
        with storage.open(path) as file:
            verdict, _line_end, content = file.read().partition(b"\n")
        return Result(verdict.decode("ascii", "replace"), content)
    with attachment.file.open("rb") as file:
        result = sandbox.run("small" if most else "text", file.read(), most=most)
    # What took too long is kept as well, or each reader of a page could have it tried again.
    if not storage.exists(path):
        storage.save(path, ContentFile(result.verdict.encode() + b"\n" + result.content))
    return result


def _path(attachment, name):
    return f"{attachment.file.name}.{name}"
