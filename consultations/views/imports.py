"""Contributions that were collected elsewhere are imported: upload a file, look at what will become of each row, then
confirm.
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from consultations import importing
from consultations.forms.imports import ImportForm
from consultations.models import Import
from consultations.rules import consultations as consultation_rules
from consultations.rules import entries as rules
from consultations.services import imports as service
from consultations.services import rows
from consultations.views import places
from consultations.views.contributions import of
from core import text as texts
from core.access import require
from core.deeds import deed, perform, posted

SHOWN = 30  # rows on a page
LISTED = 20  # imports
STATES = {
    rows.READY: gettext_lazy("will be taken"),
    rows.TAKEN: gettext_lazy("taken"),
    rows.THERE: gettext_lazy("there already"),
    rows.REFUSED: gettext_lazy("not taken"),
}


@deed
def import_contributions(request, year, number):
    """Upload a file; nothing is taken yet."""
    consultation, _facilitates = of(request, year, number)
    return perform(
        request,
        "consultations/import_contributions.html",
        form=ImportForm(posted(request), request.FILES or None),
        do=lambda **fields: service.upload(by=request.user, consultation=consultation, **fields),
        rule=rules.import_contributions,
        about=consultation,
        back=_address,
        context={
            "consultation": consultation,
            "columns": importing.COLUMNS,
            "imports": consultation.imports.select_related("made_by").defer("source", "left")[:LISTED],
        },
    )


@deed
@require_safe
def imported_file(request, year, number, pk):
    """What will become of each row of a file, or what became of it."""
    file = _find(request, year, number, pk)
    unused, beginnings = [], {}
    if file.confirmed_at:
        found = file.outcomes
    else:
        looked_at, unused = service.look(file)
        beginnings = {one.row.number: _beginning(one.row) for one in looked_at}
        found = file.outcomes = [service.said(one) for one in looked_at]
    found = sorted(found, key=lambda one: (one[1] != rows.REFUSED, one[0]))
    page = Paginator(found, SHOWN).get_page(request.GET.get("page"))
    context = {
        "consultation": file.consultation,
        "import": file,
        "counts": [(label, file.counts[state]) for state, label in STATES.items() if state in file.counts],
        "rows": [
            (number, STATES[state], code, _contribution(file, code), reason, beginnings.get(number, ""))
            for number, state, code, reason in page.object_list
        ],
        "page": page,
        "unused": unused,
        "has_left": bool(file.left) or (not file.confirmed_at and rows.REFUSED in file.counts),
    }
    return render(request, "consultations/imported_file.html", context)


@deed
@require_POST
def confirm_import(request, year, number, pk):
    file = service.confirm(by=request.user, file=_find(request, year, number, pk))
    messages.success(request, _("The rows are being taken. Load this page again in a minute."))
    return redirect(_address(file))


@deed
@require_POST
def drop_import(request, year, number, pk):
    file = _find(request, year, number, pk)
    service.drop(by=request.user, file=file)
    return redirect(reverse("consultations:import_contributions", args=file.consultation.url_key))


@deed
@require_safe
def refused_rows(request, year, number, pk):
    """The rows that were not taken, with the reasons, to be corrected and imported again."""
    file = _find(request, year, number, pk)
    left = service.left_of(file)
    if not left:
        raise Http404
    response = HttpResponse(left, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file.consultation.file_name}-{file.pk}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def tools(member, consultation):
    """Links for those who facilitate."""
    return [
        places.Link(reverse("consultations:import_contributions", args=consultation.url_key), _("Import contributions"))
    ]


def _find(request, year, number, pk):
    consultation, _facilitates = of(request, year, number)
    require(consultation_rules.facilitate, request.user, consultation)
    file = Import.objects.select_related("made_by").filter(consultation=consultation, pk=pk).first()
    if file is None:
        raise Http404
    file.consultation = consultation
    return file


def _address(file):
    return reverse("consultations:imported_file", args=[*file.consultation.url_key, file.pk])


def _contribution(file, code):
    """Where the contribution with this code is read; "" without one."""
    number = code.rpartition("/")[2]
    return reverse("consultations:contribution", args=[*file.consultation.url_key, number]) if number else ""


def _beginning(row):
    """`Q1 · Amina Diallo · In July.`"""
    cells = (texts.clean_line(row[name], 60) for name in ("question", "name", "organisation"))
    return " · ".join(filter(None, (*cells, texts.excerpt(row["text"][:1_000], 120))))
