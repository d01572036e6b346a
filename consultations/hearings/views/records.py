"""The record of a hearing on the web: read item by item, summarised, published, corrected, made final, taken away."""

from datetime import timedelta

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from consultations.hearings.forms.records import (
    CorrigendumForm,
    PrintRecordForm,
    PublishRecordForm,
    SummaryForm,
)
from consultations.hearings.minutes import facts, sentences, sheet
from consultations.hearings.models import Hearing, Record
from consultations.hearings.models.printings import HearingPaper
from consultations.hearings.rules import hearings as hearing_rules
from consultations.hearings.rules import printings as print_rules
from consultations.hearings.rules import records as rules
from consultations.hearings.rules import takeouts as takeout_rules
from consultations.hearings.services import printings
from consultations.hearings.services import records as service
from consultations.hearings.views import places
from consultations.models.printings import PrintingState
from consultations.views import papers
from consultations.views.consultations import number_in
from core import languages
from core import text as texts
from core.access import Refused, find
from core.deeds import deed, perform, posted

WITH_ROOM = Hearing.objects.select_related("workspace__journal")
WINDOW = timedelta(days=14)  # for corrections, unless told
SHOWN = 20  # printings on the page
PAGE = 25  # paragraphs of an item on one page
LISTED = 150  # speakers in the table of an item; all stand in the papers


def find_record(request, year, number):
    """The record, with its hearing: a draft for those who preside, what is published for all who may follow."""
    hearing = find(WITH_ROOM, request.user, year=year, number=number)
    if not print_rules.read_record(request.user, hearing):
        raise Http404
    found = Record.objects.get(hearing=hearing)
    found.hearing = hearing
    hearing.record = found
    return found


def address(name, thing, *args):
    return reverse(f"hearings:{name}", args=[*getattr(thing, "hearing", thing).url_key, *args])


@require_safe
def record(request, year, number):
    """`?item=2`: the paragraphs of one item; else the summary, who was heard, and what there is to do."""
    found = find_record(request, year, number)
    told, language = found.facts or facts.gather(found.hearing), languages.own_code(get_language())
    context = {
        "record": found,
        "hearing": found.hearing,
        "told": told,
        "summary": texts.render(told["summary"]),
        "items": [(item, sentences.titled(item["titles"], language)) for item in told["items"]],
        "may_correct": bool(rules.correct(request.user, found)),
        "may_redact": bool(takeout_rules.redact_everywhere(request.user, found.hearing)),
        **_seen(told, request, language, found),
    }
    if not context["here"]:
        context |= _overview(request, found, told)
    return render(request, "hearings/record.html", context)


def _seen(told, request, language, found):
    """The item that is looked at, with its table of speakers and a page of its paragraphs (`?from=120`), or none."""
    label, first = request.GET.get("item"), number_in(request.GET, "from")
    here = next((item for item in told["items"] if item["label"] == label), None)
    if label and here is None:
        raise Http404
    if here is None:
        return {"here": None}
    rows = [row for row in told["paragraphs"] if row["item"] == label]
    start = next((place for place, row in enumerate(rows) if row["number"] >= first), 0)
    speakers = [row for row in told["speakers"] if row["item"] == label] if start == 0 else []
    with timezone.override(found.hearing.zone):
        return {
            "here": here,
            "title": sentences.titled(here["titles"], language),
            "table": sheet.table_of(speakers[:LISTED]) if speakers else None,
            "lines": [(row, sentences.line(row, language)) for row in rows[start : start + PAGE]],
            "earlier": rows[max(0, start - PAGE)]["number"] if start else None,
            "later": rows[start + PAGE]["number"] if len(rows) > start + PAGE else None,
        }


def _overview(request, found, told):
    may_print = print_rules.print_paper(request.user, found.hearing, HearingPaper.RECORD)
    with timezone.override(found.hearing.zone):
        heard = list(sheet.balance(told))[1:]
    return {
        "facts": heard[0] if heard else None,
        "tables": [(table.caption or table.header[0], table.header, list(table.rows)) for table in heard[1:]],
        "printings": printings.of(request.user, found.hearing)[:SHOWN],
        "form": _form(request, found.hearing) if may_print else None,
        "may_summarise": bool(rules.summarise(request.user, found.hearing)),
        "may_publish": bool(rules.publish(request.user, found)),
        "may_finalise": bool(rules.finalise(request.user, found)),
        "may_amend": bool(rules.issue_corrigendum(request.user, found)),
    }


