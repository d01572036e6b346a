"""`manage.py import_jsonl DIR`: takes members, workspaces, threads and posts from files of JSON lines.

Running it again adds nothing. docs/operate-archives.md.
"""

import time
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from core.access import Refused
from notifications.archives import jsonl, progress


class Command(BaseCommand):
    help = "Import members.jsonl, workspaces.jsonl, threads.jsonl and posts.jsonl from a folder."

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path, help="the folder with the four files")

    def handle(self, *, folder, **options):
        began = time.monotonic()
        shown = progress.Progress(self.stderr)
        try:
            loader = jsonl.Loader(folder, progress=shown)
            loader.load()
        except jsonl.Malformed as error:
            raise CommandError(f"{error}. What was read before it stays; mend the file and run again.") from error
        except (KeyError, ValidationError) as error:
            raise CommandError(f"A line lacks what it needs, or points to nothing: {error}.") from error
        except Refused as refused:
            raise CommandError(str(refused.reason)) from refused
        finally:
            shown.end()
        for what in ("workspaces", "members", "seats", "posts"):
            self.stdout.write(f"{what}: {loader.added[what]} imported, {loader.known[what]} were here")
        for post, reason in loader.refused:
            self.stdout.write(f"post {post} refused: {reason}")
        self.stdout.write(f"{time.monotonic() - began:.0f} s")
