"""Who may have papers printed."""

from consultations.models.printings import Paper
from consultations.rules import consultations
from members.rules import sign_in


def print_paper(member, consultation, kind):
    """Whoever may read the consultation and is signed in; the whole record is for its facilitators to hand on."""
    if kind == Paper.RECORD:
        return consultations.facilitate(member, consultation)
    return sign_in(member)
