"""How a post becomes HTML on a page, kept in memory while nothing that shows in it has changed.

Drawing twenty posts takes longer than all the rest of a thread page. What a post looks like follows from its
`Look` and from nothing else, so an equal look is drawn once; a change of a name, a state or a word is another look.
"""

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

MOST = 4_000  # looks kept in a process, some 2 kB each
LONGEST = 8_000  # characters of HTML; a longer post is drawn each time

_kept: OrderedDict["Look", str] = OrderedDict()
_lock = Lock()


class Look(NamedTuple):
    """Everything forum/_post.html shows."""

    pk: int
    thread_id: int
    number: int
    path: str
    html: str
    state: str
    reason: str
    author_id: int | None
    author: str
    carried_by: str
    organisation: str
    country: str
    language: str
    channel: str
    revisions: int
    sent_at: object
    parent: tuple
    is_readable: bool
    is_new: bool
    is_own: bool
    is_member: bool
    may_reply: bool
    order: str
    note: tuple
    page_language: str
    zone: str


def draw(post, *, member, may_reply, shown, order):
    """The HTML of a post as it stands on a thread page for this member; `shown` are the numbers on the page."""
    context = {"post": post, "user": member, "may_reply": may_reply, "shown": shown, "order": order}
    context["language"] = get_language()
    if post.file_count or len(post.html) > LONGEST or settings.DEBUG:
        return render_to_string("forum/_post.html", context)
    look = _look(post, member, may_reply, shown, order)
    with _lock:
        if (drawn := _kept.get(look)) is not None:
            _kept.move_to_end(look)
            return drawn
    drawn = render_to_string("forum/_post.html", context)
    with _lock:
        _kept[look] = drawn
        if len(_kept) > MOST:
            _kept.popitem(last=False)
    return drawn


def _look(post, member, may_reply, shown, order):
    parent = post.parent
    note = getattr(post, "note", None)
    is_member = member.is_authenticated
    return Look(
        post.pk,
        post.thread_id,
        post.number,
        post.path,
        post.html,
        post.state,
        post.state_reason,
        post.author_id,
        str(post.author_name),
        str(post.carried_by.shown_name) if post.carried_by else "",
        post.organisation.short_name if post.organisation else "",
        post.country,
        post.language,
        post.channel,
        post.revision_count,
        post.sent_at,
        (parent.number, str(parent.author_name), parent.number in shown) if parent else (),
        bool(post.is_readable),
        getattr(post, "is_new", False),
        is_member and post.author_id == member.pk,
        is_member,
        may_reply,
        order,
        (str(note.text), note.url) if note else (),
        get_language(),
        timezone.get_current_timezone_name(),
    )
