"""Objections: somebody a synthesis cites says that it misrepresents them; facilitators accept with a corrected sentence
or decline with a reason, and what was accepted becomes one corrigendum.
"""

from collections import defaultdict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import citing
from consultations.models import Citation, Corrigendum, Objection, Sentence, Synthesis
from consultations.models.syntheses import ObjectionState, SynthesisState
from consultations.rules import syntheses as rules
from consultations.services import evidence, syntheses, wordings
from core import text as texts
from core.access import Refused, require
from forum.models.posts import Channel
from journal.models import Audience
from journal.services import record
from members.models import Mandate

MOST = 20  # objections of one member
BATCH = 20


def cited(synthesis):
    """{member: [Citation, ...]} of everyone a synthesis cites, in the order of the sentences: the author, or who
    entered the words for them, and of an organisation its focal points. Two queries.
    """
    rows = Citation.objects.filter(sentence__synthesis=synthesis, sentence__dropped_at=None)
    rows = rows.select_related("sentence", "contribution__post__author", "contribution__post__carried_by")
    rows = list(rows.order_by("sentence__place", "pk"))
    organisations = {row.contribution.organisation_id for row in rows} - {None}
    focal = defaultdict(set)
    mandates = Mandate.objects.in_force().filter(organisation__in=organisations, is_focal_point=True)
    for mandate in mandates.select_related("member"):
        focal[mandate.organisation_id].add(mandate.member)
    found = defaultdict(list)
    for row in rows:
        row.contribution.consultation = synthesis.consultation
        post = row.contribution.post
        for member in {post.author or post.carried_by, *focal[row.contribution.organisation_id]} - {None}:
            if member.is_active:
                found[member].append(row)
    return dict(found)


def misrepresented(*, by, synthesis, why, sentence=None, channel=Channel.WEB, key=None, at=None, recorded_at=None):
    """Say that a synthesis misrepresents one; returns the Objection. at: when it was sent, in the days for it; the
    record tells when it was taken: now, or `recorded_at` in loaded worlds.

    Raises Refused with the reason and the text.
    """
    with transaction.atomic():
        synthesis = Synthesis.objects.locked(synthesis.pk)
        if key and (earlier := Objection.objects.filter(key=key).first()):
            return earlier
        require(lambda member, thing: rules.misrepresented(member, thing, at), by, synthesis, text=why)
        said = texts.clean_text(why).strip()
        if not said:
            raise Refused(_("Say how the synthesis misrepresents you: what you meant, and what should stand there."))
        if len(said) > 4000:
            raise Refused(_("An objection has 4,000 characters at most. Shorten it a little."), text=why)
        if synthesis.objections.filter(member=by).count() >= MOST:
            told = _("You cannot object more often than %(most)s; the facilitators know.")
            raise Refused(told % {"most": MOST}, text=why)
        made = Objection.objects.create(
            synthesis=synthesis,
            sentence=sentence,
            member=by,
            why=said,
            channel=channel,
            key=key,
            made_at=at or timezone.now(),
        )
        facts = {"sentence": sentence.number if sentence else None}
        record(
            "synthesis.objected",
            actor=by,
            about=made,
            data=facts,
            audience=Audience.MODERATORS,
            at=recorded_at,
        )
    return made


def accept(*, by, objection, sentence, corrected, reason="", at=None):
    """Accept an objection: `corrected`, typed as sentences are, takes the sentence's place with the corrigendum."""
    with transaction.atomic():
        synthesis, objection = _locked(objection)
        require(rules.decide, by, objection, text=corrected)
        if sentence is None or sentence.synthesis_id != synthesis.pk or sentence.number is None:
            raise Refused(_("Choose the sentence that is corrected."), text=corrected)
        line = citing.read(citing.local(" ".join(texts.clean_text(corrected).split()), synthesis.consultation.code))
        if not line.text or line.is_heading:
            raise Refused(_("Write the sentence as it shall read."), text=corrected)
        if sentence.citations.exists() and not line.citations:
            raise Refused(_("The corrected sentence cites nothing. Say what it rests on, as in [14]."), text=corrected)
        evidence.contributions_of(synthesis.consultation, [line], text=corrected)
        objection.sentence, objection.was, objection.corrected = sentence, sentence.line.said, line.said
        return _decide(by, objection, ObjectionState.ACCEPTED, reason, at)


