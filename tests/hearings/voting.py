"""The scene of votes in a hearing: motions on the item before it, and a second officer, Nadia, who takes notes."""

from consultations.hearings.models import Motion, Officer
from consultations.hearings.services import motions, votes
from forum.services import seats


def note_taker(world, hearing):
    """Nadia, who enters and confirms what others said, and reads only."""
    nadia = world.member("nadia")
    seats.give(by=world.sekou, workspace=hearing.workspace, member=nadia, role="observer")
    Officer.objects.create(hearing=hearing, member=nadia, role=Officer.Role.NOTE_TAKER)
    return nadia


def moved(world, item, title="That the springs be measured twice a year", **fields):
    return motions.move(by=world.alice, item=item, title=title, **fields)


def put(world, item, **fields):
    """A motion on which a vote is being taken."""
    mail_minutes = fields.pop("mail_minutes", 0)
    motion = moved(world, item, **fields)
    return fresh(votes.put_to_vote(by=world.alice, motion=motion, mail_minutes=mail_minutes))


def fresh(motion):
    return Motion.objects.with_all().get(pk=motion.pk)


def verbs(hearing):
    return list(hearing.journal.entries.order_by("seq").values_list("verb", flat=True))
