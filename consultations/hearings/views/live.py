"""The screen of those who take part in a hearing, made for a phone."""

from django.contrib.auth.views import redirect_to_login
from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from consultations.hearings import estimates, state
from consultations.hearings.models import Endorsement, Speaker
from consultations.hearings.screens import speakers, votes
from consultations.hearings.services import speakers as asking
from consultations.hearings.views import screen_deeds, screens
from core.access import find
from core.deeds import keep_draft, take_draft
from core.languages import own_code
from members.services import mandates

NEEDED = ("floor", "next", "questions")  # sections that tell where one stands
OWN = 20  # requests of one member that are shown


@require_http_methods(["GET", "HEAD", "POST"])
def live(request, year, number):
    """Who speaks, what is before the hearing, one's own place; and what one can do about it."""
    if request.method == "POST" and not request.user.is_authenticated:
        keep_draft(request)
        return redirect_to_login(request.get_full_path())
    hearing = find(screens.WITH_ROOM, request.user, year=year, number=number)

    def show(refused="", wrote="", deed=""):
        context = screens.now(hearing)
        if request.user.is_authenticated:
            own = context["state"]["mine"] = mine(request.user, hearing, context["state"])
            votes.mark(context["state"]["motion"]["open"], own)
            context["organisations"] = mandates.of(request.user)
            context["invited_as"] = asking.invited_as(request.user, hearing)
        field = "point" if request.POST.get("deed", deed) == "point" else "question"
        more = {"refused": refused, field: wrote, "still": bool(refused or wrote) or "still" in request.GET}
        return render(request, "hearings/live.html", context | more)

    if request.method != "POST":
        draft = take_draft(request)
        return show(wrote=draft.get("text", ""), deed=draft.get("deed"))

    def tell():
        return {"mine": mine(request.user, hearing, state.of(hearing, own_code(get_language()), NEEDED))}

    return screen_deeds.perform(request, hearing, screen_deeds.OF_PARTICIPANTS, show=show, tell=tell)


def mine(member, hearing, shown):
    """Where a member stands in the state that everybody sees: their place, and about when it is their turn; their
    requests, their votes, and the questions they endorsed. static/hearing.js reckons the place anew whenever the queue
    has moved.
    """
    floor, following = shown["floor"], shown["next"]
    ahead = speakers.before(following, member.pk) if following else None
    own = {"speaking": bool(floor) and floor["speaker"]["member"] == member.pk, "place": 0, "at": None}
    own |= votes.own(member, hearing)
    if ahead:
        place, wait = ahead
        wait += max(0, speakers.seconds_left(floor["clock"])) if floor else 0
        at = estimates.after(timezone.now(), wait, speakers.sittings(hearing))
        own |= {"place": place + 1, "at": state.moment(at and estimates.rounded(at))}
    rows = Speaker.objects.filter(item__hearing=hearing, member=member, state__in=("requested", "listed"))
    own["requests"] = [
        {
            "id": row.pk,
            "label": row.item.label,
            "url": reverse("hearings:speaker", args=[*hearing.url_key, row.pk]),
            "queue_name": str(row.get_queue_display()),
            "state_name": str(row.get_state_display()),
            "is_requested": row.state == Speaker.State.REQUESTED,
        }
        for row in rows.select_related("item").order_by("item__sort_key", "pk")[:OWN]
    ]
    listed = [row for name in ("shortlisted", "top") for row in shown["questions"][name]]
    numbers = [row["id"] for row in listed]
    wanted = Endorsement.objects.filter(member=member, question__hearing=hearing)
    wanted = wanted.filter(Q(question__number__in=numbers) | Q(question__merged_into__number__in=numbers))
    named = wanted.values_list("question__number", "question__merged_into__number")
    own["endorsed"] = sorted({into or number for number, into in named})
    for row in listed:
        row["endorsed"] = row["id"] in own["endorsed"]
    return own
