"""`manage.py tally FILE`: counts a file of votes and prints what it decides as JSON. docs/counting.md."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from consultations import tally

MOST_BYTES = 50_000_000


class Command(BaseCommand):
    help = "Count a file of votes: PrefLib's .soc .soi .toc .toi .cat, or a CSV with the header option,count."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--method", choices=tally.METHODS, help="how the votes are counted (default: by the file)")
        parser.add_argument(
            "--majority", help="simple (default), two_thirds, absolute, or a share such as 3/5", metavar="MAJORITY"
        )
        parser.add_argument("--of", choices=tally.BASES, help="what the majority is of (default: voting)")
        parser.add_argument("--quorum", metavar="N/M|majority", help="the share of the roll that must be present")
        parser.add_argument("--roll", type=int, metavar="N", help="how many may vote")
        parser.add_argument("--present", type=int, metavar="N", help="how many are present (default: all who voted)")

    def handle(self, *, file, method, majority, of, quorum, roll, present, **options):
        asked = tally.Asked(majority, of, quorum, roll, present)
        try:
            counted = tally.count_file(file.name, _text(file), method, asked)
        except tally.Malformed as error:
            raise CommandError(f"{file}: {error}") from error
        result = tally.as_dict(counted.outcome, counted.decision, counted.quorum)
        self.stdout.write(json.dumps(result, ensure_ascii=False))


def _text(file):
    try:
        with file.open("rb") as source:
            raw = source.read(MOST_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{file} could not be read: {error.strerror or error}.") from error
    if len(raw) > MOST_BYTES:
        raise CommandError(f"{file} is larger than {MOST_BYTES // 1_000_000} MB, which is read at most.")
    try:
        return raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} is not a text in UTF-8. Save it as UTF-8 and count it again.") from error
