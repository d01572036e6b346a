"""`manage.py export_mbox WORKSPACE [FILE]`: writes a workspace's posts as an mbox. docs/operate-archives.md."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from forum.models import Workspace
from notifications.archives import exporter


class Command(BaseCommand):
    help = "Write the published posts of a workspace as an mbox that mail programs and import_mbox read."

    def add_arguments(self, parser):
        parser.add_argument("workspace", help="the workspace's mail name")
        parser.add_argument("file", nargs="?", type=Path, help="where to write (default: standard output)")
        parser.add_argument("--addresses", action="store_true", help="show people's addresses; otherwise none is told")

    def handle(self, *, workspace, file, addresses, **options):
        room = Workspace.objects.filter(slug=workspace).first()
        if room is None:
            raise CommandError(f"There is no workspace {workspace!r}. Give its mail name, as in its web address.")
        if file is None:
            exporter.write(room, sys.stdout.buffer, with_addresses=addresses)
            return
        part = file.with_name(f"{file.name}.part")  # a file of that name is whole or it is not there
        with part.open("wb") as out:
            count = exporter.write(room, out, with_addresses=addresses)
        part.replace(file)
        self.stdout.write(f"{count} mails in {file}")
