"""The documents desk: papers of a hearing or of an item, in numbered versions, each with files in several languages.

The files hang on a post in the thread of the item (or of the hearing), so whoever may read that gets them, on pages and
by mail, with their light versions.
"""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from consultations.hearings.models.agenda import Item
from consultations.hearings.models.hearings import Hearing, OfHearing, OfHearingQuerySet
from consultations.models.worded import Worded
from core import languages
from forum.models import Attachment, Post


class Series(models.TextChoices):
    """The kinds of papers, as they are numbered at the United Nations."""

    CRP = "CRP", _("Conference room paper")
    INF = "INF", _("Information")
    L = "L", _("Draft decision")
    NGO = "NGO", _("Paper of an organisation")


class DeskDocument(OfHearing, Worded):
    """Numbered within its series at its hearing; title and a note on what it is, in several languages. One of which
    every version was withdrawn keeps its place, with the reason.
    """

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="desk_documents")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="desk_documents")
    series = models.CharField(max_length=3, choices=Series, default=Series.CRP)
    number = models.PositiveSmallIntegerField()
    last_version = models.PositiveSmallIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)  # when its last version came

    objects = OfHearingQuerySet.as_manager()

    class Meta:
        app_label = "consultations"
        ordering = ("hearing", "series", "number")
        constraints = [models.UniqueConstraint(fields=("hearing", "series", "number"), name="desk_document_number")]

    @property
    def reference(self):
        return f"desk_document:{self.pk}"

    @property
    def short_symbol(self):
        """`CRP.1`, under which its page is found."""
        return f"{self.series}.{self.number}"

    @property
    def symbol(self):
        """By which it is cited: `ALP/2026/H2/CRP.1`."""
        return f"{self.hearing.code}/{self.short_symbol}"

    def get_absolute_url(self):
        return reverse("hearings:document", args=[*self.hearing.url_key, self.short_symbol])


class DeskVersion(models.Model):
    """One version of a document. `change`: what is different from the one before."""

    document = models.ForeignKey(DeskDocument, models.CASCADE, related_name="numbered_versions")
    number = models.PositiveSmallIntegerField()
    change = models.CharField(max_length=400, blank=True)
    post = models.OneToOneField(Post, models.PROTECT, related_name="desk_version")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=400, blank=True)
    key = models.CharField(max_length=100, null=True, unique=True, editable=False)

    class Meta:
        app_label = "consultations"
        ordering = ("document", "number")
        constraints = [models.UniqueConstraint(fields=("document", "number"), name="desk_version_number")]

    def __str__(self):
        return self.symbol

    @property
    def reference(self):
        return f"desk_version:{self.pk}"

    @cached_property
    def journal(self):
        return self.document.journal

    @property
    def symbol(self):
        """`ALP/2026/H2/CRP.1/Rev.1` of the second version."""
        return f"{self.document.symbol}/Rev.{self.number - 1}" if self.number > 1 else self.document.symbol

    @property
    def is_withdrawn(self):
        return self.withdrawn_at is not None


class DeskFile(models.Model):
    """A file of a version, and the language it is in."""

    version = models.ForeignKey(DeskVersion, models.CASCADE, related_name="files")
    attachment = models.OneToOneField(Attachment, models.CASCADE, related_name="desk_file")
    language = models.CharField(max_length=5, choices=languages.CHOICES, blank=True)

    class Meta:
        app_label = "consultations"
        ordering = ("version", "pk")

    def __str__(self):
        return str(self.attachment)

    @property
    def language_name(self):
        return languages.LANGUAGES[self.language][0] if self.language in languages.LANGUAGES else ""
