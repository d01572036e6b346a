"""What the record tells of speakers: who had the floor when and how long, points of order, rights of reply, who was
absent, and their words: as delivered, or submitted and not delivered, beside what was handed in before.
"""

from consultations.hearings.minutes.sources import Told, moment
from consultations.hearings.models import Speaker, Speech
from consultations.hearings.services import points

State, Queue, Stage = Speaker.State, Speaker.Queue, Speech.Stage
CALLED = (State.SPOKE, State.SPEAKING, State.ABSENT)


def _speakers(hearing):
    rows = Speaker.objects.filter(item__hearing=hearing).select_related("member", "organisation", "delivery", "item")
    return list(rows.order_by("item__sort_key", "queue", "place", "pk").prefetch_related("speeches"))


def rows(hearing):
    """Those who were called, and those who still waited, in the order of their turns: the tables of speakers."""
    found = []
    for row in _speakers(hearing):
        if row.queue != Queue.POINT and row.state in (*CALLED, State.LISTED):
            found.append(who(row) | {"item": row.item.label, "state": str(row.state), **_clock(row)})
    last = "9999"
    return sorted(found, key=lambda one: (_in_order(one["item"]), one["started"] or last))


def _in_order(label):
    return [int(part) for part in label.split(".")]


def who(row):
    """Who a speaker is, as the record names them."""
    return {
        "speaker": row.pk,
        "name": row.name,
        "organisation": row.organisation.name if row.organisation_id else "",
        "queue": str(row.queue),
    }


def _clock(row):
    """When they had the floor, and how long: seconds."""
    clock = getattr(row, "delivery", None)
    if clock is None:
        return {"started": None, "ended": None, "allotted": None, "used": None}
    until = clock.ended_at or clock.paused_at or clock.started_at
    return {
        "started": moment(clock.started_at),
        "ended": moment(clock.ended_at),
        "allotted": clock.seconds,
        "used": int(clock.used_at(until).total_seconds()),
    }


def tell(hearing):
    for row in _speakers(hearing):
        clock = getattr(row, "delivery", None)
        facts = who(row)
        if row.queue == Queue.POINT:
            ruling = {"text": row.point, "ruling": row.ruling, "ruling_reason": row.ruling_reason}
            if row.appealed_at:
                ruling["is_overruled"] = points.is_overruled(row)
            yield Told(row.item_id, "point", row.requested_at, 0, facts | ruling, {"text": row.reference})
            continue
        if clock:
            yield Told(row.item_id, "floor", clock.started_at, 0, facts | _clock(row))
        elif row.state == State.ABSENT:
            yield Told(row.item_id, "absent", None, 10, facts)
        yield from _words(row, clock)


def _words(row, clock):
    """What was said in each language, or would have been."""
    of = {}
    for speech in row.speeches.all():
        of.setdefault(speech.language, {})[speech.stage] = speech
    for language, stages in of.items():
        delivered, ahead = stages.get(Stage.DELIVERED), stages.get(Stage.AHEAD)
        is_shown = row.state == State.SPOKE or delivered or (ahead and ahead.shown_at)
        if not is_shown:
            continue
        stage = "delivered" if delivered else "ahead" if row.state == State.SPOKE else "submitted"
        said = delivered or ahead
        facts, words = {"stage": stage, "language": language, "text": said.text}, {"text": said.reference}
        is_open = row.state == State.SPOKE or (ahead and ahead.shown_at)  # what was handed in, to all
        if delivered and ahead and is_open and ahead.text != delivered.text:
            facts["handed_in"], words["handed_in"] = ahead.text, ahead.reference
        at = clock.started_at if clock else None
        yield Told(row.item_id, "speech", at, 1 if clock else 20, who(row) | facts, words)
