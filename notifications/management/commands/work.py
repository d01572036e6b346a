"""`manage.py work`: sends what is due, writes digests and letters, reads what has arrived. Run as many as you like."""

import gc
import signal

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from notifications.outbox import transports
from notifications.tasks import jobs
from notifications.tasks.worker import Worker


class Command(BaseCommand):
    help = "Send letters and digests and process incoming mail, until stopped with SIGTERM or Ctrl-C."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do what waits now, then end")

    def handle(self, *, once, **options):
        transports.from_url(settings.EMAIL_URL)  # or letters would wait for good, and only the log would say why
        worker = Worker(jobs.all_jobs())
        # What was loaded stays for good: looking through it for garbage again and again takes a tenth of the work.
        gc.collect()
        gc.freeze()
        if once:
            done = worker.finish()
            if options["verbosity"]:
                self.stdout.write(f"{done} pieces of work done.")
            if worker.failed:
                raise CommandError(f"These jobs failed: {', '.join(worker.failed)}. The log says how.")
            return
        before = {number: signal.signal(number, worker.stop) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            worker.run()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
