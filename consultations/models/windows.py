"""Changes of a window: formal acts, each a numbered notice with who ordered it and why."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.models.ballots import Ballot
from forum.models import Workspace


class WindowChange(models.Model):
    """One change of a close. Notices are numbered within their workspace, without gaps."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="window_changes")
    number = models.PositiveIntegerField()
    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="changes")
    old_closes_at = models.DateTimeField()
    new_closes_at = models.DateTimeField()
    authority = models.CharField(_("by authority of"), max_length=200)
    reason = models.CharField(_("reason"), max_length=1000)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("workspace", "number")
        verbose_name = _("change of a window")
        constraints = [models.UniqueConstraint(fields=("workspace", "number"), name="window_change_number")]

    def __str__(self):
        return f"notice {self.number} of {self.workspace_id}"
