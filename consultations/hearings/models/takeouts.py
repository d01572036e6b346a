"""Words that were taken out of what somebody said or wrote at a hearing: for chair and secretaries, and for whose words
they were.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone

from consultations.hearings.models.hearings import Hearing


class Takeout(models.Model):
    """about: the reference of what they were taken out of. member: whose words they were, if they are a member's."""

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="takeouts")
    about = models.CharField(max_length=60)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    passage = models.TextField()
    reason = models.CharField(max_length=400)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "consultations"
        ordering = ("pk",)
        indexes = [models.Index(fields=("hearing", "about"), name="takeout_about")]

    def __str__(self):
        return f"words taken out of {self.about}"
