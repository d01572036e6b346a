"""Translations of a synthesis: written by facilitators, a line a sentence, before it is published or after."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from consultations import citing
from consultations.exporting import verify
from consultations.models import Synthesis, Translation
from consultations.models.syntheses import LONGEST
from consultations.rules import syntheses as rules
from core import languages
from core import text as texts
from core.access import Refused, require
from journal.models import Audience
from journal.services import record


def translate(*, by, synthesis, language, title, text, revision=0, at=None):
    """Take the translation into a language, one line for each sentence and heading; returns it.

    revision: which one the writer began with. Raises Refused, with the text, where somebody else wrote another
    meanwhile, or the lines are not as many as the sentences.
    """
    with transaction.atomic():
        synthesis = Synthesis.objects.locked(synthesis.pk)
        require(rules.translate, by, synthesis, text=text)
        title, said = texts.clean_line(title, 200), _lines(text)
        if language not in languages.LANGUAGES or language == synthesis.language:
            raise Refused(_("Choose another language than the one the synthesis is written in."), text=text)
        if not title:
            raise Refused(_("A synthesis needs a title."), text=text)
        rows = list(synthesis.sentences.standing())
        if len(said) != len(rows):
            raise Refused(_how_many(said, rows), text=text)
        row = Translation.objects.filter(synthesis=synthesis, language=language).first()
        if (row.revision if row else 0) != revision:
            told = _(
                "Somebody else saved this translation meanwhile. Open it in another window, and bring both together."
            )
            raise Refused(told, text=text)
        row = row or Translation(synthesis=synthesis, language=language)
        row.title, row.by, row.at, row.revision = title, by, at or timezone.now(), revision + 1
        row.texts = {
            str(sentence.pk): [sentence.text, line]
            for sentence, line in zip(rows, said, strict=True)
            if line != sentence.text
        }
        row.save()
        facts = {"language": language, "title": title, "sha256": verify.sha256("\n".join([title, *said]).encode())}
        audience = Audience.EVERYONE if synthesis.is_published else Audience.MODERATORS
        record("synthesis.translated", actor=by, about=synthesis, data=facts, audience=audience, at=at)
    return row


def _lines(text):
    """What is typed, a line each, without the references, which stay with the sentences."""
    lines = [citing.read(line).text[:LONGEST] for line in texts.clean_text(text).split("\n")]
    return [line for line in lines if line]


def _how_many(said, rows):
    return _(
        "Lines of the translation: %(lines)s. Sentences and headings of the synthesis: %(count)s. Keep a line for "
        "each, and leave those as they are that are not translated."
    ) % {"lines": len(said), "count": len(rows)}


def typed(synthesis, translation):
    """The translation as it is written, with an empty line before each paragraph; the sentence where there is none."""
    rows = []
    for sentence in synthesis.sentences.standing():
        rows += [""] if rows and (sentence.starts_paragraph or sentence.is_heading) else []
        said = (translation.of(sentence) if translation else "") or sentence.text
        rows.append(f"# {said}" if sentence.is_heading else said)
    return "\n".join(rows)


def asked_for(synthesis, language=None):
    """The translation into a language, or into the one that is active; None where there is none, or none is needed."""
    wanted = language or languages.own_code(get_language())
    if wanted == synthesis.language:
        return None
    return Translation.objects.filter(synthesis=synthesis, language=wanted).first()
