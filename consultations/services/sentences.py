"""Sentences of a synthesis: written by several at once, a whole text, a paragraph or a sentence at a time.

Whoever saves says which revisions they began with. What others changed meanwhile stays; where both changed the same
sentence nothing is saved, and `Clash` holds both wordings and the whole text that was written. What a script saves by
itself is saved but for such sentences.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations import citing, matching
from consultations.models import Sentence, Synthesis, Wording
from consultations.rules import syntheses as rules
from consultations.services import evidence, wordings
from core import text as texts
from core.access import Refused, require

MOST = 2_000  # sentences


@dataclass(frozen=True)
class Saved:
    """The revisions the writer stands on now, sentence by sentence, and how many of them were changed.

    `left`: why lines were not saved. Where others changed something meanwhile, `others` are who, `text` is the text
    with it, and `fresh` the revisions that this stands on.
    """

    base: list  # of (id, revision)
    changed: int
    left: tuple = ()
    others: tuple = ()
    text: str = ""
    fresh: tuple = ()


@dataclass(frozen=True)
class Both:
    """One sentence two people changed: as it was, as it is now, by whom, and as the second one wants it."""

    sentence: Sentence
    was: str
    theirs: str
    mine: str


class Clash(Refused):
    """Somebody else changed the same sentences. `text` is what was written, with what others changed elsewhere in it;
    `base` the revisions it stands on: saved with these, it takes the place of what they wrote.
    """

    def __init__(self, reason, *, text, base, both):
        super().__init__(reason, text=text)
        self.base, self.both = base, both


def standing(synthesis):
    """The sentences in the text with what they cite; three queries."""
    return list(synthesis.sentences.standing().select_related("edited_by").prefetch_related("citations__contribution"))


def base_of(sentences):
    return [(row.pk, row.revision) for row in sentences]


def save(*, by, synthesis, base, text, whole=False, partly=False, at=None):
    """Take a text for the sentences of `base` [(id, revision)], one a line; returns Saved.

    With an empty base the lines come at the end. Raises Clash where somebody else changed the same sentence, and
    Refused where a reference does not hold; nothing is saved then. whole: the text is all of the synthesis. partly:
    save the lines that can be, and say in `left` what is wrong with the others.
    """
    with transaction.atomic():
        synthesis = Synthesis.objects.locked(synthesis.pk)
        require(rules.write, by, synthesis, text=text)
        writing = _Writing(by, synthesis, base, text, at or timezone.now(), partly=partly)
        writing.merge()
        changed = writing.write()
        if changed:
            synthesis.revision += 1
            synthesis.save(update_fields=["revision"])
            wordings.record_writing(by, synthesis, changed, at)
        return Saved(writing.stands_on, changed, tuple(writing.left), **writing.meanwhile(whole=whole))


class _Writing:
    """One text on its way into the synthesis."""

    def __init__(self, by, synthesis, base, text, at, *, partly):
        self.by, self.synthesis, self.text, self.at, self.partly = by, synthesis, text, at, partly
        self.now = {row.pk: row for row in standing(synthesis)}
        revisions = dict(base[:MOST])
        rows = Wording.objects.filter(sentence__synthesis=synthesis, sentence__in=revisions)
        known = {
            row.sentence_id: row
            for row in rows.select_related("sentence__edited_by")
            if row.revision == revisions[row.sentence_id]
        }
        self.base = {pk: known[pk] for pk in revisions if pk in known}
        self.mine = citing.read_all(texts.clean_text(text), synthesis.consultation.code)
        self.left, self.waiting = [], set()  # what is wrong with lines that are not saved; the sentences they are
        first = next(iter(self.base.values()), None)
        if self.mine and first and not self.mine[0].is_heading:
            head = self.mine[0]
            self.mine[0] = citing.Line(head.text, head.citations, False, first.starts_paragraph)

    def merge(self):
        """Find which line is which sentence, and what both sides changed."""
        pairs = matching.pairs_of([row.said for row in self.base.values()], [line.said for line in self.mine])
        pks = list(self.base)
        self.result = [(pks[pairs[place]] if place in pairs else None, line) for place, line in enumerate(self.mine)]
        kept = {pk for pk, _line in self.result}
        self.edited = {pk: line for pk, line in self.result if pk and not _is_same(line, self.base[pk])}
        self.dropped = [pk for pk in self.base if pk not in kept and pk in self.now]
        both = [found for pk in [*self.edited, *self.dropped] if (found := self._clash(pk))]
        if both and self.partly:
            self._leave(both)
        elif both:
            raise Clash(
                ngettext(
                    "Somebody else changed %(count)s sentence that you changed too. Nothing is lost: both wordings "
                    "stand below. Make one of them, and save again.",
                    "Somebody else changed %(count)s sentences that you changed too. Nothing is lost: both wordings "
                    "stand below. Make one of them, and save again.",
                    len(both),
                )
                % {"count": len(both)},
                text=citing.write_all(self._merged()),
                base=[(pk, self.now[pk].revision) for pk in self.base if pk in self.now],
                both=both,
            )

    def _clash(self, pk):
        old, now, mine = self.base[pk], self.now.get(pk), self.edited.get(pk)
        theirs = now.line if now else None
        if theirs == mine or (theirs and (now.revision == old.revision or _is_same(theirs, old))):
            return None
        said = [line.said if line else "" for line in (theirs, mine)]
        return Both(now or old.sentence, old.said, *said)

    def _leave(self, both):
        for one in both:
            pk = one.sentence.pk
            self.waiting.add(pk)
            self.edited.pop(pk, None)
            if pk in self.dropped:
                self.dropped.remove(pk)
            facts = {"name": one.sentence.edited_by.shown_name, "start": texts.excerpt(one.mine or one.was, 60)}
            told = _("%(name)s changed “%(start)s” too. Press Save to see both wordings, and make one of them.")
            self.left.append(told % facts)

    def _leave_what_does_not_hold(self):
        """Take the lines out whose references do not hold; a sentence stays as it was."""
        kept = []
        lines = [line for pk, line in self.result if pk is None or pk in self.edited]
        found = evidence.shown(self.synthesis.consultation, lines)
        for pk, line in self.result:
            problems = list(evidence.problems_of(line, found)) if pk is None or pk in self.edited else []
            self.left += problems
            if problems and pk:
                self.waiting.add(pk)
                del self.edited[pk]
            if pk or not problems:
                kept.append((pk, line))
        self.result = kept

    def _merged(self):
        """What was written, with what others changed where this writer changed nothing."""
        for pk, line in self.result:
            if pk is None or pk in self.edited:
                yield line
            elif pk in self.now:
                yield self.now[pk].line

    def write(self):
        """Write what changed; returns how many sentences did."""
        if self.partly:
            self._leave_what_does_not_hold()
        wanted = [line for pk, line in self.result if pk is None or pk in self.edited]
        found = evidence.contributions_of(self.synthesis.consultation, wanted, text=self.text)
        self.places = places = self._order()
        changed = []
        for sentence, line in places:
            if sentence.pk is None or sentence.pk in self.edited:
                wordings.word(sentence, line, by=self.by, at=self.at)
                changed.append((sentence, line))
        if len(places) > MOST:
            told = _("No more sentences fit into a synthesis: the most is %(most)s.")
            raise Refused(told % {"most": MOST}, text=self.text)
        moved = [sentence for place, (sentence, _line) in enumerate(places, 1) if sentence.place != place]
        for place, (sentence, _line) in enumerate(places, 1):
            sentence.place = place
        touched = [sentence for sentence, _line in changed if sentence.pk]
        gone = {"dropped_at": self.at, "edited_by": self.by, "edited_at": self.at}
        Sentence.objects.filter(pk__in=self.dropped).update(**gone)
        Sentence.objects.bulk_update([sentence for sentence in moved if sentence.pk], ["place"], batch_size=400)
        fields = ["kind", "text", "starts_paragraph", "revision", "edited_by", "edited_at"]
        Sentence.objects.bulk_update(touched, fields, batch_size=100)
        Sentence.objects.bulk_create([sentence for sentence, _line in changed if sentence.pk is None])
        evidence.keep(changed, found, by=self.by, at=self.at)
        self.stands_on = self._stood_on()
        return len(changed) + len(self.dropped) or int(bool(moved))

    def _order(self):
        """[(sentence, line)] of the whole text as it will be: what is not of the base stays behind what it followed,
        and behind what this writer put there.
        """
        behind, last = {None: []}, None
        for pk in self.now:
            if pk in self.base:
                last = pk
                behind[pk] = []
            else:
                behind[last].append(pk)
        written = {pk for pk, _line in self.result}
        unwritten = [pk for pk in self.base if pk in self.now and pk not in written]
        for pk in unwritten:
            earlier = [None, *self.base]
            before = next(
                one for one in reversed(earlier[: earlier.index(pk)]) if one in behind and one not in unwritten
            )
            behind[before] += ([] if pk in self.dropped else [pk]) + behind.pop(pk)
        order, follow = [(self.now[pk], None) for pk in behind[None]], []
        self.made = []
        for pk, line in self.result:
            if pk is None:
                sentence = Sentence(synthesis=self.synthesis, revision=0)
            elif pk in self.now:
                sentence = self.now[pk]
                order, follow = order + follow, [(self.now[one], None) for one in behind[pk]]
            else:
                self.made.append(None)
                continue  # somebody took it out, and this writer did not touch it
            self.made.append(sentence)
            order.append((sentence, line))
        return order + follow

    def _stood_on(self):
        """The revisions that the lines of the text stand on: what others changed is still to be met."""
        stands_on = [
            (sentence.pk, sentence.revision if pk is None or pk in self.edited else self.base[pk].revision)
            for (pk, _line), sentence in zip(self.result, self.made, strict=True)
            if sentence
        ]
        there = {pk for pk, _revision in stands_on}
        return stands_on + [(pk, row.revision) for pk, row in self.base.items() if pk in self.waiting - there]

    def meanwhile(self, *, whole):
        """Who else changed what, and the text with it; nothing where a line was not saved."""
        mine = {sentence.pk: line for sentence, line in self.places if line and sentence.pk not in self.now}
        mine |= self.edited
        rows = [row for row, _line in self.places if whole or row.pk in mine or row.pk in self.base]
        theirs = [row for row in rows if row.pk not in mine and row.revision != self._known(row.pk)]
        gone = [row.sentence for pk, row in self.base.items() if pk not in self.now and pk not in mine]
        if self.left or not (theirs or gone):
            return {}
        wrote = {row.edited_by_id: row.edited_by for row in [*theirs, *gone]}
        return {
            "others": tuple(member.shown_name for member in wrote.values()),
            "text": citing.write_all([mine.get(row.pk) or row.line for row in rows]),
            "fresh": tuple(base_of(rows)),
        }

    def _known(self, pk):
        return self.base[pk].revision if pk in self.base else 0


def _is_same(line, wording):
    return (line.said, line.starts) == (wording.said, wording.starts_paragraph)


def cite(*, by, synthesis, number, sentence=None, text="", words="", at=None):
    """Add contribution `number`, or words of it, to what a sentence rests on, or to a new one; returns the sentence."""
    text, words = " ".join(texts.clean_text(text).split()), " ".join(texts.clean_text(words).split())
    if sentence is None and not text:
        raise Refused(_("Choose a sentence, or write a new one."))
    said = citing.write(citing.read(sentence.line.said if sentence else text).said, [(number, words)])
    base = base_of([sentence]) if sentence else []
    saved = save(by=by, synthesis=synthesis, base=base, text=said, at=at)
    made = Sentence.objects.get(pk=saved.base[0][0])
    made.synthesis = synthesis
    return made
