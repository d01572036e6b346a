"""A bulletin as it was sent, and those of an item on its page."""

from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from consultations.hearings.models import Bulletin
from consultations.hearings.wording import bulletins as wording
from core.access import find


@require_safe
def bulletin(request, year, number, bulletin):
    """In the language of the reader; every language was written when it was sent."""
    rows = Bulletin.objects.select_related("hearing__workspace", "item")
    bulletin = find(rows, request.user, number=bulletin, hearing__year=year, hearing__number=number)
    head, *lines = wording.lines(bulletin)
    context = {"bulletin": bulletin, "hearing": bulletin.hearing, "head": head, "lines": lines[:-1]}
    return render(request, "hearings/bulletin.html", context)


def section(member, item, request):
    """The bulletins of an item, for its page."""
    rows = list(item.bulletins.order_by("number"))
    for row in rows:
        row.hearing = item.hearing
    return render_to_string("hearings/_bulletins.html", {"bulletins": rows}) if rows else ""
