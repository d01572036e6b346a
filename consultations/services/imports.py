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


def look(row):
    """(the Outcomes that its rows would have now, the columns that are not used) of an Import that waits."""
    content = bytes(row.source)
    table = importing.read(row.name, content)
    return list(_importer(row, content).look(table.rows)), table.unused


def confirm(*, by, row):
    """Have a worker take it; returns it."""
    require(rules.import_contributions, by, row.consultation)
    Import.objects.filter(pk=row.pk, confirmed_at=None).update(confirmed_at=timezone.now(), made_by=by)
    return row


def drop(*, by, row):
    """Throw away a file that nobody confirmed, or what is left of one that was taken."""
    require(rules.import_contributions, by, row.consultation)
    with transaction.atomic():
        row = Import.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if row.confirmed_at and not row.done_at:
            raise Refused(_("It is being taken. Wait until that is done."))
        row.delete()


def take_due(should_stop=lambda: False):
    """Take confirmed files, a worker a file; returns how many rows that were. Throws away what was kept long enough."""
    waiting = Import.objects.filter(confirmed_at__isnull=False, done_at=None).order_by("confirmed_at")
    old = Import.objects.filter(made_at__lt=timezone.now() - KEPT).exclude(pk__in=waiting)
    if old.exists():
        old.delete()
    count = 0
    for row in work.claim(waiting, seconds=CLAIM) if waiting.exists() else ():
        with speaking(row.made_by.language):
            count += _take(row, should_stop)
    return count


def _take(row, should_stop):
    row.consultation = Consultation.objects.select_related("workspace__journal").get(pk=row.consultation_id)
    content, before = bytes(row.source), len(row.outcomes)
    try:
        rows = importing.read(row.name, content).rows
        while len(row.outcomes) < len(rows) and not should_stop():
            some = rows[len(row.outcomes) : len(row.outcomes) + STEP]
            row.outcomes += [said(one) for one in _importer(row, content).take(some)]
            row.claimed_until = timezone.now() + timedelta(seconds=CLAIM)
            row.save(update_fields=["outcomes", "claimed_until"])
        if len(row.outcomes) == len(rows):
            _finish(row, rows, content)
    except Refused as refusal:  # whoever confirmed it facilitates no more, or the room is closed
        row.problem, row.done_at = str(refusal.reason)[:400], timezone.now()
        row.save(update_fields=["problem", "done_at"])
    except Exception:
        logger.exception("Import %s could not go on", row.pk)
        return len(row.outcomes) - before
    work.release(row)
    return len(row.outcomes) - before


def _finish(row, rows, content):
    by_number = {one.number: one for one in rows}
    outcomes = [Outcome(by_number[number], state, code, reason) for number, state, code, reason in row.outcomes]
    with transaction.atomic():
        _importer(row, content).finish(outcomes, row.name)
        row.left, row.source, row.done_at = left(outcomes, Given(**row.given)), b"", timezone.now()
        row.save(update_fields=["left", "source", "done_at"])


def said(outcome):
    return [outcome.row.number, outcome.state, outcome.code, outcome.reason]


def left_of(row):
    """The table of what was not taken, or, before it is confirmed, of what would not be; empty where all is well."""
    return bytes(row.left) if row.confirmed_at else left(look(row)[0], Given(**row.given))


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


def _importer(row, content):
    return Importer(by=row.made_by, consultation=row.consultation, content=content, given=Given(**row.given))
