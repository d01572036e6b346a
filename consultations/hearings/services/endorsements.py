"""Endorsements: a person says once that they want a question asked; how many do is told to all every few seconds.

Each endorsement stands in the journal for its member alone. The entry that tells the numbers is written by the deed
that comes EVERY after the last one, or else by the job of time (`tell_due`), which finds in the database what is due:
no timer is lost with its process.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from consultations.hearings.models import Endorsement, EndorsementMeter, Hearing, LiveQuestion
from consultations.hearings.rules import questions as rules
from consultations.hearings.services import mergers
from core.access import require
from forum.models.posts import Channel
from journal.services import Draft, record_all

EVERY = timedelta(seconds=2)  # at most one public entry in this time
MOST_TOLD = 200  # questions in one entry


def endorse(*, by, question, channel=Channel.WEB, at=None):
    """Want a question asked; returns the one that counts, which may be another it was merged into. Once a person.

    Raises Refused when the member may not, when it is their own, and when it was taken up or is gone.
    """
    with transaction.atomic():
        question = LiveQuestion.objects.locked(question).counted_at
        require(rules.endorse, by, question)
        if not mergers.wants(by, question):
            Endorsement.objects.create(question=question, member=by, channel=channel, endorsed_at=at or timezone.now())
            _changed(by, question, "asked.endorsed", +1, at)
    return question


def unendorse(*, by, question, at=None):
    """Take an endorsement back; returns the question that counts."""
    with transaction.atomic():
        question = LiveQuestion.objects.locked(question).counted_at
        require(rules.endorse, by, question)
        of_group = LiveQuestion.objects.filter(pk=question.pk) | LiveQuestion.objects.filter(merged_into=question)
        gone, _by_model = Endorsement.objects.filter(question__in=of_group, member=by).delete()
        if gone and not mergers.wants(by, question):
            _changed(by, question, "asked.unendorsed", -1, at)
    return question


def tell_due(should_stop=lambda: False, *, now=None):
    """Tell the numbers that changed and were not told by a deed; returns at how many hearings."""
    now = now or timezone.now()
    told = 0
    due = EndorsementMeter.objects.filter(is_due=True, told_at__lte=now - EVERY)
    for pk in list(due.values_list("pk", flat=True)[:50]):
        with transaction.atomic():
            hearing = Hearing.objects.locked(pk)
            drafts = _telling(hearing, now, is_due=True)
            record_all(hearing.journal, drafts)
            told += bool(drafts)
    return told


def _changed(by, question, verb, step, at):
    LiveQuestion.objects.filter(pk=question.pk).update(endorsement_count=F("endorsement_count") + step)
    question.endorsement_count += step
    data = {"number": question.number}
    own = Draft(verb=verb, actor=by, about=question, data=data, audience=by.reference, at=at)
    record_all(question.journal, [own, *_telling(question.hearing, at or timezone.now())])


def _telling(hearing, now, *, is_due=False):
    """The entry with the numbers that changed, or none yet; the hearing is locked."""
    meter = EndorsementMeter.objects.filter(pk=hearing.pk).first() or EndorsementMeter(hearing=hearing)
    if is_due and not meter.is_due:
        return []  # a deed told them meanwhile
    if meter.told_at and timedelta() <= now - meter.told_at < EVERY:
        if not meter.is_due:
            EndorsementMeter.objects.filter(pk=hearing.pk).update(is_due=True)
        return []
    changed = hearing.live_questions.listed().exclude(endorsement_count=F("told_count")).order_by("number")
    counts = dict(changed.values_list("number", "endorsement_count")[:MOST_TOLD])
    hearing.live_questions.filter(number__in=counts).update(told_count=F("endorsement_count"))
    meter.told_at, meter.is_due = now, len(counts) == MOST_TOLD
    meter.save()
    data = {"counts": {str(number): count for number, count in counts.items()}}
    return [Draft(verb="asked.counted", about=hearing, data=data, at=now)] if counts else []
