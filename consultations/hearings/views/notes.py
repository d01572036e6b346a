"""The page of note-takers: the paragraphs of one item, each a form of its own, and an empty one at the end.

A script saves what is typed and brings in what others wrote; without it the buttons do. Where two wrote the same
paragraph, both wordings stand beside each other until somebody chooses.
"""

import secrets

from django.http import Http404, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from consultations import differences
from consultations.hearings.models import Hearing, Note, Speaker
from consultations.hearings.rules import records as rules
from consultations.hearings.services import notes as service
from consultations.hearings.views import places, screens
from consultations.views.consultations import number_in, number_of
from core.access import Refused, find, require
from core.deeds import deed, take_draft

WITH_ROOM = Hearing.objects.select_related("workspace__journal")
SECTIONS = ("hearing", "item", "floor", "next")
MOST_TEXT = 100_000


@deed
def notes(request, year, number):
    """`?item=12`, or the item that is before the hearing."""
    hearing = find(WITH_ROOM, request.user, year=year, number=number)
    require(rules.write_notes, request.user, hearing)
    items = list(hearing.items.order_by("sort_key"))
    item = _item(hearing, items, number_in(request.GET, "item"))
    if request.method == "POST":
        return _save(request, hearing, items, item)
    if _is_script(request):
        speakers, speaking = _speakers(item)
        heard = [[row.pk, row.name] for row in speakers]
        told = {"token": get_token(request), "rows": _versions(item), "speakers": heard, "speaking": speaking}
        return JsonResponse(told)
    return _page(request, hearing, items, item, take_draft(request))


def _is_script(request):
    return request.headers.get("X-Requested-With") == "autosave"


def _item(hearing, items, wanted):
    """The item of the page, of a hearing whose agenda is never empty once it is published."""
    found = [one for one in items if one.pk == (wanted or hearing.current_item_id)] or ([] if wanted else items)
    if not found:
        raise Http404
    found[0].hearing = hearing
    return found[0]


def _save(request, hearing, items, item):
    given = {name: request.POST.get(name, "") for name in ("note", "version", "text", "key")}
    given["speaker"] = request.POST.get("speaker")  # only the form of a new paragraph has it
    given["tried"] = request.POST.get("tried")  # only after a script got no answer
    text = given["text"][:MOST_TEXT]
    try:
        saved = _do(request.user, item, given, text)
    except Refused as refused:
        if _is_script(request):
            return JsonResponse({"problem": str(refused.reason)}, status=422)
        return _page(request, hearing, items, item, given, problem=refused.reason)
    place = _place(hearing, item, f"b{saved.note.pk}" if saved.is_rival else f"n{saved.note.pk}")
    if not _is_script(request):
        return redirect(place)
    said = _("Saved.")
    if saved.is_rival:
        said = _("Somebody else changed this paragraph meanwhile. Both wordings are kept; look at them, and choose.")
    told = {"note": saved.note.pk, "version": saved.note.version, "said": said}
    return JsonResponse(told | ({"place": place} if saved.is_rival else {}))


def _do(member, item, given, text):
    """Write or save; returns Saved."""
    speaker = Speaker.objects.filter(item=item, pk=number_of(given["speaker"] or "")).first()
    if given["note"]:
        note = Note.objects.select_related("item").filter(item=item, pk=number_of(given["note"])).first()
        if note is None:
            raise Http404
        fields = {"speaker": speaker} if given["speaker"] is not None else {}
        fields |= {"version": number_of(given["version"]), "tried": given["tried"]}
        return service.save(by=member, note=note, text=text, **fields)
    return service.Saved(service.write(by=member, item=item, text=text, speaker=speaker, key=given["key"][:60] or None))


def _versions(item):
    """{note: [version, text]} of what stands."""
    return {pk: [version, text] for pk, version, text in item.notes.standing().values_list("pk", "version", "text")}


def _speakers(item):
    """Who spoke on the item, in their order, and the id of who has the floor."""
    rows = item.speakers.exclude(queue="point").filter(state__in=("speaking", "spoke"))
    rows = list(rows.select_related("member", "organisation").order_by("delivery__started_at"))
    return rows, next((row.pk for row in rows if row.state == "speaking"), None)


def _place(hearing, item, anchor):
    return f"{reverse('hearings:notes', args=hearing.url_key)}?item={item.pk}#{anchor}"


def _page(request, hearing, items, item, kept, problem=""):
    rows = list(item.notes.standing().select_related("speaker__member", "changed_by").prefetch_related("rivals"))
    waiting = item.notes.filter(rival_of__isnull=False, dropped_at=None).select_related("rival_of", "written_by")
    speakers, speaking = _speakers(item)
    for row in rows:
        if kept and kept.get("note") == str(row.pk):
            row.text, row.version = kept["text"], kept["version"]
    context = screens.now(hearing, SECTIONS) | {
        "items": items,
        "item": item,
        "rows": rows,
        "both": [(row, differences.compare(row.rival_of.text, row.text)) for row in waiting],
        "speakers": speakers,
        "speaking": speaking,
        "kept": kept if kept and not kept.get("note") else {},
        "key": (kept or {}).get("key") or secrets.token_hex(8),
        "problem": problem,
        "still": True,
    }
    return render(request, "hearings/notes.html", context, status=422 if problem else 200)


@deed
@require_POST
def settle_note(request, year, number, pk):
    """Keep one of two wordings, or both."""
    hearing = find(WITH_ROOM, request.user, year=year, number=number)
    require(rules.write_notes, request.user, hearing)
    rival = Note.objects.select_related("item").filter(item__hearing=hearing, pk=pk).first()
    keep = request.POST.get("keep")
    if rival is None or keep not in service.KEEP:
        raise Http404
    note = service.settle(by=request.user, rival=rival, keep=keep)
    return redirect(_place(hearing, rival.item, f"n{note.pk}"))


def tools(member, hearing):
    """The way to the notes, for note-takers."""
    if rules.write_notes(member, hearing):
        yield places.Link(reverse("hearings:notes", args=hearing.url_key), _("Take notes"))
