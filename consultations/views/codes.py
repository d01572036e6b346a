"""Coding on the web: the codes and how far coders agree, the contributions by code and by word, one to be coded."""

from django import forms
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from consultations import glance
from consultations.forms.codes import CodeForm, CodingForm
from consultations.models import Code, Coding, Consultation, Contribution
from consultations.rules import consultations as rules
from consultations.services import codes as service
from consultations.views.places import Link
from consultations.wording import consultations as wording
from core.access import find, require
from core.deeds import deed, perform, posted
from forum.models.posts import State

WITH_ROOM = Consultation.objects.select_related("workspace__journal")


def links(member, consultation):
    """The tool of a facilitator that leads here."""
    return [Link(reverse("consultations:codes", args=consultation.url_key), _("Codes"))]


def deeds(member, contribution):
    """Coding, for those who facilitate."""
    if not rules.facilitate(member, contribution.consultation):
        return []
    address = reverse("consultations:code", args=[*contribution.consultation.url_key, contribution.number])
    return [Link(address, _("Code it"))]


def _find(request, year, number):
    consultation = find(WITH_ROOM, request.user, year=year, number=number)
    require(rules.facilitate, request.user, consultation)
    return consultation


@deed
@require_safe
def codes(request, year, number):
    """The codes with their figures, and contributions: `?code=` and `?q=` choose, `?left=1` what I have not coded."""
    consultation = _find(request, year, number)
    rows = glance.received(request.user, consultation, moderates=True)
    chosen = request.GET.get("code", "")
    if chosen.isdecimal():
        rows = rows.filter(Exists(Coding.objects.filter(contribution=OuterRef("pk"), codes=int(chosen[:15]))))
    words = request.GET.get("q", "").strip()[:100]
    if words:
        rows = rows.filter(post__text__icontains=words)
    if request.GET.get("left"):
        rows = rows.filter(post__state=State.PUBLISHED)
        rows = rows.exclude(Exists(Coding.objects.filter(contribution=OuterRef("pk"), coder=request.user)))
    after = request.GET.get("after", "0")
    found, more = glance.page(consultation, rows, after=min(int(after[:9]), 2**31 - 1) if after.isdecimal() else 0)
    _add_codes(found)
    figures, shared = service.agreements(consultation)
    context = {
        "consultation": consultation,
        "figures": figures,
        "shared": shared,
        "coders": service.coders(consultation),
        "rows": found,
        "more": more,
        "chosen": chosen,
        "words": words,
        "left": bool(request.GET.get("left")),
        "form": CodeForm(),
    }
    return render(request, "consultations/codes.html", context)


def _add_codes(rows):
    """Give each row the codes that anybody found in it; one query."""
    for row in rows:
        row.stamped, row.codes = wording.stamped(row), []
    by_id = {row.pk: row for row in rows}
    marks = Code.objects.filter(codings__contribution__in=rows).values_list("codings__contribution", "name", "colour")
    for pk, name, colour in marks.distinct().order_by("name"):
        by_id[pk].codes.append((name, colour))


@deed
def make_code(request, year, number):
    consultation = _find(request, year, number)
    return perform(
        request,
        "consultations/make_code.html",
        form=CodeForm(posted(request)),
        do=lambda **fields: service.make(by=request.user, consultation=consultation, **fields),
        rule=rules.facilitate,
        about=consultation,
        said=gettext_lazy("The code is there."),
        back=reverse("consultations:codes", args=consultation.url_key),
    )


@deed
def drop_code(request, year, number, pk):
    consultation = _find(request, year, number)
    code = find_code(consultation, pk)
    return perform(
        request,
        "consultations/drop_code.html",
        form=forms.Form(posted(request)),
        do=lambda: service.drop(by=request.user, code=code),
        rule=rules.facilitate,
        about=consultation,
        said=gettext_lazy("The code is removed."),
        back=reverse("consultations:codes", args=consultation.url_key),
        context={"code": code},
    )


@deed
def code(request, year, number, contribution):
    """One contribution, in whole, with the codes there are."""
    consultation = _find(request, year, number)
    rows = Contribution.objects.select_related("post__author", "post__thread__workspace", "consultation")
    row = find(rows, request.user, consultation=consultation, number=contribution)
    own = Coding.objects.filter(contribution=row, coder=request.user).first()
    form = CodingForm(posted(request), consultation=consultation, initial={"codes": own.codes.all() if own else []})
    return perform(
        request,
        "consultations/code.html",
        form=form,
        do=lambda codes: service.code(by=request.user, contribution=row, codes=codes),
        rule=lambda member, what: rules.facilitate(member, what.consultation),
        about=row,
        said=gettext_lazy("Your coding is kept."),
        back=f"{reverse('consultations:codes', args=consultation.url_key)}?left=1",
        context={"row": row, "consultation": consultation},
    )


def find_code(consultation, pk):
    """A code of this consultation; 404 for any other."""
    return get_object_or_404(Code.objects.select_related("consultation__workspace"), consultation=consultation, pk=pk)
