"""Queues of an item: who stands in them at which place, and what the journal keeps of a speaker.

What is done here is done under the lock of the hearing, which `locked` and `item_locked` take.
"""

from django.db.models import F, Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.hearings import allotments, placing
from consultations.hearings.models import Hearing, Item, Speaker
from core.access import Refused
from forum import rules as forum_rules
from forum.services import seats

MOST_WAITING = 500  # in one queue of an item
IN_PLACE = (Speaker.State.REQUESTED, Speaker.State.LISTED)
WITH_ALL = Speaker.objects.select_related(
    "item__hearing__workspace__journal", "item__thread", "member", "organisation", "account"
)


def item_locked(item):
    """The item with its hearing, fetched anew under the lock of the hearing."""
    hearing = Hearing.objects.locked(item.hearing_id)
    item = Item.objects.locked(item.pk)
    item.hearing = hearing
    return item


def locked(speaker):
    """The speaker with item and hearing, fetched anew under the lock of the hearing."""
    hearing = Hearing.objects.locked(speaker.item.hearing_id)
    speaker = WITH_ALL.get(pk=speaker.pk)
    speaker.item.hearing = hearing
    return speaker


def add(item, *, requested_at, queue=Speaker.Queue.LIST, **fields):
    """Write a speaker into a queue of an item whose hearing the caller has locked, in the place of their request."""
    member, organisation = fields.get("member"), fields.get("organisation")
    waiting = item.speakers.filter(queue=queue, state__in=IN_PLACE).count()
    if waiting >= MOST_WAITING:
        most = ngettext("This list is full: %(most)s waits.", "This list is full: %(most)s wait.", MOST_WAITING)
        raise Refused(most % {"most": MOST_WAITING}, text=fields.get("note", ""))
    speaker = Speaker(
        item=item,
        queue=queue,
        number=(item.speakers.aggregate(last=Max("number"))["last"] or 0) + 1,
        requested_at=requested_at,
        category=organisation.category if organisation else "",
        region=_region(organisation),
        country=(organisation.country if organisation else "") or (member.country if member else ""),
        is_first_time=_is_first_time(member, organisation),
        **fields,
    )
    rows = _rows(item, queue)
    before = _behind(rows, speaker)
    speaker.place = _free_place(item, queue, rows, before)
    speaker.save()
    return speaker


def to_end(speaker):
    """Put a speaker, under the lock of the hearing, at the end of their queue."""
    last = speaker.item.speakers.filter(queue=speaker.queue).aggregate(last=Max("place"))["last"] or 0
    speaker.place, speaker.state = last + 1, Speaker.State.LISTED
    speaker.save(update_fields=["place", "state"])


def rank(speaker):
    """Their place among those who wait, from 1; None for who does not."""
    if speaker.state != Speaker.State.LISTED:
        return None
    return waiting(speaker).before(speaker).count() + 1


def require_place(speaker, seen, text=""):
    """Raises Refused where somebody moved the speaker since a page was drawn, so that two who press are one deed. seen:
    their `place` on it, None where it names none.
    """
    if seen is not None and speaker.place != seen:
        raise Refused(_("This is not there any more. Look at the screen again, then press again."), text=text)


def waiting(speaker):
    """Those who wait in the queue of a speaker."""
    return Speaker.objects.filter(item=speaker.item_id, queue=speaker.queue, state=Speaker.State.LISTED)


def seat(member, hearing):
    """Whoever may take part and has no seat yet takes one, and so hears what comes of it."""
    if hearing.workspace.seat_of(member) is None and not forum_rules.moderate(member, hearing.workspace):
        seats.join(member=member, workspace=hearing.workspace)


def brief(speaker):
    """What every entry about a speaker holds: who, in which queue, at which place."""
    return {
        "item": speaker.item_id,
        "label": speaker.item.label,
        "queue": str(speaker.queue),
        "number": speaker.number,
        "place": rank(speaker),
        "state": str(speaker.state),
        "name": speaker.name,
        "organisation": speaker.organisation.name if speaker.organisation_id else "",
    }


def facts(speaker):
    """What the journal keeps of a request."""
    return {
        **brief(speaker),
        "member": speaker.member_id,
        "organisation_id": speaker.organisation_id,
        "kind": speaker.kind,
        "turn": speaker.turn,
        "category": speaker.category,
        "region": speaker.region,
        "country": speaker.country,
        "first_time": speaker.is_first_time,
        "language": speaker.language,
        "priority": speaker.priority,
        "seconds": allotments.seconds(speaker.item.hearing, speaker),
        "account": speaker.account.name if speaker.account_id else "",
        "requested": speaker.requested_at.isoformat(),
        "channel": str(speaker.channel),
    }


def put(speaker, to):
    """Put a speaker at a place among those who wait; who has not confirmed keeps theirs between them."""
    rows = Speaker.objects.filter(item=speaker.item_id, queue=speaker.queue, state__in=IN_PLACE)
    rows = list(rows.order_by("place", "pk").values_list("pk", "state"))
    waiting = [pk for pk, state in rows if state == Speaker.State.LISTED and pk != speaker.pk]
    keys = [pk for pk, _state in rows if pk != speaker.pk]
    index = keys.index(waiting[to - 1]) if to <= len(waiting) else len(keys)
    _write_order(placing.moved([*keys, speaker.pk], speaker.pk, index), speaker)


def place_anew(speaker):
    """Put a speaker where a request of their priority and moment goes, behind those who stand there."""
    rows = _rows(speaker.item, speaker.queue, but=speaker)
    keys = [*[row.pk for row in rows], speaker.pk]
    _write_order(placing.moved(keys, speaker.pk, _behind(rows, speaker)), speaker)


def _region(organisation):
    """In English, whatever language somebody asked in: the figures of the record count each region once."""
    region = organisation.region if organisation else None
    return region.name[: Speaker._meta.get_field("region").max_length] if region else ""


def _is_first_time(member, organisation):
    """Has neither the organisation, nor a person who speaks for none, had the floor at any hearing? Of a guest nobody
    knows.
    """
    spoke = Speaker.objects.filter(queue=Speaker.Queue.LIST, state__in=(Speaker.State.SPOKE, Speaker.State.SPEAKING))
    if organisation:
        return not spoke.filter(organisation=organisation).exists()
    return member is not None and not spoke.filter(member=member, organisation=None).exists()


def _rows(item, queue, but=None):
    found = Speaker.objects.filter(item=item, queue=queue, state__in=IN_PLACE).order_by("place", "pk")
    found = found.exclude(pk=but.pk) if but else found
    return [placing.Row(*row) for row in found.values_list("pk", "priority", "requested_at")]


def _behind(rows, speaker):
    return placing.behind(rows, speaker.priority, speaker.requested_at)


def _free_place(item, queue, rows, before):
    """A place behind so many rows; those behind it make room."""
    everybody = Speaker.objects.filter(item=item, queue=queue)
    if before == len(rows):
        return (everybody.aggregate(last=Max("place"))["last"] or 0) + 1
    place = Speaker.objects.values_list("place", flat=True).get(pk=rows[before].pk)
    everybody.filter(place__gte=place).update(place=F("place") + 1)
    return place


def _write_order(keys, speaker):
    places = Speaker.objects.in_bulk(keys)
    free = sorted(row.place for row in places.values())
    if len(set(free)) < len(free):
        free = range(free[0], free[0] + len(free))
    for key, place in zip(keys, free, strict=True):
        places[key].place = place
    Speaker.objects.bulk_update(places.values(), ["place"])
    speaker.place = places[speaker.pk].place
