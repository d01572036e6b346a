"""Evidence: what sentences of a synthesis cite, checked before it is saved, and kept with every wording."""

from django.utils.translation import gettext as _

from consultations import citing
from consultations.exporting import verify
from consultations.models import Citation, Contribution, Wording
from consultations.models.syntheses import LONGEST
from core import text as texts
from core.access import Refused


def contributions_of(consultation, lines, *, text=""):
    """{number: Contribution} of what these lines cite. Raises Refused, with every line that does not hold."""
    found = shown(consultation, lines)
    problems = [problem for line in lines for problem in problems_of(line, found)]
    if problems:
        raise Refused("\n".join(problems[:10]), text=text)
    return found


def shown(consultation, lines):
    """{number: Contribution} of those these lines cite that are shown."""
    numbers = {number for line in lines for number, _words in line.citations}
    rows = Contribution.objects.filter(consultation=consultation, number__in=numbers).shown().select_related("post")
    return {row.number: row for row in rows}


def problems_of(line, found):
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


def keep(changed, found, *, by, at):
    """Keep what the sentences cite now, and their wordings."""
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
