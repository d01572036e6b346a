"""Who writes the record of a hearing, publishes it, and says that it is wrong."""

from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.hearings.models import Record, Speaker
from consultations.hearings.models.records import RecordState
from consultations.hearings.rules.hearings import preside, take_notes
from consultations.wording.times import moment
from core.access import No
from forum import rules as room_rules


def write_notes(member, hearing):
    """Note-takers, chair and secretaries, until the record is published."""
    return take_notes(member, hearing) and _is_open(hearing)


def summarise(member, hearing):
    """The chair's summary is theirs and the secretaries', until the record is published."""
    return preside(member, hearing) and _is_open(hearing)


def _is_open(hearing):
    record = Record.objects.filter(hearing=hearing).only("state").first()
    if record is None or record.state == RecordState.DRAFT:
        return True
    return No(_("The record is published. What is wrong in it is corrected, and no more written."))


def publish(member, record):
    """Once the hearing is over; a record is published once."""
    if not (may := preside(member, record.hearing)):
        return may
    if record.state != RecordState.DRAFT:
        return No(_("The record is published already."))
    return record.hearing.ended_at is not None or No(_("The hearing is not over yet. End it first."))


def correct(member, record, at=None):
    """Who spoke or has a seat in the room, until the day that the record names."""
    if not (may := was_there(member, record)):
        return may
    if record.state == RecordState.DRAFT:
        return No(_("The record is not published yet."))
    if record.state == RecordState.FINAL:
        told = _("The record has been final since %(at)s, so this correction came too late.")
        return No(told % {"at": moment(record.finalised_at)})
    if (at or timezone.now()) >= record.corrections_until:
        told = _("Corrections were taken until %(at)s, so this one came too late.")
        return No(told % {"at": moment(record.corrections_until)})
    return True


def was_there(member, record):
    """With a seat in the room, or as who spoke."""
    room = record.hearing.workspace
    return room_rules.is_seated(member, room) or preside(member, record.hearing) or _spoke(member, record)


def _spoke(member, record):
    spoke = member.is_authenticated and Speaker.objects.filter(item__hearing=record.hearing_id, member=member).exists()
    return spoke or No(_("Only who spoke or has a seat in the room can correct the record."))


def decide(member, correction):
    """Chair and secretaries, as long as it is not decided and the record is not final."""
    record = correction.record
    if not (may := preside(member, record.hearing)):
        return may
    if record.state != RecordState.PROVISIONAL:
        return No(_("The record is final. What is still wrong goes into its corrigendum."))
    return correction.state == "open" or No(_("This correction is decided already."))


def finalise(member, record):
    """When nobody can ask for corrections any more, and all are decided."""
    if not (may := preside(member, record.hearing)):
        return may
    if record.state != RecordState.PROVISIONAL:
        return No(_("Only a provisional record becomes final."))
    if timezone.now() < record.corrections_until:
        told = _("Corrections are taken until %(at)s. The record becomes final after that.")
        return No(told % {"at": moment(record.corrections_until)})
    if record.corrections.filter(state="open").exists():
        return No(_("Some corrections are not decided yet. Accept or decline them first."))
    return True


def issue_corrigendum(member, record):
    """Once, of a final record."""
    if not (may := preside(member, record.hearing)):
        return may
    if record.state != RecordState.FINAL:
        return No(_("The record is not final yet. Until then, correct it."))
    return not record.corrigendum_at or No(_("The record has its corrigendum already, and there is only one."))
