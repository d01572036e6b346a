"""Files of contributions are uploaded, looked at, confirmed, and taken by a worker, who goes on where one stopped.

What was not taken is kept as a table, with the reasons, for 30 days; all other words of the file are let go at once.
"""

import hashlib
import io
import logging
from dataclasses import asdict
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import importing
from consultations.models import Consultation, Import
from consultations.rules import entries as rules
from consultations.services.rows import REFUSED, Given, Importer, Outcome
from core import spreadsheets, work
from core import text as texts
from core.access import Refused, require
from core.languages import speaking

logger = logging.getLogger(__name__)
STEP = 100  # rows after which is written down how far it is
KEPT = timedelta(days=30)
CLAIM = 600  # seconds that a worker holds a file; one step takes a few
HEADER = ("row", "reason", *importing.COLUMNS)


def upload(*, by, consultation, name, content, given=None):
    """Keep a file until it is confirmed; returns its Import. Raises Refused when it is no table of contributions."""
    require(rules.import_contributions, by, consultation)
    table = importing.read(name, content)
    return Import.objects.create(
        consultation=consultation,
        name=texts.clean_line(name, 150),
        sha256=hashlib.sha256(content).hexdigest(),
        source=content,
        given=asdict(given or Given()),
        row_count=len(table.rows),
        made_by=by,
    )


def look(file):
    """(the Outcomes that its rows would have now, the columns that are not used) of an Import that waits."""
    content = bytes(file.source)
    table = importing.read(file.name, content)
    return list(_importer(file, content).look(table.rows)), table.unused


def confirm(*, by, file):
    """Have a worker take it; returns it."""
    require(rules.import_contributions, by, file.consultation)
    Import.objects.filter(pk=file.pk, confirmed_at=None).update(confirmed_at=timezone.now(), made_by=by)
    return file


def drop(*, by, file):
    """Throw away a file that nobody confirmed, or what is left of one that was taken."""
    require(rules.import_contributions, by, file.consultation)
    with transaction.atomic():
        file = Import.objects.select_for_update(of=("self",)).get(pk=file.pk)
        if file.confirmed_at and not file.done_at:
            raise Refused(_("It is being taken. Wait until that is done."))
        file.delete()


def take_due(should_stop=lambda: False):
    """Take confirmed files, a worker a file; returns how many rows that were. Throws away what was kept long enough."""
    waiting = Import.objects.filter(confirmed_at__isnull=False, done_at=None).order_by("confirmed_at")
    old = Import.objects.filter(made_at__lt=timezone.now() - KEPT).exclude(pk__in=waiting)
    if old.exists():
        old.delete()
    count = 0
    for file in work.claim(waiting, seconds=CLAIM) if waiting.exists() else ():
        with speaking(file.made_by.language):
            count += _take(file, should_stop)
    return count


def _take(file, should_stop):
    file.consultation = Consultation.objects.select_related("workspace__journal").get(pk=file.consultation_id)
    content, before = bytes(file.source), len(file.outcomes)
    try:
        rows = importing.read(file.name, content).rows
        while len(file.outcomes) < len(rows) and not should_stop():
            some = rows[len(file.outcomes) : len(file.outcomes) + STEP]
            file.outcomes += [said(one) for one in _importer(file, content).take(some)]
            file.claimed_until = timezone.now() + timedelta(seconds=CLAIM)
            file.save(update_fields=["outcomes", "claimed_until"])
        if len(file.outcomes) == len(rows):
            _finish(file, rows, content)
    except Refused as refusal:  # whoever confirmed it facilitates no more, or the room is closed
        file.problem, file.done_at = str(refusal.reason)[:400], timezone.now()
        file.save(update_fields=["problem", "done_at"])
    except Exception:
        logger.exception("Import %s could not go on", file.pk)
        return len(file.outcomes) - before
    work.release(file)
    return len(file.outcomes) - before


def _finish(file, rows, content):
    by_number = {one.number: one for one in rows}
    outcomes = [Outcome(by_number[number], state, code, reason) for number, state, code, reason in file.outcomes]
    with transaction.atomic():
        _importer(file, content).finish(outcomes, file.name)
        file.left, file.source, file.done_at = left(outcomes, Given(**file.given)), b"", timezone.now()
        file.save(update_fields=["left", "source", "done_at"])


def said(outcome):
    return [outcome.row.number, outcome.state, outcome.code, outcome.reason]


def left_of(file):
    """The table of what was not taken, or, before it is confirmed, of what would not be; empty where all is well."""
    return bytes(file.left) if file.confirmed_at else left(look(file)[0], Given(**file.given))


def left(outcomes, given):
    """The rows that were not taken, as a table that can be corrected and imported again; empty where there are none.

    What was given for empty cells stands in them.
    """
    file = io.BytesIO()
    refused = [one for one in outcomes if one.state == REFUSED]
    cells = ([one.row.number, one.reason, *_cells(one.row, asdict(given))] for one in refused)
    if refused:
        spreadsheets.write(file, HEADER, cells)
    return file.getvalue()


def _cells(row, given):
    return [row[name] or given.get(name, "") for name in importing.COLUMNS]


def _importer(file, content):
    return Importer(by=file.made_by, consultation=file.consultation, content=content, given=Given(**file.given))
