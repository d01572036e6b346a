"""`manage.py export REFERENCE OUT.zip`: the record of a consultation or a hearing as an archive without a server."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.management.base import BaseCommand, CommandError

from consultations.exporting import records
from core import languages, sizes


class Command(BaseCommand):
    help = "Write the record of a consultation or a hearing, its data and journal, and what checks them, into a ZIP."

    def add_arguments(self, parser):
        told = "its reference (ALP/2026/C3, ALP/2026/H2), or the mail name of its workspace"
        parser.add_argument("reference", help=told)
        parser.add_argument("out", metavar="OUT.zip", type=Path)
        parser.add_argument("--language", choices=list(languages.LANGUAGES), help="of the pages (default: its own)")

    def handle(self, *, reference, out, language, **options):
        found = records.find(reference)
        if found is None:
            raise CommandError(
                f"There is no consultation or hearing {reference!r}. Use its reference, for example ALP/2026/C3."
            )
        found, write = found
        if not found.is_published:
            raise CommandError(f"{found.code} is not published yet, so there is no record of it to give away.")
        if not out.parent.is_dir():
            raise CommandError(f"There is no folder {out.parent}. Make it, or choose another.")
        # Beside its place and then moved there, so that nobody ever finds half an archive.
        try:
            with NamedTemporaryFile(dir=out.parent, prefix=f".{out.name}.", delete=False) as file:
                try:
                    count = write(found, file, language=language)
                except BaseException:
                    os.unlink(file.name)
                    raise
            Path(file.name).chmod(0o644)
            Path(file.name).replace(out)
        except OSError as error:
            raise CommandError(f"{out} could not be written: {error.strerror or error}.") from error
        self.stdout.write(f"{out}: {count} files of {found.code}, {sizes.said(out.stat().st_size)}")
