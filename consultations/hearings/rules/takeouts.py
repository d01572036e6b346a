"""Who takes words out of what people said or wrote at a hearing, and who erases them."""

from django.utils.translation import gettext as _

from consultations.hearings import sayings
from consultations.hearings.models import LiveQuestion, Record
from consultations.hearings.models.records import RecordState
from consultations.hearings.rules import hearings, questions
from core.access import No
from members.rules import administer


def redact(member, thing):
    """Chair and secretaries; of a question as long as it is there."""
    if isinstance(thing, LiveQuestion):
        return questions.redact(member, thing)
    return hearings.preside(member, sayings.kind(thing.reference).hearing(thing))


def erase(member, thing):
    """Only the secretariat erases for good."""
    if isinstance(thing, LiveQuestion):
        return questions.erase(member, thing)
    return administer(member)


def redact_everywhere(member, hearing):
    """Chair and secretaries, once the record is published; before, they and the note-takers write it anew."""
    is_published = Record.objects.filter(hearing=hearing).exclude(state=RecordState.DRAFT).exists()
    return hearings.preside(member, hearing) and (is_published or No(_("The record is not published yet.")))
