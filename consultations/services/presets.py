"""A consultation begins with one of the presets: its rules and its timetable at once, to be changed at leisure."""

from django.db import transaction

from consultations import presets
from consultations.services import consultations, phases
from core import languages


def prepare(*, by, preset, starts_at, wordings, **fields):
    """Prepare a consultation as its preset lays it out, from `starts_at` (aware, in the zone its hours are kept in).

    fields: those of `consultations.prepare`. Raises Refused as that does, and then nothing is written.
    """
    plan = presets.PRESETS[preset]
    with transaction.atomic():
        consultation = consultations.prepare(by=by, preset=preset, wordings=wordings, **plan.fields, **fields)
        with languages.speaking(consultation.language):
            for stretch, opens_at, closes_at in presets.timetable(preset, starts_at):
                phases.schedule(
                    by=by,
                    consultation=consultation,
                    kind=stretch.kind,
                    title=str(stretch.title),
                    opens_at=opens_at,
                    closes_at=closes_at,
                )
    return consultation
