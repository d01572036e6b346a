"""A phase that is about to close is told of in its record, so that the last digests before the close tell of it even
where nothing else happened.
"""

from datetime import timedelta

from django.db import transaction

from consultations.models import Consultation, Phase
from journal.models import Entry
from journal.services import record

SPANS = (timedelta(days=31), timedelta(days=7), timedelta(days=1))  # between two digests of each cadence
BATCH = 20


def announce_due(now):
    """Record of each phase, once for each span and close, that it closes within it; returns how many."""
    count = 0
    for span in SPANS:
        near = Phase.objects.filter(
            consultation__published_at__isnull=False,
            opened_at__lte=now - timedelta(hours=1),
            opens_at__lt=now,
            closes_at__gt=now,
            closes_at__lte=now + span,
        )
        count += sum(_announce(phase, span, now) for phase in near.order_by("closes_at")[:BATCH])
    return count


def _announce(phase, span, now):
    """Record it where the phase was open for longer than the span, and it was not recorded yet."""
    said = {"days": span.days, "closes": phase.closes_at.isoformat()}
    if phase.closes_at - phase.opens_at <= span or _is_told(phase, said):
        return 0
    with transaction.atomic():
        consultation = Consultation.objects.locked(phase.consultation_id)
        if _is_told(phase, said):
            return 0
        phase.consultation = consultation
        record("phase.closing", about=phase, data=said)
    return 1


def _is_told(phase, said):
    told = Entry.objects.filter(about=phase.reference, verb="phase.closing").values_list("data", flat=True)
    return any(data and all(data.get(name) == value for name, value in said.items()) for data in told)
