"""A bulletin is written when an item was concluded; once for each time it is."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from consultations.hearings.models import (
    Bulletin,
    DeskVersion,
    Hearing,
    Item,
    LiveQuestion,
    Motion,
    Speaker,
)
from consultations.hearings.wording import bulletins as wording
from consultations.services import counting
from core import languages
from core.languages import speaking
from journal.models import Entry
from journal.services import record

MOST = 400  # speakers, questions, papers or votes that are looked at


@dataclass
class Facts:
    """What a bulletin tells of. motions: the newest first; counted: by motion the figures of its ballot."""

    number: int
    item: Item
    begins: datetime
    ends: datetime
    speakers: list
    motions: list
    counted: dict
    questions: list
    papers: list


def write(closing, *, at=None):
    """Write the bulletin of an item that an entry `item.closed` concluded; returns it, or None where it is written."""
    with transaction.atomic():
        item = Item.objects.select_related("hearing__workspace__journal").filter(pk=closing.about_id).first()
        if item is None:
            return None
        item.hearing = hearing = Hearing.objects.locked(item.hearing_id)
        if hearing.bulletins.filter(closing=closing.seq).exists():
            return None
        last = hearing.bulletins.order_by("-number").first()
        before = hearing.bulletins.filter(item=item).order_by("-number").first()
        after = before.closing if before else 0
        facts = _facts(item, (last.number if last else 0) + 1, before, closing)
        said = {"at": [facts.begins.isoformat(), facts.ends.isoformat()]}
        for language in languages.LANGUAGES:
            with speaking(language):
                said[language] = wording.paragraphs(facts)
        bulletin = Bulletin.objects.create(
            hearing=hearing,
            item=item,
            number=facts.number,
            after=after,
            closing=closing.seq,
            said=said,
            written_at=at or timezone.now(),
        )
        data = {"number": bulletin.number, "item": item.label, "after": after, "closing": closing.seq}
        record("bulletin.sent", about=bulletin, data=data, at=at)
    return bulletin


def _facts(item, number, before, closing):
    begins = _taken_up(item, before, closing)
    spoke = Speaker.objects.filter(item=item, queue__in=(Speaker.Queue.LIST, Speaker.Queue.REPLY))
    spoke = spoke.filter(delivery__started_at__gte=_whole(begins), delivery__started_at__lte=closing.at)
    if before:
        spoke = spoke.filter(delivery__started_at__gt=before.written_at)
    motions = Motion.objects.filter(item=item, ballot__opens_at__gte=begins, ballot__opens_at__lte=closing.at)
    motions = list(motions.with_all().order_by("-number")[:MOST])
    questions = LiveQuestion.objects.filter(item=item, answered_live_at__gte=begins, answered_live_at__lte=closing.at)
    papers = DeskVersion.objects.filter(
        document__item=item, withdrawn_at=None, published_at__gte=begins, published_at__lte=closing.at
    )
    return Facts(
        number=number,
        item=item,
        begins=begins,
        ends=closing.at,
        speakers=list(spoke.select_related("member", "organisation").order_by("delivery__started_at")[:MOST]),
        motions=motions,
        counted={row.pk: counting.final(row.ballot).facts for row in motions if row.ballot.counted_at},
        questions=list(questions.order_by("number")[:MOST]),
        papers=list(papers.select_related("document__hearing").order_by("published_at")[:MOST]),
    )


def _taken_up(item, before, closing):
    """When the item was taken up first since its last bulletin."""
    entries = Entry.objects.filter(journal=item.journal, verb="item.opened", about=item.reference)
    opened = entries.filter(seq__gt=before.closing if before else 0, seq__lt=closing.seq).order_by("seq").first()
    return opened.at if opened else item.opened_at or closing.at


def _whole(moment):
    """Clocks have whole seconds."""
    return moment.replace(microsecond=0)
