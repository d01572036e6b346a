"""The scene of consultations: one on questions, facilitated by Alice, in which Bob and Dora have seats."""

from datetime import timedelta

from django.utils import timezone

from consultations.models import Consultation, Phase
from consultations.services import consultations, phases, questions
from forum.models.workspaces import Joining, Visibility
from forum.services import posts, seats
from members.models import Organisation
from members.services import mandates

TOPIC = {
    "en": ("Water in dry valleys", "Springs run dry earlier every year."),
    "fr": ("L’eau des vallées sèches", "Les sources tarissent plus tôt chaque année."),
}
QUESTIONS = (
    {"en": ("What dries up first?", "Name the spring and the month."), "fr": ("Qu’est-ce qui tarit d’abord ?", "")},
    {"en": ("Who decides on the last water?", "")},
)


def prepared(world, slug="dry-valleys", **fields):
    """A consultation that only Alice and the secretariat see, without a timetable."""
    room = {"visibility": Visibility.PUBLIC, "joining": Joining.OPEN} | fields.pop("room", {})
    consultation = consultations.prepare(
        by=world.sekou,
        slug=slug,
        wordings=TOPIC,
        facilitators=[world.alice],
        sponsor="The secretariat",
        room=room,
        **fields,
    )
    for member in (world.bob, world.dora):
        seats.give(by=world.sekou, workspace=consultation.workspace, member=member)
    return fresh(consultation)


def running(world, *, opened=timedelta(days=1), left=timedelta(days=2), **fields):
    """Published; its phase of questions opened a day ago and closes in two days."""
    consultation = prepared(world, **fields)
    now = timezone.now()
    phase = phases.schedule(
        by=world.alice, consultation=consultation, kind="questions", opens_at=now - opened, closes_at=now + left
    )
    for wordings in QUESTIONS:
        questions.ask(by=world.alice, phase=phase, wordings=wordings)
    consultations.publish(by=world.alice, consultation=consultation)
    return fresh(consultation)


def close(consultation, ago=timedelta(minutes=1)):
    """Let the phase that is open have closed, without a notice: time went by."""
    now = timezone.now()
    phase = consultation.phases.open_at(now).get()
    closed = now - ago
    window = {"opens_at": closed - timedelta(days=7), "closes_at": closed, "first_closes_at": closed}
    Phase.objects.filter(pk=phase.pk).update(**window)
    return fresh(consultation)


def answer(member, question, text, **fields):
    """A contribution through the service every door ends in."""
    return posts.reply(author=member, thread=question.thread, text=text, **fields).contribution


def organisation(world, name="Alpine Springs", *members, **fields):
    """An organisation these members speak for."""
    made = Organisation.objects.create(name=name, **{"category": "ngo", "country": "CH"} | fields)
    for member in members:
        mandates.give(by=world.sekou, member=member, organisation=made)
    return made


def fresh(consultation):
    """The row as it is now, with nothing remembered."""
    return Consultation.objects.select_related("workspace__journal").get(pk=consultation.pk)
