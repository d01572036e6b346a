"""Reminders: when an organisation was asked for answers that are missing, so that nobody is asked every day."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from consultations.models.consultations import Consultation
from members.models import Organisation

REST = timedelta(days=3)  # between two reminders of one organisation


class Reminder(models.Model):
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="reminders")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=("consultation", "-sent_at"), name="reminder_latest")]

    def __str__(self):
        return f"reminder of {self.organisation_id} in {self.consultation_id}"
