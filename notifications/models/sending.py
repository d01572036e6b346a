"""Sending: what is known of each domain mail goes to, and the switch that pauses all sending."""

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from journal.services import site_journal


class Destination(models.Model):
    """One receiving domain: how much went there today, who is sending there, and whether its server asked us to wait.

    Only domains that need it have a row: all of them where their pace or a warm-up is set, else those once held.
    """

    domain = models.CharField(max_length=253, unique=True)
    day = models.DateField(null=True, blank=True)  # the UTC day that `sent_today` counts
    sent_today = models.PositiveIntegerField(default=0)
    leases = models.JSONField(default=dict)  # the workers that send there, and until when (s since 1970) they may
    full_until = models.DateTimeField(null=True, blank=True, db_index=True)  # as many workers as may send there do
    failures = models.PositiveSmallIntegerField(default=0)  # temporary refusals in a row
    held_until = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("domain",)
        verbose_name = _("destination")

    def __str__(self):
        return self.domain


class Pause(models.Model):
    """One stretch of time in which no mail leaves, by somebody's order; the one without an end is in force."""

    began_at = models.DateTimeField()
    began_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=400)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("pause of sending")
        verbose_name_plural = _("pauses of sending")
        constraints = [
            models.UniqueConstraint(models.Value(1), condition=models.Q(ended_at=None), name="one_pause_in_force")
        ]

    def __str__(self):
        return f"pause {self.pk}"

    @property
    def reference(self):
        return f"pause:{self.pk}"

    @cached_property
    def journal(self):
        return site_journal()
