"""`manage.py fetch_mail`: the door for a mailbox somewhere, for operators without a mail server of their own."""

import signal
import threading

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from notifications import inbound
from notifications.doors import imap


class Command(BaseCommand):
    help = "Take in the mail of the mailbox in IMAP_URL, as it comes, until stopped with SIGTERM or Ctrl-C."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="take in what is there now, then end")

    def handle(self, *, once, **options):
        try:
            place = imap.place_from(settings.IMAP_URL)
        except ImproperlyConfigured as problem:
            raise CommandError(str(problem)) from problem
        if once:
            self._once(place)
        else:
            self._keep_looking(place)

    def _once(self, place):
        try:
            taken = imap.look_once(place)
        except (*imap.LOST, inbound.NotStored) as problem:
            raise CommandError(
                f"The mailbox at {place.host}:{place.port} cannot be emptied now: {problem}. What was not taken is "
                "still there; run this again."
            ) from problem
        self.stdout.write(f"{taken} mails taken in.")

    def _keep_looking(self, place):
        stop = threading.Event()
        before = {
            number: signal.signal(number, lambda *_signal: stop.set()) for number in (signal.SIGTERM, signal.SIGINT)
        }
        try:
            imap.keep_looking(place, stop.is_set, say=self._say)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _say(self, text):
        self.stdout.write(text)
        self.stdout.flush()
