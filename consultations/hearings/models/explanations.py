"""Explanations of vote, written before or after it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from consultations.hearings.models.motions import Motion
from forum.models.posts import Channel
from members.models import Organisation


class Explanation(models.Model):
    """Why somebody votes, or voted, as they do; it stands with the result and in the record."""

    class When(models.TextChoices):
        BEFORE = "before", _("before the vote")
        AFTER = "after", _("after the vote")

    motion = models.ForeignKey(Motion, models.CASCADE, related_name="explanations")
    when = models.CharField(max_length=6, choices=When)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="explanations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="explanations")
    text = models.TextField(_("explanation of vote"), max_length=6000)
    html = models.TextField(blank=True, editable=False)
    language = models.CharField(max_length=5, blank=True)
    channel = models.CharField(max_length=6, choices=Channel, default=Channel.WEB)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "consultations"
        ordering = ("motion", "written_at", "pk")
        verbose_name = _("explanation of vote")
        constraints = [
            models.UniqueConstraint(
                fields=("motion", "when", "member"),
                condition=models.Q(organisation=None),
                name="explanation_of_member_once",
            ),
            models.UniqueConstraint(fields=("motion", "when", "organisation"), name="explanation_of_organisation_once"),
        ]

    def __str__(self):
        return f"explanation {self.pk} of {self.motion_id}"

    @property
    def reference(self):
        return f"explanation:{self.pk}"

    @cached_property
    def journal(self):
        return self.motion.journal

    @property
    def voice(self):
        """The organisation, or the member, who explains."""
        return self.organisation or self.member
