"""Speakers on the web: the list of an item, and the page of each with their place and text.

What they do themselves is in `speaking.py`, what chair and secretaries do with them in `chairing.py`.
"""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.hearings.models import Item, Speaker, Speech
from consultations.hearings.rules import hearings as hearing_rules
from consultations.hearings.rules import speakers as rules
from consultations.hearings.services import queues, speeches, waiting
from consultations.hearings.views.places import Link
from consultations.hearings.wording import speakers as wording
from core.access import find

ITEMS = Item.objects.select_related("hearing__workspace__journal", "thread")
IN_SECTION = 5
PAGE = 100  # rows of each part of the list on one page
MOST = 1_000  # rows of those who do not wait
QUEUE, STATE = Speaker.Queue, Speaker.State


# -- Places on other pages ---------------------------------------------------------------------------------


def item_section(member, item, request):
    """Who speaks next on an item, one's own place, and how one asks."""
    if not item.hearing.is_published or not (item.takes_speakers or item.speakers.exists()):
        return ""
    found = waiting.turns(item)
    counts = item.speakers.filter(queue=QUEUE.LIST)
    context = {
        "item": item,
        "hearing": item.hearing,
        "turns": found[:IN_SECTION],
        "waiting": len(found),
        "spoke": counts.filter(state=STATE.SPOKE).count(),
        "own": own(member, item, found),
        "is_open": item.list_is_open_at(timezone.now()),
        "may_request": not member.is_authenticated or bool(rules.take_part(member, item)),
    }
    return render_to_string("hearings/_speakers.html", context, request=request)


def item_tools(member, item):
    """What the chair does with the list, and the points and replies of everybody."""
    key = [*item.hearing.url_key, item.pk]
    links = []
    if item.is_open and rules.raise_point(member, item):
        links.append(Link(reverse("hearings:raise_point", args=key), _("Point of order")))
    if item.opened_at and rules.reply(member, item):
        links.append(Link(reverse("hearings:request_reply", args=key), _("Right of reply")))
    return links


def own(member, item, found):
    """One's own requests, as (speaker, what is said of its place)."""
    if not member.is_authenticated:
        return []
    places = {one.speaker.pk: one for one in found}
    rows = item.speakers.filter(member=member).exclude(state=STATE.WITHDRAWN).select_related("organisation", "member")
    shown = []
    for row in rows.order_by("number")[:IN_SECTION]:
        row.item = item
        kind = "" if row.queue == QUEUE.LIST else f"{row.get_queue_display()}: "
        shown.append((row, wording.turn(places[row.pk]) if row.pk in places else f"{kind}{row.get_state_display()}"))
    return shown


# -- Pages -------------------------------------------------------------------------------------------------


@require_safe
def speakers(request, year, number, item):
    """The list of an item: who waits and about when, who spoke for how long, points of order and replies.

    Its long parts are shown a hundred at a time, all of them turned by the same `?page=2`.
    """
    item = find(ITEMS, request.user, pk=item, hearing__year=year, hearing__number=number)
    member, hearing = request.user, item.hearing
    found = waiting.turns(item)
    conducts = bool(hearing_rules.conduct(member, hearing))
    rows = queues.WITH_ALL.filter(item=item).select_related("delivery").exclude(state=STATE.WITHDRAWN)
    rows = list(rows.exclude(queue=QUEUE.LIST, state=STATE.LISTED).order_by("place", "pk")[:MOST])
    for row in rows:
        row.item = item
    parts = {
        "turns": found,
        "requested": [row for row in rows if row.state == STATE.REQUESTED],
        "absent": [row for row in rows if row.state == STATE.ABSENT],
        "spoke": sorted(_with_times(row for row in rows if row.state == STATE.SPOKE), key=_started),
    }
    page = Paginator(range(max(map(len, parts.values()))), PAGE).get_page(request.GET.get("page"))
    start = (page.number - 1) * PAGE
    context = {name: part[start : start + PAGE] for name, part in parts.items()} | {
        "item": item,
        "hearing": hearing,
        "page": page,
        "waiting": len(found),
        "own": own(member, item, found),
        "is_open": item.list_is_open_at(timezone.now()),
        "may_request": not member.is_authenticated or bool(rules.take_part(member, item)),
        "conducts": conducts,
        "speaking": [row for row in rows if row.state == STATE.SPEAKING],
        "points": [row for row in rows if row.queue == QUEUE.POINT and row.state in queues.IN_PLACE],
        "ruled": [row for row in rows if row.queue == QUEUE.POINT and row.ruling],
        "replies": [row for row in rows if row.queue == QUEUE.REPLY and row.state in queues.IN_PLACE],
        "suggestions": _suggested(item) if conducts and item.closed_at is None else [],
        "accounts": hearing.accounts.all() if conducts else [],
    }
    return render(request, "hearings/speakers.html", context)


@require_safe
def speaker(request, year, number, speaker):
    """One speaker: their place and turn, their words as far as the reader may see them, the difference of the two."""
    row = named(request, year, number, speaker)
    member = request.user
    words = list(Speech.objects.visible_to(member).filter(speaker=row).order_by("stage", "language"))
    is_whole = {one.stage for one in words} == set(Speech.Stage.values)
    changes = speeches.changes(row) if is_whole else None
    context = {
        "speaker": row,
        "item": row.item,
        "hearing": row.item.hearing,
        "turn": wording.turn(turn) if (turn := waiting.of(row)) and row.queue == QUEUE.LIST else "",
        "words": words,
        "standing": wording.standing(row),
        "appealed": wording.appealed(row),
        "changes": changes,
        "is_theirs": bool(rules.is_theirs(member, row)),
        "sees_note": bool(row.note and rules.see_note(member, row)),
        "conducts": bool(hearing_rules.conduct(member, row.item.hearing)),
        "may_hand_in": bool(rules.speak_of(member, row)) and row.state not in (STATE.SPOKE, STATE.WITHDRAWN),
        "may_deliver": bool(rules.write_down(member, row)) and row.state in (STATE.SPOKE, STATE.SPEAKING),
        "may_redact": bool(hearing_rules.preside(member, row.item.hearing)),
        "may_withdraw": bool(rules.speak_of(member, row)) and row.state in (*queues.IN_PLACE, STATE.ABSENT),
        "may_appeal": bool(row.ruling and not row.appealed_at and rules.raise_point(member, row.item)),
    }
    return render(request, "hearings/speaker.html", context)


# -- Within ------------------------------------------------------------------------------------------------


def named(request, year, number, speaker):
    """The speaker that an address names, if the member may see them."""
    return find(queues.WITH_ALL, request.user, pk=speaker, item__hearing__year=year, item__hearing__number=number)


def _with_times(rows):
    now = timezone.now()
    for row in rows:
        delivery = getattr(row, "delivery", None)
        row.used = int(delivery.used_at(now).total_seconds()) if delivery else None
        yield row


def _started(row):
    return row.delivery.started_at if row.used is not None else row.requested_at


def _suggested(item):
    return [(row, one, wording.adds(row, one.reasons)) for row, one in waiting.suggestions(item)]
