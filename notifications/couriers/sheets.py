"""The sheet: an issue to print on A4, with codes and lines to write on, for people who have paper and no line.

What the courier may not see any more is not printed, for the sheet is made when it is asked for.
"""

from dataclasses import dataclass

from core.text import excerpt
from forum.models import Post, Thread
from notifications import answers

MOST_PEOPLE = 40  # sheets of one print
EXCERPT = 600  # columns of each item


@dataclass(frozen=True)
class SheetItem:
    number: int
    title: str
    name: str  # who wrote what stands in `text`
    text: str


def items(issue):
    """What of an issue is printed: what can still be answered by its reader."""
    shown = []
    for item in issue.items:
        found = answers.find(issue.member, item.about)
        if found.thing is not None and found.is_open:
            post = _last_post(found.thing)
            name, text = (str(post.author_name), excerpt(post.text, EXCERPT)) if post else ("", "")
            shown.append(SheetItem(item.number, item.title, name, text))
    return shown


def _last_post(thing):
    if isinstance(thing, Post):
        return thing if thing.is_published else None
    if isinstance(thing, Thread):
        return thing.posts.published().select_related("author").order_by("-number").first()
    return None
