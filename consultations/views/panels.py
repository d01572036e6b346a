"""What the page of a workspace shows of its ballots: the open ones, and the way to the others."""

from django.template.loader import render_to_string

from consultations.models import Ballot
from consultations.models.ballots import State
from consultations.rules import ballots as rules

OPEN = 20


def ballots(member, workspace, request):
    """The open ballots, the one that closes first on top; one query."""
    latest = list(Ballot.objects.filter(workspace=workspace)[: OPEN + 1])
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
