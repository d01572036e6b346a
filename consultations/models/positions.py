"""Positions on their way: an organisation's draft, and the colleagues who were asked to clear it."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from consultations.models.contributions import Contribution
from consultations.models.questions import Question
from forum.models.posts import Channel
from members.models import Organisation


class DraftState(models.TextChoices):
    WRITING = "writing", _("being written")
    ASKED = "asked", _("waiting for colleagues")
    REFUSED = "refused", _("a colleague does not agree")
    SENT = "sent", _("sent")
    DROPPED = "dropped", _("dropped")


class DraftQuerySet(models.QuerySet):
    def visible_to(self, member):
        """The member's own, and those of the organisations they speak for now, on questions they may read."""
        if not member.is_authenticated:
            return self.none()
        spoken_for = member.mandates.in_force().values("organisation")
        seen = self.filter(question__in=Question.objects.visible_to(member).order_by())
        return seen.filter(models.Q(author=member) | models.Q(organisation__in=spoken_for))


class Draft(models.Model):
    """Words for an organisation that are not a contribution yet. `started_at`: when they were complete and colleagues
    were asked, which is what the window is compared with. `note`: what whoever sent them by mail is told.
    """

    question = models.ForeignKey(Question, models.CASCADE, related_name="drafts")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="drafts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="position_drafts")
    text = models.TextField(_("text"))
    channel = models.CharField(max_length=6, choices=Channel, default=Channel.WEB)
    state = models.CharField(max_length=10, choices=DraftState, default=DraftState.WRITING)
    started_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    contribution = models.OneToOneField(Contribution, models.PROTECT, null=True, related_name="draft")

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ("-changed_at",)
        verbose_name = _("draft of a position")
        indexes = [models.Index(fields=("question", "organisation", "state"), name="draft_of_organisation")]

    def __str__(self):
        return f"draft {self.pk} of {self.organisation_id} on {self.question_id}"

    @property
    def reference(self):
        return f"draft:{self.pk}"

    @cached_property
    def journal(self):
        return self.question.consultation.journal

    def get_absolute_url(self):
        return reverse("consultations:position", args=[self.pk])


class Clearance(models.Model):
    """One colleague who was asked; `said` is what they wrote beside a no."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        GIVEN = "given", _("agrees")
        REFUSED = "refused", _("does not agree")

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="clearances")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="clearances")
    sha256 = models.CharField(max_length=64)  # of the words they were asked about
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    said = models.TextField(blank=True, max_length=4000)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("draft", "asked_at")
        constraints = [models.UniqueConstraint(fields=("draft", "member"), name="clearance_once")]

    def __str__(self):
        return f"{self.member_id} on draft {self.draft_id}"

    @property
    def reference(self):
        return f"clearance:{self.pk}"
