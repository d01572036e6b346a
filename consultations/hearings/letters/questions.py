"""Letters about live questions: to an author what became of theirs, and to whoever is asked to answer one in writing.

Reads the journals by itself, like every writer of letters.
"""

from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.hearings.answering import items
from consultations.hearings.models import Hearing, LiveQuestion
from consultations.hearings.models.questions import WAITING, QuestionState
from consultations.letters import writing
from consultations.wording.times import moment
from notifications import journals
from notifications.models import Letter

READER = "live questions"
WITH_ALL = LiveQuestion.objects.select_related("hearing", "author", "addressee", "merged_into__hearing")


def write_due(should_stop=lambda: False):
    """Write the letters that new entries ask for; returns how many entries were read."""
    return journals.read_on(READER, _handle, limit=200)


def _handle(workspace, entries):
    for entry in entries:
        if entry.verb == "hearing.ended":
            _not_taken(workspace, entry)
        elif entry.verb == "item.closed":
            _left_open(workspace, entry)
        elif tell := _LETTERS.get(entry.verb):
            question = WITH_ALL.filter(pk=entry.about_id).first()
            if question and question.state != QuestionState.ERASED:
                for member, words in tell(question, entry):
                    _write(workspace, question.reference, member, entry, words)


# -- What became of a question: pairs (member, words); words() gives (subject, paragraphs) in their language -----------


def _shown(question, entry):
    yield (
        question.author,
        lambda: (
            _("Your question %(code)s is asked") % _facts(question),
            [question.hearing.worded().title, question.text],
        ),
    )


def _declined(question, entry):
    facts = {"reason": (entry.data or {}).get("reason", "")}
    yield (
        question.author,
        lambda: (
            _("Your question %(code)s was declined") % _facts(question),
            [
                question.hearing.worded().title,
                _("Reason: %(reason)s") % facts,
                _("This is what you wrote. You can word it anew and send it again."),
                question.text,
            ],
        ),
    )


def _merged(question, entry):
    into = question.merged_into
    if into is not None:
        yield (
            question.author,
            lambda: (
                _("Your question %(code)s is asked as %(into)s") % (_facts(question) | {"into": into.code}),
                [
                    _("It asks the same as question %(into)s, so they are one now. Whoever endorsed yours endorses it.")
                    % {"into": into.code},
                    into.text,
                    _("If you think that this is wrong, answer this mail with %(ask)s: and your question.")
                    % {"ask": items.offered("ask")},
                ],
            ),
        )


def _answered(question, entry):
    is_live = bool((entry.data or {}).get("live"))
    answer = None if is_live else question.answers.filter(number=(entry.data or {}).get("answer", 0)).first()
    for asked in [question, *question.merged.select_related("author")]:
        yield asked.author, lambda asked=asked: _of_answer(question, asked, answer)


def _of_answer(question, asked, answer):
    facts = _facts(question) | {"yours": asked.code}
    lines = [question.text]
    if asked.pk != question.pk:
        lines.insert(0, _("Your question %(yours)s was asked as %(code)s.") % facts)
    if answer:
        lines += [_("%(who)s answered:") % {"who": answer.written_by.shown_name}, answer.text]
    else:
        lines.append(_("It was answered in the room."))
    return _("Your question %(yours)s was answered") % facts, lines


def _addressed(question, entry):
    if question.addressee_id and question.addressee_id == (entry.data or {}).get("to"):
        yield (
            question.addressee,
            lambda: (
                _("Please answer question %(code)s in writing") % _facts(question),
                [
                    _("%(who)s asks at “%(hearing)s”:") % (_facts(question) | {"who": question.asked_by}),
                    question.text,
                    _("Answer this mail: what you write is the answer, and is shown below the question."),
                ],
            ),
        )


def _left_open(workspace, entry):
    """When an item is concluded: the authors of what was taken up on it and not marked as answered, each once."""
    rows = WITH_ALL.filter(item=entry.about_id, state=QuestionState.TAKEN).order_by("number")
    for question in rows:
        for asked in [question, *question.merged.select_related("author")]:
            key = f"live_question:left open:{question.pk}:{asked.author_id}"
            _write(workspace, question.reference, asked.author, entry, partial(_of_taking, question, asked), key)


def _of_taking(question, asked):
    """At what hour it was read out, for what was said then stands in the record."""
    facts = _facts(question) | {"yours": asked.code, "at": moment(question.taken_at)}
    told = _("It was taken up at “%(hearing)s” on %(at)s. What was said stands in the record, of which you are told.")
    return _("Your question %(yours)s was taken up") % facts, [question.text, told % facts]


def _not_taken(workspace, entry):
    """When all is over, each author is told once which of their questions were not taken up."""
    hearing = Hearing.objects.filter(pk=entry.about_id).first()
    rows = WITH_ALL.filter(hearing=hearing, state__in=WAITING).order_by("number")
    by_author = {}
    for question in rows:
        by_author.setdefault(question.author, []).append(question)
    for member, theirs in by_author.items():
        _write(workspace, entry.about, member, entry, lambda theirs=theirs: _of_end(hearing, theirs))


def _of_end(hearing, theirs):
    told = ngettext(
        "“%(hearing)s” is over. There was no time for your question; it stays in the list and may be answered in "
        "writing.",
        "“%(hearing)s” is over. There was no time for your questions; they stay in the list and may be answered "
        "in writing.",
        len(theirs),
    )
    subject = ngettext("Your question was not taken up", "Your questions were not taken up", len(theirs))
    return subject, [told % {"hearing": hearing}, *(f"{one.code}  {one.text}" for one in theirs)]


def _facts(question):
    return {"code": question.code, "hearing": question.hearing.worded().title}


def _write(workspace, about, member, entry, words, key=""):
    """One letter, none about their own deed; it leaves also where the question is not shown any more."""
    if member.reference != entry.actor:
        more = {"workspace": workspace, "priority": Letter.Priority.NEXT, "shows": None}
        writing.one(member, words, about=about, key=key or f"live_question:{entry.pk}:{member.pk}", **more)


_LETTERS = {
    "asked.shown": _shown,
    "asked.declined": _declined,
    "asked.merged": _merged,
    "asked.answered": _answered,
    "asked.addressed": _addressed,
}
