"""`manage.py import_contributions CONSULTATION FILE --by EMAIL`: contributions that were collected elsewhere.

Running it again adds nothing. docs/contributions.md says what the columns mean.
"""

import sys
import zoneinfo
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from consultations import importing
from consultations.models import Consultation
from consultations.services import imports, rows
from core import languages
from core.access import Refused
from members.models import Member


class Command(BaseCommand):
    help = "Import contributions to a consultation from a CSV file or JSON lines, and say what became of each row."

    def add_arguments(self, parser):
        parser.add_argument("consultation", help="its reference (ALP/2026/C3), or the mail name of its workspace")
        parser.add_argument("file", metavar="FILE", type=Path, help=".csv or .jsonl")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="the facilitator in whose name it is done")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would become of each row, and write nothing"
        )
        parser.add_argument("--consent", default="", help="how it is known that they agreed, where a row does not say")
        parser.add_argument("--source", default="", help="where they were collected, where a row does not say")
        parser.add_argument("--language", default="", choices=["", *languages.LANGUAGES], help="of the texts")
        parser.add_argument("--zone", default="", help="time zone of moments that do not say theirs: Africa/Nairobi")
        parser.add_argument("--because", default="", help="the reason for which late ones are accepted")

    def handle(self, *, consultation, file, by, dry_run, **options):
        found, member = Consultation.objects.named(consultation), Member.objects.by_address(by)
        if found is None:
            raise CommandError(
                f"There is no consultation {consultation!r}. Use its reference, for example ALP/2026/C3."
            )
        if member is None:
            raise CommandError(f"{by} is no member's address. Give that of a facilitator.")
        if options["zone"] and options["zone"] not in zoneinfo.available_timezones():
            raise CommandError(f"{options['zone']!r} is no time zone. Give one such as Africa/Nairobi.")
        given = rows.Given(**{name: options[name] for name in ("consent", "language", "source", "zone", "because")})
        try:
            content = (
                file.read_bytes() if file.stat().st_size <= importing.MOST_BYTES else b" " * (importing.MOST_BYTES + 1)
            )
            table = importing.read(file.name, content)
            importer = rows.Importer(by=member, consultation=found, content=content, given=given)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror or error}.") from error
        except Refused as refused:
            raise CommandError(str(refused.reason)) from refused
        for column in table.unused:
            self.stderr.write(f"The column {column!r} means nothing here and stays behind.")
        outcomes = []
        try:
            for outcome in (importer.look if dry_run else importer.take)(table.rows):
                outcomes.append(outcome)
                said = filter(None, (outcome.state, outcome.code, outcome.reason))
                self.stdout.write(f"row {outcome.row.number}: {' '.join(said)}")
        except KeyboardInterrupt:
            self.stderr.write("Stopped. What is imported stays; run the command again to go on.")
            sys.exit(130)
        if not dry_run:
            importer.finish(outcomes, file.name)
        self._leave(file, outcomes, given)
        counts = Counter(outcome.state for outcome in outcomes)
        self.stdout.write(", ".join(f"{count} {state}" for state, count in sorted(counts.items())))

    def _leave(self, file, outcomes, given):
        """Write the rows that were not taken beside the file."""
        path = file.with_name(f"{file.stem}.refused.csv")
        try:
            if left := imports.left(outcomes, given):
                path.write_bytes(left)
                self.stdout.write(f"What was refused, with the reasons: {path}")
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror or error}.") from error
