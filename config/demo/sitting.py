"""The script of a hearing, played line by line through the services of the house: who says, asks and votes what, when.

The same lines play a hearing that is over, at moments that have passed, and one that goes on while somebody looks. How
many lines were played stands in the journal's own cursor, moved in the transaction of each line: whoever was stopped,
or killed, goes on with the next one.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from config.demo import script
from consultations.hearings.models import Correction, LiveQuestion, Motion, Session, Speaker
from consultations.hearings.services import (
    agenda,
    calls,
    captions,
    endorsements,
    explanations,
    floor,
    hearings,
    motions,
    notes,
    points,
    questions,
    records,
    sessions,
    shortlists,
    speeches,
    votes,
)
from consultations.services import voting
from core.access import Refused
from forum.services import seats
from journal.models import Cursor
from members.models import Member

READER = "script of the demo"
WAITING = (Speaker.State.REQUESTED, Speaker.State.LISTED)


@dataclass(frozen=True)
class Line:
    """One row of a script: how many seconds after the beginning, which deed, and what it needs."""

    seconds: int
    deed: str
    arguments: list

    @classmethod
    def read(cls, row):
        clock, deed, *arguments = row
        seconds = 0
        for part in clock.split(":"):
            seconds = seconds * 60 + int(part)
        return cls(seconds, deed, arguments)

    def __str__(self):
        return " ".join([self.deed, *(str(one) for one in self.arguments if isinstance(one, (str, int)))])[:100]


class Sitting:
    """One hearing and its script. `pace`: by how much slower than written it is played."""

    def __init__(self, hearing, written, *, pace=1.0):
        self.hearing, self.written, self.pace = hearing, written, pace
        self.lines = [Line.read(row) for row in written["day"]["script"]]
        self.folk, self.members = script.people(), members()
        self.chair, self.note_taker = self.members[written["chair"]], self.members[written["note_taker"]]

    @property
    def played(self):
        """How many lines were played."""
        found = Cursor.objects.filter(reader=READER, journal=self.hearing.workspace.journal_id)
        return found.values_list("seq", flat=True).first() or 0

    @property
    def is_over(self):
        """Was every line played?"""
        return self.played == len(self.lines)

    def play(self, number, at=None):
        """Play one line; returns the reason when the house refused it, for somebody else has acted meanwhile."""
        line, refused = self.lines[number], ""
        with transaction.atomic():
            try:
                with transaction.atomic():
                    getattr(self, "_" + re.sub(r"\W", "_", line.deed))(*line.arguments, at=at)
            except Refused as refusal:
                refused = str(refusal.reason)
            self.skip(number)
        return refused

    def skip(self, number):
        """Go on behind this line."""
        journal_id = self.hearing.workspace.journal_id
        Cursor.objects.update_or_create(reader=READER, journal_id=journal_id, defaults={"seq": number + 1})

    # -- What there is now ---------------------------------------------------------------------------------

    def item(self, label):
        return self.hearing.items.select_related("hearing__workspace__journal", "thread").get(label=label)

    @property
    def here(self):
        """The item before the hearing."""
        self.hearing.refresh_from_db(fields=["current_item"])
        if self.hearing.current_item is None:
            raise Refused("No item is before the hearing.")
        return self.hearing.current_item

    def speaker(self, key, queue=Speaker.Queue.LIST, states=WAITING):
        found = Speaker.objects.filter(item__hearing=self.hearing, member=self.members[key], queue=queue)
        return self._found(found.filter(state__in=states).order_by("pk").first(), f"{key} does not wait.")

    def speaking(self):
        running = floor.RUNNING.filter(hearing=self.hearing).order_by("-pk").first()
        return self._found(running and running.speaker, "Nobody has the floor.")

    def question(self, number):
        """The question that the script asked as its first, second and so on."""
        return self._found(LiveQuestion.objects.filter(key=self._key("question", number)).first(), "It is gone.")

    def motion(self):
        return self._found(Motion.objects.with_all().filter(hearing=self.hearing).last(), "There is no motion.")

    def session(self):
        return Session.objects.select_related("hearing").filter(hearing=self.hearing).order_by("number").first()

    def _found(self, thing, reason):
        if thing is None:
            raise Refused(reason)
        return thing

    def _key(self, *what):
        return "/".join(["demo", str(self.hearing.pk), *map(str, what)])

    # -- Deeds: their names are those of the script ----------------------------------------------------------

    def _opens_the_session(self, at):
        sessions.open_session(by=self.chair, session=self.session(), at=at)

    def _closes_the_session(self, at):
        sessions.close_session(by=self.chair, session=self.session(), at=at)

    def _ends_the_hearing(self, at):
        hearings.end(by=self.chair, hearing=self.hearing, at=at)

    def _takes_up(self, label, at):
        agenda.open_item(by=self.chair, item=self.item(label), at=at)

    def _concludes(self, label, at):
        agenda.close(by=self.chair, item=self.item(label), at=at)

    def _says(self, key, text, at):
        """A line of the transcript, written by the note-taker."""
        person = self.folk[key]
        line = captions.Line(text=text, language=person.language, speaker_name=person.name, said_at=at)
        captions.say(by=self.note_taker, hearing=self.hearing, lines=[line], at=at)

    def _gives_the_floor(self, key, at):
        speaker = self.speaker(key)
        floor.give(by=self.chair, hearing=self.hearing, speaker=speaker, seconds=self._seconds(), reason="", at=at)

    def _gives_a_reply(self, key, at):
        speaker = self.speaker(key, Speaker.Queue.REPLY)
        floor.give(by=self.chair, hearing=self.hearing, speaker=speaker, at=at)

    def _seconds(self):
        """Clocks go with the pace of the script; None where it is played as written."""
        return None if self.pace == 1 else max(5, round(self.hearing.seconds * self.pace))

    def _pauses(self, reason, at):
        floor.pause(by=self.chair, speaker=self.speaking(), reason=reason, at=at)

    def _resumes(self, at):
        floor.resume(by=self.chair, speaker=self.speaking(), at=at)

    def _extends(self, seconds, at):
        floor.extend(by=self.chair, speaker=self.speaking(), seconds=max(5, round(seconds * self.pace)), at=at)

    def _ends(self, at):
        floor.end(by=self.chair, speaker=self.speaking(), at=at)

    def _submits(self, key, at):
        speeches.submit(by=self.members[key], speaker=self.speaker(key), at=at)

    def _raises_a_point(self, key, point, at):
        points.raise_point(member=self.members[key], item=self.here, point=point, at=at)

    def _rules(self, ruling, reason, at):
        waiting = Speaker.objects.filter(item__hearing=self.hearing, queue=Speaker.Queue.POINT, ruling="")
        speaker = self._found(waiting.order_by("pk").first(), "There is no point of order.")
        points.rule(by=self.chair, speaker=speaker, ruling=ruling, reason=reason, at=at)

    def _asks_for_a_reply(self, key, note, at):
        points.request_reply(
            member=self.members[key], item=self.here, organisation=self.organisation(key), note=note, came_at=at, at=at
        )

    def organisation(self, key):
        """Whom a person speaks for."""
        return self.members[key].mandates.select_related("organisation").get(ended_at=None).organisation

    def _asks(self, key, label, text, at):
        asked = LiveQuestion.objects.filter(key__startswith=self._key("question", "")).count()
        questions.put(
            by=self.members[key],
            item=self.item(label),
            text=text,
            language=self.folk[key].language,
            key=self._key("question", asked + 1),
            at=at,
        )

    def _endorse(self, number, keys, at):
        for key in keys:
            endorsements.endorse(by=self.members[key], question=self.question(number), at=at)

    def _shortlists(self, number, at):
        shortlists.shortlist(by=self.chair, question=self.question(number), at=at)

    def _takes(self, number, at):
        shortlists.take(by=self.chair, question=self.question(number), at=at)

    def _answered(self, number, at):
        shortlists.answer_live(by=self.chair, question=self.question(number), at=at)

    def _moves(self, asked, at):
        asked = dict(asked)
        motions.move(by=self.chair, item=self.item(asked.pop("item")), at=at, **asked)

    def _puts_to_the_vote(self, at):
        votes.put_to_vote(by=self.chair, motion=self.motion(), at=at)

    def _votes(self, said, at):
        ballot = self.motion().ballot
        for key, text in said.items():
            channel = "mail" if self.folk[key].mail else "web"
            voting.vote(member=self.members[key], ballot=ballot, text=text, channel=channel, at=at)

    def _calls_the_roll(self, said, at):
        """Every name, one after the other, as the lot has turned them; `said` by key of the organisation."""
        names = {row["name"]: row["key"] for row in script.organisations()}
        motion, later = self.motion(), timedelta()
        while call := calls.current(motion):
            moment = at and at + later
            answer = said.get(names.get(call.name), "absent")
            calls.say(by=self.note_taker, motion=motion, call=call, said=answer, at=moment)
            later += timedelta(seconds=40)

    def _closes_the_vote(self, at):
        votes.close(by=self.chair, motion=self.motion(), at=at)

    def _explains(self, key, text, at):
        explanations.explain(by=self.members[key], motion=self.motion(), text=text, at=at)

    def _notes(self, label, text, at):
        notes.write(by=self.note_taker, item=self.item(label), text=text, at=at)

    def _sums_up(self, text, at):
        record = records.draft(by=self.chair, hearing=self.hearing, at=at)
        records.summarise(by=self.chair, hearing=self.hearing, text=text, version=record.summary_version, at=at)

    def _publishes_the_record(self, corrections, at):
        until = (at or timezone.now()) + script.span(corrections)
        records.publish_provisional(by=self.chair, hearing=self.hearing, until=until, at=at)

    def _asks_for_a_correction(self, key, words, why, reads, at):
        record = self.hearing.record
        found = (row["number"] for row in record.facts["paragraphs"] if words in row.get("text", ""))
        records.correct(
            by=self.members[key],
            record_of=record,
            why=why,
            reads=reads,
            paragraph=next(found),
            at=at,
            recorded_at=at,
        )

    def _accepts_the_correction(self, at):
        correction = Correction.objects.select_related("record__hearing").get(record=self.hearing.record, state="open")
        wanted = {"paragraph": correction.paragraph, "part": correction.part, "reads": correction.reads}
        records.accept(by=self.chair, correction=correction, at=at, **wanted)

    def _makes_the_record_final(self, at):
        records.finalise(by=self.chair, record_of=self.hearing.record, at=at)


def members():
    """The members of the demo world by key."""
    folk = script.people()
    found = Member.objects.in_bulk([person.email for person in folk.values()], field_name="email")
    return {key: found[person.email] for key, person in folk.items() if person.email in found}


def seat(by, hearing, member, at=None):
    """A seat in the room of a hearing, for who has none yet."""
    if hearing.workspace.seat_of(member) is None:
        seats.give(by=by, workspace=hearing.workspace, member=member, at=at)
