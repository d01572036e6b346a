"""What is said in several languages: each a version of the same text, one of them the one it was written in.

Whoever reads a language that has no version is shown the original, and told so.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core import languages
from core import text as texts

TITLE = 200  # characters
MOST = 60_000  # characters of one text in one language


@dataclass(frozen=True)
class Wording:
    """A text in one language. `is_fallback`: it is not the language that was asked for."""

    language: str
    title: str
    text: str
    html: str
    is_fallback: bool = False

    @property
    def language_name(self):
        return languages.LANGUAGES[self.language][0]

    @property
    def direction(self):
        return languages.direction(self.language)


class Worded(models.Model):
    """A title and a text in the language they were written in, and `versions` of both in others.

    versions: {language: {"title", "text", "html"}}; it never holds the original language.
    """

    language = models.CharField(_("language"), max_length=5, choices=languages.CHOICES, default="en")
    title = models.CharField(_("title"), max_length=TITLE)
    text = models.TextField(_("text"), blank=True, max_length=MOST)
    html = models.TextField(blank=True, editable=False)
    versions = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self):
        return self.worded().title

    @property
    def languages(self):
        """The languages there is a version in, the original first."""
        return [self.language, *(code for code in languages.LANGUAGES if code in self.versions)]

    def worded(self, language=None):
        """The wording in a language, or in the one that is active; the original where there is none."""
        wanted = language or languages.own_code(get_language())
        if version := self.versions.get(wanted) if wanted != self.language else None:
            return Wording(wanted, version["title"] or self.title, version["text"], version["html"])
        return Wording(self.language, self.title, self.text, self.html, is_fallback=wanted != self.language)

    @property
    def wordings(self):
        """{language: (title, text)} as they were written, the original first."""
        versions = ((code, self.versions[code]) for code in self.languages[1:])
        return {self.language: (self.title, self.text), **{code: (one["title"], one["text"]) for code, one in versions}}

    @property
    def titles(self):
        """{language: title} of the versions in other languages that have one."""
        return {code: version["title"] for code, version in self.versions.items() if version["title"]}

    def said(self):
        """Every wording, {language: [title, text]}, as the record keeps it."""
        return {code: [self.worded(code).title, self.worded(code).text] for code in self.languages}

    def reword(self, language, title, text):
        """Take the wording of one language and keep the others; an empty one takes its version away. Not saved."""
        self.word(self.wordings | {language: (title, text)})

    def word(self, wordings):
        """Take wordings {language: (title, text)}; the first language is the original. Nothing is saved."""
        cleaned = {
            code: (texts.clean_line(title, TITLE), texts.clean_text(text).strip())
            for code, (title, text) in wordings.items()
        }
        self.language, *others = cleaned
        self.title, self.text = cleaned[self.language]
        self.html = texts.render(self.text)
        self.versions = {
            code: {"title": cleaned[code][0], "text": cleaned[code][1], "html": texts.render(cleaned[code][1])}
            for code in others
            if any(cleaned[code])
        }
