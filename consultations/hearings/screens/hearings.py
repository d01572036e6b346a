"""The sections `hearing`, `item` and `agenda`: what is on, and what is before the hearing."""

from django.utils import timezone

from consultations.hearings import glance, state
from consultations.hearings.models import Item

HEARING = (
    "hearing.changed",
    "hearing.published",
    "hearing.ended",
    "session.scheduled",
    "session.rescheduled",
    "session.cancelled",
    "session.opened",
    "session.closed",
)
AGENDA = ("item.added", "item.changed", "item.moved", "item.dropped", "item.opened", "item.closed")
SHOWN = 200  # items


def register():
    """Called once, when the app is ready."""
    state.register("hearing", hearing, HEARING)
    state.register("item", item, (*AGENDA, "hearing.ended"))
    state.register("agenda", agenda, (*AGENDA, "hearing.published"))


def hearing(hearing):
    """Its name, and the session that is on or comes next."""
    session = glance.next_session(hearing, timezone.now())
    stage = hearing.stage
    return {
        "code": hearing.code,
        "title": str(hearing),
        "stage": str(stage),
        "stage_name": str(stage.label),
        "timezone": hearing.timezone,
        "place": hearing.place,
        "session": session
        and {
            "number": session.number,
            "title": str(session),
            "starts_at": state.moment(session.starts_at),
            "ends_at": state.moment(session.ends_at),
            "opened_at": state.moment(session.opened_at),
        },
    }


def item(hearing):
    """The item before the hearing, or None."""
    current = current_item(hearing)
    return current and {
        **_item(current),
        "url": current.get_absolute_url(),
        "minutes": current.minutes,
        "opened_at": state.moment(current.opened_at),
        "takes_speakers": current.takes_speakers,
    }


def agenda(hearing):
    """Every item in its order, with how far it is."""
    return [_item(one) for one in hearing.items.all()[:SHOWN]]


def current_item(hearing):
    """The item before the hearing, fetched once for all sections, or None."""
    if not hasattr(hearing, "_item_before"):
        hearing._item_before = None
        if hearing.current_item_id:
            hearing._item_before = Item.objects.get(pk=hearing.current_item_id)
            hearing._item_before.hearing = hearing
    return hearing._item_before


def _item(item):
    item_state, wording = item.state, item.worded()
    return {
        "id": item.pk,
        "label": item.label,
        "title": wording.title,
        "language": wording.language,
        "depth": item.depth,
        "state": str(item_state),
        "state_name": str(item_state.label),
        "is_open": item.is_open,
    }
