"""Sayings: what people say and write at a hearing and what is kept of it, noun by noun. One table, so that words of any
of them are taken out, or erased, in one way (takeouts).
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

from consultations.hearings import line_digests
from consultations.hearings.models import (
    Caption,
    Correction,
    Explanation,
    LiveQuestion,
    Motion,
    Note,
    Speaker,
    Speech,
    WrittenAnswer,
)
from journal.models import Audience

ASKED = ("asked.put", "asked.held", "asked.shown")  # what tells of the words of a question


@dataclass(frozen=True)
class Saying:
    """rows: with all that is needed here. of: where the hearing is found. fields: those that hold words.

    author(thing): the member whose words they are, or None. entries(thing): the entries that hold a digest of them, or
    the words; concerns(thing): which of these, by what they say. verb, audience: of the entry that they were taken out.
    facts(thing): what that entry says besides.
    """

    rows: object
    of: str
    fields: tuple
    author: Callable
    verb: str
    entries: Callable = lambda thing: Q(about=thing.reference)
    concerns: Callable = lambda thing: None
    audience: Callable = lambda thing: Audience.EVERYONE
    facts: Callable = lambda thing: {}

    def hearing(self, thing):
        for name in self.of.split("__"):
            thing = getattr(thing, name)
        return thing

    def of_hearing(self, hearing):
        return self.rows.filter(**{self.of: hearing})


SAYINGS = {
    "live_question": Saying(
        rows=LiveQuestion.objects.select_related("hearing__workspace__journal", "author"),
        of="hearing",
        fields=("text",),
        author=lambda thing: thing.author,
        verb="asked.redacted",
        entries=lambda thing: Q(about=thing.reference, verb__in=ASKED),
        audience=lambda thing: thing.audience,
        facts=lambda thing: {"number": thing.number},
    ),
    "written_answer": Saying(
        rows=WrittenAnswer.objects.select_related("question__hearing__workspace__journal", "written_by"),
        of="question__hearing",
        fields=("text",),
        author=lambda thing: thing.written_by,
        verb="answer.redacted",
        entries=lambda thing: Q(about=thing.question.reference, verb="asked.answered"),
        concerns=lambda thing: lambda said: said.get("answer") == thing.number,
        facts=lambda thing: {"number": thing.question.number},
    ),
    "speech": Saying(
        rows=Speech.objects.select_related("speaker__item__hearing__workspace__journal", "speaker__member"),
        of="speaker__item__hearing",
        fields=("text",),
        author=lambda thing: thing.speaker.member,
        verb="speech.redacted",
    ),
    "speaker": Saying(  # of a point of order what it is about; of a right of reply, to what
        rows=Speaker.objects.select_related("item__hearing__workspace__journal", "member"),
        of="item__hearing",
        fields=("point",),
        author=lambda thing: thing.member,
        verb="point.redacted",
        concerns=lambda thing: lambda said: "point" in said,
    ),
    "explanation": Saying(
        rows=Explanation.objects.select_related("motion__hearing__workspace__journal", "member"),
        of="motion__hearing",
        fields=("text",),
        author=lambda thing: thing.member,
        verb="explanation.redacted",
        entries=lambda thing: Q(about=thing.motion.reference, verb="motion.explained"),
        concerns=lambda thing: lambda said: said["explanation"] == thing.pk,
    ),
    "motion": Saying(  # until it was put to the vote: then it is what the hearing decided on
        rows=Motion.objects.filter(ballot=None).select_related("hearing__workspace__journal", "moved_by"),
        of="hearing",
        fields=("title", "text"),
        author=lambda thing: thing.moved_by,
        verb="motion.redacted",
        entries=lambda thing: Q(about=thing.reference, verb="motion.moved"),
    ),
    "note": Saying(
        rows=Note.objects.select_related("item__hearing__workspace__journal", "written_by"),
        of="item__hearing",
        fields=("text",),
        author=lambda thing: thing.written_by,
        verb="note.redacted",
        entries=lambda thing: Q(pk=None),
        audience=lambda thing: Audience.MODERATORS,
    ),
    "caption": Saying(
        rows=Caption.objects.select_related("hearing__workspace__journal", "speaker__member"),
        of="hearing",
        fields=("text", "speaker_name"),
        author=lambda thing: thing.speaker.member if thing.speaker_id else None,
        verb="caption.redacted",
        entries=line_digests.entries,
        concerns=lambda thing: lambda said: line_digests.is_in(thing, said),
        facts=lambda thing: {"number": thing.number},
    ),
    "correction": Saying(
        rows=Correction.objects.select_related("record__hearing__workspace__journal", "member"),
        of="record__hearing",
        fields=("why", "was", "reads", "reason"),
        author=lambda thing: thing.member,
        verb="correction.redacted",
        entries=lambda thing: Q(about=thing.reference, verb__in=("correction.accepted", "correction.declined")),
    ),
}


VERBS = frozenset(one.verb for one in SAYINGS.values())


def kind(reference):
    """The Saying of a reference (`speech:12`), or None."""
    return SAYINGS.get(reference.partition(":")[0])


def find(hearing, reference):
    """What a reference names in this hearing, or None."""
    name, _colon, pk = reference.partition(":")
    if name not in SAYINGS or not pk.isdecimal() or len(pk) > 15:
        return None
    return SAYINGS[name].of_hearing(hearing).filter(pk=int(pk)).first()
