"""Held mails and addresses are confirmed: the page a link opens only shows what is asked; the button does it."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core import tokens
from members.services import addresses
from notifications import inbound
from notifications.intake import cases, confirming
from notifications.models import Arrival

LINK_DAYS = 14


@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request, token):
    """Show a held mail to the member it was held for; POST says it is theirs, or is not."""
    pk = tokens.unsign("confirm", token, days=LINK_DAYS)
    rows = Arrival.objects.filter(pk=pk, member__is_active=True).select_related("member__mail")
    arrival = rows.first() if isinstance(pk, int) else None
    if arrival is None or confirming.is_revoked(arrival.member, arrival.received_at):
        raise Http404
    if request.method == "POST":
        _decide(arrival, request.POST.get("answer"))
        return redirect(request.path)
    is_open = _is_open(arrival)
    case = cases.open_case(arrival) if is_open else None
    context = {
        "arrival": arrival,
        "case": case,
        "is_open": is_open,
        "can_add": is_open and confirming.can_add(arrival),
        "answers": arrival.answers.all(),
    }
    return render(request, "notifications/confirm.html", context)


def _is_open(arrival):
    return arrival.state == Arrival.State.HELD and arrival.outcome == "wrong_sender"


def _decide(arrival, answer):
    if answer not in ("yes", "add"):
        confirming.disown(arrival)
    elif _is_open(arrival) and confirming.confirm(arrival):
        if answer == "add":
            confirming.add_and_tell(arrival)
        inbound.process(Arrival.objects.get(pk=arrival.pk))


@never_cache
@require_http_methods(["GET", "POST"])
def own_address(request, token):
    """Add an address to an account; the link went to that address only."""
    found = confirming.read_link(token)
    if found is None:
        raise Http404
    member, address = found
    if request.method == "POST":
        addresses.add(by=member, member=member, address=address)
        return redirect(request.path)
    context = {"member": member, "address": address, "is_theirs": member.owns(address)}
    return render(request, "notifications/own_address.html", context)
