"""You said, we did: by recommendation what was said, what was answered, where it stands; and the deeds behind it."""

from django.http import Http404
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from consultations.exporting import outcomes
from consultations.forms.recommendations import AnswerForm, ProgressForm, RecommendationForm
from consultations.models import Consultation, Recommendation, Sentence
from consultations.rules import recommendations as rules
from consultations.services import recommendations as service
from consultations.views.places import Link
from core import spreadsheets
from core.access import find
from core.deeds import deed, perform, posted

SHOWN = 20  # recommendations on one page
SAID = 12  # contributions shown for one
WITH_ROOM = Consultation.objects.select_related("workspace__journal")


def _consultation(request, year, number):
    return find(WITH_ROOM, request.user, year=year, number=number)


def _address(consultation, name, *args):
    return reverse(f"consultations:{name}", args=[*consultation.url_key, *args])


@require_safe
def results(request, year, number):
    """The recommendations, a page at a time."""
    consultation = _consultation(request, year, number)
    after = request.GET.get("after", "")
    after = int(after[:4]) if after.isascii() and after.isdecimal() else 0
    rows = Recommendation.objects.filter(consultation=consultation, number__gt=after).with_all().order_by("number")
    rows = list(rows[: SHOWN + 1])
    context = {
        "consultation": consultation,
        "workspace": consultation.workspace,
        "rows": [_drawn(row, consultation) for row in rows[:SHOWN]],
        "more": rows[SHOWN - 1].number if len(rows) > SHOWN else 0,
        "may": bool(rules.recommend(request.user, consultation)),
    }
    return render(request, "consultations/results.html", context)


def _drawn(row, consultation):
    """Give a recommendation what was said: the contributions it rests on, each once; and its sentences' places."""
    row.consultation = consultation
    cited, base = {}, consultation.get_absolute_url()
    row.based_on = list(row.sentences.all())
    for sentence in row.based_on:
        sentence.address = f"{base}synthesis/?after={(sentence.place - 1) // 60 * 60}#s{sentence.pk}"
        for citation in sentence.citations.all():
            cited.setdefault(citation.contribution.number, citation.contribution)
    for contribution in cited.values():
        contribution.consultation = consultation
    row.said = [cited[number] for number in sorted(cited)][:SAID]
    row.said_more = max(0, len(cited) - SAID)
    return row


@require_safe
def results_table(request, year, number):
    """The recommendations as a table for spreadsheets."""
    consultation = _consultation(request, year, number)
    name = f"{consultation.file_name}-results.csv"
    return spreadsheets.download(name, outcomes.COLUMNS, outcomes.table(consultation))


def _sentences(consultation):
    return Sentence.objects.standing().filter(synthesis__consultation=consultation, number__isnull=False)


@deed
def recommend(request, year, number):
    consultation = _consultation(request, year, number)
    initial = {"language": consultation.language}
    return perform(
        request,
        "consultations/recommend.html",
        form=RecommendationForm(posted(request), sentences=_sentences(consultation), initial=initial),
        do=lambda **fields: service.recommend(by=request.user, consultation=consultation, **fields),
        rule=rules.recommend,
        about=consultation,
        said=gettext_lazy("The recommendation is there. Everyone who may read the consultation sees it."),
        back=lambda made: made,
    )


def _find(request, year, number, recommendation):
    consultation = _consultation(request, year, number)
    row = Recommendation.objects.filter(consultation=consultation, number=recommendation).first()
    if row is None:
        raise Http404
    row.consultation = consultation
    return row


def _follow(request, row, template, form, do):
    return perform(
        request,
        template,
        form=form,
        do=do,
        rule=rules.follow,
        about=row,
        said=gettext_lazy("It is kept. Those it rests on are told within a day."),
        back=row.get_absolute_url(),
    )


@deed
def change_recommendation(request, year, number, recommendation):
    row = _find(request, year, number, recommendation)
    initial = {"text": row.text, "language": row.language, "sentences": row.sentences.all()}
    form = RecommendationForm(posted(request), sentences=_sentences(row.consultation), initial=initial)
    return _follow(
        request,
        row,
        "consultations/recommend.html",
        form,
        lambda **fields: service.change(by=request.user, recommendation=row, **fields),
    )


@deed
def answer_recommendation(request, year, number, recommendation):
    row = _find(request, year, number, recommendation)
    initial = {"reply": row.reply, "why": row.why, "body": row.body, "organisation": row.body_organisation_id}
    form = AnswerForm(posted(request), initial=initial | {"due_on": row.due_on})
    return _follow(
        request,
        row,
        "consultations/answer_recommendation.html",
        form,
        lambda **fields: service.answer(by=request.user, recommendation=row, **fields),
    )


@deed
def move_recommendation(request, year, number, recommendation):
    row = _find(request, year, number, recommendation)
    return _follow(
        request,
        row,
        "consultations/move_recommendation.html",
        ProgressForm(posted(request)),
        lambda **fields: service.move(by=request.user, recommendation=row, **fields),
    )


# -- On other pages ----------------------------------------------------------------------------------------


def section(member, consultation, request):
    """The way to the results, where there are any; one query."""
    rows = list(Recommendation.objects.filter(consultation=consultation).only("due_on", "step", "reply"))
    if not rows:
        return ""
    context = {"consultation": consultation, "count": len(rows), "done": sum(row.step == "done" for row in rows)}
    context["overdue"] = sum(row.is_overdue for row in rows)
    return render_to_string("consultations/_results.html", context, request=request)


def tools(member, consultation):
    if not rules.recommend(member, consultation):
        return []
    return [Link(_address(consultation, "results"), _("Recommendations"))]
