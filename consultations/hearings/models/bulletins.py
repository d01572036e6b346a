"""Bulletins: what came of an item of the agenda, in a few lines and in all languages, kept as it was sent."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from consultations.hearings.models.agenda import Item
from consultations.hearings.models.hearings import Hearing, OfHearing, OfHearingQuerySet
from core import languages


class Bulletin(OfHearing):
    """Numbered within its hearing. after, closing: the seqs of the journal between which it tells; the last is that of
    the entry by which the item was concluded. said: {language: its paragraphs, of which the first is the heading and
    the second the hours by the clock of the room; at: [since when it tells, until when]}.
    """

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="bulletins")
    item = models.ForeignKey(Item, models.PROTECT, related_name="bulletins")
    number = models.PositiveSmallIntegerField()
    after = models.PositiveBigIntegerField()
    closing = models.PositiveBigIntegerField()
    said = models.JSONField()
    written_at = models.DateTimeField(default=timezone.now)

    objects = OfHearingQuerySet.as_manager()

    class Meta:
        app_label = "consultations"
        ordering = ("hearing", "number")
        verbose_name = _("bulletin")
        constraints = [
            models.UniqueConstraint(fields=("hearing", "number"), name="bulletin_number"),
            models.UniqueConstraint(fields=("hearing", "closing"), name="bulletin_once"),
        ]

    def __str__(self):
        return self.lines()[0]

    @property
    def reference(self):
        return f"bulletin:{self.pk}"

    def lines(self, language=None):
        """Its paragraphs in a language of ours, or in the one that is active."""
        return self.said[language or languages.own_code(get_language())]

    def get_absolute_url(self):
        return reverse("hearings:bulletin", args=[*self.hearing.url_key, self.number])
