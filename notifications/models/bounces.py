"""Bounces: letters that did not arrive, one row each, from which it is told how reachable a member is.

A hard bounce counts 2, a soft one 1 (a full mailbox is soft); after 30 days a bounce is forgotten. The score is not
stored: it is the sum over the rows that still count, so nothing has to run for an old one to be forgotten.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.models.arrivals import Arrival
from notifications.models.letters import Letter

HARD_POINTS, SOFT_POINTS = 2, 1


class Bounce(models.Model):
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bounces")
    address = models.EmailField()  # the letter's recipient
    letter = models.OneToOneField(Letter, models.SET_NULL, null=True, related_name="bounce")  # a letter bounces once
    arrival = models.ForeignKey(Arrival, models.SET_NULL, null=True, related_name="bounces")  # the report, if one came
    is_hard = models.BooleanField()
    status = models.CharField(max_length=12, blank=True)  # RFC 3463: "5.1.1"
    reason = models.CharField(max_length=400, blank=True)  # in the other server's words
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("bounce")
        indexes = [models.Index(fields=("member", "-at"), name="bounce_by_member")]

    def __str__(self):
        return f"bounce {self.pk} of {self.member_id}"

    @property
    def points(self):
        return HARD_POINTS if self.is_hard else SOFT_POINTS
