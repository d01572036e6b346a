"""Which answers to a hearing are told soon: those whose writer would read the receipt of their next digest too late."""

from datetime import timedelta

from django.utils import timezone

from consultations.digests.cards import UNTIL_NEXT
from consultations.hearings import glance
from consultations.hearings.models import Record
from notifications.models import Subscription

A_DAY = timedelta(days=1)  # receipts come on any day to who reads no digest


def is_due(member, hearing, now=None):
    """Is the hearing on, or does it begin before the member's next digest can come? Afterwards until its record is
    final.
    """
    if hearing.ended_at:
        return not Record.objects.filter(hearing=hearing, finalised_at__isnull=False).exists()
    now = now or timezone.now()
    session = glance.next_session(hearing, now)
    if session is None or session.is_open:
        return True
    rows = Subscription.objects.filter(member=member, workspace=hearing.workspace_id, thread=None)
    cadence = rows.values_list("cadence", flat=True).first()
    return session.starts_at - now <= UNTIL_NEXT.get(cadence, A_DAY)
