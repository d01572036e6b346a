"""`manage.py send_digests`: writes and sends the digests that are due, or one member's at once.

What cannot be sent now (the mail server is away) stays in the outbox for the worker.
"""

from argparse import ArgumentTypeError
from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from members.models import Member
from notifications import outbox
from notifications.digests import run


class Command(BaseCommand):
    help = "Write the digests that are due now and send what waits in the outbox."

    def add_arguments(self, parser):
        parser.add_argument("--now", metavar="ISO", type=_moment, help="pretend that it is another time")
        parser.add_argument("--member", metavar="EMAIL", help="write this member's digest now, whatever their hour")

        parser.add_argument("--write-only", action="store_true", help="leave the sending to the worker")

    def handle(self, *, now, member, write_only, **options):
        if member:
            found = Member.objects.by_address(member)
            if found is None:
                raise CommandError(f"No active member has the confirmed address {member}.")
            letters = run.write_now(found, now=now)
            count = 1 if letters else 0
        else:
            count = self.write_all(now or timezone.now(), should_send=not write_only)
        if not write_only:
            self.send_all()
        if options["verbosity"]:
            self.stdout.write(f"{count} digest{'' if count == 1 else 's'} written.")

    def send_all(self):
        """Send until nothing is due or the mail server cannot be reached."""
        try:
            while outbox.send_due():
                pass
        finally:
            outbox.close()

    def write_all(self, now, *, should_send):
        """All that are due at that moment."""
        run.prepare(force=True)
        count = 0
        while batch := run.claim_due(now):
            count += len(run.write_for(batch, now=now))
            if should_send:
                outbox.send_due()
        return count


def _moment(text):
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is no moment: write it as 2026-05-04T06:00:00Z") from None
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
