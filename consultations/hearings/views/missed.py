"""What did I miss? A page for whoever comes late, or back: since an hour of the room, a moment, or an item."""

from datetime import timedelta

from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import time_format
from django.views.decorators.http import require_safe

from consultations.hearings import missed as lines
from consultations.hearings.views import screens
from core.access import find

A_DAY = timedelta(days=1)


@require_safe
def missed(request, year, number):
    """Under 15 KB however much happened; what had no room is counted."""
    hearing = find(screens.WITH_ROOM, request.user, year=year, number=number)
    asked = request.GET.get("since", "")
    since = lines.moment(hearing, asked)
    with timezone.override(hearing.zone):
        found = lines.gather(hearing, since or timezone.now() - lines.BEFORE)
        context = {
            "hearing": hearing,
            "missed": found,
            "head": lines.head(hearing, found),
            "since": _shown(asked, since),
            "is_unknown": bool(asked) and since is None,
        }
        return render(request, "hearings/missed.html", context)


def _shown(asked, since):
    """What stands in the field: of a moment, as live pages ask for it, its hour in the room."""
    is_hour = since and "T" in asked and timezone.now() - since < A_DAY
    return time_format(timezone.localtime(since), "TIME_FORMAT") if is_hour else asked
