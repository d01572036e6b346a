"""Contributions: what a consultation received. Each is a post, and what the post is to the consultation.

Text, author, capacity, organisation and the snapshot of category, region and country stand on the post; here stand
its number, what it answers, in which part of the window it came, and what came of it.
"""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from consultations.models.consultations import Consultation
from consultations.models.phases import Phase
from consultations.models.questions import Question
from forum.models import Post
from forum.models.posts import State
from members.models import Organisation


class Stamp(models.TextChoices):
    """In which part of the window it counts."""

    ORIGINAL = "original", _("original period")
    EXTENDED = "extended", _("extended period")
    GRACE = "grace", _("sent before the close, arrived after it")
    LATE = "late", _("late, accepted")


class ContributionQuerySet(models.QuerySet):
    def visible_to(self, member):
        """Those whose post this member may read."""
        consultations = Consultation.objects.visible_to(member)
        return self.filter(consultation__in=consultations, post__in=Post.objects.visible_to(member))

    def shown(self):
        """Those everyone who may read the consultation is shown."""
        return self.filter(post__state=State.PUBLISHED)

    def standing(self):
        """Shown, and not superseded by a later position of the same organisation."""
        return self.shown().filter(superseded_by=None)


class Contribution(models.Model):
    """`came_at`: when the words came to us. `moment`: what was compared with the window: that, or in the grace when a
    mail was provably sent or a form was opened. `is_position`: the one cleared position of its
    organisation on its question.
    """

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="contributions")
    number = models.PositiveIntegerField()
    post = models.OneToOneField(Post, models.PROTECT, related_name="contribution")
    phase = models.ForeignKey(Phase, models.PROTECT, null=True, related_name="contributions")
    question = models.ForeignKey(Question, models.PROTECT, null=True, related_name="contributions")
    stamp = models.CharField(max_length=10, choices=Stamp, default=Stamp.ORIGINAL)
    moment = models.DateTimeField()
    came_at = models.DateTimeField()
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    accepted_because = models.CharField(max_length=400, blank=True)
    is_position = models.BooleanField(default=False)
    # The organisation again, for the database to keep a second position out.
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="contributions")
    superseded_by = models.OneToOneField("self", models.PROTECT, null=True, related_name="supersedes")
    # Words on paper: who agreed that they are entered, and how that is known.
    consent = models.CharField(max_length=400, blank=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ("consultation", "number")
        verbose_name = _("contribution")
        constraints = [
            models.UniqueConstraint(fields=("consultation", "number"), name="contribution_number"),
            models.UniqueConstraint(
                fields=("question", "organisation"),
                condition=models.Q(is_position=True, superseded_by=None),
                name="position_once",
            ),
        ]
        indexes = [models.Index(fields=("question", "number"), name="contribution_on_question")]

    def __str__(self):
        return self.code

    @property
    def reference(self):
        return f"contribution:{self.pk}"

    @property
    def code(self):
        """By which it is cited: `ALP/2026/C3/14`."""
        return f"{self.consultation.code}/{self.number}"

    @cached_property
    def journal(self):
        return self.consultation.journal

    def get_absolute_url(self):
        return reverse("consultations:contribution", args=[*self.consultation.url_key, self.number])


class Association(models.Model):
    """Another organisation associates itself with a contribution."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="associations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="associations")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("contribution", "made_at")
        constraints = [models.UniqueConstraint(fields=("contribution", "organisation"), name="association_once")]

    def __str__(self):
        return f"{self.organisation} with {self.contribution_id}"
