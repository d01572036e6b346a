"""The pages of draft texts: a version a page at a time, what became of the version before, two versions side by side;
and for facilitators uploading, looking at and publishing one.
"""

from urllib.parse import quote

from django import forms
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from consultations import labels, sidebyside, texts
from consultations.forms.documents import TextForm
from consultations.models import Document, Version
from consultations.rules import comments as comment_rules
from consultations.rules import documents as rules
from consultations.services import documents as service
from consultations.views.consultations import number_in
from consultations.views.contributions import of
from core.access import find
from core.deeds import deed, perform, posted
from forum.keepers import Attempt

ROWS = 100  # of a report, on one page


def find_document(request, year, number, document):
    """(the document with its consultation, does the one who asks facilitate it?)"""
    consultation, moderates = of(request, year, number)
    found = find(Document.objects.with_all(), request.user, consultation=consultation, number=document)
    found.consultation = found.phase.consultation = consultation
    return found, moderates


def find_version(request, year, number, document, version):
    document, moderates = find_document(request, year, number, document)
    found = find(Version.objects.with_all(), request.user, document=document, number=version)
    found.document = document
    found.phase.consultation = document.consultation
    return found, moderates


@require_safe
def documents(request, year, number):
    """The draft texts of a consultation, each with its versions."""
    consultation, moderates = of(request, year, number)
    rows = Document.objects.visible_to(request.user).with_all().filter(consultation=consultation)
    rows = list(rows.prefetch_related(Prefetch("versions", Version.objects.defer("source"))).order_by("number"))
    for row in rows:
        row.consultation = consultation
        row.listed = [one for one in row.versions.all() if one.is_published or moderates]
        for one in row.listed:
            one.document = row
    context = {"consultation": consultation, "documents": rows}
    context["may_prepare"] = bool(rules.prepare(request.user, consultation))
    return render(request, "consultations/documents.html", context)


@require_safe
def document(request, year, number, document):
    """The newest version; what is being prepared, while there is no other."""
    found, moderates = find_document(request, year, number, document)
    newest = found.current or found.versions.defer("source").select_related("phase").first()
    newest.document = found
    newest.phase.consultation = found.consultation
    return _text(request, newest, moderates)


@require_safe
def version(request, year, number, document, version):
    """One version, a page at a time. `?at=12` goes to a paragraph."""
    found, moderates = find_version(request, year, number, document, version)
    return _text(request, found, moderates)


def _text(request, version, moderates):
    asked = labels.clean(request.GET.get("at", "")[:60])
    wanted = version.paragraphs.filter(label=asked).only("place", "label").first() if asked else None
    if wanted and "page" not in request.GET:
        pages = texts.stretches(version)
        where = texts.stretch_of(pages, wanted.place)
        return redirect(f"{version.get_absolute_url()}?page={where.number}#{wanted.label}")
    return render(request, "consultations/document.html", page(request, version, moderates) | {"asked": asked})


def page(request, version, moderates):
    """What the page of a version shows; a bounded number of queries, however long the text is."""
    document, consultation = version.document, version.consultation
    pages = texts.stretches(version)
    shown = pages[min(max(number_in(request.GET, "page"), 1), len(pages)) - 1] if pages else None
    first = version.paragraphs.numbered().only("label").first()
    attempt = Attempt(is_asked=True)
    may = first is not None and _may_comment(request.user, version, first, attempt)
    clean, numbered = texts.clean(version)
    return {
        "consultation": consultation,
        "workspace": consultation.workspace,
        "document": document,
        "version": version,
        "blocks": texts.blocks(version, shown) if shown else (),
        "pages": pages,
        "shown": shown,
        "clean": texts.percent(clean, numbered),
        "numbered": numbered,
        "versions": document.versions.filter(published_at__isnull=False).defer("source"),
        "is_open": version.is_current and document.phase.state_at(timezone.now()) == "open",
        "may_comment": bool(may),
        "why_not": "" if may or first is None or not request.user.is_authenticated else may.reason,
        "moderates": moderates,
        "may_prepare": bool(rules.prepare(request.user, consultation)),
        "in_preparation": moderates and document.versions.filter(published_at=None).defer("source").first(),
    }


def _may_comment(member, version, paragraph, attempt):
    paragraph.version = version
    return comment_rules.comment(member, paragraph, attempt)


