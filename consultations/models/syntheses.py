"""Syntheses: what a consultation came to, sentence by sentence, each with the contributions it rests on.

Every sentence has a revision and keeps the wordings it had, so that two who write at once lose nothing. What is
published is numbered and changes only by a corrigendum.
"""

from datetime import timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations import citing
from consultations.models.consultations import Consultation
from consultations.models.contributions import Contribution
from core import languages
from forum.models.posts import Channel

LONGEST = 2_000  # characters of a sentence
DAYS = 7  # to say that one was misrepresented


class SynthesisState(models.TextChoices):
    DRAFTING = "drafting", pgettext_lazy("a synthesis", "being written")
    PUBLISHED = "published", pgettext_lazy("a synthesis", "published")


class SynthesisQuerySet(models.QuerySet):
    def visible_to(self, member):
        """Published ones of consultations the member may read; drafts for those who write them."""
        seen = self.filter(consultation__in=Consultation.objects.visible_to(member))
        if getattr(member, "is_secretariat", False) and member.is_active:
            return seen
        shown = models.Q(state=SynthesisState.PUBLISHED)
        if member.is_authenticated:
            room = models.OuterRef("consultation__workspace")
            shown |= models.Exists(member.seats.filter(workspace=room, role="moderator"))
        return seen.filter(shown)

    def locked(self, pk):
        """The synthesis, fetched anew under a lock that lasts for the transaction."""
        rows = self.select_for_update(of=("self",), no_key=True)
        return rows.select_related("consultation__workspace__journal").get(pk=pk)


class Synthesis(models.Model):
    """One of a consultation. `because`: why it was published with sentences that cite nothing. `sha256`: of its
    sentences with what they cite, as exporting/verify.py reckons it.
    """

    consultation = models.OneToOneField(Consultation, models.PROTECT, related_name="synthesis")
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=5, choices=languages.CHOICES)
    state = models.CharField(max_length=9, choices=SynthesisState, default=SynthesisState.DRAFTING)
    revision = models.PositiveIntegerField(default=0, editable=False)
    days = models.PositiveSmallIntegerField(
        _("days to object"), default=DAYS, validators=[MinValueValidator(1), MaxValueValidator(90)]
    )
    because = models.CharField(max_length=400, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    objects = SynthesisQuerySet.as_manager()

    class Meta:
        verbose_name = _("synthesis")

    def __str__(self):
        return self.title

    @property
    def reference(self):
        return f"synthesis:{self.pk}"

    @cached_property
    def journal(self):
        return self.consultation.journal

    @property
    def is_published(self):
        return self.state == SynthesisState.PUBLISHED

    @property
    def objections_until(self):
        """Until just before when those it cites may say that it misrepresents them; None before it is published."""
        return self.published_at + timedelta(days=self.days) if self.published_at else None

    def get_absolute_url(self):
        return reverse("consultations:synthesis", args=self.consultation.url_key)


class SentenceKind(models.TextChoices):
    SENTENCE = "sentence", _("sentence")
    HEADING = "heading", _("heading")


class SentenceQuerySet(models.QuerySet):
    def standing(self):
        """Those that are in the text, in its order."""
        return self.filter(dropped_at=None).order_by("place", "pk")


class Sentence(models.Model):
    """`place`: in the text, from 1. `number`: of sentences alone, given when it is published."""

    synthesis = models.ForeignKey(Synthesis, models.CASCADE, related_name="sentences")
    place = models.PositiveIntegerField()
    number = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=8, choices=SentenceKind, default=SentenceKind.SENTENCE)
    starts_paragraph = models.BooleanField(default=False)
    text = models.CharField(max_length=LONGEST)
    revision = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    edited_at = models.DateTimeField(default=timezone.now)
    dropped_at = models.DateTimeField(null=True)

    objects = SentenceQuerySet.as_manager()

    class Meta:
        ordering = ("synthesis", "place")
        verbose_name = _("sentence")
        indexes = [models.Index(fields=("synthesis", "dropped_at", "place"), name="sentence_in_place")]

    def __str__(self):
        return self.text

    @property
    def is_heading(self):
        return self.kind == SentenceKind.HEADING

    @property
    def line(self):
        """As it is typed; asks for its citations unless they were fetched."""
        cited = tuple((row.contribution.number, row.words) for row in self.citations.all())
        return citing.Line(self.text, cited, self.is_heading, self.starts_paragraph)


