"""What did I miss? A page for whoever comes late, or back: since an hour of the room, a moment, or an item."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultations.hearings import missed as lines
from consultations.hearings.views import screens
from core.access import find


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
            "since": asked,
            "is_unknown": bool(asked) and since is None,
        }
        return render(request, "hearings/missed.html", context)
