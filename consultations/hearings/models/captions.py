"""Captions: what is said at a hearing, line by line, typed by a note-taker or fed by a program while it is said."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from consultations.hearings.models.agenda import Item
from consultations.hearings.models.hearings import Hearing, OfHearing, OfHearingQuerySet
from consultations.hearings.models.speakers import Speaker
from core import languages
from forum.models.posts import Channel

LONGEST = 1_000  # characters of a line


class CaptionQuerySet(OfHearingQuerySet):
    def standing(self):
        return self.filter(removed_at=None)


class Caption(OfHearing):
    """A line, numbered within its hearing in the order in which lines came. `speaker_name`: who says it, as the line
    names them; `speaker`, where they are on the list.
    """

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="captions")
    item = models.ForeignKey(Item, models.SET_NULL, null=True, blank=True, related_name="captions")
    number = models.PositiveIntegerField()
    speaker = models.ForeignKey(Speaker, models.SET_NULL, null=True, blank=True, related_name="captions")
    speaker_name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=5, choices=languages.CHOICES, default="en")
    text = models.CharField(max_length=LONGEST)
    said_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=6, choices=Channel, default=Channel.WEB)
    correction_count = models.PositiveSmallIntegerField(default=0, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_because = models.CharField(max_length=400, blank=True)
    key = models.CharField(max_length=100, null=True, unique=True, editable=False)

    objects = CaptionQuerySet.as_manager()

    class Meta:
        app_label = "consultations"
        ordering = ("hearing", "number")
        constraints = [models.UniqueConstraint(fields=("hearing", "number"), name="caption_number")]
        indexes = [models.Index(fields=("item", "number"), name="caption_of_item")]

    def __str__(self):
        return f"line {self.number} of {self.hearing_id}"

    @property
    def reference(self):
        return f"caption:{self.pk}"

    @property
    def direction(self):
        return languages.direction(self.language)

    @property
    def is_removed(self):
        return self.removed_at is not None

    def get_absolute_url(self):
        return reverse("hearings:transcript", args=self.hearing.url_key) + f"?at={self.number}#l{self.number}"


class CaptionChange(models.Model):
    """An earlier wording of a line: what stood there, until when, and who replaced it. Chair, secretaries and
    note-takers read it.
    """

    caption = models.ForeignKey(Caption, models.CASCADE, related_name="changes")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=LONGEST)
    speaker_name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=5, choices=languages.CHOICES, default="en")
    replaced_at = models.DateTimeField(default=timezone.now)
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "consultations"
        ordering = ("caption", "number")
        constraints = [models.UniqueConstraint(fields=("caption", "number"), name="caption_change_number")]

    def __str__(self):
        return f"earlier wording {self.number} of {self.caption_id}"
