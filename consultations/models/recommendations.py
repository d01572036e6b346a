"""Recommendations: what follows from a synthesis, what was answered to it, and where it stands."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.models.consultations import Consultation
from consultations.models.syntheses import Sentence
from core import languages
from members.models import Organisation


class Reply(models.TextChoices):
    """What is answered to a recommendation."""

    ACCEPTED = "accepted", pgettext_lazy("a recommendation", "accepted")
    PART = "part", pgettext_lazy("a recommendation", "accepted in part")
    REFUSED = "refused", pgettext_lazy("a recommendation", "not accepted")


class Step(models.TextChoices):
    """Where it stands."""

    PLANNED = "planned", pgettext_lazy("a recommendation", "planned")
    UNDER_WAY = "under_way", pgettext_lazy("a recommendation", "under way")
    DONE = "done", pgettext_lazy("a recommendation", "done")
    DROPPED = "dropped", pgettext_lazy("a recommendation", "dropped")


class RecommendationQuerySet(models.QuerySet):
    def visible_to(self, member):
        return self.filter(consultation__in=Consultation.objects.visible_to(member))

    def with_all(self):
        """With all that its page shows, in a bounded number of queries."""
        return self.select_related("body_organisation", "consultation__workspace__journal").prefetch_related(
            models.Prefetch("progress", Progress.objects.select_related("by")),
            models.Prefetch("sentences", Sentence.objects.order_by("place")),
            "sentences__citations__contribution__post__author",
            "sentences__citations__contribution__organisation",
        )


class Recommendation(models.Model):
    """Numbered within its consultation. The responsible body is an organisation, or a name (`body`)."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="recommendations")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(_("recommendation"), max_length=4000)
    language = models.CharField(_("language"), max_length=5, choices=languages.CHOICES)
    sentences = models.ManyToManyField(Sentence, blank=True, related_name="recommendations")
    reply = models.CharField(_("answer"), max_length=8, choices=Reply, blank=True)
    why = models.CharField(_("why"), max_length=4000, blank=True)
    replied_at = models.DateTimeField(null=True)
    body = models.CharField(_("responsible body"), max_length=200, blank=True)
    body_organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("due"), null=True, blank=True)
    step = models.CharField(max_length=9, choices=Step, blank=True)  # of the latest progress
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ("consultation", "number")
        verbose_name = _("recommendation")
        constraints = [models.UniqueConstraint(fields=("consultation", "number"), name="recommendation_number")]
        indexes = [models.Index(fields=("changed_at",), name="recommendation_changed")]

    def __str__(self):
        return self.text

    @property
    def reference(self):
        return f"recommendation:{self.pk}"

    @cached_property
    def journal(self):
        return self.consultation.journal

    @property
    def body_name(self):
        return self.body_organisation.name if self.body_organisation else self.body

    @property
    def is_overdue(self):
        """Is its day over, and it is neither done nor dropped nor refused?"""
        is_over = self.step in (Step.DONE, Step.DROPPED) or self.reply == Reply.REFUSED
        return bool(self.due_on) and not is_over and self.due_on < timezone.now().date()

    def get_absolute_url(self):
        return f"{reverse('consultations:results', args=self.consultation.url_key)}#r{self.number}"


class Progress(models.Model):
    """One dated entry of where a recommendation stands."""

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="progress")
    step = models.CharField(_("status"), max_length=9, choices=Step)
    note = models.CharField(_("note"), max_length=2000, blank=True)
    on = models.DateField(_("date"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("on", "pk")

    def __str__(self):
        return f"{self.step} on {self.on}"


class ProgressMail(models.Model):
    """Up to when those whose contributions recommendations rest on were told of what became of them."""

    consultation = models.OneToOneField(Consultation, models.CASCADE, related_name="progress_mail")
    told_at = models.DateTimeField()

    def __str__(self):
        return f"progress of {self.consultation_id}"
