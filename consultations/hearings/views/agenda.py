"""The agenda: items are added, changed, moved, dropped and imported; the chair takes them up and concludes them."""

from django import forms
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from consultations.forms.rooms import WordsForm
from consultations.hearings import importing, matters
from consultations.hearings.forms.agenda import ImportForm, ItemForm, PlanForm
from consultations.hearings.models import Item
from consultations.hearings.rules import hearings as rules
from consultations.hearings.services import agenda as service
from consultations.hearings.services import imports
from consultations.hearings.views.sessions import press
from consultations.hearings.views.setup import next_gap, of, setup_of
from consultations.views import wordings
from core.access import Refused, find, require
from core.deeds import came_from, deed, perform, posted


def find_item(request, year, number, item):
    hearing = of(request, year, number)
    found = find(Item.objects.select_related("thread", "session", "parent"), request.user, hearing=hearing, pk=item)
    found.hearing = hearing
    return found


def changes(member, item):
    return rules.change(member, item.hearing)


@deed
def add_item(request, year, number):
    """A new item; `then` shows the form again for the next one."""
    hearing = of(request, year, number)
    return perform(
        request,
        "hearings/add_item.html",
        form=ItemForm(posted(request), hearing=hearing, initial={"language": hearing.language, "takes_speakers": True}),
        do=lambda **fields: service.add(by=request.user, hearing=hearing, **fields),
        rule=rules.change,
        about=hearing,
        said=lambda item: _("Item %(label)s stands on the agenda.") % {"label": item.label},
        back=lambda item: request.path if "then" in request.POST else setup_of(hearing, "#agenda"),
        context={"hearing": hearing},
    )


@deed
def change_item(request, year, number, item):
    """Its session, its minutes, its list of speakers; words are changed language by language."""
    item = find_item(request, year, number, item)
    return perform(
        request,
        "hearings/change_item.html",
        form=PlanForm(posted(request), hearing=item.hearing, item=item),
        do=lambda **fields: service.change(by=request.user, item=item, **fields),
        rule=changes,
        about=item,
        said=_("Saved."),
        back=setup_of(item.hearing, f"#item-{item.pk}"),
        context={"hearing": item.hearing, "item": item},
    )


@deed
def reword_item(request, year, number, item, language):
    item = find_item(request, year, number, item)
    return wordings.reword(
        request,
        "hearings/reword.html",
        item,
        language,
        form=WordsForm,
        do=lambda **words: service.reword(by=request.user, item=item, language=language, **words),
        rule=changes,
        home=setup_of(item),
        gap=lambda: next_gap(item.hearing, language, item.sort_key),
        context={"hearing": item.hearing, "item": item},
    )


@deed
@require_POST
def move_item(request, year, number, item):
    """One step up or down, under the item before it, or out from under its own."""
    item = find_item(request, year, number, item)
    service.shift(by=request.user, item=item, way=request.POST.get("way", ""))
    return redirect(came_from(request) or setup_of(item.hearing, f"#item-{item.pk}"))


@deed
def drop_item(request, year, number, item):
    item = find_item(request, year, number, item)
    return perform(
        request,
        "hearings/drop_item.html",
        form=forms.Form(posted(request)),
        do=lambda: service.drop(by=request.user, item=item),
        rule=changes,
        about=item,
        said=_("The item is taken off the agenda."),
        back=setup_of(item.hearing, "#agenda"),
        context={"hearing": item.hearing, "item": item, "parts": item.parts.count()},
    )


@deed
def open_item(request, year, number, item):
    """The chair takes it up; also from the console, which says where to go on."""
    item = find_item(request, year, number, item)
    return press(
        request,
        item.hearing,
        item,
        do=lambda: service.open_item(by=request.user, item=item),
        heading=_("Take up item %(label)s") % {"label": item.label},
        said=_("Item %(label)s is before the hearing.") % {"label": item.label},
    )


@deed
def close_item(request, year, number, item):
    item = find_item(request, year, number, item)
    return press(
        request,
        item.hearing,
        item,
        do=lambda: service.close(by=request.user, item=item),
        left=lambda _hearing: matters.of_item(item),
        heading=_("Conclude item %(label)s") % {"label": item.label},
        said=_("Item %(label)s is concluded.") % {"label": item.label},
    )


@deed
def import_agenda(request, year, number):
    """A table is shown as the agenda it would be, each refused row with its reason; then it is taken, whole."""
    hearing = of(request, year, number)
    require(rules.change, request.user, hearing)
    form = ImportForm(posted(request), request.FILES or None, initial={"language": hearing.language})
    context = {"hearing": hearing, "columns": importing.COLUMNS, "form": form}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            if "take" in request.POST:
                return _take(request, hearing, form, context)
            try:
                looked = imports.look(hearing, given["table"], given["language"])
            except Refused as refused:
                form.add_error(None, str(refused.reason))
            else:
                status = 200
                shown = ImportForm(initial={"table": given["table"], "language": given["language"]})
                context |= {"looked": looked, "rows": _rows(looked), "form": shown}
    return render(request, "hearings/import_agenda.html", context, status=status)


def _take(request, hearing, form, context):
    given = form.cleaned_data
    return perform(
        request,
        "hearings/import_agenda.html",
        form=form,
        do=lambda table, language: imports.take(by=request.user, hearing=hearing, text=table, language=language),
        rule=rules.change,
        about=hearing,
        said=lambda items: (
            ngettext("%(count)s item stands on the agenda.", "%(count)s items stand on the agenda.", len(items))
            % {"count": len(items)}
        ),
        back=lambda _items: setup_of(hearing, "#agenda"),
        context=context | {"given": given},
    )


def _rows(looked):
    return [(row, looked.labels.get(row.line, "")) for row in looked.rows]
