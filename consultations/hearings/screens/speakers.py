"""The sections `floor`, `next`, `list` and `points`: who speaks, who will, and how many wait.

A page finds the place of its reader in `next.queue`, and from the seconds of those before them about when it is their
turn; so what everybody is sent is the same for all.
"""

from collections import Counter

from django.db.models import Count, prefetch_related_objects
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from consultations.hearings import clocks, state
from consultations.hearings.models import Speaker
from consultations.hearings.screens.hearings import AGENDA, HEARING, current_item
from consultations.hearings.services import points as points_service
from consultations.hearings.services import waiting as turns
from consultations.hearings.wording import speakers as wording

FLOOR = ("floor.given", "floor.paused", "floor.resumed", "floor.extended", "floor.ended", "hearing.ended")
QUEUE = (
    "speaker.requested",
    "speaker.confirmed",
    "speaker.changed",
    "speaker.moved",
    "speaker.relisted",
    "speaker.withdrawn",
    "speaker.absent",
    "floor.given",
    *AGENDA,
)
POINTS = (
    "point.raised",
    "point.ruled",
    "point.appealed",
    "point.put",
    "point.redacted",
    "reply.requested",
    "speaker.changed",
    "speaker.withdrawn",
    "speaker.absent",
    "floor.given",
    "floor.ended",
    *AGENDA,
)
RULING = ("point.ruled", "point.appealed", "point.put", "ballot.counted", "ballot.annulled", *AGENDA)
MOVABLE = 40  # of the list, that the console can put elsewhere
SITTINGS = 6  # sessions that an estimate looks ahead
SHOWN = 3  # of those who speak next
LISTS = 20  # items one asks for the floor on from a screen; every request tells of them
PLACES = 200  # of the queue, for those who look for themselves in it
WITH_NAMES = Speaker.objects.select_related("member", "organisation", "item")


def register():
    """Called once, when the app is ready."""
    state.register("floor", floor, FLOOR)
    state.register("next", following, (*QUEUE, *HEARING))
    state.register("list", lists, (*QUEUE, "list.opened", "list.closed"))
    state.register("points", points, POINTS)
    state.register("ruling", ruling, RULING)
    state.register("requests", requests, QUEUE, for_moderators=True)
    state.register("order", order, QUEUE, for_moderators=True)


def floor(hearing):
    """Who speaks and their clock; a speaker whose clock stands still waits behind one who interrupts. Or None."""
    running = hearing.deliveries.filter(ended_at=None).select_related("speaker__member", "speaker__organisation")
    deliveries = sorted(running, key=lambda one: (one.paused_at is not None, -one.started_at.timestamp()))
    if not deliveries:
        return None
    delivery, *waiting = deliveries
    clock = {
        "started_at": state.moment(delivery.started_at),
        "allotted": delivery.seconds,
        "paused_at": state.moment(delivery.paused_at),
        "paused_for": delivery.paused_seconds,
        "ended_at": state.moment(delivery.ended_at),
    }
    return {
        "speaker": person(delivery.speaker),
        "clock": clock,
        "interrupted": person(waiting[0].speaker) if waiting else None,
    }


def following(hearing):
    """The next three on the list of the item before the hearing, and the queue as [speaker, member, seconds], these as
    people have kept to their time so far. rest: the members behind PLACES of them, and the seconds of each, which are
    those of the others on average. sittings: [[from, to], ...] in which time passes, those to come.
    """
    item = current_item(hearing)
    if item is None:
        return None
    waiting = Speaker.objects.filter(item=item, queue=Speaker.Queue.LIST).waiting()
    queue = list(waiting[:PLACES])
    prefetch_related_objects(queue[:SHOWN], "member", "organisation")  # nobody is told the names of the others
    expected = turns.expected(hearing, queue)
    rest = list(waiting.values_list("member", flat=True)[PLACES:]) if len(queue) == PLACES else []
    return {
        "count": len(queue) + len(rest),
        "speakers": [person(speaker) | {"key": key(speaker)} for speaker in queue[:SHOWN]],
        "sittings": [[state.moment(begins), state.moment(ends)] for begins, ends in sittings(hearing)],
        "queue": [[speaker.pk, speaker.member_id, expected[speaker.pk]] for speaker in queue],
        "rest": {"members": rest, "seconds": round(sum(expected.values()) / PLACES)} if rest else None,
    }


def before(following, member_pk):
    """(how many stand before a member in the section `next`, the seconds these take), or None who does not wait."""
    queue, rest = following["queue"], following["rest"]
    place = next((at for at, (_speaker, one, _seconds) in enumerate(queue) if one == member_pk), len(queue))
    wait = sum(seconds for _speaker, _one, seconds in queue[:place])
    if place < len(queue):
        return place, wait
    if rest is None or member_pk not in rest["members"]:
        return None
    behind = rest["members"].index(member_pk)
    return place + behind, wait + behind * rest["seconds"]


