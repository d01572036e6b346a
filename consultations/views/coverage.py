"""The facilitators' board: who has answered what, from where it comes, and a reminder to those who are silent."""

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from consultations import balance, coverage
from consultations.models import Consultation
from consultations.rules import consultations as rules
from consultations.services import reminders
from consultations.views.places import Link
from core.access import find, require
from core.deeds import deed, perform, posted

WITH_ROOM = Consultation.objects.select_related("workspace__journal")


def links(member, consultation):
    """The tools of a facilitator that lead here, from publication on."""
    if not consultation.is_published:
        return []
    return [
        Link(reverse("consultations:coverage", args=consultation.url_key), gettext("Who has answered")),
        Link(reverse("consultations:balance", args=consultation.url_key), gettext("Balance")),
    ]


def _find(request, year, number):
    consultation = find(WITH_ROOM, request.user, year=year, number=number)
    require(rules.facilitate, request.user, consultation)
    return consultation


@deed
@require_safe
def board(request, year, number):
    """Organisations by questions; `?after=` and `?from=` lead on."""
    consultation = _find(request, year, number)
    first = request.GET.get("from", "1")
    first = min(int(first[:6]), 30_000) if first.isdecimal() else 1
    after = request.GET.get("after", "")[:200]
    questions, rows, more = coverage.page(consultation, after=after, first=first)
    last = questions[-1].number if questions else 0
    for row in rows:
        row.by_question = list(zip(questions, row.cells, strict=True))
    context = {
        "consultation": consultation,
        "questions": questions,
        "rows": rows,
        "after": after,
        "more": more,
        "first": first,
        "more_questions": last + 1 if consultation.questions.filter(number__gt=last).exists() else 0,
        "totals": coverage.totals(consultation),
        "round": reminders.due(consultation),
    }
    return render(request, "consultations/coverage.html", context)


class RemindForm(forms.Form):
    partly = forms.BooleanField(label=_("Those too that have answered some questions and not all"), required=False)


@deed
def remind(request, year, number):
    """Write to the silent focal points; the form says to whom."""
    consultation = _find(request, year, number)
    return perform(
        request,
        "consultations/remind.html",
        form=RemindForm(posted(request)),
        do=lambda partly: reminders.remind(by=request.user, consultation=consultation, partly=partly),
        rule=rules.facilitate,
        about=consultation,
        said=lambda sent: (
            ngettext("%(count)s person is reminded.", "%(count)s people are reminded.", len(sent.wanted))
            % {"count": len(sent.wanted)}
        ),
        back=reverse("consultations:coverage", args=consultation.url_key),
        context={"round": reminders.due(consultation), "more": reminders.due(consultation, partly=True)},
    )


@deed
@require_safe
def balance_of(request, year, number):
    """From where contributions come, beside who could have sent them, as a picture and as a table."""
    consultation = _find(request, year, number)
    names = {"region": gettext("By region"), "category": gettext("By category"), "language": gettext("By language")}
    context = {
        "consultation": consultation,
        "tables": [(names[by], by, balance.table(consultation, by)) for by in balance.BY],
    }
    return render(request, "consultations/balance.html", context)
