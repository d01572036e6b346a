"""What the page of a workspace and the home page show of consultations and ballots: what is open, and the way to it."""

from django.template.loader import render_to_string
from django.utils import timezone

from consultations import glance
from consultations.models import Ballot, Consultation, Elector
from consultations.models.ballots import State
from consultations.rules import ballots as rules
from consultations.rules import consultations as rules_of_consultations
from forum.models import Seat

OPEN = 20
AT_HOME = 6


def consultation(member, workspace, request):
    """The consultation that owns the room, and where it stands; one query for a room without. Who has a seat before it
    is published knows the name of the room, and hears here that something is coming; nothing of what is prepared.
    """
    found = Consultation.objects.filter(workspace=workspace).first()
    if found is None:
        return ""
    found.workspace = workspace
    is_shown = found.is_published or rules_of_consultations.facilitate(member, found)
    context = {"consultation": found if is_shown else None}
    context["where"] = glance.where(found, timezone.now()) if is_shown else None
    return render_to_string("consultations/_consultation_room.html", context, request=request)


def at_home(member, workspace, request):
    """The consultations that are open to this member, those that ask for something before those that are worked on, the
    one that is over first on top; and how much of it the member has answered. Six queries.
    """
    now = timezone.now()
    found = Consultation.objects.visible_to(member).running_at(now).prefetch_related("phases")[:AT_HOME]
    found = sorted(glance.progress(member, glance.stand(list(found), now)), key=lambda one: not one.where.asks)
    return render_to_string("consultations/_at_home.html", {"consultations": found}, request=request) if found else ""


def votes_at_home(member, workspace, request):
    """The open ballots in which the member, or an organisation they speak for, has not voted; one query."""
    if not member.is_authenticated:
        return ""
    waiting = Elector.objects.cast_by(member).filter(has_voted=False).values("ballot")
    seated = member.seats.exclude(role=Seat.Role.OBSERVER).values("workspace")
    found = Ballot.objects.visible_to(member).open_at(timezone.now()).filter(counted_at=None, pk__in=waiting)
    found = list(found.filter(workspace__in=seated).order_by("closes_at", "pk")[:AT_HOME])
    if not found:
        return ""
    return render_to_string("consultations/_ballots_section.html", {"ballots": found}, request=request)


def ballots(member, workspace, request):
    """The open ballots, the one that closes first on top; one query."""
    latest = list(Ballot.objects.visible_to(member).filter(workspace=workspace)[: OPEN + 1])
    running = [ballot for ballot in latest if ballot.state != State.CLOSED]
    context = {
        "ballots": running[:OPEN][::-1],
        "workspace": workspace,
        "has_more": len(latest) > len(running[:OPEN]),
        "may_open": bool(rules.open_ballot(member, workspace)),
    }
    if not (latest or context["may_open"]):
        return ""
    return render_to_string("consultations/_room.html", context, request=request)


def papers(member, consultation, request):
    """The way to papers and data, on the page of a consultation that has begun."""
    if not consultation.last_number:
        return ""
    return render_to_string("consultations/_papers.html", {"consultation": consultation}, request=request)
