"""Asking: how everything works by mail, and the workspaces open to a member."""

from django.conf import settings

from forum.models import Workspace
from notifications import addresses
from notifications.intake.told import Section

MOST_ROOMS = 200  # listed in one answer


def help_wanted(case, argument):
    """`HELP`"""
    return Section("HELP", "help", instructions(case))


def instructions(case):
    """What the instructions are filled with: the member's workspaces, and examples that are theirs."""
    seated = list(Workspace.objects.seated(case.member).order_by("name")[:MOST_ROOMS])
    return {
        "workspaces": [(room, addresses.of_workspace(room.slug)) for room in seated],
        "example": seated[0].slug if seated else "plenary",
        "domain": settings.REPLY_DOMAIN,
        "reference": f"{settings.REFERENCE_PREFIX}/2026/C3/14",
        "question": "",
    }


def list_wanted(case, argument):
    """`LIST`: what one may read and join, each with the address that does it."""
    visible = Workspace.objects.visible_to(case.member).filter(closed_at=None).order_by("name")
    rooms = list(visible[: MOST_ROOMS + 1])
    seated = set(case.member.seats.values_list("workspace", flat=True))
    shown = [
        {
            "room": room,
            "is_seated": room.pk in seated,
            "address": addresses.of_workspace(room.slug),
            "join": addresses.of_workspace(room.slug, "join"),
        }
        for room in rooms[:MOST_ROOMS]
    ]
    return Section("LIST", "workspaces", {"rooms": shown, "are_more": len(rooms) > MOST_ROOMS})
