"""What came of a consultation of the demo world: the synthesis, one who was misrepresented in it, recommendations.

A sentence of a file cites `{who: words}`: the contribution of this person in which the words stand. Numbers are drawn
while the consultation is played, so they are looked up here.
"""

import re
from datetime import timedelta

from django.db.models import Q

from config.demo import script
from consultations.models import Contribution, Synthesis
from consultations.services import objections, recommendations, sentences, syntheses

A_DAY = timedelta(days=1)
CITED = re.compile(r"\s*\{([\w.]+): ([^{}]+)\}")


class Outcome:
    """Queues what a file tells of the outcome, in the queue of its `Consult`."""

    def __init__(self, consult):
        self.consult, self.written = consult, consult.written["synthesis"]
        self.alice, self.members = consult.alice, consult.members
        consult.then(consult.at(self.written["begun"]), self.write)
        consult.then(consult.at(self.written["published"]), self.publish)
        for row in consult.written.get("recommendations", ()):
            consult.then(consult.at(row["age"]), self.recommend, row)

    def write(self, at):
        text = self.cited(self.written["text"].strip())
        synthesis = syntheses.begin(
            by=self.alice,
            consultation=self.consult.consultation,
            title=self.written["title"],
            language=self.written["language"],
            at=at,
        )
        sentences.save(by=self.alice, synthesis=synthesis, base=[], text=text, at=at)

    def cited(self, text):
        """The text with each `{who: words}` as `[14 “words”]`, in the spelling of the contribution."""
        return CITED.sub(lambda match: f" {self.citation(match[1], match[2])}", text)

    def citation(self, key, words):
        member = self.members[key]
        rows = Contribution.objects.filter(consultation=self.consult.consultation).select_related("post")
        for row in rows.filter(Q(post__author=member) | Q(post__carried_by=member)):
            start = row.post.text.lower().find(words.lower())
            if start >= 0:
                return f"[{row.number} “{row.post.text[start : start + len(words)]}”]"
        raise ValueError(f"Nothing of {key} says {words!r}.")

    def publish(self, at):
        synthesis = Synthesis.objects.get(consultation=self.consult.consultation)
        syntheses.publish(
            by=self.alice, synthesis=synthesis, days=self.written["days"], because=self.written["because"], at=at
        )
        self.consult.then(at + 2 * A_DAY, self.object, synthesis)

    def object(self, synthesis, at):
        """One says that a sentence misrepresents them; it is corrected when the days are over."""
        row = self.written["misrepresented"]
        sentence = self.sentence(row["sentence"])
        made = objections.misrepresented(
            by=self.members[row["by"]], synthesis=synthesis, sentence=sentence, why=row["why"], at=at, recorded_at=at
        )
        self.consult.then(at + A_DAY, self.accept, made, sentence, self.cited(row["corrected"]))
        self.consult.then(at + self.written["days"] * A_DAY, self.correct, synthesis)

    def accept(self, objection, sentence, corrected, at):
        objections.accept(by=self.alice, objection=objection, sentence=sentence, corrected=corrected, at=at)

    def correct(self, synthesis, at):
        objections.correct(by=self.alice, synthesis=synthesis, at=at)

    def sentence(self, start):
        return self.consult.consultation.synthesis.sentences.get(text__startswith=start, dropped_at=None)

    def recommend(self, row, at):
        made = recommendations.recommend(
            by=self.alice,
            consultation=self.consult.consultation,
            text=row["text"],
            language=self.written["language"],
            sentences=[self.sentence(start) for start in row["sentences"]],
            at=at,
        )
        answer = row["answer"]
        due = (self.consult.now - script.span(answer["due"])).date() if answer["due"] else None
        recommendations.answer(
            by=self.alice,
            recommendation=made,
            reply=answer["reply"],
            why=answer.get("why", ""),
            body=answer["body"],
            due_on=due,
            at=at,
        )
        for step, age, note in row["progress"]:
            self.consult.then(self.consult.at(age), self.move, made, step, note)

    def move(self, recommendation, step, note, at):
        recommendations.move(by=self.alice, recommendation=recommendation, step=step, on=at.date(), note=note, at=at)