class Wording(models.Model):
    """What a sentence was in one of its revisions, with its references as they are typed."""

    sentence = models.ForeignKey(Sentence, models.CASCADE, related_name="wordings")
    revision = models.PositiveIntegerField()
    said = models.TextField()
    starts_paragraph = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("sentence", "revision")
        constraints = [models.UniqueConstraint(fields=("sentence", "revision"), name="wording_once")]

    def __str__(self):
        return self.said


class Citation(models.Model):
    """What a sentence rests on: words of a contribution, or all of it where there are none.

    When the contribution is erased its words go from here too; `sha256` of them stays.
    """

    sentence = models.ForeignKey(Sentence, models.CASCADE, related_name="citations")
    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="citations")
    words = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("citation")

    def __str__(self):
        return citing.write_one(self.contribution.number, self.words)


class Remark(models.Model):
    """What one of those who write says of a sentence to the others."""

    sentence = models.ForeignKey(Sentence, models.CASCADE, related_name="remarks")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.CharField(max_length=1000)
    made_at = models.DateTimeField(default=timezone.now)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("made_at", "pk")

    def __str__(self):
        return self.text


class Corrigendum(models.Model):
    """The corrections accepted since the last one, published together. `sha256`: of the sentences after it."""

    synthesis = models.ForeignKey(Synthesis, models.PROTECT, related_name="corrigenda")
    number = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("synthesis", "number")
        verbose_name = _("corrigendum")
        constraints = [models.UniqueConstraint(fields=("synthesis", "number"), name="corrigendum_number")]

    def __str__(self):
        return f"{self.synthesis_id}/Corr.{self.number}"

    @property
    def objections_until(self):
        """Until just before when those it cites anew may object, the days that others had."""
        return self.published_at + timedelta(days=self.synthesis.days)

    @cached_property
    def cites_anew(self):
        """Numbers of the contributions that a corrected sentence cites and did not cite before."""
        rows = self.objections.all()
        return {number for row in rows for number in _numbers(row.corrected) - _numbers(row.was)}


def _numbers(said):
    return {number for number, _words in citing.read(said).citations}


class ObjectionState(models.TextChoices):
    OPEN = "open", pgettext_lazy("an objection", "not decided yet")
    ACCEPTED = "accepted", pgettext_lazy("an objection", "accepted")
    DECLINED = "declined", pgettext_lazy("an objection", "declined")


class Objection(models.Model):
    """Somebody who is cited says that they are misrepresented. `corrected`: the sentence that takes the place of the
    old one (`was`), both as they are typed, when it was accepted.
    """

    synthesis = models.ForeignKey(Synthesis, models.PROTECT, related_name="objections")
    sentence = models.ForeignKey(Sentence, models.PROTECT, null=True, related_name="objections")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="objections")
    why = models.CharField(max_length=4000)
    channel = models.CharField(max_length=6, choices=Channel, default=Channel.WEB)
    key = models.CharField(max_length=100, null=True, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=ObjectionState, default=ObjectionState.OPEN)
    was = models.TextField(blank=True)
    corrected = models.TextField(blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    corrigendum = models.ForeignKey(Corrigendum, models.PROTECT, null=True, related_name="objections")

    class Meta:
        ordering = ("made_at", "pk")
        verbose_name = _("objection")

    def __str__(self):
        return f"objection {self.pk} to {self.synthesis_id}"

    @property
    def was_shown(self):
        """As it was, with the numbers of what it cites: words that are cited are shown where they can be hidden."""
        return citing.bare(self.was)

    @property
    def corrected_shown(self):
        return citing.bare(self.corrected)

    @property
    def reference(self):
        return f"objection:{self.pk}"

    @cached_property
    def journal(self):
        return self.synthesis.journal
