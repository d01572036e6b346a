"""The documents desk on the web: all papers, one with its versions, what changed between two, and its deeds."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.hearings import comparing
from consultations.hearings.forms.desk import DocumentForm, RevisionForm, TitleForm
from consultations.hearings.models import DeskDocument, DeskVersion, Hearing
from consultations.hearings.models.desk import Series
from consultations.hearings.rules import desk as rules
from consultations.hearings.services import desk as service
from consultations.hearings.views.places import Link
from core import languages
from core.access import find
from core.deeds import deed, perform, posted
from forum import rules as forum_rules
from forum.forms import ReasonForm
from forum.light import versions as light

HEARINGS = Hearing.objects.select_related("workspace__journal")
DOCUMENTS = DeskDocument.objects.select_related("hearing__workspace__journal", "item")
PAGE = 20  # papers
STRETCHES = 40  # of what changed, on one page
IN_SECTION = 5


# -- Places on other pages ---------------------------------------------------------------------------------


def hearing_section(member, hearing, request):
    """The papers that came last."""
    return _section(hearing, hearing.desk_documents.all(), request)


def item_section(member, item, request):
    """The papers on an item."""
    return _section(item.hearing, item.desk_documents.all(), request)


def tools(member, hearing):
    if not rules.publish(member, hearing):
        return []
    return [Link(reverse("hearings:publish_document", args=hearing.url_key), _("New document"))]


def _section(hearing, rows, request):
    rows = with_newest(rows.select_related("item").order_by("-changed_at", "-pk")[:IN_SECTION], hearing)
    if not rows:
        return ""
    return render_to_string("hearings/_desk_section.html", {"hearing": hearing, "documents": rows}, request=request)


# -- Pages -------------------------------------------------------------------------------------------------


@require_safe
def desk(request, year, number):
    """All papers, those of the whole hearing first, then by item; with `?sort=symbol` by their symbols."""
    hearing = find(HEARINGS, request.user, year=year, number=number)
    rows = DOCUMENTS.filter(hearing=hearing)
    by_symbol = request.GET.get("sort") == "symbol"
    rows = rows.order_by("series", "number") if by_symbol else rows.order_by("item__sort_key", "series", "number")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "hearing": hearing,
        "page": page,
        "documents": with_newest(page, hearing),
        "by_symbol": by_symbol,
        "may_publish": bool(rules.publish(request.user, hearing)),
    }
    return render(request, "hearings/desk.html", context)


@require_safe
def document(request, year, number, symbol):
    """One paper with all its versions, the newest first."""
    found = _find(request, year, number, symbol)
    moderates = bool(forum_rules.moderate(request.user, found.hearing.workspace))
    context = {
        "hearing": found.hearing,
        "document": found,
        "versions": _versions(found, moderates),
        "may": bool(rules.publish(request.user, found.hearing)),
    }
    return render(request, "hearings/document.html", context)


@require_safe
def compare_document(request, year, number, symbol):
    """What changed between two versions in one language: `?from=1&to=2&language=fr`."""
    found = _find(request, year, number, symbol)
    moderates = bool(forum_rules.moderate(request.user, found.hearing.workspace))
    shown = [one for one in _versions(found, moderates) if one.shown_files]
    old, new = _chosen(request, shown)
    context = {"hearing": found.hearing, "document": found, "versions": shown, "old": old, "new": new}
    return render(request, "hearings/compare_document.html", context | _difference(request, old, new))


@deed
def publish_document(request, year, number):
    hearing = find(HEARINGS, request.user, year=year, number=number)
    initial = {"language": languages.own_code(request.LANGUAGE_CODE), "item": request.GET.get("item", "")}
    return perform(
        request,
        "hearings/publish_document.html",
        form=DocumentForm(
            posted(request), request.FILES or None, hearing=hearing, member=request.user, initial=initial
        ),
        do=lambda **fields: service.publish(by=request.user, hearing=hearing, **fields),
        rule=rules.publish,
        about=hearing,
        said=lambda made: _("%(symbol)s is on the desk.") % {"symbol": made.symbol},
        back=lambda made: made.document.get_absolute_url(),
        context={"hearing": hearing},
    )


@deed
def revise_document(request, year, number, symbol):
    found = _find(request, year, number, symbol)
    return _deed(
        request,
        found,
        heading=_("New version"),
        form=RevisionForm(posted(request), request.FILES or None, member=request.user),
        do=lambda **fields: service.revise(by=request.user, document=found, **fields),
        said=lambda made: _("%(symbol)s is on the desk.") % {"symbol": made.symbol},
    )


@deed
def reword_document(request, year, number, symbol, language):
    """Title and note in one language."""
    if language not in languages.LANGUAGES:
        raise Http404
    found = _find(request, year, number, symbol)
    return _deed(
        request,
        found,
        heading=f"{_('Title')} · {languages.LANGUAGES[language][0]}",
        form=TitleForm(posted(request), initial=_titled(found, language)),
        do=lambda **fields: service.reword(by=request.user, document=found, language=language, **fields),
    )


@deed
def withdraw_version(request, year, number, symbol, version):
    found = _find(request, year, number, symbol)
    version = get_object_or_404(DeskVersion.objects.select_related("post"), document=found, number=version)
    version.document = found
    return _deed(
        request,
        found,
        heading=_("Withdraw"),
        version=version,
        form=ReasonForm(posted(request)),
        do=lambda reason: service.withdraw(by=request.user, version=version, reason=reason),
    )


# -- What they hold ----------------------------------------------------------------------------------------


def with_newest(rows, hearing):
    """Papers as a list, each with the `newest` of its versions that is there and its files; three queries."""
    rows = list(rows)
    versions = DeskVersion.objects.filter(document__in=rows, withdrawn_at=None, post__state="published")
    newest = {}
    for version in versions.order_by("number").prefetch_related("files__attachment"):
        newest[version.document_id] = version
    for row in rows:
        row.hearing, row.newest = hearing, newest.get(row.pk)
        if row.newest:
            row.newest.document = row
    return rows


def _find(request, year, number, symbol):
    series, _dot, place = symbol.partition(".")
    if series not in Series.values or not (place.isdecimal() and len(place) <= 5):
        raise Http404
    where = {"hearing__year": year, "hearing__number": number, "series": series, "number": min(int(place), 32_767)}
    return find(DOCUMENTS, request.user, **where)


def _versions(document, moderates):
    """Newest first; `shown_files` are those this reader is shown."""
    rows = document.numbered_versions.select_related("post", "published_by").prefetch_related("files__attachment")
    rows = list(rows.order_by("-number"))
    for row in rows:
        row.document = document
        row.shown_files = list(row.files.all()) if row.post.is_published or moderates else []
    return rows


def _chosen(request, shown):
    """(old, new) of versions, newest first; (None, None) where there are not two."""
    if len(shown) < 2:
        return None, None
    numbered = {str(one.number): one for one in shown}
    new = numbered.get(request.GET.get("to", "")) or shown[0]
    before = [one for one in shown if one.number < new.number]
    old = numbered.get(request.GET.get("from", "")) or (before[0] if before else None)
    if old is None or old == new:
        return shown[-1], shown[0]
    return (old, new) if old.number < new.number else (new, old)


def _difference(request, old, new):
    """The languages both have, the one that is compared, and a page of stretches, or why there is none."""
    if old is None:
        return {}
    new_files = {file.language: file for file in new.shown_files}
    both = [file.language for file in old.shown_files if file.language in new_files]
    wanted = request.GET.get("language") or languages.own_code(request.LANGUAGE_CODE)
    language = wanted if wanted in both else both[0] if both else ""
    context = {"languages": [(code, languages.LANGUAGES[code][0]) for code in both], "compared": language}
    if not language:
        return context | {"why_not": _("These versions have no language in common.")}
    before = next(file for file in old.shown_files if file.language == language)
    try:
        texts = comparing.words(before), comparing.words(new_files[language])
    except light.Busy:
        return context | {"why_not": _("Other files are being read now. Please try again in a minute.")}
    if None in texts:
        return context | {"why_not": _("No text can be read out of these files, so they cannot be compared here.")}
    stretches = comparing.stretches(*texts)
    page = Paginator(stretches, STRETCHES).get_page(request.GET.get("page"))
    return context | {"page": page, "direction_of_text": languages.direction(language)}


def _titled(document, language):
    title, text = document.wordings.get(language, ("", ""))
    return {"title": title, "text": text}


def _deed(request, document, *, heading, form, do, said="", version=None):
    return perform(
        request,
        "hearings/press_document.html",
        form=form,
        do=do,
        rule=lambda member, one: rules.publish(member, one.hearing),
        about=document,
        said=said,
        back=document.get_absolute_url(),
        context={"hearing": document.hearing, "heading": heading, "version": version},
    )
