"""Who enters words on paper, who imports what was collected elsewhere, and who takes late ones."""

from django.utils.translation import gettext as _

from consultations.rules import consultations as rules
from consultations.rules.contributions import takes_part
from core.access import No
from members.rules import speak_for


def enter(member, question, organisation=None):
    """The secretariat and facilitators for anybody; a focal point for people, and for their own organisation."""
    consultation = question.consultation
    return rules.facilitate(member, consultation) or (
        takes_part(member, consultation)
        and is_focal_point(member)
        and (organisation is None or speak_for(member, organisation))
    )


def is_focal_point(member):
    return member.mandates.in_force().filter(is_focal_point=True).exists() or No(
        _(
            "Words on paper are entered by facilitators, the secretariat, and focal points. "
            "Send the sheet to one of them."
        )
    )


def say_when(member, consultation):
    """Only those who answer for the record say that a sheet came earlier."""
    return rules.facilitate(member, consultation)


def accept_late(member, consultation):
    """Facilitators take late contributions, for a reason everybody reads, while the room is open."""
    return rules.change(member, consultation)


def import_contributions(member, consultation):
    """Facilitators and the secretariat, while the room is open; each row is asked about besides."""
    return rules.change(member, consultation)
