"""Who may have the record of a hearing printed."""

from django.utils.translation import gettext as _

from consultations.hearings.models import Record
from consultations.hearings.models.printings import HearingPaper
from consultations.hearings.rules import hearings
from core.access import No
from members.rules import sign_in


def print_paper(member, hearing, kind):
    """The record, once it is published, everyone who may follow the hearing and is signed in; the whole archive is for
    chair and secretaries to hand on.
    """
    if kind == HearingPaper.ARCHIVE:
        return hearings.preside(member, hearing) and (
            hearing.is_published or No(_("This hearing is not published yet, so there is no record of it."))
        )
    return read_record(member, hearing) and sign_in(member)


def read_record(member, hearing):
    """Everyone who may follow the hearing, once the record is published; chair and secretaries before."""
    record = Record.objects.filter(hearing=hearing).first()
    if record and record.is_published:
        return True
    return hearings.preside(member, hearing) and (
        record is not None or No(_("Nobody has begun the record of this hearing yet."))
    )
