"""Asking: how everything works, the workspaces open to a member, what became of what they sent, and their settings."""

from forum.models import Workspace
from notifications import addresses, subscriptions
from notifications.intake.commands import told
from notifications.models import Answer
from notifications.models.subscriptions import Cadence

MOST_SHOWN = 20  # answers listed by STATUS


def how(case, argument):
    case.replies.append(("help", {"workspaces": told.seats_of(case)}))


def rooms(case, argument):
    visible = Workspace.objects.visible_to(case.member).filter(closed_at=None).order_by("name")[:200]
    seated = set(case.member.seats.values_list("workspace", flat=True))
    rooms_shown = [(room, addresses.of_workspace(room.slug), room.pk in seated) for room in visible]
    case.replies.append(("workspaces", {"rooms": rooms_shown}))


def status(case, argument):
    rows = Answer.objects.filter(member=case.member).select_related("arrival").order_by("-pk")[:MOST_SHOWN]
    cadences = []
    for room in told.seats_of(case):
        cadence, _is_own = subscriptions.cadence_of(case.member, workspace=room)
        cadences.append((room, Cadence(cadence).label))
    profile = subscriptions.profile_of(case.member)
    case.replies.append(("status", {"rows": rows, "cadences": cadences, "profile": profile}))
