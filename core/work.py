"""Queues in the database: any number of workers take rows, and no row is taken twice.

A queue is a model with `claimed_until`. A worker that dies leaves a claim that runs out; the row is then
taken again.
"""

from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone


class Claimable(models.Model):
    """A row that workers claim before they work on it."""

    claimed_until = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True


def claim(queue, *, limit=1, seconds=300):
    """Claim up to `limit` rows of a queryset for so many seconds; returns those that are now ours.

    Rows another worker holds are passed over: locked ones by SKIP LOCKED where the database has it; SQLite
    lets one transaction write at a time, so what it reads here nobody else can claim meanwhile.
    """
    now = timezone.now()
    with transaction.atomic():
        free = queue.filter(models.Q(claimed_until=None) | models.Q(claimed_until__lt=now))
        rows = list(free.select_for_update(skip_locked=True, of=("self",))[:limit])
        until = now + timedelta(seconds=seconds)
        queue.model._base_manager.filter(pk__in=[row.pk for row in rows]).update(claimed_until=until)
    for row in rows:
        row.claimed_until = until
    return rows


def release(row):
    """Give a claimed row back before its time is up."""
    type(row)._base_manager.filter(pk=row.pk).update(claimed_until=None)
