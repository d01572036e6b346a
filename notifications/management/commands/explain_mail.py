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
from rich import console, text

from notifications import reading

MOST_BYTES = 50_000_000
CONTROLS = dict.fromkeys([*range(9), *range(11, 32), 127])  # what would steer the terminal of whoever looks
COLOURS = {
    "new": "green",
    "command": "cyan",
    "quoted": "bright_black",
    "known": "blue",
    "attribution": "yellow",
    "signature": "magenta",
    "person": "bright_magenta",
    "cut": "red",
}
SIGNS = {
    "new": "+",
    "command": "!",
    "quoted": ">",
    "known": "=",
    "attribution": "@",
    "signature": "~",
    "person": "*",
    "cut": "x",
}


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
        """Each line of the mail with what it was taken for and why; in colour on a terminal."""
        coloured = self.style.SUCCESS("x") != "x"  # False with --no-color, or when the output is no terminal
        out = console.Console(
            file=self.stdout, force_terminal=coloured, no_color=not coloured, soft_wrap=True, highlight=False
        )
        for line in result.lines:
            if line.kind == "blank":
                out.print()
                continue
            marks = f"{SIGNS[line.kind]} {'>' * line.depth}{' ' if line.depth else ''}"
            reason = f"{line.why}, {line.rule}" if line.rule else line.why
            shown = text.Text(marks + line.text.translate(CONTROLS), style=COLOURS[line.kind])
            out.print(shown.append(f"    ({reason})", style="dim"))
        if result.why:
            out.print(text.Text(f"{result.klass}: {result.why}", style="bold"))


def as_dict(result):
    """A reading as plain data for JSON; files without their bytes."""
    data = {
        "klass": result.klass,
        "why": result.why,
        "reply": result.reply,
        "answers": [_answer(answer) for answer in result.answers],
        "refused": [_answer(answer) | {"problem": answer.problem} for answer in result.refused],
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
    if result.blocks:
        data["blocks"] = [_answer(answer) for answer in result.blocks]
    if result.failure:
        data["failure"] = {**dataclasses.asdict(result.failure), "is_hard": result.failure.is_hard}
    return data


def _answer(answer):
    data = {"code": answer.code, "text": answer.text}
    return data | {"on_behalf": answer.on_behalf} if answer.on_behalf else data


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
