"""The thread page, and what is done with a thread as a whole."""

from html import unescape

from django import forms
from django.conf import settings
from django.shortcuts import redirect, render
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core.access import find
from core.deeds import deed, perform, posted
from forum import keepers, pages, rules
from forum.forms import PostForm, ReasonForm, ThreadForm
from forum.models import Post, Thread, Workspace
from forum.models.posts import State
from forum.services import reading, threads
from members.rules import sign_in

ORDERS = {"time": "number"}  # anything else: nested, by path
WITH_ROOM = Thread.objects.select_related("workspace__journal")


@require_safe
def thread(request, pk):
    """Twenty posts, and where the others are. The journal's head is read before them: live pages go on from there."""
    thread = find(WITH_ROOM, request.user, pk=pk)
    moderates = bool(rules.moderate(request.user, thread.workspace))
    placed = Post.objects.placed_for(request.user, moderates=moderates)
    asked = {name: request.GET.get(name, "") for name in ("order", "from", "at", "before")}
    page = pages.thread_page(
        placed.as_shown(),
        thread,
        order=ORDERS.get(asked["order"], "path"),
        start=asked["from"],
        at=asked["at"],
        before=asked["before"],
    )
    for post in page.posts:
        post.thread = thread
    keepers.annotate(page.posts)
    answer = rules.reply(request.user, thread)
    context = {
        "thread": thread,
        "workspace": thread.workspace,
        "page": page,
        "shown": set(page.numbers),
        "order": "&order=time" if asked["order"] == "time" else "",
        "moderates": moderates,
        "seat": thread.workspace.seat_of(request.user),
        "may_reply": bool(answer),
        "why_not": "" if answer else answer.reason,
        "takes_replies": keepers.takes_replies(thread),
        "head": keepers.draw(request.user, thread, request),
        **note_reading(request.user, thread, placed, page),
        "form": PostForm(member=request.user, thread=thread, about=thread.reference) if answer else None,
        "summary": summary(page),
        "canonical": f"{settings.SITE_URL}{thread.get_absolute_url()}" + canonical_query(page),
    }
    return render(request, "forum/thread.html", context)


def summary(page):
    """What a search engine shows of the page: how its first post begins."""
    first = next((post for post in page.posts if post.is_readable), None)
    return Truncator(unescape(strip_tags(first.html))).words(30) if first else ""


def canonical_query(page):
    """Where the page begins, for search engines: one address for one page, whatever led to it."""
    return f"?from={page.posts[0].number}" if page.before else ""


def note_reading(member, thread, placed, page):
    """Mark what is new on the page and note that it was shown: how much is new, and where that begins."""
    if not member.is_authenticated:
        return {"unread": 0}
    mark = reading.mark_of(member, thread)
    unseen = [post for post in page.posts if mark.pk and reading.is_new(mark, post.number)]
    news = [post for post in unseen if post.author_id != member.pk]
    for post in news:
        post.is_new = True
    own = len(unseen) - len(news)
    unread = thread.last_number - mark.number - len(mark.ahead) - own if mark.pk else 0
    reading.show(mark, thread, placed, page.numbers)
    return {"unread": unread, "first_new": min((post.number for post in news), default=None)}


@require_safe
@deed
def unread(request, pk):
    """Go to the first post that is new to the member; to the newest page when nothing is."""
    thread = find(WITH_ROOM, request.user, pk=pk)
    moderates = bool(rules.moderate(request.user, thread.workspace))
    placed = Post.objects.placed_for(request.user, moderates=moderates)
    number = reading.first_unread(reading.mark_of(request.user, thread), thread, placed)
    return redirect(f"{thread.get_absolute_url()}?at={number}#p{number}" if number else thread)


@deed
def mark_read(request, pk):
    thread = find(WITH_ROOM, request.user, pk=pk)
    return perform(
        request,
        "forum/mark_read.html",
        form=forms.Form(posted(request)),
        do=lambda: reading.read_all(member=request.user, thread=thread),
        rule=sign_in,
        about=thread,
        back=thread.workspace,
    )


@deed
def start(request, slug):
    workspace = find(Workspace, request.user, slug=slug)
    form = ThreadForm(posted(request), request.FILES or None, member=request.user, about=workspace.reference)
    return perform(
        request,
        "forum/start.html",
        form=form,
        do=lambda **fields: threads.start(author=request.user, workspace=workspace, **fields),
        rule=rules.start,
        sees=rules.may_write,
        about=workspace,
        said=said_of_thread,
    )


def said_of_thread(thread):
    if thread.post_count:
        return ""
    return _("Your thread waits for a moderator. Until then only you and the moderators see it.")


def said_of_post(post):
    if not isinstance(post, Post):  # what the keeper of the thread made of it
        return post.note[:1].upper() + post.note[1:]
    if post.state != State.PENDING:
        keeper = keepers.of(post.thread)
        said = str(keeper.receipt(post)) if keeper and keeper.receipt else ""
        return said[:1].upper() + said[1:]
    return _("Your post waits for a moderator. Until then only you and the moderators see it.")


@deed
def close(request, pk):
    thread = find(WITH_ROOM, request.user, pk=pk)
    return perform(
        request,
        "forum/close.html",
        form=ReasonForm(posted(request)),
        do=lambda reason: threads.close(by=request.user, thread=thread, reason=reason),
        rule=rules.close,
        about=thread,
        said=_("The thread is closed: it can be read, and only moderators post in it."),
    )


def plain(request, pk, *, template, service, rule, said):
    """A deed on a thread that asks for nothing but a yes."""
    thread = find(WITH_ROOM, request.user, pk=pk)
    return perform(
        request,
        template,
        form=forms.Form(posted(request)),
        do=lambda: service(by=request.user, thread=thread),
        rule=rule,
        about=thread,
        said=said,
    )


@deed
def reopen(request, pk):
    said = _("The thread is open again.")
    return plain(request, pk, template="forum/reopen.html", service=threads.reopen, rule=rules.close, said=said)


@deed
def pin(request, pk):
    said = _("The thread stays at the top of its workspace.")
    return plain(request, pk, template="forum/pin.html", service=threads.pin, rule=rules.pin, said=said)


@deed
def unpin(request, pk):
    said = _("The thread is sorted like the others again.")
    return plain(request, pk, template="forum/unpin.html", service=threads.unpin, rule=rules.pin, said=said)
