"""A hearing with everything a record tells of: speakers, their words, a point of order, notes; over."""

from datetime import timedelta

from django.utils import timezone

from consultations.hearings.services import (
    calls,
    captions,
    desk,
    explanations,
    floor,
    hearings,
    notes,
    points,
    questions,
    records,
    speakers,
    speeches,
    votes,
    written_answers,
)
from forum.services.attachments import Upload
from tests.hearings import hearing as scene
from tests.hearings import voting


def told(world, *also):
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
    for more in also:
        more(world, hearing, item)
    hearings.end(by=world.alice, hearing=hearing)
    return scene.fresh(hearing)


def votes_and_papers(world, hearing, item):
    """A roll call, two questions, one of them answered, a paper, a line of the transcript."""
    call = voting.put(world, item, manner="roll_call", mover="Bob")
    for row, said in zip(call.calls.all(), ("yes", "no", "absent"), strict=True):
        calls.say(by=world.alice, motion=call, call=row, said=said)
    explanations.explain(by=world.dora, motion=call, text="In May it is dry.")
    votes.close(by=world.alice, motion=call)
    voting.moved(world, item, title="Dam it all", text="Dam it in May.")
    asked = questions.put(by=world.bob, item=item, text="Who pays?")
    questions.put(by=world.dora, item=item, text="Who measures?")
    written_answers.answer(by=world.alice, question=asked, text="The canton.")
    plan = {"en": Upload("plan.txt", b"Measure each month.")}
    desk.publish(by=world.alice, hearing=hearing, item=item, wordings={"en": ("Plan", "")}, files=plan)
    captions.say(by=world.alice, hearing=hearing, lines=[captions.Line("The springs are low.")])


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
