"""A held mail is confirmed: the page its link opens only shows it; the button posts it."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core import tokens
from notifications import inbound
from notifications.intake import cases, replying
from notifications.models import Arrival

LINK_DAYS = 14


@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request, token):
    """Show a held mail to the member it was held for; POST says it is theirs, or is not."""
    pk = tokens.unsign("confirm", token, days=LINK_DAYS)
    arrival = Arrival.objects.filter(pk=pk, member__is_active=True).first() if isinstance(pk, int) else None
    if arrival is None:
        raise Http404
    if request.method == "POST":
        _decide(arrival, is_theirs=request.POST.get("answer") == "yes")
        return redirect(request.path)
    is_open = _is_open(arrival)
    case = cases.open_case(arrival) if is_open else None
    context = {"arrival": arrival, "case": case, "is_open": is_open, "answers": arrival.answers.all()}
    return render(request, "notifications/confirm.html", context)


def _is_open(arrival):
    return arrival.state == Arrival.State.HELD and arrival.outcome == "wrong_sender"


def _decide(arrival, *, is_theirs):
    if not is_theirs:
        held = Arrival.objects.filter(pk=arrival.pk, state=Arrival.State.HELD, outcome="wrong_sender")
        held.update(state=Arrival.State.DONE, outcome="disowned", done_at=timezone.now())
    elif _is_open(arrival) and replying.confirm(arrival):
        inbound.process(Arrival.objects.get(pk=arrival.pk))