def sittings(hearing):
    """The session that is on, and those to come."""
    return turns.sittings(hearing, timezone.now())[:SITTINGS]


def lists(hearing):
    """Of the first items that are not concluded, and of the one before the hearing: does its list take requests, how
    many wait, how many spoke.
    """
    rows = Speaker.objects.filter(item__hearing=hearing, queue=Speaker.Queue.LIST).order_by()
    counted = rows.values_list("item", "state").annotate(count=Count("pk"))
    counts = Counter({(item, at_state): count for item, at_state, count in counted})
    now, before = timezone.now(), hearing.current_item_id
    ahead = sorted(hearing.items.filter(takes_speakers=True, closed_at=None), key=lambda item: item.pk != before)
    return [
        {
            "id": item.pk,
            "label": item.label,
            "is_open": item.list_is_open_at(now),
            "closes_at": state.moment(item.list_closes_at),
            "requested": counts[item.pk, "requested"],
            "waiting": counts[item.pk, "listed"],
            "spoke": counts[item.pk, "spoke"],
        }
        for item in ahead[:LISTS]
    ]


def points(hearing):
    """Points of order, and then replies, that wait, of the item before the hearing."""
    item = current_item(hearing)
    if item is None:
        return []
    waiting = WITH_NAMES.filter(item=item).exclude(queue=Speaker.Queue.LIST).waiting()
    rows = sorted(waiting[:PLACES], key=lambda one: one.queue != Speaker.Queue.POINT)
    return [person(speaker) | {"point": speaker.point} for speaker in rows]


def ruling(hearing):
    """The last ruling on the item before the hearing, or one of the last whose appeal waits to be put to the vote; or
    None.
    """
    item = current_item(hearing)
    if item is None:
        return None
    rows = list(WITH_NAMES.filter(item=item, queue=Speaker.Queue.POINT).exclude(ruling="").order_by("-pk")[:SHOWN])
    row = next((one for one in rows if points_service.waits_for_vote(one)), rows[0] if rows else None)
    if row is None:
        return None
    waits = points_service.waits_for_vote(row)
    return {
        "id": row.pk,
        "said": wording.ruled(row),
        "may_appeal": row.appealed_at is None,
        "may_put": waits,
    }


def order(hearing):
    """For the chair: whom they can put elsewhere on the list of the item before the hearing, first nobody, and whom the
    balance of the list suggests.
    """
    item = current_item(hearing)
    if item is None:
        return None
    rows = list(WITH_NAMES.filter(item=item, queue=Speaker.Queue.LIST).waiting()[:MOVABLE])
    names = [{"id": row.pk, "key": key(row), "said": f"{place}. {_called(row)}"} for place, row in enumerate(rows, 1)]
    suggested = next(iter(turns.suggestions(item)), None)
    if suggested:
        row, one = suggested
        said = f"{_called(row)}, {one.now} → {one.place}: {wording.adds(row, one.reasons)}"
        suggested = {"id": row.pk, "to": one.place, "said": said}
    return {"waiting": [{"id": "", "key": "", "said": "–"}, *names] if names else [], "suggested": suggested}


def _called(speaker):
    organisation = speaker.organisation.short_name if speaker.organisation_id else ""
    return f"{speaker.name} ({organisation})" if organisation else speaker.name


def requests(hearing):
    """Requests to speak that their speakers have not confirmed: how many, and the first of them."""
    rows = WITH_NAMES.filter(item__hearing=hearing, state=Speaker.State.REQUESTED).order_by("requested_at", "pk")
    found = list(rows[: SHOWN + 1])
    return {
        "count": len(found) if len(found) <= SHOWN else rows.count(),
        "first": [person(speaker) | {"label": speaker.item.label} for speaker in found[:SHOWN]],
    }


def key(speaker):
    """By which they are pressed on: who, and where they stood when the page was drawn."""
    return f"{speaker.pk}@{speaker.place}"


def person(speaker):
    """A speaker as they are called."""
    return {
        "id": speaker.pk,
        "number": speaker.number,
        "member": speaker.member_id,
        "name": speaker.name,
        "organisation": speaker.organisation.short_name if speaker.organisation_id else "",
        "country": speaker.country,
        "queue": speaker.queue,
        "queue_name": str(speaker.get_queue_display()),
        "is_special": speaker.queue != Speaker.Queue.LIST,
        "is_point": speaker.queue == Speaker.Queue.POINT,
    }


def seconds_left(clock):
    """What is left of a clock as the section `floor` has it; below zero where the speaker is over their time."""
    started, paused, ended = (
        clock[name] and parse_datetime(clock[name]) for name in ("started_at", "paused_at", "ended_at")
    )
    return clocks.Clock(started, clock["allotted"], paused, clock["paused_for"], ended).left_at(timezone.now())