def _form(request, hearing):
    allowed = [kind for kind in HearingPaper if print_rules.print_paper(request.user, hearing, kind)]
    initial = {"language": languages.own_code(request.LANGUAGE_CODE), "form": "pdf"}
    return PrintRecordForm(posted(request), initial=initial, allowed=allowed)


@deed
def summarise(request, year, number):
    """The chair's summary; two who write at once are told, and nothing is lost."""
    hearing = find(WITH_ROOM, request.user, year=year, number=number)
    there = Record.objects.filter(hearing=hearing).first()
    initial = {"text": there.summary, "version": there.summary_version} if there else {"version": 0}
    form = SummaryForm(posted(request), initial=initial)

    def do(text, version):
        try:
            return service.summarise(by=request.user, hearing=hearing, text=text, version=version)
        except Refused:
            latest = Record.objects.filter(hearing=hearing).first()
            form.data = form.data.copy()
            form.data["version"] = latest.summary_version if latest else 0
            raise

    return perform(
        request,
        "hearings/summarise.html",
        form=form,
        do=do,
        rule=rules.summarise,
        sees=hearing_rules.preside,
        about=hearing,
        said=_("The summary is saved."),
        back=lambda record: address("record", hearing),
        context={"hearing": hearing, "there": there},
    )


@deed
def publish_record(request, year, number):
    """Publish the record as provisional."""
    found = find_record(request, year, number)
    until = timezone.localtime(timezone.now() + WINDOW).replace(second=0, microsecond=0)
    return perform(
        request,
        "hearings/publish_record.html",
        form=PublishRecordForm(posted(request), initial={"until": until}),
        do=lambda until: service.publish_provisional(by=request.user, hearing=found.hearing, until=until),
        rule=lambda member, _hearing: rules.publish(member, found),
        about=found.hearing,
        said=_("The provisional record is published."),
        back=lambda record: address("record", found),
        context={"hearing": found.hearing},
    )


@deed
def finalise_record(request, year, number):
    found = find_record(request, year, number)
    return perform(
        request,
        "hearings/finalise_record.html",
        form=forms.Form(posted(request)),
        do=lambda: service.finalise(by=request.user, record_of=found),
        rule=lambda member, _hearing: rules.finalise(member, found),
        about=found.hearing,
        said=_("The record is final."),
        back=lambda record: address("record", found),
        context={"hearing": found.hearing},
    )


@deed
def issue_corrigendum(request, year, number):
    found = find_record(request, year, number)
    return perform(
        request,
        "hearings/issue_corrigendum.html",
        form=CorrigendumForm(posted(request)),
        do=lambda corrections: service.issue_corrigendum(by=request.user, record_of=found, corrections=corrections),
        rule=lambda member, _hearing: rules.issue_corrigendum(member, found),
        sees=hearing_rules.preside,
        about=found.hearing,
        said=_("The corrigendum is issued."),
        back=lambda record: address("record", found),
        context={"hearing": found.hearing},
    )


@require_safe
def record_page(request, year, number):
    """The whole record as one HTML file."""
    found = find_record(request, year, number)
    hearing = found.hearing
    return papers.page(request, hearing, HearingPaper.RECORD, lambda language: printings.document(hearing, language))


@deed
def print_record(request, year, number):
    """Have the record, or the archive, printed; one that is there already is not printed again."""
    hearing = find(WITH_ROOM, request.user, year=year, number=number)
    return perform(
        request,
        "hearings/print_record.html",
        form=_form(request, hearing),
        do=lambda **fields: printings.ask(by=request.user, hearing=hearing, **fields),
        rule=lambda member, what: print_rules.print_paper(member, what, HearingPaper.RECORD),
        about=hearing,
        said=papers.asked,
        back=lambda printing: address("record", hearing),
        context={"hearing": hearing},
    )


@require_safe
def record_printing(request, year, number, pk):
    """A printing as a file."""
    hearing = find(WITH_ROOM, request.user, year=year, number=number)
    row = printings.of(request.user, hearing).filter(state=PrintingState.READY, pk=pk).first()
    if row is None:
        raise Http404
    row.hearing = hearing
    return papers.sent(row)


def section(member, hearing, request):
    """A published record, on the page of its hearing."""
    found = Record.objects.filter(hearing=hearing).exclude(state="draft").defer("provisional", "final").first()
    return render_to_string("hearings/_record_section.html", {"record": found, "hearing": hearing}) if found else ""


def tools(member, hearing):
    """The way to the record, once there is one to read; to begin it, for those who preside."""
    if print_rules.read_record(member, hearing):
        yield places.Link(address("record", hearing), _("Record"))
    elif rules.summarise(member, hearing):
        yield places.Link(address("summarise", hearing), _("Begin the record"))
