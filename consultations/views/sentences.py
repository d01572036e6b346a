"""The editor of a synthesis: the whole text, a paragraph or a sentence as lines in a form; one sentence with what was
remarked on it and how it read before.

The form carries the revisions it began with. A script saves it now and then; without it the button does. To a GET of
the script the answer is how far the text has come, and a token that is good for whoever has signed in again.
"""

from collections import defaultdict

from django import forms
from django.db.models import Q
from django.http import Http404, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from consultations import citing, differences, histories
from consultations.forms.syntheses import RemarkForm
from consultations.models import Remark, Sentence, Synthesis, Wording
from consultations.rules import syntheses as rules
from consultations.services import margins, wordings
from consultations.services import sentences as service
from consultations.views.consultations import number_in, number_of
from consultations.views.syntheses import address, find_synthesis, place_of
from core.access import Refused, require
from core.deeds import deed, perform, posted, take_draft

MOST_TEXT = 1_000_000  # characters of a form
MOST_WORDINGS = 300  # of one sentence
CHANGED = 40  # sentences on one page of what was changed


@deed
def write_synthesis(request, year, number):
    """`?sentence=12` is one sentence, `?paragraph=12` the paragraph it stands in, `?new=1` what comes at the end."""
    synthesis = find_synthesis(request, year, number)
    require(rules.write, request.user, synthesis)
    context = {"synthesis": synthesis, "consultation": synthesis.consultation, "status": 200}
    if request.method != "POST" and _is_script(request):
        return JsonResponse({"revision": synthesis.revision, "token": get_token(request)})
    if request.method == "POST":
        answer, context = _save(request, synthesis, context)
        if answer:
            return answer
    else:
        part = _part(request, synthesis)
        waiting = take_draft(request)  # written when the session was over already
        context["text"] = waiting.get("text") or citing.write_all([row.line for row in part])
        context["base"] = waiting.get("base", "") if waiting else _typed(service.base_of(part))
        context["is_unsaved"] = bool(waiting)
    context["rows"] = min(40, max(6, context["text"].count("\n") + 4 + len(context["text"]) // 90))
    status = context.pop("status")
    return render(request, "consultations/write_synthesis.html", context, status=status)


def _part(request, synthesis):
    """The sentences that the form holds."""
    sentences = service.standing(synthesis)
    if "new" in request.GET:
        return []
    one, paragraph = (number_in(request.GET, name) for name in ("sentence", "paragraph"))
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


def _is_script(request):
    return request.headers.get("X-Requested-With") == "autosave"


def _save(request, synthesis, context):
    """(the answer, None) when it is saved or a script asked; (None, what the form shows) when it is not."""
    is_script = _is_script(request)
    text = request.POST.get("text", "")[:MOST_TEXT]
    base = request.POST.get("base", "")
    how = {"whole": not request.GET, "partly": is_script}
    try:
        saved = service.save(by=request.user, synthesis=synthesis, base=_read(base), text=text, **how)
    except service.Clash as clash:
        both = [(row, differences.compare(row.theirs, row.mine)) for row in clash.both]
        shown = {"text": clash.text, "base": _typed(clash.base), "both": both, "problem": clash.reason, "status": 409}
        return None, context | shown | {"is_unsaved": True}
    except Refused as refused:
        if is_script:
            return JsonResponse({"problem": str(refused.reason)}, status=422), None
        shown = {"text": text, "base": base, "problem": refused.reason, "status": 422, "is_unsaved": True}
        return None, context | shown
    if is_script:
        return JsonResponse(_told(synthesis, saved)), None
    return redirect(_where(synthesis, saved)), None


def _told(synthesis, saved):
    """What the script shows: what was left, who else wrote, and where the text stands now."""
    told = {"base": _typed(saved.base), "said": _("Saved."), "problem": "\n".join(saved.left[:10])}
    told["place"] = _where(synthesis, saved)
    told["revision"] = Synthesis.objects.values_list("revision", flat=True).get(pk=synthesis.pk)
    if saved.left:
        told["said"] = _("All is saved but this:")
    if saved.others:
        names = ", ".join(saved.others)
        told["said"] = _("Saved. What %(names)s wrote meanwhile stands in the text now.") % {"names": names}
        told |= {"text": saved.text, "fresh": _typed(saved.fresh)}
    return told


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
    require(rules.see_draft, request.user, synthesis)
    row = _find(synthesis, pk)
    said = list(row.wordings.select_related("by").order_by("-revision")[:MOST_WORDINGS])
    return perform(
        request,
        "consultations/sentence.html",
        form=RemarkForm(posted(request)),
        do=lambda text: margins.remark(by=request.user, sentence=row, text=text),
        rule=rules.see_draft,
        about=synthesis,
        said=gettext_lazy("Your remark is kept."),
        back=address(synthesis, "sentence", row.pk),
        context={
            "sentence": row,
            "consultation": synthesis.consultation,
            "remarks": row.remarks.select_related("author", "resolved_by"),
            "wordings": histories.steps(said[::-1])[::-1],
            "place": synthesis.get_absolute_url() if row.dropped_at else place_of(row),
            "may_write": bool(rules.write(request.user, synthesis)),
        },
    )


@deed
def resolve_remark(request, year, number, pk):
    synthesis = find_synthesis(request, year, number)
    require(rules.see_draft, request.user, synthesis)
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


@deed
def restore(request, year, number, pk, revision):
    """Let a sentence read as it did before, or bring back one that was taken out."""
    synthesis = find_synthesis(request, year, number)
    require(rules.see_draft, request.user, synthesis)
    row = _find(synthesis, pk)
    wording = row.wordings.select_related("by").filter(revision=revision).first()
    if wording is None:
        raise Http404
    return perform(
        request,
        "consultations/restore.html",
        form=forms.Form(posted(request)),
        do=lambda: wordings.restore(by=request.user, sentence=row, revision=revision),
        rule=rules.write,
        about=synthesis,
        back=place_of,
        context={"row": row, "wording": wording, "changes": differences.compare(row.line.said, wording.said)},
    )


@deed
@require_safe
def changes(request, year, number):
    """The sentences that were changed last, by whom and how, with those that were taken out."""
    synthesis = find_synthesis(request, year, number)
    require(rules.see_draft, request.user, synthesis)
    rows = synthesis.sentences.select_related("edited_by").order_by("-edited_at", "-pk")
    before = number_in(request.GET, "before")
    if before and (last := synthesis.sentences.filter(pk=before).first()):
        rows = rows.filter(Q(edited_at__lt=last.edited_at) | Q(edited_at=last.edited_at, pk__lt=last.pk))
    found = list(rows[: CHANGED + 1])
    said = defaultdict(list)
    for wording in Wording.objects.filter(sentence__in=found[:CHANGED]).select_related("by").order_by("revision"):
        said[wording.sentence_id].append(wording)
    for row in found[:CHANGED]:
        row.latest = (histories.steps(said[row.pk][-MOST_WORDINGS:]) or [None])[-1]
    context = {
        "synthesis": synthesis,
        "consultation": synthesis.consultation,
        "rows": found[:CHANGED],
        "more": found[CHANGED - 1].pk if len(found) > CHANGED else 0,
        "may_write": bool(rules.write(request.user, synthesis)),
    }
    return render(request, "consultations/changes.html", context)


def _find(synthesis, pk):
    row = Sentence.objects.filter(synthesis=synthesis, pk=pk).prefetch_related("citations__contribution").first()
    if row is None:
        raise Http404
    row.synthesis = synthesis
    return row


def _typed(base):
    return ",".join(f"{pk}:{revision}" for pk, revision in base)


def _read(typed):
    """[(id, revision)] as the form carries it: `12:3,13:1`; what is none is left out."""
    pairs = (pair.partition(":") for pair in typed.split(",")[: service.MOST])
    numbers = [(number_of(pk), number_of(revision)) for pk, _colon, revision in pairs]
    return [(pk, revision) for pk, revision in numbers if pk and revision]
