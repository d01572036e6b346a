"""Posts: reply and quote, one post with all that may be done with it, its wordings, and what waits for a moderator."""

from django import forms
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core import text as texts
from core.access import find, require, whoever_finds_it
from core.deeds import deed, perform, posted
from forum import keepers, pages, rules
from forum.forms import EditForm, PostForm, ReasonForm, RedactionForm
from forum.models import Post, Workspace
from forum.models.posts import State
from forum.services import posts, redactions
from forum.views.threads import WITH_ROOM, said_of_post

WITH_ALL = Post.objects.select_related(
    "thread__workspace__journal", "author", "carried_by", "organisation", "parent__author"
).prefetch_related("attachments")


def find_post(request, pk):
    post = find(WITH_ALL, request.user, pk=pk)
    post.is_readable = True
    keepers.annotate([post])
    return post


@require_safe
def post(request, pk):
    """One post by itself, with all that this member may do with it."""
    post = find_post(request, pk)
    deeds = ("edit", "withdraw", "hide", "restore", "decide", "erase")
    may = {name: bool(getattr(rules, name)(request.user, post)) for name in deeds}
    may["reply"] = bool(rules.reply(request.user, post.thread))
    return render(request, "forum/post.html", {"post": post, "thread": post.thread, "may": may})


@require_safe
def revisions(request, pk):
    """Every wording a post had, newest first."""
    post = find_post(request, pk)
    earlier = post.revisions.select_related("replaced_by").order_by("-number")
    return render(request, "forum/revisions.html", {"post": post, "thread": post.thread, "revisions": earlier})


@deed
def reply(request, pk):
    """A reply to a thread, or with `?to=12` to one of its posts; `&quote=1` begins with what it says."""
    thread = find(WITH_ROOM, request.user, pk=pk)
    parent = answered(request, thread)
    form = PostForm(
        posted(request),
        request.FILES or None,
        member=request.user,
        thread=thread,
        about=parent.reference if parent else thread.reference,
        initial=quotation(request, parent),
    )
    return perform(
        request,
        "forum/reply.html",
        form=form,
        do=lambda **fields: posts.bring(author=request.user, thread=thread, parent=parent, **fields),
        rule=rules.reply,
        sees=whoever_finds_it,
        about=thread,
        said=said_of_post,
        context={"thread": thread, "parent": parent, "head": keepers.draw(request.user, thread, request)},
    )


def answered(request, thread):
    """The post that `?to=` names, or None; 404 when it is not there for this member."""
    number = request.GET.get("to", "")
    if not number:
        return None
    parent = find(WITH_ALL, request.user, thread=thread, number=number)
    parent.is_readable = True
    return parent


def quotation(request, parent):
    if parent is None or "quote" not in request.GET:
        return {}
    return {"text": texts.quote(parent.text, str(parent.author_name))}


@deed
def edit(request, pk):
    post = find_post(request, pk)
    return perform(
        request,
        "forum/edit.html",
        form=EditForm(posted(request), initial={"text": post.text}),
        do=lambda **fields: posts.edit(by=request.user, post=post, **fields),
        rule=rules.edit,
        sees=rules.is_author,
        about=post,
        said=_("Your post is changed; the earlier wording stays readable."),
    )


def moderates(member, post):
    return rules.moderate(member, post.thread.workspace)


def plain(request, pk, *, template, service, rule, said, form_class=forms.Form):
    """A deed on a post that asks for nothing but a yes, or for a reason."""
    post = find_post(request, pk)
    return perform(
        request,
        template,
        form=form_class(posted(request)),
        do=lambda **fields: service(by=request.user, post=post, **fields),
        rule=rule,
        sees=moderates if form_class is ReasonForm else None,
        about=post,
        said=said,
        back=lambda done: done.get_absolute_url() if done.state != State.DECLINED else done.thread.workspace,
    )


@deed
def redact(request, pk):
    """Take words out of a post; the form shows it, to copy them from."""
    post = find_post(request, pk)
    return perform(
        request,
        "forum/redact.html",
        form=RedactionForm(posted(request)),
        do=lambda **fields: redactions.redact(by=request.user, post=post, **fields),
        rule=rules.hide,
        sees=moderates,
        about=post,
        said=_("The words are taken out. Their author gets them back by mail, with the reason."),
        context={"earlier": post.redactions.select_related("made_by")},
    )


@deed
def withdraw(request, pk):
    said = _("Your post is withdrawn; its place in the thread stays.")
    return plain(request, pk, template="forum/withdraw.html", service=posts.withdraw, rule=rules.withdraw, said=said)


@deed
def hide(request, pk):
    return plain(
        request,
        pk,
        template="forum/hide.html",
        service=posts.hide,
        rule=rules.hide,
        said=_("The post is hidden; its place and your reason are shown."),
        form_class=ReasonForm,
    )


@deed
def restore(request, pk):
    said = _("The post is shown again.")
    return plain(request, pk, template="forum/restore.html", service=posts.restore, rule=rules.restore, said=said)


@deed
def approve(request, pk):
    said = _("The post is in the thread now.")
    return plain(request, pk, template="forum/approve.html", service=posts.approve, rule=rules.decide, said=said)


@deed
def decline(request, pk):
    return plain(
        request,
        pk,
        template="forum/decline.html",
        service=posts.decline,
        rule=rules.decide,
        said=_("The post is declined; its author is told your reason."),
        form_class=ReasonForm,
    )


@deed
def erase(request, pk):
    said = _("Text, earlier wordings and files are gone for good.")
    return plain(request, pk, template="forum/erase.html", service=posts.erase, rule=rules.erase, said=said)


@require_safe
@deed
def pending(request, slug):
    """What waits for a moderator, oldest first."""
    workspace = find(Workspace, request.user, slug=slug)
    require(rules.moderate, request.user, workspace)
    waiting = WITH_ALL.filter(thread__workspace=workspace, state=State.PENDING).order_by("created_at", "pk")
    waiting = list(waiting[: pages.POSTS])
    keepers.annotate(waiting)
    for post in waiting:
        post.is_readable = True
    return render(request, "forum/pending.html", {"workspace": workspace, "posts": waiting})
