"""Printings: papers and archives that take longer to make than a page may take, made once and kept for a while."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.models.consultations import Consultation
from core import languages


class Paper(models.TextChoices):
    PROCEEDINGS = "question", _("Proceedings by question")
    BY_ORGANISATION = "organisation", _("Proceedings by organisation")
    SYNTHESIS = "synthesis", _("Synthesis")
    RECORD = "record", _("The whole record, with the program that checks it")


class Form(models.TextChoices):
    HTML = "html", "HTML"
    DOCX = "docx", "DOCX"
    PDF = "pdf", "PDF"
    ZIP = "zip", "ZIP"


class PrintingState(models.TextChoices):
    WAITING = "waiting", _("waiting to be printed")
    READY = "ready", _("ready")
    FAILED = "failed", _("not printed")


def printing_path(printing, name):
    """Where a printing lies: a name of our own."""
    return f"printings/{printing.folder}/{printing.pk}.{printing.form}"


class Printed(models.Model):
    """A paper in one form and language, of the journal up to `seq`. `problem`: why it could not be printed. Whoever is
    one says its `folder`, the `journal` it is of, and under which `file_name` it is fetched.
    """

    form = models.CharField(max_length=4, choices=Form)
    language = models.CharField(max_length=5, choices=languages.CHOICES)
    seq = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=8, choices=PrintingState, default=PrintingState.WAITING)
    problem = models.CharField(max_length=400, blank=True)
    file = models.FileField(upload_to=printing_path, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ("-asked_at",)


class Printing(Printed):
    """One paper of a consultation."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="printings")
    paper = models.CharField(max_length=12, choices=Paper)

    class Meta(Printed.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=("consultation", "paper", "form", "language"),
                condition=models.Q(state="waiting"),
                name="printing_once_waiting",
            )
        ]
        indexes = [models.Index(fields=("state", "asked_at"), name="printing_queue")]

    def __str__(self):
        return f"{self.paper} {self.form} {self.language} of {self.consultation_id}"

    @property
    def folder(self):
        return str(self.consultation_id)

    @property
    def journal(self):
        return self.consultation.journal

    @property
    def file_name(self):
        """As it is saved by whoever fetches it: `ALP-2026-C3-question-fr.pdf`."""
        return f"{self.consultation.file_name}-{self.paper}-{self.language}.{self.form}"
