"""Files of contributions that were collected elsewhere, on their way in, and where each of those came from."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from consultations.models.consultations import Consultation
from consultations.models.contributions import Contribution
from core.work import Claimable


class Import(Claimable):
    """A file, looked at by a facilitator, then taken row by row by a worker once it is confirmed.

    source: its bytes, until all is taken; left: the rows that were not taken, as a table, kept for a while. given: what
    stands for empty cells (services/imports.py: Given). outcomes: what became of each row, as lists [row, state, code,
    reason].
    """

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="imports")
    name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    source = models.BinaryField(editable=False)
    left = models.BinaryField(default=b"", editable=False)
    given = models.JSONField(default=dict)
    outcomes = models.JSONField(default=list)
    row_count = models.PositiveIntegerField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        verbose_name = _("import")
        indexes = [
            models.Index(
                fields=("confirmed_at",),
                condition=models.Q(confirmed_at__isnull=False, done_at=None),
                name="import_queue",
            )
        ]

    def __str__(self):
        return self.name

    @cached_property
    def counts(self):
        """{state: how many rows}."""
        found = {}
        for _row, state, _code, _reason in self.outcomes:
            found[state] = found.get(state, 0) + 1
        return found


class Imported(models.Model):
    """Where an imported contribution stood before: in which row of which file (its SHA-256), and under which id."""

    contribution = models.OneToOneField(Contribution, models.CASCADE, related_name="imported")
    source = models.CharField(max_length=200, blank=True)
    external_id = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    row = models.PositiveIntegerField()

    class Meta:
        ordering = ("contribution",)
        verbose_name = _("imported contribution")

    def __str__(self):
        return f"{self.contribution_id} from row {self.row}"
