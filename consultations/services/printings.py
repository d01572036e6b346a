"""Papers of a consultation are asked for, printed by a worker, and thrown away after a while."""

from consultations import paper, proceedings, synthesis_paper
from consultations.exporting import archive
from consultations.models import Printing, Synthesis
from consultations.models.printings import Form, Paper
from consultations.rules import printings as rules
from consultations.services.presses import Press
from core.access import require

FORMS = dict.fromkeys(Paper, (Form.HTML, Form.DOCX, Form.PDF)) | {Paper.RECORD: (Form.ZIP,)}


def ask(*, by, consultation, paper, form, language):
    """Ask for a paper; returns its Printing, which is one that is there already when nothing has happened since.

    Raises Refused when the member may not have it.
    """
    require(lambda member, what: rules.print_paper(member, what, paper), by, consultation)
    wanted = {"consultation": consultation, "paper": paper, "form": form, "language": language}
    return PRESS.ask(by=by, journal=consultation.journal, **wanted)


def newest(*, consultation, **wanted):
    """The Printing that holds the record as it stands now, or None."""
    return PRESS.newest(consultation.journal, consultation=consultation, **wanted)


def standing():
    """All Printings but those with words that were taken away since they were made, which nobody gets any more."""
    return PRESS.standing()


def print_due(should_stop=lambda: False, *, now=None):
    """Print what waits, one at a time, and throw away what is old; returns how many were printed."""
    return PRESS.print_due(should_stop, now=now)


def write(consultation, kind, form, language, file):
    """Write a paper or the record to a binary file."""
    if kind == Paper.RECORD:
        archive.write(consultation, file, language=language)
    else:
        paper.write(document(consultation, kind, language), form, file)


def _write(printing, file):
    write(printing.consultation, printing.paper, printing.form, printing.language, file)


PRESS = Press(Printing, "consultation__workspace__journal", _write)


def there(consultation):
    """The papers a consultation has by now."""
    return [kind for kind in Paper if kind != Paper.SYNTHESIS or _synthesis(consultation)]


def _synthesis(consultation):
    """The published synthesis, or None."""
    return Synthesis.objects.filter(consultation=consultation, published_at__isnull=False).first()


def document(consultation, kind, language):
    """The paper.Document of a kind; only the RECORD is none."""
    if kind == Paper.SYNTHESIS:
        synthesis = _synthesis(consultation)
        synthesis.consultation = consultation
        return synthesis_paper.document(synthesis, language=language)
    return proceedings.proceedings(consultation, by=str(kind), language=language)
