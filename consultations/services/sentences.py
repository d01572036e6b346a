"""Sentences of a synthesis: written by several at once, a whole text, a paragraph or a sentence at a time.

Whoever saves says which revisions they began with. What others changed meanwhile stays; where both changed the same
sentence nothing is saved, and `Clash` holds both wordings and the whole text that was written.
"""

from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations import citing
from consultations.exporting import verify
from consultations.models import Citation, Contribution, Objection, Sentence, Synthesis, Wording
from consultations.models.syntheses import LONGEST, SentenceKind
from consultations.rules import syntheses as rules
from core import text as texts
from core.access import Refused, require
from journal.models import Audience
from journal.services import record

MOST = 2_000  # sentences
ALIKE = 0.4  # from here on a changed line is the old sentence, and not a new one
CLOSE = 40  # lines of a changed stretch that are compared with each other


@dataclass(frozen=True)
class Saved:
    """The revisions the writer stands on now, sentence by sentence, and how many of them were changed."""

    base: list  # of (id, revision)
    changed: int


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
    return list(synthesis.sentences.standing().prefetch_related("citations__contribution"))


def base_of(sentences):
    return [(row.pk, row.revision) for row in sentences]


def save(*, by, synthesis, base, text, at=None):
    """Take a text for the sentences of `base` [(id, revision)], one a line; returns Saved.

    With an empty base the lines come at the end. Raises Clash where somebody else changed the same sentence, and
    Refused where a reference does not hold; nothing is saved then.
    """
    with transaction.atomic():
        synthesis = Synthesis.objects.locked(synthesis.pk)
        require(rules.write, by, synthesis, text=text)
        writing = _Writing(by, synthesis, base, text, at or timezone.now())
        writing.merge()
        changed = writing.write()
        if changed:
            synthesis.revision += 1
            synthesis.save(update_fields=["revision"])
            facts = {"revision": synthesis.revision, "changed": changed}
            record("synthesis.written", actor=by, about=synthesis, data=facts, audience=Audience.MODERATORS, at=at)
    return Saved(writing.stands_on, changed)


class _Writing:
    """One text on its way into the synthesis."""

    def __init__(self, by, synthesis, base, text, at):
        self.by, self.synthesis, self.text, self.at = by, synthesis, text, at
        self.now = {row.pk: row for row in standing(synthesis)}
        revisions = dict(base[:MOST])
        rows = Wording.objects.filter(sentence__synthesis=synthesis, sentence__in=revisions)
        known = {
            row.sentence_id: row
            for row in rows.select_related("sentence")
            if row.revision == revisions[row.sentence_id]
        }
        self.base = {pk: known[pk] for pk in revisions if pk in known}
        self.mine = citing.read_all(texts.clean_text(text))
        first = next(iter(self.base.values()), None)
        if self.mine and first and not self.mine[0].is_heading:
            head = self.mine[0]
            self.mine[0] = citing.Line(head.text, head.citations, False, first.starts_paragraph)

    def merge(self):
        """Find which line is which sentence, and what both sides changed."""
        pairs = _align([row.said for row in self.base.values()], [line.said for line in self.mine])
        pks = list(self.base)
        self.result = [(pks[pairs[place]] if place in pairs else None, line) for place, line in enumerate(self.mine)]
        kept = {pk for pk, _line in self.result}
        self.edited = {pk: line for pk, line in self.result if pk and not _is_same(line, self.base[pk])}
        self.dropped = [pk for pk in self.base if pk not in kept and pk in self.now]
        both = [found for pk in [*self.edited, *self.dropped] if (found := self._clash(pk))]
        if both:
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

    def _merged(self):
        """What was written, with what others changed where this writer changed nothing."""
        for pk, line in self.result:
            if pk is None or pk in self.edited:
                yield line
            elif pk in self.now:
                yield self.now[pk].line

    def write(self):
        """Write what changed; returns how many sentences did."""
        wanted = [line for pk, line in self.result if pk is None or pk in self.edited]
        found = contributions_of(self.synthesis.consultation, wanted, text=self.text)
        places = self._order()
        changed = []
        for sentence, line in places:
            if sentence.pk is None or sentence.pk in self.edited:
                _word(sentence, line, by=self.by, at=self.at)
                changed.append((sentence, line))
        if len(places) > MOST:
            told = _("No more sentences fit into a synthesis: the most is %(most)s.")
            raise Refused(told % {"most": MOST}, text=self.text)
        is_moved = any(sentence.place != place for place, (sentence, _line) in enumerate(places, 1))
        for place, (sentence, _line) in enumerate(places, 1):
            sentence.place = place
        Sentence.objects.bulk_create([sentence for sentence, _line in changed if sentence.pk is None])
        Sentence.objects.filter(pk__in=self.dropped).update(dropped_at=self.at)
        if is_moved or changed:
            fields = ["place", "kind", "text", "starts_paragraph", "revision", "edited_by", "edited_at"]
            Sentence.objects.bulk_update([sentence for sentence, _line in places], fields, batch_size=100)
        _cite(changed, found, by=self.by, at=self.at)
        self.stands_on = self._stood_on()
        return len(changed) + len(self.dropped) or int(is_moved)

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
        for pk in self.dropped:
            earlier = [None, *self.base]
            before = next(
                one for one in reversed(earlier[: earlier.index(pk)]) if one in behind and one not in self.dropped
            )
            behind[before] += behind.pop(pk)
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
        return [
            (sentence.pk, sentence.revision if pk is None or pk in self.edited else self.base[pk].revision)
            for (pk, _line), sentence in zip(self.result, self.made, strict=True)
            if sentence
        ]


