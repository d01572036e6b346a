"""Phases: the timetable of a consultation. What a phase is at a moment follows from the clock and is never stored."""

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.models.consultations import Consultation


class PhaseKind(models.TextChoices):
    QUESTIONS = "questions", _("Questions")
    DRAFT = "draft", _("Draft text")
    STATEMENTS = "statements", _("Statements")
    BALLOT = "ballot", _("Ballot")
    SYNTHESIS = "synthesis", _("Synthesis")
    RESULTS = "results", _("Results")


# In which people are asked for something; in the others it is worked on, and told what came of it.
ASKING = (PhaseKind.QUESTIONS, PhaseKind.DRAFT, PhaseKind.STATEMENTS, PhaseKind.BALLOT)


class PhaseState(models.TextChoices):
    COMING = "coming", pgettext_lazy("a phase", "not open yet")
    OPEN = "open", pgettext_lazy("a phase", "open")
    CLOSED = "closed", pgettext_lazy("a phase", "closed")


class PhaseQuerySet(models.QuerySet):
    def visible_to(self, member):
        return self.filter(consultation__in=Consultation.objects.visible_to(member))

    def open_at(self, moment):
        return self.filter(opens_at__lte=moment, closes_at__gt=moment)

    def locked(self, pk):
        """The phase with its consultation, fetched anew under a lock that lasts for the transaction."""
        rows = self.select_for_update(of=("self",), no_key=True)
        return rows.select_related("consultation__workspace__journal").get(pk=pk)


class Phase(models.Model):
    """A window [opens, closes) in UTC, in which one kind of thing is done. Those of a consultation never overlap.

    The database refuses an overlap (an exclusion in PostgreSQL, triggers in SQLite). `first_closes_at` is the close
    that was first announced: what comes between it and `closes_at` came in the extended period. `opened_at` and
    `closed_at`: when the journal was told.
    """

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="phases")
    kind = models.CharField(_("kind"), max_length=10, choices=PhaseKind)
    title = models.CharField(_("title"), max_length=200, blank=True)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    first_closes_at = models.DateTimeField(editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = PhaseQuerySet.as_manager()

    class Meta:
        ordering = ("consultation", "opens_at")
        verbose_name = _("phase")
        constraints = [
            models.CheckConstraint(condition=models.Q(closes_at__gt=models.F("opens_at")), name="phase_window")
        ]
        indexes = [
            models.Index(fields=("opened_at", "opens_at"), name="phase_to_open"),
            models.Index(fields=("closed_at", "closes_at"), name="phase_to_close"),
        ]

    def __str__(self):
        return self.title or self.get_kind_display()

    @property
    def reference(self):
        return f"phase:{self.pk}"

    @cached_property
    def journal(self):
        return self.consultation.journal

    def state_at(self, moment):
        """Where the moment lies: before the window [opens, closes), in it, or after it."""
        if moment < self.opens_at:
            return PhaseState.COMING
        return PhaseState.OPEN if moment < self.closes_at else PhaseState.CLOSED

    @property
    def state(self):
        return self.state_at(timezone.now())

    @property
    def is_extended(self):
        return self.closes_at > self.first_closes_at

    def get_absolute_url(self):
        return f"{self.consultation.get_absolute_url()}#phase-{self.pk}"
