"""`manage.py receive_mail`: the door for a mail server's pipe. One mail comes on standard input.

The exit status says what became of it (sysexits.h): 0 stored; 75 keep it and try again; 67 no such address here;
69 too large; 64 nobody said whom it is for.
"""

import os
import sys

from django.conf import settings
from django.core.management.base import BaseCommand

from notifications import inbound
from notifications.doors import gate, heads

EX_USAGE, EX_NOUSER, EX_UNAVAILABLE, EX_TEMPFAIL = 64, 67, 69, 75


class Command(BaseCommand):
    help = "Take in one mail from standard input, for a mail server's pipe."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--to", default="", help="whom it is for; else ORIGINAL_RECIPIENT, RECIPIENT or Delivered-To"
        )
        parser.add_argument("--from", default="", dest="sender", help="the envelope sender; else SENDER")

    def handle(self, *, to, sender, **options):
        try:
            raw = sys.stdin.buffer.read(settings.MAX_MAIL_BYTES + 1)
            sender = sender or os.environ.get("SENDER", "")
            # Postfix writes the empty sender, which bounces have, as this name.
            sender = "" if sender.upper() == "MAILER-DAEMON" else sender
            self.take(raw, to or recipient_of(raw), sender)
        except Exception as error:
            # Whatever went wrong, the mail server still has the mail and must keep it.
            self.end(EX_TEMPFAIL, f"4.3.0 cannot be stored now: {error}")

    def take(self, raw, to, sender):
        if not to:
            self.end(EX_USAGE, "5.1.3 nobody said whom this mail is for: use --to ADDRESS")
        if len(raw) > settings.MAX_MAIL_BYTES:
            self.end(EX_UNAVAILABLE, f"5.3.4 the mail is larger than {settings.MAX_MAIL_BYTES} bytes")
        verdict = gate.ask(to, sender or heads.from_address(heads.fields(raw)))
        if not verdict.is_open:
            self.end(EX_NOUSER, f"{verdict.status} {verdict.reason}")
        inbound.accept(raw, inbound.Envelope(recipient=to, sender=sender, door="pipe"))

    def end(self, status, reason):
        self.stderr.write(reason)
        sys.exit(status)


def recipient_of(raw):
    """Whom the mail server says it is for: what it sets in the environment, else what stands in the header."""
    for name in ("ORIGINAL_RECIPIENT", "RECIPIENT"):
        if os.environ.get(name):
            return os.environ[name]
    return next(iter(heads.delivered(heads.fields(raw))), "")
