"""The list of hearings, and the pages of one and of an item of its agenda."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from consultations.hearings.models import Hearing, Item
from consultations.hearings.rules import hearings as rules
from consultations.hearings.views import places
from core.access import find

MOST = 60
WITH_ROOM = Hearing.objects.select_related("workspace__journal").prefetch_related("sessions")


@require_safe
def hearings(request):
    """Those one may follow, the latest first."""
    rows = Hearing.objects.visible_to(request.user).prefetch_related("sessions")[:MOST]
    return render(
        request, "hearings/hearings.html", {"hearings": rows, "may_prepare": bool(rules.prepare(request.user))}
    )


@require_safe
def hearing(request, year, number):
    """One hearing at a glance."""
    hearing = find(WITH_ROOM, request.user, year=year, number=number)
    context = {
        "hearing": hearing,
        "items": hearing.items.all(),
        "sections": places.hearing_sections(request.user, hearing, request),
        "tools": places.tools(request.user, hearing),
    }
    return render(request, "hearings/hearing.html", context)


@require_safe
def item(request, year, number, item):
    """One item of the agenda."""
    items = Item.objects.select_related("hearing__workspace__journal", "thread")
    item = find(items, request.user, pk=item, hearing__year=year, hearing__number=number)
    context = {
        "item": item,
        "hearing": item.hearing,
        "sections": places.item_sections(request.user, item, request),
        "tools": places.item_tools(request.user, item),
    }
    return render(request, "hearings/item.html", context)
