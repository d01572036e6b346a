"""A press: papers are asked for, printed by a worker, kept for a while, and thrown away. One for each kind of papers.

A paper with words that were taken away since it was made is given to nobody any more.
"""

import logging
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.core.files import File
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import paper
from consultations.models.printings import PrintingState
from core.languages import speaking
from journal.models import Entry

logger = logging.getLogger(__name__)
KEPT = timedelta(days=7)
ABANDONED = timedelta(minutes=30)  # a worker that took one and did not finish it is gone
TAKES_AWAY = (
    *("post.hidden", "post.withdrawn", "post.objected", "record.erased"),
    *("asked.declined", "asked.withdrawn", "caption.removed", "desk.withdrawn"),
)
TAKEN_OUT = ".redacted"  # with which a verb ends by which words are taken out of something


@dataclass(frozen=True)
class Press:
    """model: a `Printed`. journal: the path from it to its journal. write(printing, file): writes the paper."""

    model: type
    journal: str
    write: Callable

    def ask(self, *, by, journal, **wanted):
        """The printing of what is wanted: one that is there already when nothing has happened since, or a new one."""
        if there := self.newest(journal, **wanted):
            return there
        try:
            with transaction.atomic():
                return self.model.objects.get_or_create(
                    **wanted, state=PrintingState.WAITING, defaults={"asked_by": by if by.is_authenticated else None}
                )[0]
        except IntegrityError:
            return self.model.objects.get(**wanted, state=PrintingState.WAITING)

    def newest(self, journal, **wanted):
        """The printing that holds the record as it stands now, or None."""
        ready = self.model.objects.filter(state=PrintingState.READY, seq=journal.seq, **wanted)
        return ready.order_by("-pk").first()

    def standing(self):
        """All printings but those with words that were taken away since they were made."""
        return self.model.objects.exclude(self._is_outdated(), state=PrintingState.READY)

    def _is_outdated(self):
        since = {"journal": OuterRef(self.journal), "seq__gt": OuterRef("seq")}
        takes_away = Q(verb__in=TAKES_AWAY) | Q(verb__endswith=TAKEN_OUT)
        return Exists(Entry.objects.filter(takes_away, **since))

    def print_due(self, should_stop=lambda: False, *, now=None):
        """Print what waits, one at a time, and throw away what is old; returns how many were printed."""
        now = now or timezone.now()
        self._throw_away(now)
        count = 0
        while not should_stop() and (printing := self._claim(now)):
            self._print(printing)
            count += 1
        return count

    def _claim(self, now):
        """The next one that no other worker prints, or None."""
        free = Q(started_at=None) | Q(started_at__lt=now - ABANDONED)
        with transaction.atomic():
            waiting = self.model.objects.select_for_update(skip_locked=True).filter(free, state=PrintingState.WAITING)
            printing = waiting.order_by("asked_at", "pk").first()
            if printing:
                printing.started_at = now
                printing.save(update_fields=["started_at"])
        return printing

    def _print(self, printing):
        seq = printing.journal.seq
        try:
            with tempfile.TemporaryFile() as file, speaking(printing.language):
                self.write(printing, file)
                file.seek(0)
                printing.file.save(printing.file_name, File(file), save=False)
            printing.state, printing.seq = PrintingState.READY, seq
        except paper.Unprintable as problem:
            logger.warning("The paper %s could not be printed: %s", printing, problem)
            printing.state, printing.problem = PrintingState.FAILED, str(problem)[:400]
        except Exception:
            logger.exception("The paper %s could not be printed", printing)
            printing.state = PrintingState.FAILED
            with speaking(printing.language):
                printing.problem = _(
                    "Something went wrong here; the operator finds it in the log. HTML is there at once."
                )
        printing.done_at = timezone.now()
        printing.save()

    def _throw_away(self, now):
        outdated = Q(self._is_outdated(), state=PrintingState.READY)
        for old in self.model.objects.filter(outdated | Q(asked_at__lt=now - KEPT))[:100]:
            old.file.delete(save=False)
            old.delete()
