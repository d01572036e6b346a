"""Mail settings on the web: the page of all of them, and the small one of a single workspace or thread."""

from datetime import datetime, time

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.access import Refused, find
from forum.models import Thread, Workspace
from notifications import addresses, subscriptions
from notifications.forms import MailForm, WatchForm
from notifications.models import Subscription
from notifications.models.subscriptions import Cadence


@login_required
def settings(request):
    """Everything about a member's mail on one page."""
    member = request.user
    rooms = list(Workspace.objects.seated(member))
    rows = Subscription.objects.filter(member=member, thread=None, workspace__in=rooms)
    cadences = dict(rows.values_list("workspace", "cadence"))
    form = MailForm(request.POST or None, instance=subscriptions.profile_of(member), rooms=rooms, cadences=cadences)
    if request.method == "POST" and form.is_valid():
        _save(member, form)
        messages.success(request, _("Your mail settings were saved."))
        return redirect("notifications:settings")
    threads = Subscription.objects.filter(member=member, workspace__in=rooms).exclude(thread=None)
    context = {
        "form": form,
        "threads": threads.select_related("thread")[:100],
        "next_issue_at": _next_issue_at(form, rooms, cadences),
        "help_address": addresses.help_address(),
    }
    return render(request, "notifications/settings.html", context, status=422 if form.errors else 200)


def _next_issue_at(form, rooms, cadences):
    """When something can come next; None for who reads no digest."""
    reads = any(cadences.get(room.pk, Cadence.DAILY) in subscriptions.DIGESTS for room in rooms)
    return form.instance.next_issue_at if reads else None


@login_required
@require_POST
def revoke(request):
    """Every answer address sent so far is void."""
    subscriptions.revoke_addresses(member=request.user)
    messages.success(request, _("The old answer addresses are useless now."))
    return redirect("notifications:settings")


@login_required
def watch_workspace(request, slug):
    """How often mail comes about one workspace."""
    return _watch(request, workspace=find(Workspace, request.user, slug=slug))


@login_required
def watch_thread(request, pk):
    """How often mail comes about one thread, whatever its workspace has."""
    return _watch(request, thread=find(Thread, request.user, pk=pk))


def _watch(request, *, workspace=None, thread=None):
    cadence, is_own = subscriptions.cadence_of(request.user, workspace=workspace, thread=thread)
    chosen = cadence if workspace or is_own else ""
    form = WatchForm(request.POST or None, thread=thread, initial={"cadence": chosen})
    if request.method == "POST" and form.is_valid():
        try:
            _follow(request.user, form.cleaned_data["cadence"], workspace, thread)
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            messages.success(request, _("Saved."))
            return redirect(thread or workspace)
    room = workspace or thread.workspace
    context = {"form": form, "thing": thread or workspace, "seat": room.seat_of(request.user)}
    return render(request, "notifications/watch.html", context, status=422 if form.errors else 200)


def _follow(member, cadence, workspace, thread):
    if thread and not cadence:
        subscriptions.unfollow(member=member, thread=thread)
    else:
        subscriptions.follow(member=member, cadence=cadence, workspace=workspace, thread=thread)


def _save(member, form):
    with transaction.atomic():
        data = {name: form.cleaned_data[name] for name in subscriptions.SETTABLE}
        subscriptions.set_profile(member=member, **data)
        for name, room in form.rooms.items():
            if name in form.changed_data:
                subscriptions.follow(member=member, workspace=room, cadence=form.cleaned_data[name])
        if "paused_until" in form.changed_data:
            if day := form.cleaned_data["paused_until"]:
                until = timezone.make_aware(datetime.combine(day, time()), member.zone)
                subscriptions.pause(member=member, until=until)
            else:
                subscriptions.resume(member=member)
