"""The editor of a synthesis: the whole text, a paragraph or a sentence as lines in a form; one sentence with what was
remarked on it and how it read before.

The form carries the revisions it began with. A script saves it now and then; without it the button does.
"""

from itertools import pairwise

from django import forms
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import citing, differences
from consultations.forms.syntheses import RemarkForm
from consultations.models import Remark, Sentence
from consultations.rules import syntheses as rules
from consultations.services import margins
from consultations.services import sentences as service
from consultations.views.syntheses import address, find_synthesis, place_of
from core.access import Refused, require
from core.deeds import deed, perform, posted, take_draft

MOST_TEXT = 1_000_000  # characters of a form


@deed
def write_synthesis(request, year, number):
    """`?sentence=12` is one sentence, `?paragraph=12` the paragraph it stands in, `?new=1` what comes at the end."""
    synthesis = find_synthesis(request, year, number)
    require(rules.write, request.user, synthesis)
    context = {"synthesis": synthesis, "consultation": synthesis.consultation, "status": 200}
    if request.method == "POST":
        answer, context = _save(request, synthesis, context)
        if answer:
            return answer
    else:
        part = _part(request, synthesis)
        waiting = take_draft(request)  # written when the session was over already
        context["text"] = waiting.get("text") or citing.write_all([row.line for row in part])
        context["base"] = waiting.get("base", "") if waiting else _typed(service.base_of(part))
    context["rows"] = min(40, max(6, context["text"].count("\n") + 4 + len(context["text"]) // 90))
    status = context.pop("status")
    return render(request, "consultations/write_synthesis.html", context, status=status)


def _part(request, synthesis):
    """The sentences that the form holds."""
    sentences = service.standing(synthesis)
    if "new" in request.GET:
        return []
    one, paragraph = (_number(request.GET.get(name, "")) for name in ("sentence", "paragraph"))
    if not (one or paragraph):
        return sentences
    places = [place for place, row in enumerate(sentences) if row.pk == (one or paragraph)]
    if not places:
        raise Http404
    first = last = places[0]
    if paragraph:
        while first and not sentences[first].starts_paragraph:
            first -= 1
        while last + 1 < len(sentences) and not sentences[last + 1].starts_paragraph:
            last += 1
    return sentences[first : last + 1]


def _save(request, synthesis, context):
    """(the answer, None) when it is saved or a script asked; (None, what the form shows) when it is not."""
    is_script = request.headers.get("X-Requested-With") == "autosave"
    text = request.POST.get("text", "")[:MOST_TEXT]
    base = request.POST.get("base", "")
    try:
        saved = service.save(by=request.user, synthesis=synthesis, base=_read(base), text=text)
    except service.Clash as clash:
        if is_script:
            return JsonResponse({"problem": str(clash.reason)}, status=409), None
        both = [(row, differences.compare(row.theirs, row.mine)) for row in clash.both]
        shown = {"text": clash.text, "base": _typed(clash.base), "both": both, "problem": clash.reason, "status": 409}
        return None, context | shown
    except Refused as refused:
        if is_script:
            return JsonResponse({"problem": str(refused.reason)}, status=422), None
        return None, context | {"text": text, "base": base, "problem": refused.reason, "status": 422}
    if is_script:
        return JsonResponse({"base": _typed(saved.base), "said": _("Saved.")}), None
    return redirect(_where(synthesis, saved)), None


def _where(synthesis, saved):
    """The place of the first sentence that was saved."""
    sentence = Sentence.objects.filter(pk=saved.base[0][0]).first() if saved.base else None
    if sentence is None:
        return synthesis.get_absolute_url()
    sentence.synthesis = synthesis
    return place_of(sentence)


@deed
def sentence(request, year, number, pk):
    """One sentence: what it cites, what was remarked, how it read before; the form is a remark."""
    synthesis = find_synthesis(request, year, number)
    row = _find(synthesis, pk)
    wordings = list(row.wordings.select_related("by").order_by("-revision")[:50])
    for later, earlier in pairwise(wordings):
        later.changes = differences.compare(earlier.said, later.said)
    return perform(
        request,
        "consultations/sentence.html",
        form=RemarkForm(posted(request)),
        do=lambda text: margins.remark(by=request.user, sentence=row, text=text),
        rule=lambda member, what: rules.see_draft(member, what),
        about=synthesis,
        said=gettext_lazy("Your remark is kept."),
        back=address(synthesis, "sentence", row.pk),
        context={
            "sentence": row,
            "consultation": synthesis.consultation,
            "remarks": row.remarks.select_related("author", "resolved_by"),
            "wordings": wordings,
            "place": place_of(row),
            "may_write": bool(rules.write(request.user, synthesis)),
        },
    )


@deed
def resolve_remark(request, year, number, pk):
    synthesis = find_synthesis(request, year, number)
    row = Remark.objects.select_related("sentence", "author").filter(pk=pk, sentence__synthesis=synthesis).first()
    if row is None:
        raise Http404
    return perform(
        request,
        "consultations/resolve_remark.html",
        form=forms.Form(posted(request)),
        do=lambda: margins.resolve(by=request.user, remark=row),
        rule=rules.write,
        about=synthesis,
        back=address(synthesis, "sentence", row.sentence_id),
        context={"remark": row},
    )


def _find(synthesis, pk):
    row = Sentence.objects.filter(synthesis=synthesis, pk=pk).prefetch_related("citations__contribution").first()
    if row is None:
        raise Http404
    row.synthesis = synthesis
    return row


def _number(typed):
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 15 else 0


def _typed(base):
    return ",".join(f"{pk}:{revision}" for pk, revision in base)


def _read(typed):
    """[(id, revision)] as the form carries it: `12:3,13:1`; what is none is left out."""
    pairs = (pair.partition(":") for pair in typed.split(",")[: service.MOST])
    return [(_number(pk), _number(revision)) for pk, _colon, revision in pairs if _number(pk) and _number(revision)]
