"""Which posts and threads stand on a page: always the same few queries, however long the whole is.

A page is found by a key, never by counting: `?from=12` begins with post 12, `?before=12` ends just before it, and
`?from=last` is the end. `?at=12`, the address of a post, begins with it too, or is the last page when it is near the
end, so that a new reply stands among those it answers. One row more than fits tells whether there is a next page.
"""

from dataclasses import dataclass

from django.db.models import Q, prefetch_related_objects

from forum.models import Post
from forum.models.posts import path_for

POSTS = 20
THREADS = 40


@dataclass
class Page:
    """Posts in the order they are shown, and where the pages beside them begin."""

    posts: list
    order: str  # "path" (nested) or "number" (order of time)
    before: int | None = None  # the previous page ends before this number
    after: int | None = None  # the next page begins with this number

    @property
    def numbers(self):
        return [post.number for post in self.posts]


def thread_page(posts, thread, *, order="path", start="", at="", before=""):
    """One page of a thread: `posts` are those of it which may be placed for the reader."""
    posts = posts.filter(thread=thread)
    fits = thread.last_number <= POSTS
    if before.isdecimal() and not fits:
        found = _backwards(posts.filter(**{f"{order}__lt": _key(thread, order, before)}), order, POSTS)
        return _page(found, order, after=int(before[:9])) if found else _page(list(_forwards(posts, order)), order)
    if start == "last" and not fits:
        return _page(_backwards(posts, order, POSTS), order)
    if (number := at or start).isdecimal() and not fits:
        found = list(_forwards(posts.filter(**{f"{order}__gte": _key(thread, order, number)}), order))
        if at and 0 < len(found) < POSTS:
            return _page(_backwards(posts, order, POSTS), order)
        if found:
            return _page(found, order)
    return _page(list(_forwards(posts, order)), order)


def _key(thread, order, number):
    """Where a number stands in an order; nowhere when there is no such post."""
    if order == "number":
        return min(int(number[:9]), 2**31 - 1)
    return Post.objects.filter(thread=thread, number=min(int(number[:9]), 2**31 - 1)).values("path")[:1]


def _forwards(posts, order):
    return posts.order_by(order)[: POSTS + 1]


def _backwards(posts, order, size):
    return list(posts.order_by(f"-{order}")[:size])[::-1]


def _page(posts, order, after=None):
    if len(posts) > POSTS:
        after = posts[POSTS].number
        posts = posts[:POSTS]
    prefetch_related_objects([post for post in posts if post.file_count], "attachments")
    first = posts[0] if posts else None
    is_first = first is None or getattr(first, order) == (path_for(1) if order == "path" else 1)
    return Page(posts, order, before=None if is_first else first.number, after=after)


def thread_list(threads, *, after=None):
    """A page of a room's threads, and the thread the next page comes after, or None."""
    if after is not None:
        older = Q(last_post_at__lt=after.last_post_at) | Q(last_post_at=after.last_post_at, pk__lt=after.pk)
        if after.is_pinned:
            threads = threads.filter(Q(is_pinned=False) | older)
        else:
            # The plain bound lets the index begin where the page begins.
            threads = threads.filter(older, is_pinned=False, last_post_at__lte=after.last_post_at)
    found = list(threads.in_order()[: THREADS + 1])
    return found[:THREADS], found[THREADS - 1] if len(found) > THREADS else None
