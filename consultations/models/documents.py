"""Draft texts: a document, its immutable versions, and every block of a version in order.

A paragraph keeps its `key` through all versions in which it is found again (consultations/anchoring.py), whatever its
number becomes; what is said of it is pinned to the version it was said of.
"""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from consultations.labels import LONGEST
from consultations.models.consultations import Consultation
from consultations.models.phases import Phase
from core import languages
from forum.models import Thread


def shown_to(member, prefix):
    """Q: what is published, or of a room this member moderates. prefix: the way from the row to the consultation."""
    if getattr(member, "is_secretariat", False) and member.is_active:
        return models.Q()
    shown = models.Q(**{"current__isnull" if prefix == "consultation" else "published_at__isnull": False})
    if member.is_authenticated:
        room = models.OuterRef(f"{prefix}__workspace")
        shown |= models.Exists(member.seats.filter(workspace=room, role="moderator"))
    return shown


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, member):
        """Those with a published version; all of them for who prepares them."""
        consultations = Consultation.objects.visible_to(member)
        return self.filter(shown_to(member, "consultation"), consultation__in=consultations)

    def with_all(self):
        return self.select_related("consultation__workspace__journal", "phase", "current").defer("current__source")


class Document(models.Model):
    """A text under discussion, numbered within its consultation: `D1`.

    `phase`: in whose window it is open; a new version may move it to another. `current`: the newest published version.
    """

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="documents")
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="documents", verbose_name=_("phase"))
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=200)
    current = models.OneToOneField("Version", models.PROTECT, null=True, editable=False, related_name="current_of")
    last_key = models.PositiveIntegerField(default=0, editable=False)  # of its paragraphs, in all versions

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ("consultation", "number")
        verbose_name = _("document")
        constraints = [models.UniqueConstraint(fields=("consultation", "number"), name="document_number")]

    def __str__(self):
        return self.title

    @property
    def reference(self):
        return f"document:{self.pk}"

    @property
    def code(self):
        """By which it is cited: `ALP/2026/C3/D1`."""
        return f"{self.consultation.code}/D{self.number}"

    @cached_property
    def journal(self):
        return self.consultation.journal

    @property
    def url_key(self):
        return (*self.consultation.url_key, self.number)

    def get_absolute_url(self):
        return reverse("consultations:document", args=self.url_key)


class VersionQuerySet(models.QuerySet):
    def visible_to(self, member):
        """Published ones; what is being prepared is for who prepares it."""
        consultations = Consultation.objects.visible_to(member)
        return self.filter(shown_to(member, "document__consultation"), document__consultation__in=consultations)

    def with_all(self):
        """With the document and its room, without the bytes it was read from."""
        related = ("document__consultation__workspace__journal", "document__phase", "phase")
        return self.select_related(*related).defer("source")


class Version(models.Model):
    """One wording of a document. Once published it never changes.

    `source`: the bytes it was read from, `sha256` theirs. `problems`: what is not in order with its numbers. `report`:
    what became of the paragraphs of the version before (services/documents.py says how it is written).
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="versions")
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    language = models.CharField(_("language"), max_length=5, choices=languages.CHOICES, default="en")
    summary = models.CharField(_("what has changed"), max_length=2000, blank=True)
    source = models.BinaryField(editable=False)
    source_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    problems = models.JSONField(default=list, editable=False)
    report = models.JSONField(default=dict, editable=False)
    paragraph_count = models.PositiveIntegerField(default=0, editable=False)  # the numbered ones
    prepared_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ("document", "number")
        verbose_name = _("version")
        constraints = [
            models.UniqueConstraint(fields=("document", "number"), name="version_number"),
            models.UniqueConstraint(
                fields=("document",), condition=models.Q(published_at=None), name="version_one_in_preparation"
            ),
        ]

    def __str__(self):
        return self.code

    @property
    def reference(self):
        return f"version:{self.pk}"

    @property
    def code(self):
        """By which it is cited: `ALP/2026/C3/D1.2`."""
        return f"{self.document.code}.{self.number}"

    @cached_property
    def journal(self):
        return self.document.journal

    @property
    def consultation(self):
        return self.document.consultation

    @property
    def is_published(self):
        return self.published_at is not None

    @property
    def is_current(self):
        return self.document.current_id == self.pk

    @property
    def direction(self):
        return languages.direction(self.language)

    @property
    def url_key(self):
        return (*self.document.url_key, self.number)

    def get_absolute_url(self):
        return reverse("consultations:version", args=self.url_key)


class BlockKind(models.TextChoices):
    HEADING = "heading", _("heading")
    PARAGRAPH = "paragraph", _("numbered paragraph")
    TEXT = "text", _("text")


class ParagraphQuerySet(models.QuerySet):
    def visible_to(self, member):
        return self.filter(version__in=Version.objects.visible_to(member))

    def numbered(self):
        return self.exclude(label="")

    def with_all(self):
        version = "version__document__consultation__workspace__journal"
        related = (version, "version__document__phase", "version__document__current", "version__phase", "thread")
        return self.select_related(*related).defer("version__source", "version__document__current__source")


class Paragraph(models.Model):
    """One block of a version, be it a heading or unnumbered text.

    `number` as printed; `label` the whole number by which it is cited, `12(a)`, empty without one; `place` in the
    version. `thread`: what is said of it, from the first comment on.
    """

    version = models.ForeignKey(Version, models.CASCADE, related_name="paragraphs")
    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=9, choices=BlockKind)
    key = models.CharField(max_length=12)
    number = models.CharField(max_length=60, blank=True)
    label = models.CharField(max_length=LONGEST, blank=True)
    level = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()
    thread = models.OneToOneField(Thread, models.PROTECT, null=True, editable=False, related_name="paragraph")

    objects = ParagraphQuerySet.as_manager()

    class Meta:
        ordering = ("version", "place")
        verbose_name = _("paragraph")
        constraints = [
            models.UniqueConstraint(fields=("version", "place"), name="paragraph_place"),
            models.UniqueConstraint(fields=("version", "key"), name="paragraph_key"),
            models.UniqueConstraint(fields=("version", "label"), condition=~models.Q(label=""), name="paragraph_label"),
        ]

    def __str__(self):
        return self.code

    @property
    def reference(self):
        return f"paragraph:{self.pk}"

    @property
    def code(self):
        """By which it is cited: `ALP/2026/C3/D1.2/12(a)`."""
        return f"{self.version.code}/{self.label}"

    @cached_property
    def journal(self):
        return self.version.journal

    @property
    def depth(self):
        """How far it is set in: 0 for the outermost."""
        return min(4, max(0, self.level - 1)) if self.kind == BlockKind.PARAGRAPH else 0

    @property
    def url_key(self):
        return (*self.version.url_key, self.label)

    def get_absolute_url(self):
        return reverse("consultations:paragraph", args=self.url_key)