@require_safe
def version_report(request, year, number, document, version):
    """What became of each paragraph of the version before."""
    found, _moderates = find_version(request, year, number, document, version)
    if not found.report:
        raise Http404
    earlier = found.document.versions.filter(number=found.report["previous"]).defer("source").first()
    listed = Paginator(found.report["rows"], ROWS).get_page(request.GET.get("page"))
    context = {
        "consultation": found.consultation,
        "version": found,
        "earlier": earlier,
        "counts": sidebyside.counts(found.report),
        "rows": sidebyside.rows(found, earlier, listed),
        "page": listed,
    }
    return render(request, "consultations/version_report.html", context)


@require_safe
def compare(request, year, number, document):
    """Two versions side by side: `?from=1&to=2`, only what has changed unless `&all=1`."""
    found, moderates = find_document(request, year, number, document)
    versions = [one for one in found.versions.defer("source").order_by("number") if one.is_published or moderates]
    chosen = {str(one.number): one for one in versions}
    new = chosen.get(request.GET.get("to", "")) or versions[-1]
    before = [one for one in versions if one.number < new.number]
    old = chosen.get(request.GET.get("from", "")) or (before[-1] if before else None)
    if old is None or old == new:
        old, new = versions[0], versions[-1]
    for one in versions:
        one.document = found
    is_whole = "all" in request.GET
    listed = Paginator(sidebyside.pairs(old, new, is_whole=is_whole), sidebyside.ROWS).get_page(request.GET.get("page"))
    context = {"consultation": found.consultation, "document": found, "versions": versions, "old": old, "new": new}
    context |= {"is_whole": is_whole, "page": listed, "rows": sidebyside.drawn(old, new, listed)}
    return render(request, "consultations/compare.html", context)


@require_safe
def cited(request, cited):
    """`/ALP/2026/C3/D1.2/12(a)`: what is cited, by the reference it is cited by, has the page of the same name."""
    page = f"/consultations/{cited.strip('/')}/"
    try:
        resolve(page)
    except Resolver404:
        raise Http404 from None
    return redirect(quote(page))


# -- Deeds of facilitators ---------------------------------------------------------------------------------


@deed
def prepare_document(request, year, number):
    """Upload a new text."""
    consultation, _moderates = of(request, year, number)
    return _prepare(request, consultation, None)


@deed
def prepare_version(request, year, number, document):
    """Upload the next version; `?begin=1` with the text as it is, and what was taken, in the field."""
    found, _moderates = find_document(request, year, number, document)
    return _prepare(request, found.consultation, found)


def _prepare(request, consultation, document):
    initial = {}
    if document and document.current:
        initial["language"] = document.current.language
        if "begin" in request.GET and request.method == "GET" and rules.prepare(request.user, consultation):
            initial["text"] = texts.as_text(document.current, with_taken=True)
    form = TextForm(
        posted(request), request.FILES or None, consultation=consultation, document=document, initial=initial
    )
    return perform(
        request,
        "consultations/prepare_document.html",
        form=form,
        do=lambda **fields: service.prepare(by=request.user, document=document, **fields),
        rule=rules.prepare,
        about=consultation,
        said=_("This is how the text was read. Nobody else sees it until you publish it."),
        back=lambda version: version,
        context={"consultation": consultation, "document": document},
    )


@deed
def publish_version(request, year, number, document, version):
    found, _moderates = find_version(request, year, number, document, version)
    return perform(
        request,
        "consultations/publish_version.html",
        form=forms.Form(posted(request)),
        do=lambda: service.publish(by=request.user, version=found),
        rule=rules.publish,
        about=found,
        said=_("The text is published. Comments go to this version from now on."),
        back=found.document.get_absolute_url(),
        context={"consultation": found.consultation, "version": found},
    )


@deed
def drop_version(request, year, number, document, version):
    found, _moderates = find_version(request, year, number, document, version)
    return perform(
        request,
        "consultations/drop_version.html",
        form=forms.Form(posted(request)),
        do=lambda: service.drop(by=request.user, version=found),
        rule=rules.drop,
        about=found,
        said=_("The text was taken back. Nobody but facilitators had seen it."),
        back=found.consultation.get_absolute_url(),
        context={"consultation": found.consultation, "version": found},
    )
