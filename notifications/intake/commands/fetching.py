"""Fetching: the whole post behind an item, or the thread it is in."""

from forum.models import Post
from notifications import answers
from notifications.intake import cases

MOST_POSTS = 30  # of a thread that one mail brings


def get(case, argument):
    """`312`, `312 THREAD`: a whole post, or the thread it is in."""
    number, _space, more = argument.partition(" ")
    item = cases.item(case, number) if number.isdecimal() else None
    found = answers.find(case.member, item.about) if item else None
    if found is None or found.thing is None:
        case.replies.append(("get_nothing", {"wanted": argument}))
        return
    thread, post = (found.thing.thread, found.thing) if isinstance(found.thing, Post) else (found.thing, None)
    visible = thread.posts.published().in_order().select_related("author")
    if post is None or more == "THREAD":
        posts, left = list(visible[:MOST_POSTS]), max(0, visible.count() - MOST_POSTS)
    else:
        posts, left = list(visible.filter(pk=post.pk)), 0
    case.replies.append(("get", {"number": number, "thread": thread, "posts": posts, "left": left}))
