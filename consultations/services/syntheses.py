"""Syntheses: begun, and published with what every sentence rests on; `sentences.py` is where they are written."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations import citing
from consultations.exporting import verify
from consultations.models import Consultation, Sentence, Synthesis
from consultations.models.syntheses import DAYS, SynthesisState
from consultations.rules import syntheses as rules
from consultations.services import evidence
from consultations.services import sentences as writing
from core import text as texts
from core.access import Refused, require
from forum.models.posts import State
from journal.models import Audience
from journal.services import record


def begin(*, by, consultation, title, language, at=None):
    """Begin the synthesis of a consultation; returns it."""
    with transaction.atomic():
        consultation = Consultation.objects.locked(consultation.pk)
        require(rules.begin, by, consultation)
        title = texts.clean_line(title, 200)
        if not title:
            raise Refused(_("A synthesis needs a title."))
        synthesis = Synthesis.objects.create(
            consultation=consultation, title=title, language=language, made_by=by, made_at=at or timezone.now()
        )
        record("synthesis.begun", actor=by, about=synthesis, audience=Audience.MODERATORS, at=at)
    return synthesis


def publish(*, by, synthesis, days=DAYS, because="", at=None):
    """Number the sentences and show the synthesis to everyone; returns it.

    A sentence that cites nothing needs a reason in writing (`because`), which everyone reads. days: for those who are
    cited to say that they are misrepresented. Raises Refused otherwise.
    """
    with transaction.atomic():
        synthesis = Synthesis.objects.locked(synthesis.pk)
        require(rules.publish, by, synthesis)
        sentences = writing.standing(synthesis)
        said = [row for row in sentences if not row.is_heading]
        if not said:
            raise Refused(_("There is no sentence in this synthesis yet."))
        evidence.contributions_of(synthesis.consultation, [row.line for row in sentences])
        bare = [row for row in said if not row.citations.all()]
        because = texts.clean_line(because, 400)
        if bare and not because:
            raise Refused(
                ngettext(
                    "%(count)s sentence cites no contribution. Give it a reference, or say in writing why it has none: "
                    "everyone reads the reason.",
                    "%(count)s sentences cite no contribution. Give them references, or say in writing why they have "
                    "none: everyone reads the reason.",
                    len(bare),
                )
                % {"count": len(bare)}
            )
        for number, row in enumerate(said, 1):
            row.number = number
        Sentence.objects.bulk_update(said, ["number"], batch_size=200)
        synthesis.state, synthesis.days = SynthesisState.PUBLISHED, days
        synthesis.because = because if bare else ""
        synthesis.published_by, synthesis.published_at = by, at or timezone.now()
        synthesis.sha256 = sha256_of(synthesis)
        synthesis.save()
        facts = {
            "title": synthesis.title,
            "sentences": len(said),
            "citations": sum(len(row.citations.all()) for row in said),
            "without": [row.number for row in bare],
            "because": synthesis.because,
            "days": days,
            "sha256": synthesis.sha256,
        }
        record("synthesis.published", actor=by, about=synthesis, data=facts, at=at)
    return synthesis


def sha256_of(synthesis):
    """Of the title and the sentences with what they cite, as whoever checks the record reckons it."""
    return verify.sha256_of_synthesis(synthesis.title, rows(synthesis))


def rows(synthesis):
    """The sentences as plain values, as FORMAT.md describes them; three queries.

    Words that no longer stand in what is shown (a contribution was hidden, redacted, erased) are left out; their
    SHA-256 stays.
    """
    sentences = synthesis.sentences.standing().prefetch_related("citations__contribution__post")
    found, heading, paragraph = [], "", 0
    for row in sentences:
        if row.is_heading:
            heading = row.text
            continue
        paragraph += row.starts_paragraph or not paragraph
        found.append(
            {
                "number": row.number,
                "paragraph": paragraph,
                "heading": heading,
                "text": row.text,
                "citations": [_citation(one) for one in row.citations.all()],
            }
        )
    return found


def _citation(row):
    return {
        "contribution": row.contribution.number,
        "words": shown_words(row),
        "words_sha256": row.sha256,
    }


def shown_words(citation):
    """The words that are cited, while they stand in what everyone sees; else ""."""
    post = citation.contribution.post
    is_shown = post.state == State.PUBLISHED
    return citation.words if is_shown and citing.stands_in(citation.words, post.text) else ""
