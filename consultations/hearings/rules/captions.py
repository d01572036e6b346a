"""Who writes down what is said, line by line, and mends it."""

from django.utils.translation import gettext as _

from consultations.hearings.rules import hearings, questions
from core.access import No
from members.rules import administer


def say(member, hearing):
    """Note-takers, chair and secretaries, and the programs that act for them, until the hearing is over."""
    return hearings.take_notes(member, hearing) and questions.is_on(hearing)


def mend(member, caption):
    """The same people, afterwards too."""
    return hearings.take_notes(member, caption.hearing) and (
        not caption.is_removed or No(_("This line was taken out."))
    )


def erase(member, caption):
    """Only the secretariat erases for good, what was taken out before, too."""
    return administer(member)
