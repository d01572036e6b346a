"""Translations of a synthesis: its sentences in another language. What they rest on stays with the sentences, and the
synthesis in the language it was written in is the one that counts.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from consultations.models.syntheses import Synthesis
from core import languages


class Translation(models.Model):
    """`texts`: {id of a sentence: [the sentence as it was, the same in this language]}."""

    synthesis = models.ForeignKey(Synthesis, models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=5, choices=languages.CHOICES)
    title = models.CharField(_("title"), max_length=200)
    texts = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("synthesis", "language")
        verbose_name = _("translation")
        constraints = [models.UniqueConstraint(fields=("synthesis", "language"), name="translation_once")]

    def __str__(self):
        return self.title

    @property
    def reference(self):
        return f"translation:{self.pk}"

    @cached_property
    def journal(self):
        return self.synthesis.journal

    def outdated(self, sentences):
        """(sentence, how an earlier wording of it was translated) of those that were changed since."""
        return [
            (row, self.texts[str(row.pk)][1]) for row in sentences if str(row.pk) in self.texts and not self.of(row)
        ]

    def of(self, sentence):
        """The sentence in this language; "" where there is none, or it was changed since."""
        was, said = self.texts.get(str(sentence.pk), ("", ""))
        return said if was == sentence.text else ""