def _is_same(line, wording):
    return (line.said, line.starts) == (wording.said, wording.starts_paragraph)


def _word(sentence, line, *, by, at):
    """Give a sentence its words; nothing is saved."""
    sentence.text, sentence.starts_paragraph = line.text, line.starts
    sentence.kind = SentenceKind.HEADING if line.is_heading else SentenceKind.SENTENCE
    sentence.revision, sentence.edited_by, sentence.edited_at = sentence.revision + 1, by, at


def _cite(changed, found, *, by, at):
    """Save what the sentences cite now, and their wordings."""
    Citation.objects.filter(sentence__in=[sentence for sentence, _line in changed]).delete()
    Citation.objects.bulk_create(
        Citation(sentence=sentence, contribution=found[number], words=words, sha256=_sha256(words))
        for sentence, line in changed
        for number, words in line.citations
    )
    Wording.objects.bulk_create(
        Wording(
            sentence=sentence, revision=sentence.revision, said=line.said, starts_paragraph=line.starts, by=by, at=at
        )
        for sentence, line in changed
    )


def _sha256(words):
    return verify.sha256(words.encode()) if words else ""


def forget(post):
    """The words of a post are gone for good: they go from all that cites them too; returns nothing."""
    contribution = Contribution.objects.filter(post=post).first()
    if contribution is None:
        return
    number = contribution.number
    Citation.objects.filter(contribution=contribution).update(words="")
    holding = {"said__contains": f"[{number} "}
    wordings = Wording.objects.filter(sentence__synthesis__consultation=contribution.consultation_id, **holding)
    for row in wordings:
        row.said = citing.without(row.said, number)
        row.save(update_fields=["said"])
    for row in Objection.objects.filter(synthesis__consultation=contribution.consultation_id):
        row.was, row.corrected = citing.without(row.was, number), citing.without(row.corrected, number)
        row.save(update_fields=["was", "corrected"])


def reword(sentence, said, *, by, at):
    """Give a published sentence the words of an accepted correction, which were checked when it was accepted."""
    line = citing.read(said)
    line = citing.Line(line.text, line.citations, False, sentence.starts_paragraph)
    cited = Contribution.objects.filter(consultation=sentence.synthesis.consultation_id)
    found = {row.number: row for row in cited.filter(number__in=[number for number, _words in line.citations])}
    _word(sentence, line, by=by, at=at)
    sentence.save()
    _cite([(sentence, line)], found, by=by, at=at)


def contributions_of(consultation, lines, *, text=""):
    """{number: Contribution} of what these lines cite. Raises Refused, with every line that does not hold."""
    numbers = {number for line in lines for number, _words in line.citations}
    rows = Contribution.objects.filter(consultation=consultation, number__in=numbers).shown().select_related("post")
    found = {row.number: row for row in rows}
    problems = [problem for line in lines for problem in _problems(line, found)]
    if problems:
        raise Refused("\n".join(problems[:10]), text=text)
    return found


def _problems(line, found):
    start = texts.excerpt(line.text, 60)
    if texts.clean_line(line.text, LONGEST + 1) != line.text:
        if len(line.text) > LONGEST:
            yield _("“%(start)s” is too long: the most is %(most)s, in characters. Make two sentences of it.") % {
                "start": start,
                "most": LONGEST,
            }
        else:
            yield _("“%(start)s” holds characters that cannot be printed. Type it anew.") % {"start": start}
    if not line.text:
        yield _("A line has references and no words: %(line)s") % {"line": line.said}
    for number, words in line.citations:
        facts = {"start": start, "number": number, "words": words[:200]}
        if number not in found:
            yield _("“%(start)s” cites contribution %(number)s, which is not there or is not shown.") % facts
        elif words and not citing.stands_in(words, found[number].post.text):
            yield (
                _("“%(start)s” cites “%(words)s”, which does not stand in contribution %(number)s. Copy it from there.")
                % facts
            )


def _align(olds, news):
    """{place of a new line: place of the old one it is}; moved lines are found again, changed ones by likeness."""
    pairs = {}
    steps = SequenceMatcher(None, olds, news, autojunk=False).get_opcodes()
    for tag, i1, i2, j1, _j2 in steps:
        if tag == "equal":
            pairs |= {j1 + step: i1 + step for step in range(i2 - i1)}
    taken = set(pairs.values())
    left = {}
    for place, old in enumerate(olds):
        if place not in taken:
            left.setdefault(old, []).append(place)
    for place, new in enumerate(news):
        if place not in pairs and left.get(new):
            pairs[place] = left[new].pop(0)
    taken = set(pairs.values())
    for tag, i1, i2, j1, j2 in steps:
        if tag == "replace":
            before = [place for place in range(i1, i2) if place not in taken]
            after = [place for place in range(j1, j2) if place not in pairs]
            pairs |= _alike(olds, news, before, after)
    return pairs


def _alike(olds, news, before, after):
    if len(before) == len(after) or max(len(before), len(after)) > CLOSE:
        return dict(zip(after, before, strict=False))
    pairs, start = {}, 0
    for old in before:
        likeness = [
            (SequenceMatcher(None, olds[old], news[new], autojunk=False).ratio(), -place)
            for place, new in enumerate(after[start:], start)
        ]
        best, place = max(likeness, default=(0, 0))
        if best >= ALIKE:
            pairs[after[-place]], start = old, 1 - place
    return pairs
