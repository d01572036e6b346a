"""The scene of hearings: one of today on water, chaired by Alice, in which Bob and Dora have seats."""

from datetime import timedelta

from django.utils import timezone

from consultations.hearings.models import Hearing, Item, Session
from consultations.hearings.services import agenda, hearings, sessions
from forum.models.workspaces import Joining, Visibility
from forum.services import seats

NOTE = {
    "en": ("Hearing on springs", "Who measures, who decides."),
    "fr": ("Audition sur les sources", "Qui mesure, qui décide."),
}
ITEMS = ("Opening", "The state of the springs", "Who decides on the last water")


def prepared(world, slug="springs", **fields):
    """A hearing that only Alice and the secretariat see, with one session today and three items."""
    room = {"joining": Joining.OPEN} | fields.pop("room", {})
    fields = {"visibility": Visibility.PUBLIC} | fields
    hearing = hearings.prepare(by=world.sekou, slug=slug, wordings=NOTE, chairs=[world.alice], room=room, **fields)
    for member in (world.bob, world.dora):
        seats.give(by=world.sekou, workspace=hearing.workspace, member=member)
    now = timezone.now()
    sessions.schedule(
        by=world.alice, hearing=hearing, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=2)
    )
    for title in ITEMS:
        agenda.add(by=world.alice, hearing=hearing, wordings={"en": (title, "")})
    return fresh(hearing)


def announced(world, **fields):
    """Published; its session has not opened, speakers can register."""
    hearing = prepared(world, **fields)
    hearings.publish(by=world.alice, hearing=hearing)
    return fresh(hearing)


def running(world, **fields):
    """In session; item 2, on the state of the springs, is before it."""
    hearing = announced(world, **fields)
    sessions.open_session(by=world.alice, session=Session.objects.get(hearing=hearing))
    agenda.open_item(by=world.alice, item=item(hearing))
    return fresh(hearing)


def item(hearing, label="2"):
    """An item by its number on the agenda."""
    return Item.objects.select_related("hearing__workspace__journal", "thread").get(hearing=hearing, label=label)


def fresh(hearing):
    """The row as it is now, with nothing remembered."""
    return Hearing.objects.select_related("workspace__journal").get(pk=hearing.pk)
