"""The screen of those who take part in a hearing, made for a phone."""

from datetime import timedelta

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultations.hearings import state
from consultations.hearings.models import Speaker
from consultations.hearings.screens import speakers
from consultations.hearings.views import screens
from core.access import find


@require_safe
def live(request, year, number):
    """Who speaks, what is before the hearing, and one's own place."""
    hearing = find(screens.WITH_ROOM, request.user, year=year, number=number)
    context = screens.now(hearing)
    if request.user.is_authenticated:
        context["state"]["mine"] = mine(request.user, hearing, context["state"])
    return render(request, "hearings/live.html", context | {"still": "still" in request.GET})


def mine(member, hearing, shown):
    """Where a member stands in the state that everybody sees: their place, and about when it is their turn.

    static/hearing.js reckons the same whenever the queue has moved.
    """
    floor, following = shown["floor"], shown["next"]
    queue = following["queue"] if following else []
    place = next((at for at, (_speaker, one, _seconds) in enumerate(queue) if one == member.pk), None)
    own = {"speaking": bool(floor) and floor["speaker"]["member"] == member.pk, "place": 0, "at": None, "speaker": None}
    if place is not None:
        wait = sum(seconds for _speaker, _one, seconds in queue[:place]) + (
            speakers.seconds_left(floor["clock"]) if floor else 0
        )
        at = state.moment(timezone.now() + timedelta(seconds=max(0, wait)))
        own |= {"place": place + 1, "at": at, "speaker": queue[place][0]}
    requests = Speaker.objects.filter(item__hearing=hearing, member=member, state=Speaker.State.REQUESTED)
    return own | {"requested": list(requests.values_list("pk", flat=True))}
