"""A hearing with everything a record tells of: speakers, their words, a point of order, notes; over."""

from datetime import timedelta

from django.utils import timezone

from consultations.hearings.services import floor, hearings, notes, points, records, speakers, speeches
from tests.hearings import hearing as scene


def told(world):
    """Bob speaks 100 seconds of 180, Dora is interrupted by a point of order, a guest was moved before her."""
    hearing = scene.running(world)
    item, at = scene.item(hearing), timezone.now()
    later = lambda seconds: at + timedelta(seconds=seconds)  # noqa: E731
    bob = speakers.request(member=world.bob, item=item, announced_as="Bob")
    dora = speakers.request(member=world.dora, item=item, announced_as="Dora")
    guest = speakers.enter(by=world.alice, item=item, announced_as="Ms Regli")
    speeches.hand_in(by=world.bob, speaker=bob, text="Three springs.", language="en")
    floor.give(by=world.alice, hearing=hearing, speaker=bob, at=later(0))
    floor.end(by=world.alice, speaker=bob, at=later(100))
    speeches.deliver(by=world.bob, speaker=bob, text="Three springs, and a well.", language="en")
    speakers.move(by=world.alice, speaker=guest, to=1, reason="The balance of regions.")
    floor.give(by=world.alice, hearing=hearing, speaker=guest, at=later(110))
    floor.end(by=world.alice, speaker=guest, at=later(150))
    floor.give(by=world.alice, hearing=hearing, speaker=dora, at=later(160))
    point = points.raise_point(member=world.bob, item=item, point="Nobody hears her.", at=later(170))
    points.rule(by=world.alice, speaker=point, ruling="upheld", reason="The microphone.", at=later(180))
    floor.resume(by=world.alice, speaker=dora, at=later(200))
    floor.end(by=world.alice, speaker=dora, at=later(260))
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


def numbers(record, kind):
    """The paragraphs of a kind."""
    return [row["number"] for row in record.facts["paragraphs"] if row["kind"] == kind]
