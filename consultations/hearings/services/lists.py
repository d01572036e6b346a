"""The list of speakers as a whole: the chair closes it and opens it, or its time comes."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.hearings.models import Item, Speaker
from consultations.hearings.rules import hearings as rules
from consultations.hearings.services import queues
from core.access import Refused, require
from journal.services import record

BATCH = 100


def close(*, by, item, at=None):
    """The chair declares the list closed (rules 73, 115); closing it twice is closing it once."""
    with transaction.atomic():
        item = queues.item_locked(item)
        require(rules.conduct, by, item.hearing)
        moment = at or timezone.now()
        if item.list_closed_at is None:
            item.list_closed_at = moment
            item.save(update_fields=["list_closed_at"])
            record("list.closed", actor=by, about=item, data=_of_list(item, item.list_closed_at), at=at)
    return item


def open_list(*, by, item, at=None):
    """The chair opens the list: again, or before its time; it stays open until they close it."""
    with transaction.atomic():
        item = queues.item_locked(item)
        require(rules.conduct, by, item.hearing)
        if item.closed_at:
            raise Refused(_("Item %(item)s is concluded. Take it up again first.") % {"item": item.label})
        moment = at or timezone.now()
        if not item.list_is_open_at(moment):
            item.takes_speakers, item.list_closed_at, item.list_opened_at = True, None, moment
            if item.list_opens_at and item.list_opens_at > moment:
                item.list_opens_at = moment
            if item.list_closes_at and item.list_closes_at <= moment:
                item.list_closes_at = None
            item.save()
            record("list.opened", actor=by, about=item, data=_of_list(item, moment), at=at)
    return item


def tell(should_stop=lambda: False, *, now=None):
    """Tell of the lists that opened or closed because their time came; returns how many."""
    now, count = now or timezone.now(), 0
    live = Item.objects.filter(
        hearing__published_at__isnull=False, hearing__ended_at=None, closed_at=None, takes_speakers=True
    )
    for item in live.filter(list_opens_at__lte=now, list_opened_at=None, list_closed_at=None)[:BATCH]:
        count += _tell_one(item, "list.opened", "list_opened_at", "list_opens_at", now)
    for item in live.filter(list_closes_at__lte=now, list_closed_at=None)[:BATCH]:
        count += _tell_one(item, "list.closed", "list_closed_at", "list_closes_at", now)
    return count


def _tell_one(item, verb, told, due, now):
    with transaction.atomic():
        item = queues.item_locked(item)
        moment = getattr(item, due)
        if getattr(item, told) or moment is None or moment > now:
            return 0
        setattr(item, told, moment)
        item.save(update_fields=[told])
        record(verb, about=item, data=_of_list(item, moment))
    return 1


def _of_list(item, moment):
    waiting = item.speakers.filter(queue=Speaker.Queue.LIST, state=Speaker.State.LISTED)
    return {"item": item.pk, "label": item.label, "moment": moment.isoformat(), "waiting": waiting.count()}
