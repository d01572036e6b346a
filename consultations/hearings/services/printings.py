"""Papers of a hearing: its record and the archive of all of it, asked for and printed by a worker."""

from consultations import paper
from consultations.hearings.exporting import archive
from consultations.hearings.minutes import facts, sheet, transcript
from consultations.hearings.models import Hearing, HearingPrinting, Record
from consultations.hearings.models.printings import HearingPaper
from consultations.hearings.rules import printings as rules
from consultations.services.presses import Press
from core.access import require


def ask(*, by, hearing, paper, form, language):
    """Ask for a paper; returns its printing, which is one that is there already when nothing has happened since.

    Raises Refused when the member may not have it.
    """
    require(lambda member, what: rules.print_paper(member, what, paper), by, hearing)
    wanted = {"hearing": hearing, "paper": paper, "form": form, "language": language}
    return PRESS.ask(by=by, journal=hearing.journal, **wanted)


def of(member, hearing):
    """The printings of a hearing that this member may have. What was printed of a draft is nobody's any more once the
    record is published: there are notes in it that were thrown away.
    """
    kinds = [kind for kind in HearingPaper if rules.print_paper(member, hearing, kind)]
    rows = PRESS.standing().filter(hearing=hearing, paper__in=kinds)
    published = Record.objects.filter(hearing=hearing).values_list("published_at", flat=True).first()
    if published:
        rows = rows.exclude(paper=HearingPaper.RECORD, started_at__lt=published)
    return rows.select_related("hearing")


def document(hearing, language):
    """The paper.Document of the record: of a draft as it is at this moment."""
    record = Record.objects.get(hearing=hearing)
    record.hearing = hearing
    hearing.record = record
    lines = transcript.lines(hearing)
    return sheet.document(record, record.facts or facts.gather(hearing), language=language, transcript=lines)


def _write(printing, file):
    hearing = Hearing.objects.select_related("workspace__journal").get(pk=printing.hearing_id)
    if printing.paper == HearingPaper.ARCHIVE:
        archive.write(hearing, file, language=printing.language)
    else:
        paper.write(document(hearing, printing.language), printing.form, file)


PRESS = Press(HearingPrinting, "hearing__workspace__journal", _write)
