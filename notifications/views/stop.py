"""One click stops a kind of mail (RFC 8058): a POST from a mail program, without a cookie, as often as it likes.

Opening the link only shows a button: programs that look into links must not stop anybody's mail.
"""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.languages import speaking
from forum.models import Thread, Workspace
from members.models import Member
from notifications import letters, subscriptions
from notifications.models.subscriptions import Cadence


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, token):
    """Say what the link stops; POST stops it. The token is the permission, no sign-in is needed."""
    found = letters.read_stop_token(token)
    member = Member.objects.filter(pk=found[0]).first() if found else None
    if member is None:
        raise Http404
    _member, kind, pk = found
    with speaking(member.language):
        thing = _thing(kind, pk)
        if request.method == "POST":
            _stop(member, kind, thing)
        context = {"what": _what(member, kind, thing), "is_done": request.method == "POST"}
        return render(request, "notifications/stop.html", context)


def _thing(kind, pk):
    """The workspace or thread; None for digests, and when it is gone, with which its mail has stopped anyway."""
    model = {letters.WORKSPACE: Workspace, letters.THREAD: Thread}.get(kind)
    return model.objects.filter(pk=pk).first() if model else None


def _stop(member, kind, thing):
    if kind == letters.DIGESTS:
        subscriptions.stop_digests(member=member)
    elif kind == letters.WORKSPACE and thing:
        subscriptions.follow(member=member, workspace=thing, cadence=Cadence.NONE)
    elif kind == letters.THREAD and thing:
        subscriptions.follow(member=member, thread=thing, cadence=Cadence.NONE)


def _what(member, kind, thing):
    """What stops, by its name while the member may know it: the link works for longer than a seat lasts."""
    if kind == letters.DIGESTS:
        return _("all digests")
    is_seen = thing is not None and type(thing).objects.visible_to(member).filter(pk=thing.pk).exists()
    return _("mail about “%(name)s”") % {"name": thing if is_seen else "–"}
