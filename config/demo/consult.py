"""One consultation of the demo world, played through the services of the house in the order of its days.

A file of `consultations/` tells it: wordings, phases with what is asked, said and voted in them, notices, and what came
of it. Ages are counted back from now; "-3d" is in three days.
"""

import heapq
from datetime import timedelta
from itertools import count

from config.demo import script
from config.demo.coding import Coding
from config.demo.outcome import Outcome
from consultations.clock import SETTLING
from consultations.models import Amendment, Paragraph, Question
from consultations.models.comments import Action
from consultations.services import (
    ballots,
    comments,
    consultations,
    documents,
    entries,
    phases,
    questions,
    statements,
    voting,
)
from consultations.services.comments import Proposal
from consultations.services.documents import Source
from forum.keepers import Attempt
from forum.models import Attachment
from forum.services import posts, seats
from forum.services.attachments import Upload

A_DAY = timedelta(days=1)


class Consult:
    """Plays one consultation; `perform` is all there is to call."""

    def __init__(self, loader, written):
        self.loader, self.written = loader, written
        self.members, self.now = loader.members, loader.now
        self.queue, self.tick = [], count()
        self.phases, self.said = [], 0

    def perform(self):
        self.prepare()
        for row in self.written["phases"]:
            self.schedule(row)
        self.then(self.at(self.written["published"]), self.publish)
        for notice in self.written.get("notices", ()):
            self.then(self.at(notice["age"]), self.change_window, notice)
        if "synthesis" in self.written:
            Outcome(self)
        while self.queue:
            at, _order, deed, arguments = heapq.heappop(self.queue)
            deed(*arguments, at=at)
        self.loader.added["consultations"] += 1
        self.loader.added["contributions"] += self.said
        self.loader.say(f"{self.written['slug']}: {self.said} contributions")

    def at(self, age):
        return self.now - script.span(age)

    def then(self, at, deed, *arguments):
        """Queue a deed for its moment; what lies ahead of now is left to the clock."""
        if at <= self.now:
            heapq.heappush(self.queue, (at, next(self.tick), deed, arguments))

    def prepare(self):
        written, at = self.written, self.at(self.written["prepared"])
        self.facilitators = [self.members[key] for key in written["facilitators"]]
        self.alice = self.facilitators[0]
        room = {
            "visibility": written["visibility"],
            "joining": written["joining"],
            "themes": [self.loader.themes[key] for key in written["themes"]],
            "regions": [self.loader.regions[key] for key in written["regions"]],
        }
        self.consultation = consultations.prepare(
            by=self.loader.secretariat,
            slug=written["slug"],
            wordings=_wordings(written["wordings"]),
            preset=written["preset"],
            facilitators=self.facilitators,
            sponsor=written["sponsor"],
            participation=written["participation"],
            room=room,
            at=at,
        )
        keys = {key for row in written["phases"] for key in _speakers(row)} | set(written.get("seated", ()))
        for key in sorted(keys - set(written["facilitators"])):
            seats.give(
                by=self.loader.secretariat, workspace=self.consultation.workspace, member=self.members[key], at=at
            )

    def schedule(self, row):
        at = self.at(self.written["prepared"])
        window = {"opens_at": self.at(row["opens"]), "closes_at": self.at(row["closes"])}
        window = {name: moment.replace(minute=0, second=0, microsecond=0) for name, moment in window.items()}
        phase = phases.schedule(
            by=self.alice,
            consultation=self.consultation,
            kind=row["kind"],
            title=row.get("title", ""),
            at=at,
            **window,
        )
        self.phases.append(phase)
        for moment in window.values():
            self.then(moment, self.tell)
        for question in row.get("questions", ()):
            asked = questions.ask(by=self.alice, phase=phase, wordings=_wordings(question["wordings"]), at=at)
            for line in question.get("said", ()):
                self.then(self.moment(line, window), self.answer, asked.pk, line)
        for text in row.get("texts", ()):
            self.prepare_text(phase, text, window)
        for statement in row.get("statements", ()):
            self.then(self.moment(statement, window), self.state, phase, statement)
        for ballot in row.get("ballots", ()):
            self.prepare_ballot(phase, ballot, window, at)

    def moment(self, line, window):
        """When a line was said: at its age, within the window, and at an hour of its own."""
        at = self.at(line[1]) - timedelta(minutes=script.chance(*map(str, line[:3]), below=600))
        return min(max(at, window["opens_at"] + timedelta(minutes=7)), self.now - timedelta(minutes=3))

    def publish(self, at):
        written = self.written
        files = [Upload(name, script.content(name)) for name in written.get("files", ())]
        consultations.publish(by=self.alice, consultation=self.consultation, files=files, at=at)
        Attachment.objects.filter(post__thread__workspace=self.consultation.workspace).update(created_at=at)
        self.coding = Coding(self, at)

    def tell(self, at):
        phases.tell(self.consultation, at=at)

    def change_window(self, notice, at):
        phases.change_window(
            by=self.alice,
            phase=self.phases[notice["phase"]],
            closes_at=self.at(notice["closes"]).replace(minute=0, second=0, microsecond=0),
            authority=notice["authority"],
            reason=notice["reason"],
            at=at,
        )

    # What is said

    def answer(self, question_id, line, at):
        """A line [who, age, text, extras] becomes a contribution: by web or mail, or on paper by who enters it."""
        key, _age, text, *rest = line
        extras = rest[0] if rest else {}
        question = Question.objects.select_related("thread", "phase", "consultation__workspace").get(pk=question_id)
        self.said += 1
        if "paper" in extras:
            origin = entries.Origin(**extras["paper"])
            entries.enter(
                by=self.members[key],
                question=question,
                origin=origin,
                text=text.strip(),
                consent=extras["consent"],
                at=at,
            )
            self.coding.read(at)
            return
        person = self.loader.folk[key]
        posts.reply(
            author=self.members[key],
            thread=question.thread,
            text=text.strip(),
            organisation=self.organisation_of(key) if extras.get("speaks") else None,
            language=extras.get("language", person.language),
            channel="mail" if person.mail or extras.get("mail") else "web",
            sent_at=at,
            at=at,
        )
        self.coding.read(at)

    def organisation_of(self, key):
        return self.loader.organisations[self.loader.folk[key].organisation]

    def state(self, phase, line, at):
        """A statement [who, age, text, {agree, disagree, pass}] and what the first so many of the seated say to it."""
        key, _age, text, counts = line
        phase = phases.Phase.objects.select_related("consultation__workspace__journal").get(pk=phase.pk)
        statement = statements.propose(by=self.members[key], phase=phase, text=text, at=at)
        if statement.state != "shown":
            statement = statements.show(by=self.alice, statement=statement, at=at)
        seated = list(
            self.consultation.workspace.seats.exclude(role="moderator").select_related("member").order_by("pk")
        )
        answers = [answer for answer, number in counts.items() for _each in range(number)]
        for seat, answer in zip(seated, answers, strict=False):
            statements.answer(member=seat.member, statement=statement, answer=answer, at=at)

    # Ballots

    def prepare_ballot(self, phase, written, window, at):
        """It opens and closes with its phase, and is counted when late mail has had its grace."""
        ballot = ballots.open_ballot(
            by=self.alice,
            phase=phase,
            title=written["title"],
            text=written["text"].strip(),
            kind=written["kind"],
            options=written["options"],
            at=at,
            **written.get("rules", {}),
        )
        self.loader.added["ballots"] += 1
        self.then(window["opens_at"], self.open_ballot, ballot)
        for line in written["votes"]:
            self.then(self.moment(line, window), self.vote, ballot, line)
        self.then(ballot.counts_from + SETTLING, self.count, ballot)

    def open_ballot(self, ballot, at):
        ballots.announce(ballot, at=at)

    def vote(self, ballot, line, at):
        key, _age, text = line
        channel = "mail" if self.loader.folk[key].mail else "web"
        voting.vote(member=self.members[key], ballot=ballot, text=text, channel=channel, at=at)

    def count(self, ballot, at):
        ballots.count(ballot, at=at)

    # Draft texts

    def prepare_text(self, phase, text, window):
        """Its versions, the last of which is commented."""
        for place, name in enumerate(text["files"], 1):
            published_at = self.at(self.written["published"]) + timedelta(minutes=place)
            self.then(published_at, self.publish_text, phase, text, name)
        for line in text.get("said", ()):
            self.then(self.moment(line, window), self.comment, phase, line)

    def publish_text(self, phase, text, name, at):
        version = documents.prepare(
            by=self.alice,
            phase=phase,
            source=Source(name, script.content(name)),
            language=text["language"],
            title=text["title"],
            document=phase.documents.first(),
            at=at,
        )
        documents.publish(by=self.alice, version=version, at=at)

    def comment(self, phase, line, at):
        """A line [who, age, paragraph, text, extras]: a comment, or with `replace`, `delete` or `insert` a proposal."""
        key, _age, label, text, *rest = line
        extras = rest[0] if rest else {}
        paragraph = Paragraph.objects.with_all().get(version=phase.documents.get().current_id, label=label)
        person = self.loader.folk[key]
        action = next((name for name in ("replace", "delete", "insert") if name in extras), "")
        proposal = Proposal(Action(action), extras[action] if action != "delete" else "") if action else None
        comments.write(
            author=self.members[key],
            paragraph=paragraph,
            text=text.strip(),
            proposal=proposal,
            attempt=Attempt(at=at),
            organisation=self.organisation_of(key) if extras.get("speaks") else None,
            language=extras.get("language", person.language),
            channel="mail" if person.mail else "web",
            sent_at=at,
            at=at,
        )
        self.said += 1
        self.coding.read(at)
        if decided := extras.get("decided"):
            amendment = Amendment.objects.with_all().latest("pk")
            self.then(min(at + A_DAY, self.now), self.decide, amendment, decided)

    def decide(self, amendment, decided, at):
        taken = decided == "taken"
        comments.decide(by=self.alice, amendment=amendment, taken=taken, reason="" if taken else decided, at=at)


def _wordings(written):
    """{language: (title, text)}, the first written one first."""
    return {code: (title, text.strip()) for code, (title, text) in written.items()}


def _speakers(row):
    """Everybody who says something in a phase."""
    for question in row.get("questions", ()):
        yield from (line[0] for line in question.get("said", ()))
    for text in row.get("texts", ()):
        yield from (line[0] for line in text.get("said", ()))
    for line in row.get("statements", ()):
        yield line[0]
    for ballot in row.get("ballots", ()):
        yield from (line[0] for line in ballot["votes"])
