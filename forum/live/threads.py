"""The live page of a thread: what it is told of each journal entry, and who may open it.

The frames are described in docs/live.md, for those who write a client.
"""

import json

from django.template.loader import render_to_string
from django.utils import timezone

from core.languages import speaking
from forum import keepers, rules
from forum.live import kinds
from forum.models import Post, Thread
from forum.models.posts import PLACED
from journal import chain, verbs
from journal.live.frames import Drawn
from journal.models import Audience


def register():
    kinds.register(
        kinds.Kind("threads", rows=Thread.objects.select_related("workspace__journal"), draw=draw, sees=sees)
    )


def sees(member, thread):
    """As `Thread.objects.visible_to`, of a thread at hand."""
    if not thread.workspace.is_visible_to(member):
        return False
    is_author = member.is_authenticated and thread.author_id == member.pk
    return thread.post_count > 0 or is_author or bool(rules.moderate(member, thread.workspace))


def draw(entries, languages, things, *, moderators):
    """Draw journal entries for the pages of these threads, once for each language; moderators hear what others do."""
    posts = _posts_of(entries, things)
    with timezone.override("UTC"):
        for entry in entries:
            post = posts.get(entry.about)
            if post is not None and not post.was_shown and entry.audience == Audience.EVERYONE:
                continue  # erased before anybody but moderators saw it
            thread_id = _thread_of(entry, post)
            if thread_id in things:
                yield Drawn(entry.seq, entry.audience, thread_id, _texts(entry, post, languages), entry.about)


def _thread_of(entry, post):
    if post is not None:
        return post.thread_id
    return entry.about_id if entry.about.startswith("thread:") else None


def _texts(entry, post, languages):
    texts = {}
    for language in languages:
        with speaking(language):
            texts[language] = json.dumps(_frame(entry, post), ensure_ascii=False, separators=(",", ":"))
    return texts


def _frame(entry, post):
    frame = {
        "type": "entry",
        "seq": entry.seq,
        "verb": entry.verb,
        "about": entry.about,
        "at": chain.moment(entry.at),
        "line": verbs.line(entry),
    }
    partial = verbs.partial(entry.verb)
    if post is not None and partial:
        post.is_readable = post.is_published or entry.audience == Audience.MODERATORS
        html = render_to_string(partial, {"post": post, "live": True})
        frame["post"] = {"number": post.number, "path": post.path, "depth": post.depth, "html": html}
    return frame


def _posts_of(entries, threads):
    """The posts that entries are about, by reference, with all that drawing one needs."""
    ids = {entry.about_id for entry in entries if entry.about.startswith("post:")}
    if not ids:
        return {}
    found = Post.objects.filter(pk__in=ids, thread__in=threads).select_related(
        "author", "carried_by", "organisation", "parent__author", "thread__workspace"
    )
    found = [post for post in found.prefetch_related("attachments") if post.state in PLACED or post.state == "pending"]
    keepers.annotate(found)
    return {post.reference: post for post in found}
