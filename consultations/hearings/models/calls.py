"""The roll call of a motion: each name that is called, and what was answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.hearings.models.motions import Motion
from consultations.models.electors import Elector


class Call(models.Model):
    """One name of a roll call, at its place in the order drawn by lot. said: what was answered, "absent" where nobody
    did, "passed" where somebody is there and does not vote yet, "" until the name was called.
    """

    ABSENT, PASSED = "absent", "passed"
    UNVOTED = (ABSENT, PASSED)  # who are called once more when all others have been

    motion = models.ForeignKey(Motion, models.CASCADE, related_name="calls")
    elector = models.OneToOneField(Elector, models.CASCADE, related_name="call")
    place = models.PositiveIntegerField()
    name = models.CharField(max_length=200)  # as it is called
    said = models.CharField(max_length=10, blank=True)
    # Sent by the voter, on the web or by mail, and not said aloud.
    is_sent = models.BooleanField(default=False)
    corrections = models.PositiveSmallIntegerField(default=0)
    said_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "consultations"
        ordering = ("motion", "place")
        verbose_name = _("name of a roll call")
        constraints = [models.UniqueConstraint(fields=("motion", "place"), name="call_place")]

    def __str__(self):
        return self.name
