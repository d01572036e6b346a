"""Couriers on the web: for whom one carries, who carries for oneself, and the page on which a person objects."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core import tokens
from core.access import Refused
from notifications.couriers import delegations, sheets
from notifications.forms import DelegationForm
from notifications.models import Delegation, Issue

MOST_SHOWN = 300


@login_required
def couriers(request):
    """For whom one carries and who carries for oneself; the secretariat sees everyone's."""
    member = request.user
    form = DelegationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            delegations.add(by=member, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            messages.success(request, _("Noted."))
            return redirect("notifications:couriers")
    rows = Delegation.objects.filter(ended_at=None).select_related("courier", "person", "organisation")
    context = {
        "form": form,
        "carried": rows.filter(courier=member)[:MOST_SHOWN],
        "carriers": rows.filter(person=member)[:MOST_SHOWN],
        "others": rows.exclude(Q(courier=member) | Q(person=member))[:MOST_SHOWN] if member.is_secretariat else (),
        "issue": Issue.objects.filter(member=member).order_by("-number").first(),
    }
    return render(request, "notifications/couriers.html", context, status=422 if form.errors else 200)


def _of(request, pk):
    """A delegation this member is part of, or keeps for the secretariat."""
    rows = Delegation.objects.select_related("courier", "person")
    if not request.user.is_secretariat:
        rows = rows.filter(Q(courier=request.user) | Q(person=request.user))
    return get_object_or_404(rows, pk=pk)


@login_required
@require_POST
def agree(request, pk):
    """The person agrees that a member carries their words."""
    return _do(request, pk, delegations.agree, _("You have agreed."))


@login_required
@require_POST
def end(request, pk):
    """One of the two, or the secretariat, ends it."""
    return _do(request, pk, delegations.end, _("It has ended. What was posted stays."))


def _do(request, pk, deed, said):
    try:
        deed(by=request.user, delegation=_of(request, pk))
    except Refused as refusal:
        messages.error(request, str(refusal.reason))
    else:
        messages.success(request, said)
    return redirect("notifications:couriers")


@login_required
@require_http_methods(["GET", "POST"])
def object_for(request, pk):
    """A person who is a member objects, or the secretariat writes it down for one who is not."""
    delegation = _of(request, pk)
    if request.method == "POST":
        try:
            taken_back = delegations.object_for(by=request.user, delegation=delegation)
        except Refused as refusal:
            messages.error(request, str(refusal.reason))
        else:
            messages.success(request, _said(taken_back))
        return redirect("notifications:couriers")
    return _objection(request, delegation)


@never_cache
@require_http_methods(["GET", "POST"])
def object_to(request, token):
    """The page behind the link in a person's mail: what was posted in their name, and the button that takes it back."""
    pk = tokens.unsign("object", token, days=delegations.LINK_DAYS)
    delegation = Delegation.objects.select_related("courier").filter(pk=pk).first() if isinstance(pk, int) else None
    if delegation is None:
        raise Http404
    if request.method == "POST":
        delegations.object_to(delegation=delegation)
        return redirect(request.path)
    return _objection(request, delegation)


def _objection(request, delegation):
    context = {"delegation": delegation, "posts": delegations.carried(delegation)}
    return render(request, "notifications/object.html", context)


def _said(taken_back):
    count = len(taken_back)
    if not count:
        return _("The objection is noted; there was no post to take back.")
    said = ngettext(
        "The objection is noted; %(count)s post was taken back.",
        "The objection is noted; %(count)s posts were taken back.",
        count,
    )
    return said % {"count": count}


@login_required
def sheet(request, number):
    """An issue to print: its items with codes and lines to write on, once for each person."""
    issue = get_object_or_404(Issue, member=request.user, number=number)
    people = sheets.people(request.user)
    wanted = request.GET.getlist("for")
    if wanted:
        people = people.filter(code__in=wanted)
    context = {"issue": issue, "items": sheets.items(issue), "people": list(people[: sheets.MOST_PEOPLE])}
    return render(request, "notifications/sheet.html", context)
