"""The room of a consultation or of a hearing: made with what owns it, named as it is, opened when that is published.

What owns it is locked by the caller; then come workspace, thread and journal.
"""

from django.db.models import Max
from django.utils import timezone

from core import text as texts
from forum.models import Thread, Workspace
from forum.models.workspaces import Posting, Visibility
from forum.services import threads, workspaces, writing
from journal.models import Journal
from journal.services import Draft, site_journal

LONGEST_NAME = Workspace._meta.get_field("name").max_length  # characters of it; titles may be longer


def make(owner, *, by, slug, moderators, at=None, **room):
    """Make its room, private until publication, draw its number of the year, and save it.

    room: fields of the workspace (joining, moderation, themes, regions). Raises Refused when the mail name is taken.
    """
    room = {"posting": Posting.MODERATORS, "languages": owner.languages, "visibility": Visibility.PRIVATE} | room
    owner.workspace = workspaces.create(
        by=by,
        slug=slug,
        name=texts.shortened(owner.title, LONGEST_NAME),
        names=_names(owner),
        description=texts.excerpt(owner.text, 400),
        moderators=moderators,
        at=at,
        **room,
    )
    Journal.objects.select_for_update(no_key=True).get(pk=site_journal().pk)  # two never draw one number
    last = type(owner).objects.filter(year=owner.year).aggregate(last=Max("number"))["last"]
    owner.number = (last or 0) + 1
    owner.save()


def rename(owner):
    """Give room and pinned thread the titles of what owns them, as they are now."""
    Workspace.objects.filter(pk=owner.workspace_id).update(names=_names(owner))
    if owner.thread_id:
        Thread.objects.filter(pk=owner.thread_id).update(titles=owner.titles)


def publish(owner, *, by, verb, data, files=(), at=None):
    """Show it to all who may read its room, with its note and the files as a pinned thread; returns its workspace.

    verb, data: of the entry that tells of it.
    """
    workspaces.change(by=by, workspace=owner.workspace, visibility=owner.visibility, at=at)
    workspace = Workspace.objects.locked(owner.workspace_id)
    thread = threads.new(workspace, author=by, title=owner.title, titles=owner.titles, language=owner.language, at=at)
    thread.is_pinned = True
    started = Draft(verb="thread.started", actor=by, about=thread, data={"number": thread.number}, at=at)
    published = Draft(verb=verb, actor=by, about=owner, data=data, at=at)
    text, after = owner.text or owner.title, [published, started]
    writing.append(thread, author=by, text=text, files=files, language=owner.language, at=at, after=after)
    owner.thread, owner.published_at = thread, at or timezone.now()
    owner.save(update_fields=["thread", "published_at"])
    return workspace


def _names(owner):
    return {language: texts.shortened(title, LONGEST_NAME) for language, title in owner.titles.items()}
