"""Codes of a consultation of the demo world: made by the facilitators, and found by two of them in what comes in."""

from datetime import timedelta

from consultations.services import codes

A_DAY = timedelta(days=1)


class Coding:
    """Queues what coders find, in the queue of their `Consult`."""

    def __init__(self, consult, at):
        self.consult = consult
        self.codes = [(self.make(row, at), row["words"]) for row in consult.written.get("codes", ())]

    def make(self, row, at):
        look = {name: row[name] for name in ("name", "explanation", "colour")}
        return codes.make(by=self.consult.alice, consultation=self.consult.consultation, at=at, **look)

    def read(self, at):
        """The latest contribution is coded a day later; the second coder reads every other one."""
        if not self.codes:
            return
        row = self.consult.consultation.contributions.select_related("post").latest("number")
        for place, coder in enumerate(self.consult.facilitators[: 1 if row.number % 2 else 2]):
            self.consult.then(min(at + A_DAY, self.consult.now), self.code, row, coder, place)

    def code(self, contribution, coder, place, at):
        """Each code is known by its words; the second coder does not know the first of them."""
        words = contribution.post.text
        found = [code for code, wanted in self.codes if any(word in words for word in wanted[place:])]
        codes.code(by=coder, contribution=contribution, codes=found, at=at)
