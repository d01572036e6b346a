"""`manage.py renew_html`: draws stored texts anew whose HTML was made by an earlier renderer.

Run it after an upgrade that says so. It can be stopped and run again; what is renewed already is passed over.
"""

from django.core.management.base import BaseCommand
from django.db import transaction

from core import text as texts
from forum.models import Post, Revision, Workspace

BATCH = 200


class Command(BaseCommand):
    help = "Draw posts, earlier wordings and descriptions anew whose HTML an older renderer made."

    def handle(self, **options):
        renewed = 0
        while batch := self.next_batch():
            renewed += len(batch)
            if options["verbosity"]:
                self.stdout.write(f"{renewed} posts renewed", ending="\r")
        for workspace in Workspace.objects.all():
            Workspace.objects.filter(pk=workspace.pk).update(html=texts.render(workspace.description))
        self.stdout.write(f"{renewed} posts renewed.      ")

    def next_batch(self):
        """Renew some posts with their earlier wordings, locked so that an edit meanwhile is not undone."""
        with transaction.atomic():
            old = Post.objects.filter(html_version__lt=texts.RENDERER_VERSION).order_by("pk")
            batch = list(old.select_for_update(of=("self",), no_key=True)[:BATCH])
            for post in batch:
                post.html, post.html_version = texts.render(post.text), texts.RENDERER_VERSION
            Post.objects.bulk_update(batch, ["html", "html_version"])
            wordings = list(Revision.objects.filter(post__in=[post for post in batch if post.revision_count]))
            for wording in wordings:
                wording.html = texts.render(wording.text)
            Revision.objects.bulk_update(wordings, ["html"])
        return batch
