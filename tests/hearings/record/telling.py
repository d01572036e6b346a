"""A hearing with everything a record tells of: speakers, their words, notes; over, unless told otherwise."""

from datetime import timedelta

from django.utils import timezone

from consultations.hearings.models import Delivery, Speaker, Speech
from consultations.hearings.services import hearings, notes, records
from tests.hearings import hearing as scene


def told(world):
    hearing = scene.running(world)
    item, start = scene.item(hearing), timezone.now()
    for number, member in enumerate((world.bob, world.dora), 1):
        row = Speaker.objects.create(
            item=item, number=number, place=number, member=member, announced_as=member.name, state="spoke"
        )
        began = start + timedelta(minutes=number)
        Delivery.objects.create(
            speaker=row, hearing=hearing, started_at=began, ended_at=began + timedelta(seconds=100), allotted=180
        )
        Speech.objects.create(speaker=row, stage="ahead", language="en", text="Three springs.", written_by=member)
    notes.write(by=world.alice, item=item, text="The *hall* was cold.")
    hearings.end(by=world.alice, hearing=hearing)
    return scene.fresh(hearing)


def provisional(world, hearing):
    until = timezone.now() + timedelta(days=7)
    return records.publish_provisional(by=world.alice, hearing=hearing, until=until)


def past(record):
    """The day for corrections is over."""
    record.corrections_until = timezone.now() - timedelta(hours=1)
    record.save()
    return record
