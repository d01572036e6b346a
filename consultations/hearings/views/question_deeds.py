"""What is done with a live question: endorsed, withdrawn, let in, declined, merged, taken, answered; and the queue of
those that wait.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.hearings.forms.questions import AddressForm, AnswerForm, MergeForm
from consultations.hearings.models.questions import QuestionState
from consultations.hearings.rules import hearings as hearing_rules
from consultations.hearings.rules import questions as rules
from consultations.hearings.services import endorsements, mergers, shortlists, takeouts, written_answers
from consultations.hearings.services import questions as service
from consultations.hearings.views.questions import A_MINUTE, HEARINGS, ITEMS, WITH_ALL
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
    context["declined"] = QuestionState.DECLINED.label
    return render(request, "hearings/held_questions.html", context)


@dataclass(frozen=True)
class Deed:
    """do(by=, question=, **fields) is the service; form(request, question) what is filled in, where it is more than a
    press; tells: is its outcome the state of the question, which is said afterwards? sees: see core.deeds.perform.
    """

    do: Callable
    rule: Callable
    heading: str
    form: Callable = lambda request, question: forms.Form(posted(request))
    explain: str = ""
    tells: bool = True
    sees: Callable | None = None
    most: int = 0


def _reason(request, question):
    return ReasonForm(posted(request))


def _answer(request, question):
    initial = {"language": languages.own_code(request.LANGUAGE_CODE)}
    return AnswerForm(posted(request), member=request.user, initial=initial)


def _presides(member, question):
    return hearing_rules.preside(member, question.hearing)


def _of_thing(do):
    """A service that does it to any words, for a question."""
    return lambda *, by, question, **fields: do(by=by, thing=question, **fields)


def _answers(member, question):
    return question.addressee_id == member.pk or _presides(member, question)


DEEDS = {
    "endorse": Deed(endorsements.endorse, rules.endorse, gettext_lazy("Endorse"), tells=False, most=A_MINUTE),
    "unendorse": Deed(endorsements.unendorse, rules.endorse, gettext_lazy("Take it back"), tells=False, most=A_MINUTE),
    "withdraw": Deed(service.withdraw, rules.withdraw, gettext_lazy("Withdraw")),
    "show": Deed(service.show, rules.show, gettext_lazy("Let it appear")),
    "decline": Deed(
        service.decline,
        rules.decline,
        gettext_lazy("Decline"),
        _reason,
        gettext_lazy("Its author is told your reason and keeps the text."),
        sees=_presides,
    ),
    "merge": Deed(
        mergers.merge,
        rules.merge,
        gettext_lazy("Merge"),
        lambda request, question: MergeForm(posted(request), question=question),
        gettext_lazy("Whoever endorsed it endorses the other one, each person once. Its author is told."),
    ),
    "unmerge": Deed(mergers.unmerge, rules.unmerge, gettext_lazy("Let it stand by itself")),
    "shortlist": Deed(shortlists.shortlist, rules.shortlist, gettext_lazy("Shortlist")),
    "unshortlist": Deed(shortlists.unshortlist, rules.unshortlist, gettext_lazy("Take off the shortlist")),
    "take": Deed(shortlists.take, rules.take, gettext_lazy("Take up")),
    "answered": Deed(shortlists.answer_live, rules.answer_live, gettext_lazy("Answered")),
    "put-to": Deed(
        written_answers.put_to,
        rules.put_to,
        gettext_lazy("Ask for an answer in writing"),
        lambda request, question: AddressForm(posted(request)),
        tells=False,
        sees=_presides,
    ),
    "answer": Deed(
        written_answers.answer,
        rules.answer,
        gettext_lazy("Answer in writing"),
        _answer,
        tells=False,
        sees=_answers,
    ),
    "redact": Deed(
        _of_thing(takeouts.redact),
        rules.redact,
        gettext_lazy("Take words out"),
        lambda request, question: RedactionForm(posted(request)),
        tells=False,
        sees=_presides,
    ),
    "erase": Deed(_of_thing(takeouts.erase), rules.erase, gettext_lazy("Erase")),
}


@deed
def question_deed(request, year, number, question, deed):
    """Any deed on the question that the address names: one press where it stands, or a page with what is asked for."""
    if deed not in DEEDS:
        raise Http404
    where = {"hearing__year": year, "hearing__number": number, "number": question}
    found, one = find(WITH_ALL, request.user, **where), DEEDS[deed]
    next_page = came_from(request) or ""
    return perform(
        request,
        "hearings/press_question.html",
        form=one.form(request, found),
        do=lambda **fields: one.do(by=request.user, question=found, **fields),
        rule=one.rule,
        sees=one.sees,
        about=found,
        said=(lambda made: f"{made}: {made.get_state_display()}") if one.tells else "",
        back=next_page or found.get_absolute_url(),
        context={"hearing": found.hearing, "heading": one.heading, "explain": one.explain, "next": next_page},
        most=one.most,
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
