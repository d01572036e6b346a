"""Papers are asked for, printed by a worker, and thrown away after a while."""

import logging
import tempfile
from datetime import timedelta

from django.core.files import File
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import paper, proceedings, synthesis_paper
from consultations.exporting import archive
from consultations.models import Printing, Synthesis
from consultations.models.printings import Form, Paper, PrintingState
from consultations.rules import printings as rules
from core.access import require
from core.languages import speaking
from journal.models import Entry

logger = logging.getLogger(__name__)
KEPT = timedelta(days=7)
ABANDONED = timedelta(minutes=30)  # a worker that took one and did not finish it is gone
TAKES_AWAY = ("post.hidden", "post.withdrawn", "post.objected", "post.redacted", "record.erased")
FORMS = dict.fromkeys(Paper, (Form.HTML, Form.DOCX, Form.PDF)) | {Paper.RECORD: (Form.ZIP,)}


def ask(*, by, consultation, paper, form, language):
    """Ask for a paper; returns its Printing, which is one that is there already when nothing has happened since.

    Raises Refused when the member may not have it.
    """
    require(lambda member, what: rules.print_paper(member, what, paper), by, consultation)
    wanted = {"consultation": consultation, "paper": paper, "form": form, "language": language}
    if there := newest(**wanted):
        return there
    try:
        with transaction.atomic():
            return Printing.objects.get_or_create(
                **wanted, state=PrintingState.WAITING, defaults={"asked_by": by if by.is_authenticated else None}
            )[0]
    except IntegrityError:
        return Printing.objects.get(**wanted, state=PrintingState.WAITING)


def newest(*, consultation, **wanted):
    """The Printing that holds the record as it stands now, or None."""
    ready = Printing.objects.filter(consultation=consultation, state=PrintingState.READY, **wanted)
    return ready.filter(seq=consultation.journal.seq).order_by("-pk").first()


def standing():
    """All Printings but those with words that were taken away since they were made, which nobody gets any more."""
    return Printing.objects.exclude(_is_outdated(), state=PrintingState.READY)


def _is_outdated():
    since = {"journal": OuterRef("consultation__workspace__journal"), "seq__gt": OuterRef("seq")}
    return Exists(Entry.objects.filter(**since, verb__in=TAKES_AWAY))


def print_due(should_stop=lambda: False, *, now=None):
    """Print what waits, one at a time, and throw away what is old; returns how many were printed."""
    now = now or timezone.now()
    _throw_away(now)
    count = 0
    while not should_stop() and (printing := _claim(now)):
        _print(printing)
        count += 1
    return count


def _claim(now):
    """The next one that no other worker prints, or None."""
    free = Q(started_at=None) | Q(started_at__lt=now - ABANDONED)
    with transaction.atomic():
        waiting = Printing.objects.select_for_update(skip_locked=True).filter(free, state=PrintingState.WAITING)
        printing = waiting.order_by("asked_at", "pk").first()
        if printing:
            printing.started_at = now
            printing.save(update_fields=["started_at"])
    return printing


def _print(printing):
    consultation = printing.consultation
    seq = consultation.journal.seq
    try:
        with tempfile.TemporaryFile() as file, speaking(printing.language):
            write(consultation, printing.paper, printing.form, printing.language, file)
            file.seek(0)
            printing.file.save(printing.file_name, File(file), save=False)
        printing.state, printing.seq = PrintingState.READY, seq
    except paper.Unprintable as problem:
        logger.warning("A paper of %s could not be printed: %s", consultation.code, problem)
        printing.state, printing.problem = PrintingState.FAILED, str(problem)[:400]
    except Exception:
        logger.exception("A paper of %s could not be printed", consultation.code)
        printing.state = PrintingState.FAILED
        with speaking(printing.language):
            printing.problem = _("Something went wrong here; the operator finds it in the log. HTML is there at once.")
    printing.done_at = timezone.now()
    printing.save()


def write(consultation, kind, form, language, file):
    """Write a paper or the record to a binary file."""
    if kind == Paper.RECORD:
        archive.write(consultation, file, language=language)
    else:
        paper.write(document(consultation, kind, language), form, file)


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


def _throw_away(now):
    outdated = Q(_is_outdated(), state=PrintingState.READY)
    for old in Printing.objects.filter(outdated | Q(asked_at__lt=now - KEPT))[:100]:
        old.file.delete(save=False)
        old.delete()
