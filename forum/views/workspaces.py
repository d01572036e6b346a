"""The rooms: home, their list, one of them with its threads, and how they are opened, changed and closed."""

from html import unescape

from django import forms
from django.conf import settings
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.shortcuts import render
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core.access import find
from core.deeds import deed, perform, posted
from forum import pages, rules
from forum.forms import FilterForm, NewWorkspaceForm, WorkspaceForm
from forum.models import Thread, Workspace
from forum.models.posts import State
from forum.services import reading
from forum.services import workspaces as service

ROOMS = 50
LATEST = 12


@require_safe
def home(request):
    """For a member: their rooms with what is new, and the latest threads. For a visitor: what this is."""
    rooms = Workspace.objects.visible_to(request.user)
    seated = seats_of(request.user)
    if seated:
        rooms = rooms.filter(pk__in=seated)
    rooms = list(rooms.prefetch_related("themes")[:ROOMS])
    count_new(request.user, rooms, seated)
    latest = Thread.objects.visible_to(request.user).listed().filter(workspace__in=rooms, post_count__gt=0)
    latest = latest.select_related("workspace", "author").with_unread(request.user).order_by("-last_post_at", "-pk")
    return render(request, "forum/home.html", {"workspaces": rooms, "threads": list(latest[:LATEST]), "seated": seated})


def seats_of(member):
    """The ids of the rooms in which a member has a seat."""
    return set(member.seats.values_list("workspace", flat=True)) if member.is_authenticated else set()


@require_safe
def workspaces(request):
    """Every room one may see, by name; by theme, region and language if asked."""
    form = FilterForm(request.GET)
    rooms = chosen(Workspace.objects.visible_to(request.user), form)
    after = request.GET.get("after", "")
    if after.isdecimal() and (last := Workspace.objects.visible_to(request.user).filter(pk=after[:18]).first()):
        rooms = rooms.filter(Q(name__gt=last.name) | Q(name=last.name, pk__gt=last.pk))
    rooms = list(rooms.prefetch_related("themes").order_by("name", "pk")[: ROOMS + 1])
    rooms, more = rooms[:ROOMS], len(rooms) > ROOMS
    seated = seats_of(request.user)
    count_new(request.user, rooms, seated)
    context = {
        "workspaces": rooms,
        "seated": seated,
        "form": form,
        "more": rooms[-1].pk if more else "",
        "may_create": bool(rules.create_workspace(request.user)),
    }
    return render(request, "forum/workspaces.html", context)


def chosen(rooms, form):
    form.is_valid()  # what does not exist is not asked for
    given = form.cleaned_data
    if given.get("theme"):
        rooms = rooms.filter(themes=given["theme"])
    if given.get("region"):
        rooms = rooms.filter(regions=given["region"])
    if given.get("language"):
        # SQLite cannot look into a JSON list; as text the code stands in quotes.
        spoken = Cast("languages", TextField())
        rooms = rooms.alias(spoken=spoken).filter(spoken__contains=f'"{given["language"]}"')
    return rooms


def count_new(member, rooms, seated):
    """Give each room in which the member has a seat `new`, how many of its posts they have not seen."""
    news = reading.new_posts(member, [room for room in rooms if room.pk in seated])
    for room in rooms:
        room.new = news.get(room.pk, 0)


@require_safe
def workspace(request, slug):
    """One room: what it is for, its threads, and the way in for those without a seat."""
    workspace = find(Workspace, request.user, slug=slug)
    threads = Thread.objects.visible_to(request.user).listed().filter(workspace=workspace).select_related("author")
    after = request.GET.get("after", "")
    after = workspace.threads.filter(pk=after).first() if after.isdecimal() and len(after) < 18 else None
    listed, more = pages.thread_list(threads.with_unread(request.user), after=after)
    moderates = bool(rules.moderate(request.user, workspace))
    context = {
        "workspace": workspace,
        "threads": listed,
        "more": more,
        "is_continued": after is not None,
        "seat": workspace.seat_of(request.user),
        "moderates": moderates,
        "waiting": waiting(workspace) if moderates else {},
        "summary": Truncator(unescape(strip_tags(workspace.html))).words(30),
        "canonical": f"{settings.SITE_URL}{workspace.get_absolute_url()}",
    }
    for deed_name in ("start", "join", "request_seat"):
        context[f"may_{deed_name}"] = bool(getattr(rules, deed_name)(request.user, workspace))
    return render(request, "forum/workspace.html", context)


def waiting(workspace):
    """What moderators should look at."""
    pending = workspace.threads.filter(posts__state=State.PENDING).values("posts").count()
    return {"posts": pending, "requests": workspace.join_requests.filter(state="open").count()}


@deed
def create_workspace(request):
    def create(moderator, **fields):
        return service.create(by=request.user, moderators=[moderator], **fields)

    return perform(
        request,
        "forum/create_workspace.html",
        form=NewWorkspaceForm(posted(request), initial={"languages": ["en"]}),
        do=create,
        rule=rules.create_workspace,
        said=_("The workspace is open."),
    )


@deed
def change_workspace(request, slug):
    workspace = find(Workspace, request.user, slug=slug)
    # The form writes into the instance it is given; the service compares with what is stored.
    form = WorkspaceForm(posted(request), instance=Workspace.objects.get(pk=workspace.pk))
    return perform(
        request,
        "forum/change_workspace.html",
        form=form,
        do=lambda **fields: service.change(by=request.user, workspace=workspace, **fields),
        rule=rules.moderate,
        about=workspace,
        said=_("The workspace is changed."),
    )


@deed
def close_workspace(request, slug):
    workspace = find(Workspace, request.user, slug=slug)
    return perform(
        request,
        "forum/close_workspace.html",
        form=forms.Form(posted(request)),
        do=lambda: service.close(by=request.user, workspace=workspace),
        rule=rules.moderate,
        about=workspace,
        said=_("The workspace is closed: it can be read, and only moderators post in it."),
    )


@deed
def reopen_workspace(request, slug):
    workspace = find(Workspace, request.user, slug=slug)
    return perform(
        request,
        "forum/reopen_workspace.html",
        form=forms.Form(posted(request)),
        do=lambda: service.reopen(by=request.user, workspace=workspace),
        rule=rules.moderate,
        about=workspace,
        said=_("The workspace is open again."),
    )
