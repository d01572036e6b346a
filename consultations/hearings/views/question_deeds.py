"""What is done with a live question: endorsed, withdrawn, let in, declined, merged, taken, answered; and the queue of
those that wait.
"""

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from consultations.hearings.forms.questions import AddressForm, AnswerForm, MergeForm
from consultations.hearings.models.questions import QuestionState
from consultations.hearings.rules import hearings as hearing_rules
from consultations.hearings.rules import questions as rules
from consultations.hearings.services import endorsements, mergers, shortlists, written_answers
from consultations.hearings.services import questions as service
from consultations.hearings.views.questions import A_MINUTE, HEARINGS, ITEMS, WITH_ALL, press
from core import languages
from core.access import find, require
from core.deeds import came_from, deed, perform, posted
from forum.forms import ReasonForm, RedactionForm

QUEUE = 50


@deed
def held_questions(request, year, number):
    """Those that wait, oldest first, and those that were declined."""
    hearing = find(HEARINGS, request.user, year=year, number=number)
    require(hearing_rules.preside, request.user, hearing)
    state = QuestionState.DECLINED if "declined" in request.GET else QuestionState.HELD
    rows = WITH_ALL.filter(hearing=hearing, state=state).order_by("number")
    context = {"hearing": hearing, "questions": rows[:QUEUE], "is_declined": state == QuestionState.DECLINED}
    return render(request, "hearings/held_questions.html", context)


def _endorse(request, question):
    return press(
        request,
        question,
        endorsements.endorse,
        rules.endorse,
        heading=_("Endorse this question"),
        said=lambda made: _("You endorse question %(number)s.") % {"number": made.number},
        most=A_MINUTE,
    )


def _unendorse(request, question):
    return press(
        request,
        question,
        endorsements.unendorse,
        rules.endorse,
        heading=_("Take your endorsement back"),
        said=lambda made: _("You do not endorse question %(number)s any more.") % {"number": made.number},
        most=A_MINUTE,
    )


def _withdraw(request, question):
    said = _("Your question is withdrawn.")
    return press(request, question, service.withdraw, rules.withdraw, heading=_("Withdraw your question"), said=said)


def _show(request, question):
    said = _("The question is shown.")
    return press(request, question, service.show, rules.show, heading=_("Let this question appear"), said=said)


def _decline(request, question):
    return press(
        request,
        question,
        service.decline,
        rules.decline,
        heading=_("Decline this question"),
        said=_("The question is declined. Its author is told why."),
        form=ReasonForm(posted(request)),
        explain=_("Its author is told your reason and keeps the text."),
    )


def _merge(request, question):
    return press(
        request,
        question,
        mergers.merge,
        rules.merge,
        heading=_("Merge this question into another"),
        said=lambda made: _("It is asked as question %(number)s now.") % {"number": made.merged_into.number},
        form=MergeForm(posted(request), question=question),
        explain=_("Whoever endorsed it endorses the other one, each person once. Its author is told."),
    )


def _unmerge(request, question):
    said = _("The question stands by itself again.")
    return press(request, question, mergers.unmerge, rules.unmerge, heading=_("Let it stand by itself"), said=said)


def _shortlist(request, question):
    said = _("The question is on the shortlist.")
    return press(request, question, shortlists.shortlist, rules.shortlist, heading=_("Shortlist"), said=said)


def _unshortlist(request, question):
    said = _("The question is off the shortlist.")
    heading = _("Take off the shortlist")
    return press(request, question, shortlists.unshortlist, rules.unshortlist, heading=heading, said=said)


def _take(request, question):
    said = _("The question is read out now; screens show it.")
    return press(request, question, shortlists.take, rules.take, heading=_("Take up this question"), said=said)


def _answer_live(request, question):
    said = _("The question is answered.")
    heading = _("It was answered in the room")
    return press(request, question, shortlists.answer_live, rules.answer_live, heading=heading, said=said)


def _put_to(request, question):
    return press(
        request,
        question,
        written_answers.put_to,
        rules.put_to,
        heading=_("Ask for an answer in writing"),
        said=lambda made: _("%(name)s is asked by mail.") % {"name": made.addressee.shown_name},
        form=AddressForm(posted(request)),
    )


def _answer(request, question):
    initial = {"language": languages.own_code(request.LANGUAGE_CODE)}
    return press(
        request,
        question,
        written_answers.answer,
        rules.answer,
        heading=_("Answer in writing"),
        said=_("The answer is shown, and its asker is told."),
        form=AnswerForm(posted(request), member=request.user, initial=initial),
    )


def _redact(request, question):
    return press(
        request,
        question,
        service.redact,
        rules.redact,
        heading=_("Take words out of this question"),
        said=_("The words are taken out. Their author gets them back by mail, with the reason."),
        form=RedactionForm(posted(request)),
    )


def _erase(request, question):
    said = _("The words of the question are gone for good.")
    return press(request, question, service.erase, rules.erase, heading=_("Erase this question"), said=said)


DEEDS = {
    "endorse": _endorse,
    "unendorse": _unendorse,
    "withdraw": _withdraw,
    "show": _show,
    "decline": _decline,
    "merge": _merge,
    "unmerge": _unmerge,
    "shortlist": _shortlist,
    "unshortlist": _unshortlist,
    "take": _take,
    "answered": _answer_live,
    "put-to": _put_to,
    "answer": _answer,
    "redact": _redact,
    "erase": _erase,
}


@deed
def question_deed(request, year, number, question, deed):
    """Any deed on the question that the address names."""
    if deed not in DEEDS:
        raise Http404
    return DEEDS[deed](
        request, find(WITH_ALL, request.user, hearing__year=year, hearing__number=number, number=question)
    )


@deed
def ask_on(request, year, number, item, deed):
    """The chair closes the asking on an item, or opens it again."""
    if deed == "close":
        return _asking(request, year, number, item, service.close_asking, _("Take no more questions"))
    if deed == "open":
        return _asking(request, year, number, item, service.open_asking, _("Take questions again"))
    raise Http404


def _asking(request, year, number, item, do, heading):
    item = find(ITEMS, request.user, pk=item, hearing__year=year, hearing__number=number)
    return perform(
        request,
        "hearings/press.html",
        form=forms.Form(posted(request)),
        do=lambda: do(by=request.user, item=item),
        rule=lambda member, what: hearing_rules.change(member, what.hearing),
        about=item,
        said=heading,
        back=came_from(request) or item.get_absolute_url(),
        context={"hearing": item.hearing, "heading": heading, "next": came_from(request)},
    )
