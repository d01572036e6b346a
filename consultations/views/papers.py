"""Papers to take away: HTML and tables at once, Word, PDF and the whole record when a worker has printed them."""

import json

from django import forms
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from consultations.exporting import data
from consultations.models import Consultation
from consultations.models.printings import Form, Paper, PrintingState
from consultations.paper import html
from consultations.rules import printings as rules
from consultations.services import printings as service
from core import languages, spreadsheets
from core.access import find
from core.deeds import deed, perform, posted

SHOWN = 20  # printings on the page
WITH_ROOM = Consultation.objects.select_related("workspace__journal")


def _find(request, year, number):
    return find(WITH_ROOM, request.user, year=year, number=number)


class PaperForm(forms.Form):
    paper = forms.ChoiceField(label=_("Paper"), choices=Paper)
    form = forms.ChoiceField(
        label=_("Form"), choices=Form, help_text=_("The whole record is always a ZIP, and only that is.")
    )
    language = forms.ChoiceField(label=_("Language of what stands around the contributions"), choices=languages.CHOICES)

    def __init__(self, *args, member, consultation, **kwargs):
        super().__init__(*args, **kwargs)
        allowed = [kind for kind in service.there(consultation) if rules.print_paper(member, consultation, kind)]
        self.fields["paper"].choices = [(str(kind), kind.label) for kind in allowed]

    def clean(self):
        """The form that this paper has: the one that was chosen, where it has several."""
        given = super().clean()
        if "paper" in given and given.get("form") not in service.FORMS[Paper(given["paper"])]:
            given["form"] = str(service.FORMS[Paper(given["paper"])][0])
        return given


@require_safe
def papers(request, year, number):
    """What there is to take away, and what is being printed."""
    consultation = _find(request, year, number)
    printings = service.standing().filter(consultation=consultation)
    if not rules.print_paper(request.user, consultation, Paper.RECORD):
        printings = printings.exclude(paper=Paper.RECORD)
    may_print = rules.print_paper(request.user, consultation, Paper.PROCEEDINGS)
    context = {
        "consultation": consultation,
        "printings": printings.select_related("consultation")[:SHOWN],
        "at_once": [kind for kind in service.there(consultation) if Form.HTML in service.FORMS[kind]],
        "form": _form(request, consultation) if may_print else "",
    }
    return render(request, "consultations/papers.html", context)


def _form(request, consultation):
    initial = {"language": languages.own_code(request.LANGUAGE_CODE), "form": "pdf"}
    return PaperForm(posted(request), initial=initial, member=request.user, consultation=consultation)


def asked(printing):
    """What is said to whoever asked for a paper, of a consultation or of a hearing."""
    if printing.state == PrintingState.READY:
        return _("It is ready.")
    return _("It is being printed. Load this page again in a minute.")


def sent(printing):
    """A printing that is ready, as a file to keep."""
    response = FileResponse(printing.file.open("rb"), as_attachment=True, filename=printing.file_name)
    response["Cache-Control"] = "private, no-store"
    return response


@deed
def print_paper(request, year, number):
    """Have a paper printed; one that is there already is not printed again."""
    consultation = _find(request, year, number)
    return perform(
        request,
        "consultations/print_paper.html",
        form=_form(request, consultation),
        do=lambda **fields: service.ask(by=request.user, consultation=consultation, **fields),
        rule=lambda member, what: rules.print_paper(member, what, Paper.PROCEEDINGS),
        about=consultation,
        said=asked,
        back=lambda printing: reverse("consultations:papers", args=consultation.url_key),
    )


@require_safe
def printing(request, year, number, pk):
    """A printing as a file."""
    consultation = _find(request, year, number)
    row = service.standing().filter(consultation=consultation, state=PrintingState.READY, pk=pk).first()
    if row is None or not rules.print_paper(request.user, consultation, row.paper):
        raise Http404
    row.consultation = consultation
    return sent(row)


@require_safe
def paper_page(request, year, number, kind):
    """A paper as one HTML file, sent piece by piece as it is read from the database."""
    consultation = _find(request, year, number)
    if kind not in service.there(consultation) or Form.HTML not in service.FORMS[Paper(kind)]:
        raise Http404
    return page(request, consultation, kind, lambda language: service.document(consultation, Paper(kind), language))


def page(request, owner, kind, document):
    """A paper of a consultation or a hearing as one HTML file; document(language), in `?lang=` or the reader's own."""
    language = request.GET.get("lang", "")
    language = language if language in languages.LANGUAGES else languages.own_code(request.LANGUAGE_CODE)
    pieces = html.pieces(document(language))
    name = f"{owner.file_name}-{kind}-{language}.html"
    return _streamed((piece.encode("utf-8", "replace") for piece in pieces), "text/html; charset=utf-8", name)


@require_safe
def table(request, year, number):
    """All contributions as a table for spreadsheets."""
    consultation = _find(request, year, number)
    rows = ([row[name] for name in data.CSV] for row in data.contributions(consultation) if row["text"] is not None)
    lines = (line.encode() for line in spreadsheets.lines(data.CSV, rows))
    return _streamed(lines, "text/csv; charset=utf-8", f"{consultation.file_name}.csv")


@require_safe
def lines(request, year, number):
    """All contributions, one JSON object a line; docs/export.md says what is in them."""
    consultation = _find(request, year, number)
    rows = (json.dumps(row, ensure_ascii=False) + "\n" for row in data.contributions(consultation))
    name = f"{consultation.file_name}.jsonl"
    return _streamed((row.encode() for row in rows), "application/jsonl; charset=utf-8", name)


def _streamed(pieces, content_type, name):
    response = StreamingHttpResponse(pieces, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
