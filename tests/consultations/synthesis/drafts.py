"""What the tests of a synthesis that is being written share."""

from consultations import citing
from consultations.services import sentences
from forum.models import Seat


def text_of(synthesis):
    return citing.write_all([row.line for row in sentences.standing(synthesis)])


def base_of(synthesis):
    return sentences.base_of(sentences.standing(synthesis))


def typed(base):
    return ",".join(f"{pk}:{revision}" for pk, revision in base)


def address(synthesis, name=""):
    return f"{synthesis.consultation.get_absolute_url()}synthesis/{name}"


def moderating(world, member, consultation):
    Seat.objects.filter(member=member, workspace=consultation.workspace).update(role="moderator")
