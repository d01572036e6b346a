"""Changes of a window: formal acts, each a numbered notice with who ordered it and why."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.models.ballots import Ballot
from consultations.models.phases import Phase
from forum.models import Workspace


class WindowChange(models.Model):
    """One change of the window of a phase, or of a ballot of its own. Notices are numbered within their workspace,
    without gaps. A notice that moves several phases has a row for each, with its number; `along_with`: the first row,
    of the phase that made it necessary.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="window_changes")
    number = models.PositiveIntegerField()
    along_with = models.ForeignKey("self", models.CASCADE, null=True, related_name="companions")
    phase = models.ForeignKey(Phase, models.CASCADE, null=True, related_name="changes")
    ballot = models.ForeignKey(Ballot, models.CASCADE, null=True, related_name="changes")
    # The opens are empty where only the close changed.
    old_opens_at = models.DateTimeField(null=True)
    new_opens_at = models.DateTimeField(null=True)
    old_closes_at = models.DateTimeField()
    new_closes_at = models.DateTimeField()
    authority = models.CharField(_("by authority of"), max_length=200)
    reason = models.CharField(_("reason"), max_length=1000)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("workspace", "number", "pk")
        verbose_name = _("change of a window")
        constraints = [
            models.UniqueConstraint(
                fields=("workspace", "number"), condition=models.Q(along_with=None), name="window_change_number"
            ),
            models.CheckConstraint(
                condition=models.Q(phase=None) ^ models.Q(ballot=None), name="window_change_of_one_thing"
            ),
        ]

    def __str__(self):
        return f"notice {self.number} of {self.workspace_id}"
