"""The queue: the table of letters is it. What is put in stays until it is sent, withdrawn or given up."""

from django.db import models
from django.utils import timezone

from notifications.models import Letter

State = Letter.State


def deliver(letter):
    """Put a letter into the outbox, from which a worker sends it; the one way out for every mail."""
    if letter.pk is None:
        letter.save()
    return letter


def deliver_all(drafts):
    """Put many letters into the outbox at once; one whose key was used before is left out."""
    Letter.objects.bulk_create(drafts, batch_size=200, ignore_conflicts=True)


def retry(letter):
    """Send a failed letter again, now, with another five days to try; returns whether it was one that still can be."""
    failed = Letter.objects.filter(pk=letter.pk, state=State.FAILED, pruned_at=None)
    return failed.update(state=State.QUEUED, due_at=timezone.now(), tried_at=None, attempts=0, claimed_until=None) == 1


def queued():
    """Letters that are due, the urgent ones first."""
    return Letter.objects.filter(state=State.QUEUED, due_at__lte=timezone.now()).order_by("priority", "due_at")


def left_half_way():
    """Letters a killed worker was sending: perhaps sent, perhaps not."""
    free = models.Q(claimed_until=None) | models.Q(claimed_until__lt=timezone.now())
    return Letter.objects.filter(free, state=State.SENDING).order_by("priority", "due_at")


def has_any(letters):
    """Is there one? In the order of the queue: without it PostgreSQL may look through all that was ever sent."""
    return bool(letters.values("pk")[:1])
