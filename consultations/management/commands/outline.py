"""Show how the site reads numbered texts: one JSON object a line for each file."""

import gc
import json
import logging
import pathlib
import sys

from django.core.management.base import BaseCommand

from consultations import outline

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Print the paragraphs, headings and problems of each file."""

    help = "Print the numbered paragraphs of texts (.txt, .md, .docx) as JSON, one object a line for each file."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE", help="a text as .txt, .md or .docx")

    def handle(self, *, files, **options):
        unread = 0
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8")  # whatever the terminal says: JSON is UTF-8
        for path in files:
            name = path.encode("utf-8", "backslashreplace").decode()  # a name need not be UTF-8, what is printed must
            gc.disable()  # many small things and no rings: looking for rings takes a quarter of the time
            try:
                read = outline.read(_bytes(path), name)
            except outline.Unreadable as problem:
                unread += 1
                self.stderr.write(f"{name}: {problem}")
                continue
            except Exception:  # one file's surprise must not cost the others
                unread += 1
                self.stderr.write(f"{name}: This file could not be read. Save the text as .txt and try again.")
                logger.exception("outline: a file could not be read")
                continue
            finally:
                gc.enable()
            line = {
                "file": name,
                "paragraphs": [{"number": p.number, "level": p.level, "text": p.text} for p in read.paragraphs],
                "headings": read.headings,
                "problems": read.problems,
            }
            self.stdout.write(json.dumps(line, ensure_ascii=False))
        if unread:
            sys.exit(1)


def _bytes(name):
    """The bytes of a file, no more of them than are ever read; raises Unreadable with the system's reason."""
    try:
        with pathlib.Path(name).open("rb") as file:
            return file.read(outline.MOST_BYTES + 1)
    except OSError as reason:
        raise outline.Unreadable(reason.strerror or str(reason)) from None
