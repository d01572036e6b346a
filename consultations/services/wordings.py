"""Wordings of a sentence: kept one after the other, brought back, corrected, and forgotten with what they cite."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import citing
from consultations.models import Citation, Contribution, Objection, Sentence, Synthesis, Wording
from consultations.models.syntheses import SentenceKind
from consultations.rules import syntheses as rules
from consultations.services import evidence
from core.access import Refused, require
from journal.models import Audience
from journal.services import record

LATELY = timedelta(minutes=10)  # the record says once in this time that somebody wrote


def word(sentence, line, *, by, at):
    """Give a sentence its words; nothing is saved."""
    sentence.text, sentence.starts_paragraph = line.text, line.starts
    sentence.kind = SentenceKind.HEADING if line.is_heading else SentenceKind.SENTENCE
    sentence.revision, sentence.edited_by, sentence.edited_at = sentence.revision + 1, by, at


def record_writing(by, synthesis, changed, at):
    """Record that somebody writes, once in a while: every wording is kept beside its sentence."""
    since = (at or timezone.now()) - LATELY
    lately = synthesis.journal.entries.filter(about=synthesis.reference, verb="synthesis.written", at__gt=since)
    if not lately.filter(actor=by.reference).exists():
        facts = {"revision": synthesis.revision, "changed": changed}
        record("synthesis.written", actor=by, about=synthesis, data=facts, audience=Audience.MODERATORS, at=at)


def restore(*, by, sentence, revision, at=None):
    """Let a sentence read as it did in an earlier revision, also one that was taken out; returns it.

    What stands now stays in its history. Raises Refused where what it cited then is not shown any more.
    """
    with transaction.atomic():
        synthesis = Synthesis.objects.locked(sentence.synthesis_id)
        require(rules.write, by, synthesis)
        wording = Wording.objects.filter(sentence=sentence, revision=revision).first()
        if wording is None:
            raise Refused(_("This wording is not there any more. Look again at how the sentence read."))
        sentence, now = Sentence.objects.get(pk=sentence.pk), at or timezone.now()
        line = citing.read(wording.said)
        line = citing.Line(line.text, line.citations, line.is_heading, wording.starts_paragraph)
        found = evidence.contributions_of(synthesis.consultation, [line])
        is_back, sentence.dropped_at = sentence.dropped_at is not None, None
        word(sentence, line, by=by, at=now)
        sentence.save()
        evidence.keep([(sentence, line)], found, by=by, at=now)
        if is_back:
            rows = list(synthesis.sentences.standing())
            for place, row in enumerate(rows, 1):
                row.place = place
            Sentence.objects.bulk_update(rows, ["place"], batch_size=200)
        synthesis.revision += 1
        synthesis.save(update_fields=["revision"])
        record_writing(by, synthesis, 1, at)
    sentence.synthesis = synthesis
    return sentence


def reword(sentence, said, *, by, at):
    """Give a published sentence the words of an accepted correction, which were checked when it was accepted."""
    line = citing.read(said)
    line = citing.Line(line.text, line.citations, False, sentence.starts_paragraph)
    cited = Contribution.objects.filter(consultation=sentence.synthesis.consultation_id)
    found = {row.number: row for row in cited.filter(number__in=[number for number, _words in line.citations])}
    word(sentence, line, by=by, at=at)
    sentence.save()
    evidence.keep([(sentence, line)], found, by=by, at=at)


def forget(post):
    """The words of a post are gone for good: they go from all that cites them too; returns nothing."""
    _forget(post, "")


def redacted(post, _passage, _mark):
    """Words that were taken out of a post go from what cites them too; returns that nothing else was blanked."""
    _forget(post, post.text)
    return []


def _forget(post, text):
    """Take out the words that are cited of a post and do not stand in `text`."""
    contribution = Contribution.objects.filter(post=post).first()
    if contribution is None:
        return
    number = contribution.number
    for row in Citation.objects.filter(contribution=contribution).exclude(words=""):
        if not citing.stands_in(row.words, text):
            row.words = ""
            row.save(update_fields=["words"])
    holding = {"said__contains": f"[{number} "}
    for row in Wording.objects.filter(sentence__synthesis__consultation=contribution.consultation_id, **holding):
        row.said = citing.without(row.said, number, text)
        row.save(update_fields=["said"])
    for row in Objection.objects.filter(synthesis__consultation=contribution.consultation_id):
        row.was, row.corrected = (citing.without(said, number, text) for said in (row.was, row.corrected))
        row.save(update_fields=["was", "corrected"])
