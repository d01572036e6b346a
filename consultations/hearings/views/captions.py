"""The transcript on the web: typed line by line, read by item with its times, mended."""

from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.hearings.forms.captions import CaptionForm, CorrectionForm, RemovalForm
from consultations.hearings.models import Caption, Hearing
from consultations.hearings.rules import captions as rules
from consultations.hearings.rules import hearings as hearing_rules
from consultations.hearings.services import captions as service
from consultations.hearings.services import takeouts
from consultations.hearings.views.places import Link
from core.access import find
from core.deeds import deed, perform, posted

HEARINGS = Hearing.objects.select_related("workspace__journal")
CAPTIONS = Caption.objects.select_related("hearing__workspace__journal")
PAGE = 40  # lines
RECENT = 15  # lines under the form, and on the page that follows
A_MINUTE = 60  # lines of one note-taker


# -- Places on other pages ---------------------------------------------------------------------------------


def hearing_section(member, hearing, request):
    return _section(hearing, None, hearing.captions, request)


def item_section(member, item, request):
    return _section(item.hearing, item, item.captions, request)


def tools(member, hearing):
    if not rules.say(member, hearing):
        return []
    return [Link(reverse("hearings:captions", args=hearing.url_key), _("Type the transcript"))]


def _section(hearing, item, rows, request):
    if not rows.standing().exists():
        return ""
    return render_to_string("hearings/_transcript_section.html", {"hearing": hearing, "item": item}, request=request)


# -- Pages -------------------------------------------------------------------------------------------------


@require_safe
def transcript(request, year, number):
    """The lines in their order, `?item=` those of one item, `?from=120` from a line on; `?live` the last ones, on a
    page that renews itself.
    """
    hearing = find(HEARINGS, request.user, year=year, number=number)
    item = hearing.items.filter(pk=_number(request.GET.get("item", ""))).first()
    rows = Caption.objects.filter(hearing=hearing).select_related("item")
    rows = rows.filter(item=item) if item else rows
    is_live = "live" in request.GET and not hearing.ended_at
    context = {
        "hearing": hearing,
        "item": item,
        "items": hearing.items.filter(captions__isnull=False).distinct(),
        "is_live": is_live,
        "may_mend": bool(hearing_rules.take_notes(request.user, hearing)),
    }
    with timezone.override(hearing.zone):
        page = _last(rows, RECENT) if is_live else _page(request, rows)
        return render(request, "hearings/transcript.html", context | page)


@deed
def captions(request, year, number):
    """Type a line and send it; the last ones stand below, to be mended."""
    hearing = find(HEARINGS, request.user, year=year, number=number)
    last = Caption.objects.filter(hearing=hearing, written_by=request.user).order_by("-number").first()
    initial = {"language": last.language if last else hearing.language}
    if last and last.speaker_id is None and service.floor(hearing) is None:
        initial["speaker_name"] = last.speaker_name  # whoever has no floor goes on speaking
    recent = list(Caption.objects.filter(hearing=hearing).order_by("-number")[:RECENT])
    with timezone.override(hearing.zone):
        return perform(
            request,
            "hearings/captions.html",
            form=CaptionForm(posted(request), member=request.user, initial=initial),
            do=lambda line: service.say(by=request.user, hearing=hearing, lines=[line]),
            rule=rules.say,
            sees=hearing_rules.take_notes,
            about=hearing,
            back=lambda made: reverse("hearings:captions", args=hearing.url_key),
            context={"hearing": hearing, "lines": recent},
            most=A_MINUTE,
        )


@deed
def correct_caption(request, year, number, line):
    found = _find(request, year, number, line)
    initial = {name: getattr(found, name) for name in ("text", "speaker_name", "language")}
    return _mend(
        request,
        found,
        heading=_("Correct"),
        form=CorrectionForm(posted(request), initial=initial),
        do=lambda **fields: service.correct(by=request.user, caption=found, **fields),
    )


@deed
def remove_caption(request, year, number, line):
    found = _find(request, year, number, line)
    return _mend(
        request,
        found,
        heading=_("Take words out"),
        form=RemovalForm(posted(request), member=request.user),
        do=lambda reason, for_good=False: _remove(request.user, found, reason, for_good),
        rule=lambda member, line: rules.mend(member, line) or rules.erase(member, line),
    )


def _remove(member, caption, reason, for_good):
    if for_good:
        takeouts.erase(by=member, thing=caption, reason=reason)
        return caption
    return service.remove(by=member, caption=caption, reason=reason)


# -- What they hold ----------------------------------------------------------------------------------------


def _find(request, year, number, line):
    return find(CAPTIONS, request.user, hearing__year=year, hearing__number=number, number=line)


def _page(request, rows):
    """Lines from `?from=` on, or around `?at=`; and where the pages beside them begin."""
    start = _number(request.GET.get("from", "")) or max(0, _number(request.GET.get("at", "")) - 5)
    found = list(rows.filter(number__gte=start).order_by("number")[: PAGE + 1])
    before = list(rows.filter(number__lt=start).order_by("-number")[:PAGE]) if start else []
    return {
        "lines": _grouped(found[:PAGE]),
        "after": found[PAGE].number if len(found) > PAGE else None,
        "before": before[-1].number if before else None,
    }


def _last(rows, count):
    return {"lines": _grouped(list(rows.order_by("-number")[:count])[::-1])}


def _grouped(lines):
    """Each line knows whether it opens an item, and whether somebody else speaks than in the one before."""
    item, speaker = None, None
    for line in lines:
        line.opens_item = line.item_id is not None and line.item_id != item
        line.opens_speaker = bool(line.speaker_name) and (line.opens_item or line.speaker_name != speaker)
        item, speaker = line.item_id, line.speaker_name
    return lines


def _mend(request, caption, *, heading, form, do, rule=rules.mend):
    return perform(
        request,
        "hearings/press_caption.html",
        form=form,
        do=do,
        rule=rule,
        sees=lambda member, line: hearing_rules.take_notes(member, line.hearing),
        about=caption,
        back=caption.get_absolute_url(),
        context={
            "hearing": caption.hearing,
            "heading": heading,
            "changes": caption.changes.select_related("replaced_by").order_by("-number"),
        },
    )


def _number(value):
    return min(int(value), 2_147_483_647) if value.isdecimal() and len(value) <= 12 else 0
