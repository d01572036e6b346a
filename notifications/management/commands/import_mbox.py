"""`manage.py import_mbox WORKSPACE FILE...`: takes the history of a mailing list into a workspace.

Running it again adds nothing; running it after it was cut short ends what was begun. docs/operate-archives.md.
"""

import logging
import sys
import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core import languages
from core.access import Refused
from forum.models import Workspace
from notifications.archives import mbox, progress, readers
from notifications.archives.importer import Importer
from notifications.archives.report import Report


class Command(BaseCommand):
    help = "Import mailing-list archives (mbox, Maildir, gzipped months, single mails) as threads and posts."

    def add_arguments(self, parser):
        parser.add_argument("workspace", help="the workspace's mail name")
        parser.add_argument("files", nargs="+", metavar="FILE", help="a file or a folder of them")
        parser.add_argument(
            "--processes", type=int, default=1, help="that read mails while this one writes (default 1; 0: none)"
        )
        parser.add_argument("--report", type=Path, help="where to write what became of each mail")

    def handle(self, *, workspace, files, processes, report, **options):
        room = Workspace.objects.select_related("journal").filter(slug=workspace).first()
        if room is None:
            raise CommandError(f"There is no workspace {workspace!r}. Give its mail name, as in its web address.")
        began = time.monotonic()
        path = report or settings.DATA / "reports" / f"import-{workspace}-{time.strftime('%Y%m%d-%H%M%S')}.tsv"
        lines = Report(path)
        # That a text is shown as typed is worth a line on a live site, and thousands of lines here.
        logging.getLogger("core.text").setLevel(logging.WARNING)
        shown = progress.Progress(self.stderr)
        try:
            with languages.speaking(room.languages[0] if room.languages else "en"):
                Importer(room, lines, processes=max(0, processes), progress=shown).run(files)
        except mbox.Unreadable as error:
            raise CommandError(f"{error}. Nothing was imported.") from error
        except Refused as refused:
            raise CommandError(str(refused.reason)) from refused
        except readers.Stopped as error:
            raise CommandError(
                "A reading process was ended from outside, perhaps for want of memory. What is imported stays; "
                "run the command again to go on, with --processes 0 if memory is short."
            ) from error
        except KeyboardInterrupt:
            shown.end()
            self.stderr.write("Stopped. What is imported stays; run the command again to go on.")
            sys.exit(130)
        finally:
            shown.end()
            lines.close()
        for line in lines.sums():
            self.stdout.write(line)
        self.stdout.write(f"Each mail's outcome: {path} ({time.monotonic() - began:.0f} s)")
