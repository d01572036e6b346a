"""Threads are started, closed, reopened, pinned and unpinned."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from core import text as texts
from core.access import Refused, require
from forum import rules
from forum.models import Thread, Workspace
from forum.services import writing
from journal.services import Draft, record


def start(*, author, workspace, title, text, at=None, **post_fields):
    """Start a thread with its first post; returns the thread. `post_fields` are those of `posts.reply`.

    Raises Refused when the author may not start threads here, or when title or text is empty.
    """
    with transaction.atomic():
        workspace = (
            Workspace.objects.select_for_update(of=("self",), no_key=True)
            .select_related("journal")
            .get(pk=workspace.pk)
        )
        require(rules.start, author, workspace, text=text)
        if (key := post_fields.get("key")) and (earlier := writing.already_posted(key)):
            return earlier.thread
        title = texts.clean_line(title, 200)
        if not title:
            raise Refused(_("A thread needs a title. Your text was not posted; it is kept below."), text=text)
        thread = new(workspace, author=author, title=title, language=post_fields.get("language", ""), at=at)
        started = Draft(verb="thread.started", actor=author, about=thread, data={"number": thread.number}, at=at)
        writing.append(thread, author=author, text=text, at=at, after=[started], **post_fields)
    return thread


def close(*, by, thread, reason="", at=None):
    """Close a thread: it stays readable, only moderators still post in it."""
    with transaction.atomic():
        thread = Thread.objects.locked(thread.pk)
        require(rules.close, by, thread)
        if thread.is_open:
            thread.closed_at, thread.closed_reason = at or timezone.now(), texts.clean_line(reason, 400)
            thread.save(update_fields=["closed_at", "closed_reason"])
            record("thread.closed", actor=by, about=thread, data={"reason": thread.closed_reason}, at=at)
    return thread


def reopen(*, by, thread):
    """Open a closed thread again."""
    with transaction.atomic():
        thread = Thread.objects.locked(thread.pk)
        require(rules.close, by, thread)
        if not thread.is_open:
            thread.closed_at, thread.closed_reason = None, ""
            thread.save(update_fields=["closed_at", "closed_reason"])
            record("thread.reopened", actor=by, about=thread)
    return thread


def pin(*, by, thread, at=None):
    """Keep a thread at the top of its workspace."""
    with transaction.atomic():
        thread = Thread.objects.locked(thread.pk)
        require(rules.pin, by, thread)
        if not thread.is_pinned:
            thread.is_pinned = True
            thread.save(update_fields=["is_pinned"])
            record("thread.pinned", actor=by, about=thread, at=at)
    return thread


def unpin(*, by, thread):
    """Let a pinned thread go back to its place."""
    with transaction.atomic():
        thread = Thread.objects.locked(thread.pk)
        require(rules.pin, by, thread)
        if thread.is_pinned:
            thread.is_pinned = False
            thread.save(update_fields=["is_pinned"])
            record("thread.unpinned", actor=by, about=thread)
    return thread


def new(workspace, *, author, title, titles=None, language="", kept_by="", at=None):
    """A new thread with its number, in a workspace the caller has locked; it is written with its first post.

    titles: {language: title} in other languages. kept_by: the keeper it belongs to (see forum/keepers.py).
    """
    number = workspace.last_thread_number + 1
    Workspace.objects.filter(pk=workspace.pk).update(last_thread_number=F("last_thread_number") + 1)
    workspace.last_thread_number = number
    at = at or timezone.now()
    return Thread(
        workspace=workspace,
        number=number,
        title=title,
        titles=titles or {},
        language=language,
        author=author,
        kept_by=kept_by,
        created_at=at,
        last_post_at=at,
    )
