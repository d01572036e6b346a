"""Printings of hearings: the record as a paper, and the archive of all of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.hearings.models.hearings import Hearing
from consultations.models.printings import Printed


class HearingPaper(models.TextChoices):
    RECORD = "minutes", _("Record of the hearing")
    ARCHIVE = "record", _("The whole record, with the program that checks it")


class HearingPrinting(Printed):
    """One paper of a hearing."""

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="printings")
    paper = models.CharField(max_length=12, choices=HearingPaper)

    class Meta(Printed.Meta):
        app_label = "consultations"
        constraints = [
            models.UniqueConstraint(
                fields=("hearing", "paper", "form", "language"),
                condition=models.Q(state="waiting"),
                name="hearing_printing_once_waiting",
            )
        ]
        indexes = [models.Index(fields=("state", "asked_at"), name="hearing_printing_queue")]

    def __str__(self):
        return f"{self.paper} {self.form} {self.language} of {self.hearing_id}"

    @property
    def folder(self):
        return f"H{self.hearing_id}"

    @property
    def journal(self):
        return self.hearing.journal

    @property
    def file_name(self):
        """As it is saved by whoever fetches it: `ALP-2026-H2-minutes-fr.pdf`."""
        return f"{self.hearing.file_name}-{self.paper}-{self.language}.{self.form}"
