"""The record of a hearing: what note-takers write while it goes on, the text that is published, and its corrections.

The text is made once, as plain values (`consultations/hearings/minutes/`), when the record is published as
provisional; the final text is that one with the corrections that were accepted. Both are kept as they were, with the
SHA-256 that the journal holds.
"""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.hearings.models.agenda import Item
from consultations.hearings.models.hearings import Hearing, OfHearing
from consultations.hearings.models.speakers import Speaker
from forum.models.posts import Channel

MOST_NOTE = 20_000  # characters


class NoteQuerySet(models.QuerySet):
    def standing(self):
        """Those in the record, in their order; without what was taken out, and without wordings that wait."""
        return self.filter(dropped_at=None, rival_of=None).order_by("written_at", "pk")


class Note(models.Model):
    """A paragraph of the minutes: of an item, or of what a speaker said. `version` grows with every wording.

    rival_of: two wrote the same paragraph at the same time; this is the wording that came second, and waits until
    somebody makes one of both.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="notes")
    speaker = models.ForeignKey(Speaker, models.SET_NULL, null=True, blank=True, related_name="notes")
    rival_of = models.ForeignKey("self", models.CASCADE, null=True, related_name="rivals")
    text = models.TextField(_("text"), max_length=MOST_NOTE)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    dropped_at = models.DateTimeField(null=True)
    key = models.CharField(max_length=60, null=True, editable=False)  # of a form: sent twice, it is one paragraph

    objects = NoteQuerySet.as_manager()

    class Meta:
        app_label = "consultations"
        ordering = ("item", "written_at", "pk")
        verbose_name = _("note")
        constraints = [models.UniqueConstraint(fields=("item", "key"), name="note_once")]

    def __str__(self):
        return f"note {self.pk} of item {self.item_id}"

    @property
    def reference(self):
        return f"note:{self.pk}"

    @cached_property
    def journal(self):
        return self.item.hearing.journal


class RecordState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("the record of a hearing", "being written")
    PROVISIONAL = "provisional", pgettext_lazy("the record of a hearing", "provisional")
    FINAL = "final", pgettext_lazy("the record of a hearing", "final")


class RecordQuerySet(models.QuerySet):
    def visible_to(self, member):
        """Those that are published, of hearings the member may follow."""
        seen = Hearing.objects.visible_to(member)
        return self.filter(hearing__in=seen).exclude(state=RecordState.DRAFT)


class Record(OfHearing):
    """provisional, final: the text as plain values, as it was published. corrigendum: [[paragraph, was, reads], ...],
    what was found wrong after it was final; there is one at most.
    """

    hearing = models.OneToOneField(Hearing, models.CASCADE, related_name="record")
    state = models.CharField(max_length=11, choices=RecordState, default=RecordState.DRAFT)
    summary = models.TextField(_("the chair’s summary"), blank=True, max_length=60_000)
    summary_version = models.PositiveIntegerField(default=0)
    summary_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    provisional = models.JSONField(null=True)
    provisional_sha256 = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True)
    corrections_until = models.DateTimeField(_("corrections until"), null=True)
    final = models.JSONField(null=True)
    final_sha256 = models.CharField(max_length=64, blank=True)
    finalised_at = models.DateTimeField(null=True)
    corrigendum = models.JSONField(default=list)
    corrigendum_at = models.DateTimeField(null=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        app_label = "consultations"
        verbose_name = _("record of a hearing")

    def __str__(self):
        return f"record of {self.hearing_id}"

    @property
    def reference(self):
        return f"record:{self.pk}"

    @property
    def is_published(self):
        return self.state != RecordState.DRAFT

    def get_absolute_url(self):
        return reverse("hearings:record", args=self.hearing.url_key)

    @property
    def is_final(self):
        return self.state == RecordState.FINAL

    @property
    def facts(self):
        """The text that stands, as plain values; None while it is being written."""
        return self.final if self.is_final else self.provisional

    @property
    def symbol(self):
        """By which it is cited: `ALP/2026/H2/R`."""
        return f"{self.hearing.code}/R"


class CorrectionState(models.TextChoices):
    OPEN = "open", pgettext_lazy("a correction", "not decided yet")
    ACCEPTED = "accepted", pgettext_lazy("a correction", "accepted")
    DECLINED = "declined", pgettext_lazy("a correction", "declined")


class Correction(models.Model):
    """Somebody asks that a paragraph of the provisional record read otherwise. `part`: of what it says, which field is
    corrected; `was` and `reads`: that, when it was accepted.
    """

    class Part(models.TextChoices):
        TEXT = "text", _("the words")
        NAME = "name", _("the name of the speaker")

    record = models.ForeignKey(Record, models.CASCADE, related_name="corrections")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="corrections")
    paragraph = models.PositiveIntegerField(null=True)
    why = models.TextField(max_length=4000)
    channel = models.CharField(max_length=6, choices=Channel, default=Channel.WEB)
    key = models.CharField(max_length=100, null=True, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=CorrectionState, default=CorrectionState.OPEN)
    part = models.CharField(max_length=4, choices=Part, default=Part.TEXT)
    was = models.TextField(blank=True)
    reads = models.TextField(blank=True, max_length=60_000)
    reason = models.CharField(max_length=1000, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "consultations"
        ordering = ("made_at", "pk")
        verbose_name = _("correction")

    def __str__(self):
        return f"correction {self.pk} of {self.record_id}"

    @property
    def reference(self):
        return f"correction:{self.pk}"

    @cached_property
    def journal(self):
        return self.record.journal
