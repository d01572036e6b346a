"""How sending goes, for the secretariat: what waits, how fast it leaves, what is held, and the switch that pauses it.

The page is plain and complete; `?watch` makes the browser fetch it again every ten seconds.
"""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core.access import Refused, require
from core.deeds import deed
from notifications import rules
from notifications.models import Destination
from notifications.outbox import destinations, pauses, progress

WATCH_SECONDS = 10


@never_cache
@deed
def sending(request):
    """Letters by urgency and state, the rate of the last minutes, domains that are held, and the pause switch."""
    require(rules.watch_sending, request.user)
    is_watched = "watch" in request.GET
    context = {"progress": progress.look(), "is_watched": is_watched, "minutes": progress.LATELY.seconds // 60}
    response = render(request, "notifications/sending.html", context)
    if is_watched:
        response["Refresh"] = str(WATCH_SECONDS)
    return response


@deed
@require_POST
def pause(request):
    """Let no mail leave but sign-in codes."""
    return _done(
        request,
        lambda: pauses.pause(by=request.user, reason=request.POST.get("reason", "")),
        _("Sending is paused. Sign-in codes still leave."),
    )


@deed
@require_POST
def resume(request):
    """Let mail leave again."""
    return _done(request, lambda: pauses.resume(by=request.user), _("Mail leaves again."))


@deed
@require_POST
def release(request, pk):
    """Send to a domain again before its pause ends."""
    require(rules.pause_sending, request.user)
    domain = get_object_or_404(Destination, pk=pk).domain
    return _done(
        request,
        lambda: destinations.release(domain, by=request.user),
        _("Letters to %(domain)s leave again.") % {"domain": domain},
    )


def _done(request, do, said):
    require(rules.pause_sending, request.user)
    try:
        do()
    except Refused as refusal:
        messages.error(request, str(refusal.reason))
    else:
        messages.success(request, said)
    return redirect("notifications:sending")
