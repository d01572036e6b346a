"""Votes that one officer writes down and another confirms: hands counted in the hall, and votes said by phone."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.hearings.models.motions import Motion
from consultations.models.electors import Elector


class Sheet(models.Model):
    """Votes that an officer wrote down: the hands counted in the hall (`figures`), or what somebody on the roll said by
    phone (`elector`, `value`). They count once another officer has written down the same.

    other_*: what the second officer wrote, where it was not the same.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("votes an officer entered", "to be confirmed by a second officer")
        CONFIRMED = "confirmed", pgettext_lazy("votes an officer entered", "confirmed")
        REPLACED = "replaced", pgettext_lazy("votes an officer entered", "replaced by a recount")
        DISCARDED = "discarded", pgettext_lazy("votes an officer entered", "discarded")

    motion = models.ForeignKey(Motion, models.CASCADE, related_name="sheets")
    elector = models.ForeignKey(Elector, models.CASCADE, null=True, related_name="sheets")
    figures = models.JSONField(default=dict)  # {answer: number}; of a phone call {answer: 1}
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)
    other_figures = models.JSONField(null=True, blank=True)
    other_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "consultations"
        ordering = ("motion", "pk")
        verbose_name = _("votes entered by an officer")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None) | ~models.Q(confirmed_by=models.F("entered_by")),
                name="sheet_of_two_officers",
            ),
            models.UniqueConstraint(
                fields=("motion", "state"),
                condition=models.Q(elector=None, state__in=["waiting", "confirmed"]),
                name="sheet_of_hall_once",
            ),
            models.UniqueConstraint(
                fields=("motion", "elector"), condition=models.Q(state="waiting"), name="sheet_of_elector_once"
            ),
        ]

    def __str__(self):
        return f"sheet {self.pk} of {self.motion_id}"

    @property
    def reference(self):
        return f"sheet:{self.pk}"

    @property
    def is_phone(self):
        return self.elector_id is not None

    @property
    def is_disputed(self):
        return self.other_figures is not None
