"""What a live thread page is told of each journal entry: drawn once per language, then sent to all as it is.

The frames are described in docs/live.md, for those who write a client.
"""

import json
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone

from core.languages import speaking
from forum import keepers
from forum.models import Post
from forum.models.posts import PLACED
from journal import chain, verbs
from journal.models import Audience

# After these a page asks again whether its reader may still be there.
ACCESS_VERBS = ("seat.taken", "seat.left", "seat.dismissed", "seat.changed")
ACCOUNT_VERBS = ("member.changed", "member.deactivated")


@dataclass
class Drawn:
    """One entry, ready to send: `thread` is where it belongs (None: nowhere on a thread page)."""

    seq: int
    audience: str
    thread: int | None
    frames: dict  # language -> JSON text
    rechecks: str | int | None = None  # "all", or the id of the member whose access may have changed


def draw(entries, languages):
    """Draw journal entries for every thread page of a workspace."""
    posts = _posts_of(entries)
    with timezone.override("UTC"):
        return [_draw_one(entry, posts.get(entry.about), languages) for entry in entries]


def _draw_one(entry, post, languages):
    if post is not None and not post.was_shown and entry.audience == Audience.EVERYONE:
        post = None  # erased before anybody but moderators saw it
    thread_id = _thread_of(entry, post)
    frames = {}
    if thread_id is not None:
        for language in languages:
            with speaking(language):
                frames[language] = json.dumps(_frame(entry, post), ensure_ascii=False, separators=(",", ":"))
    return Drawn(entry.seq, entry.audience, thread_id, frames, _rechecks(entry))


def _thread_of(entry, post):
    if post is not None:
        return post.thread_id
    return entry.about_id if entry.about.startswith("thread:") else None


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


def _posts_of(entries):
    """The posts that entries are about, by reference, with all that drawing one needs."""
    ids = {entry.about_id for entry in entries if entry.about.startswith("post:")}
    found = Post.objects.filter(pk__in=ids).select_related(
        "author", "carried_by", "organisation", "parent__author", "thread__workspace"
    )
    found = [post for post in found.prefetch_related("attachments") if post.state in PLACED or post.state == "pending"]
    keepers.annotate(found)
    return {post.reference: post for post in found}


def _rechecks(entry):
    if entry.verb in ACCOUNT_VERBS:
        return entry.about_id
    if entry.verb == "workspace.changed":
        return "all"
    if entry.verb in ACCESS_VERBS and entry.data:
        return entry.data.get("member")
    return None
