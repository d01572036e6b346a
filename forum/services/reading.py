"""What a member has read: showing a page of posts moves the mark, and lists count what is new.

The mark is at the highest number up to which everything was shown; what was shown beyond it is kept besides.
"""

from django.db.models import F, Sum
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from forum.models import ReadMark, Thread

MOST_AHEAD = 2_000  # numbers kept beyond the mark; what is shown after that counts as new again


def mark_of(member, thread):
    """The member's mark in a thread, an unsaved one when there is none yet."""
    return ReadMark.objects.filter(member=member, thread=thread).first() or ReadMark(member=member, thread=thread)


def is_new(mark, number):
    """Was this post never shown to the member?"""
    return number > mark.number and number not in mark.ahead


def show(mark, thread, posts, shown):
    """Note that the numbers `shown` were on a page; `posts` are those of the thread that the member can see at all.

    Moves the mark over all it may and saves it when it moved. `thread.last_number` must be from before the posts
    were read, so that a post which arrives meanwhile stays new.
    """
    ahead = {number for number in mark.ahead if number > mark.number}
    ahead |= {number for number in shown if number > mark.number}
    beyond = posts.filter(thread=thread, number__gt=mark.number, number__lte=thread.last_number).order_by("number")
    reached = thread.last_number
    for number in beyond.values_list("number", flat=True)[: len(ahead) + 1]:
        if number not in ahead:
            reached = number - 1
            break
    _save(mark, reached, sorted(number for number in ahead if number > reached)[:MOST_AHEAD])


def read_all(*, member, thread):
    """Count everything in a thread as read."""
    _save(mark_of(member, thread), thread.last_number, [])


def first_unread(mark, thread, posts):
    """The lowest number the member was not shown yet, or None."""
    beyond = posts.filter(thread=thread, number__gt=mark.number).order_by("number")
    ahead = set(mark.ahead)
    numbers = beyond.values_list("number", flat=True)[: len(ahead) + 1]
    return next((number for number in numbers if number not in ahead), None)


def new_posts(member, workspaces):
    """How many posts are new to a member in each of these rooms: `{workspace id: number}`, in one query."""
    if not member.is_authenticated:
        return {}
    counted = (
        Thread.objects.listed()
        .filter(workspace__in=workspaces, post_count__gt=0)
        .with_unread(member)
        .values("workspace")
        .annotate(new=Sum(Greatest(0, F("last_number") - Coalesce("seen", 0))))
    )
    return {row["workspace"]: row["new"] for row in counted if row["new"]}


def _save(mark, number, ahead):
    """Two pages opened at once both move the mark forward, never back."""
    new = {"number": number, "ahead": ahead, "ahead_count": len(ahead), "at": timezone.now()}
    if mark.pk is None:
        ReadMark.objects.bulk_create([ReadMark(member=mark.member, thread=mark.thread, **new)], ignore_conflicts=True)
    elif (number, ahead) != (mark.number, mark.ahead):
        ReadMark.objects.filter(pk=mark.pk, number__lte=number).update(**new)
