"""What the page of a workspace and the home page show of hearings: what is on and what comes soon."""

from datetime import timedelta

from django.template.loader import render_to_string
from django.utils import timezone

from consultations.hearings import glance
from consultations.hearings.models import Hearing
from consultations.hearings.rules import hearings as rules

SOON = timedelta(days=7)
AT_HOME = 6


def hearing(member, workspace, request):
    """The hearing that owns the room, and where it stands; one query for a room without. Who has a seat before it is
    published hears that something is coming; nothing of what is prepared.
    """
    found = Hearing.objects.filter(workspace=workspace).prefetch_related("sessions").first()
    if found is None:
        return ""
    found.workspace = workspace
    is_shown = found.is_published or rules.preside(member, found)
    context = {"hearing": found if is_shown else None}
    context["next_session"] = glance.next_session(found, timezone.now()) if is_shown else None
    return render_to_string("hearings/_room.html", context, request=request)


def at_home(member, workspace, request):
    """The hearings that are on, and those that come within a week; two queries."""
    found = glance.running(member, timezone.now(), within=SOON)[:AT_HOME]
    return render_to_string("hearings/_at_home.html", {"hearings": found}, request=request) if found else ""
