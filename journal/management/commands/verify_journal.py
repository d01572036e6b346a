"""`manage.py verify_journal [WORKSPACE]`: checks that the record was not rewritten.

Exit 0 when every journal (or the one named) holds, 1 with the first entry that does not.
"""

from django.core.management.base import BaseCommand, CommandError

from journal.models import Journal
from journal.verify import verify


class Command(BaseCommand):
    help = "Check the chain of digests of every journal, or of one workspace's."

    def add_arguments(self, parser):
        parser.add_argument("workspace", nargs="?", help="the workspace's mail name, or `site`")

    def handle(self, *, workspace=None, **options):
        journals = Journal.objects.order_by("name")
        if workspace:
            journals = journals.filter(name=workspace)
            if not journals:
                raise CommandError(f"There is no journal {workspace!r}. Use a workspace's mail name, or `site`.")
        for journal in journals:
            if fault := verify(journal):
                raise CommandError(f"{fault.journal}: entry {fault.seq} does not hold: {fault.reason}.", returncode=1)
            self.stdout.write(f"{journal.name}: {journal.seq} entries hold, record {journal.mark}")