def decline(*, by, objection, reason):
    """Decline an objection; its author is told the reason, and everyone reads it."""
    with transaction.atomic():
        _synthesis, objection = _locked(objection)
        require(rules.decide, by, objection, text=reason)
        if not texts.clean_line(reason, 1000):
            raise Refused(_("Say why the objection is declined: whoever made it is told the reason."))
        return _decide(by, objection, ObjectionState.DECLINED, reason)


def _locked(objection):
    """The synthesis and the objection, fetched anew under their locks, in this order."""
    synthesis = Synthesis.objects.locked(objection.synthesis_id)
    objection = Objection.objects.select_for_update(of=("self",), no_key=True).get(pk=objection.pk)
    objection.synthesis = synthesis
    return synthesis, objection


def _decide(by, objection, state, reason, at=None):
    objection.state, objection.reason = state, texts.clean_line(reason, 1000)
    objection.decided_by, objection.decided_at = by, at or timezone.now()
    objection.save()
    facts = {
        "sentence": objection.sentence.number if objection.sentence else None,
        "why": objection.why,
        "was": objection.was_shown,
        "corrected": objection.corrected_shown,
        "reason": objection.reason,
    }
    record(f"objection.{state}", actor=by, about=objection, data=facts, at=at)
    return objection


def pending(sentence):
    """The sentence as it will read with the corrections that are accepted and not published; else as it is."""
    waiting = sentence.objections.filter(state=ObjectionState.ACCEPTED, corrigendum=None).order_by("-decided_at", "-pk")
    latest = waiting.first()
    return latest.corrected if latest else sentence.line.said


def correct(*, by, synthesis, at=None):
    """Publish what was accepted as one corrigendum: the sentences read as corrected from then on; returns it.

    by: None where time itself does it, when the days for objections are over.
    """
    with transaction.atomic():
        synthesis = Synthesis.objects.locked(synthesis.pk)
        require(rules.correct if by else lambda _member, thing: rules.is_correctable(thing), by, synthesis)
        now = at or timezone.now()
        accepted = synthesis.objections.filter(state=ObjectionState.ACCEPTED, corrigendum=None)
        accepted = list(accepted.select_related("sentence").order_by("decided_at", "pk"))
        latest = {objection.sentence_id: objection for objection in accepted}
        for objection in latest.values():
            wordings.reword(objection.sentence, objection.corrected, by=objection.decided_by, at=now)
        number = synthesis.corrigenda.count() + 1
        synthesis.revision += 1
        synthesis.sha256 = syntheses.sha256_of(synthesis)
        synthesis.save(update_fields=["revision", "sha256"])
        made = Corrigendum.objects.create(
            synthesis=synthesis, number=number, published_by=by, published_at=now, sha256=synthesis.sha256
        )
        Objection.objects.filter(pk__in=[objection.pk for objection in accepted]).update(corrigendum=made)
        facts = {
            "corrigendum": number,
            "corrections": [[row.sentence.number, row.was_shown, row.corrected_shown] for row in accepted],
            "sha256": synthesis.sha256,
        }
        record("synthesis.corrected", actor=by, about=synthesis, data=facts, at=at)
    return made


def correct_due(should_stop=lambda: False, *, now=None):
    """Publish the corrigenda of syntheses whose days for objections are over for everyone; returns how many."""
    now, count = now or timezone.now(), 0
    waiting = Objection.objects.filter(state=ObjectionState.ACCEPTED, corrigendum=None).values("synthesis")
    for synthesis in Synthesis.objects.filter(pk__in=waiting, state=SynthesisState.PUBLISHED).order_by("pk")[:BATCH]:
        if now >= rules.last_until(synthesis) and rules.is_correctable(synthesis):
            correct(by=None, synthesis=synthesis, at=now)
            count += 1
    return count


def numbered(synthesis, number):
    """The sentence of this number, or None."""
    return Sentence.objects.filter(synthesis=synthesis, number=number, dropped_at=None).first() if number else None
