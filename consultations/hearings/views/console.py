"""The chair's console: at one glance who speaks, who follows, what waits for a decision; every deed is a form."""

from consultations.hearings.rules import hearings as rules
from consultations.hearings.views import screen_deeds, screens
from core.access import find, require
from core.deeds import deed


@deed
def console(request, year, number):
    """For chair and secretaries. What is refused says why and changes nothing."""
    hearing = find(screens.WITH_ROOM, request.user, year=year, number=number)
    require(rules.preside, request.user, hearing)

    def show(refused="", wrote=""):
        context = screens.now(hearing, moderators=True)
        more = {"refused": refused, "wrote": wrote, "still": bool(refused)}
        return screens.in_the_room(request, "hearings/console.html", context | more)

    if request.method == "POST":
        return screen_deeds.perform(request, hearing, screen_deeds.OF_CHAIR, show=show)
    return show()
