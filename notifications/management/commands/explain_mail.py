"""`manage.py explain_mail`: how the reader understands a mail, for operators who want to know why.

    manage.py explain_mail FILE... [--sent TEXTFILE] [--open 11,12] [--closed 14] [--why]

One JSON object a line, with `file`. `--why` shows each line of the mail in colour with the reason it was kept or cut.
Needs no database. A file that cannot be read gives an object with `error`; the others are still shown, the exit is 1.
"""

import dataclasses
import json
import pathlib
import sys

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from notifications import reading

MOST_BYTES = 50_000_000
COLOURS = {
    "new": "32",
    "command": "36",
    "quoted": "90",
    "known": "34",
    "attribution": "33",
    "signature": "35",
    "cut": "31",
}
SIGNS = {"new": "+", "command": "!", "quoted": ">", "known": "=", "attribution": "@", "signature": "~", "cut": "x"}


class Command(BaseCommand):
    help = "Show how mails are read: class, answers, commands, files and problems, one JSON object a line."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE", help='a raw mail; "-" reads standard input')
        parser.add_argument("--sent", metavar="TEXTFILE", help="the plain text of the issue as it was sent")
        parser.add_argument("--open", default="", metavar="11,12", help="numbers of the open items")
        parser.add_argument("--closed", default="", metavar="14", help="numbers of the closed items")
        parser.add_argument("--why", action="store_true", help="show line by line why words were kept or cut")

    def handle(self, *, files, sent, why, **options):
        issue = _text(sent) if sent else ""
        items = {f"{name}_items": _numbers(name, options[name]) for name in ("open", "closed")}
        failed = 0
        for name in files:
            try:
                raw = _bytes(name)
            except OSError as error:
                failed += 1
                self._print({"file": name, "error": error.strerror or str(error)})
                continue
            result = reading.read(raw, sent=issue, **items)
            self._print({"file": name, **as_dict(result)})
            if why:
                self._explain(result)
        if failed:
            raise CommandError(_("%(count)d of the files could not be read.") % {"count": failed})

    def _print(self, data):
        self.stdout.write(json.dumps(data, ensure_ascii=False))

    def _explain(self, result):
        for line in result.lines:
            if line.kind == "blank":
                self.stdout.write("")
                continue
            text = f"{SIGNS[line.kind]} {'>' * line.depth}{' ' if line.depth else ''}{line.text}"
            self.stdout.write(self._coloured(COLOURS[line.kind], text) + f"    ({line.why})")
        if result.why:
            self.stdout.write(f"{result.klass}: {result.why}")

    def _coloured(self, colour, text):
        if self.style.SUCCESS("x") == "x":  # --no-color, or not a terminal
            return text
        return f"\x1b[{colour}m{text}\x1b[0m"


def as_dict(result):
    """A reading as plain data for JSON; files without their bytes."""
    data = {
        "klass": result.klass,
        "why": result.why,
        "reply": result.reply,
        "answers": [{"code": answer.code, "text": answer.text} for answer in result.answers],
        "refused": [dataclasses.asdict(answer) for answer in result.refused],
        "unassigned": result.unassigned,
        "commands": [dataclasses.asdict(command) for command in result.commands],
        "files": [{"name": f.name, "type": f.type, "size": f.size, "code": f.code} for f in result.files],
        "problems": result.problems,
        "subject": result.subject,
        "from_address": result.from_address,
        "from_name": result.from_name,
        "message_id": result.message_id,
        "in_reply_to": result.in_reply_to,
        "references": list(result.references),
        "date": result.date.isoformat() if result.date else None,
    }
    if result.failure:
        data["failure"] = {**dataclasses.asdict(result.failure), "is_hard": result.failure.is_hard}
    return data


def _bytes(name):
    if name == "-":
        return sys.stdin.buffer.read(MOST_BYTES)
    with pathlib.Path(name).open("rb") as file:
        return file.read(MOST_BYTES)


def _text(name):
    try:
        return pathlib.Path(name).read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise CommandError(
            _("The issue as sent could not be read from %(file)s: %(error)s. Give a text file, or leave --sent out.")
            % {"file": name, "error": error.strerror}
        ) from error


def _numbers(name, value):
    try:
        return [int(part) for part in value.replace(",", " ").split()]
    except ValueError as error:
        raise CommandError(
            _("--%(option)s takes numbers with commas between, for example 11,12; not %(value)s.")
            % {"option": name, "value": value}
        ) from error
