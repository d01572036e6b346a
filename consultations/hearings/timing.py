"""When an item of the agenda is likely to come up: reckoned from its session, the items before it and what happened.

No database. Nothing is promised: an item without planned minutes ends what can be said of those after it.
"""

from datetime import timedelta


def estimates(sessions, items, now):
    """{id of an item: when it begins, as far as that can be said}; of one that was taken up, when that was.

    sessions: those of the hearing; items: in the order of the agenda. An item without a session of its own comes in
    that of the item above it, or else after the one before it.
    """
    planned = sorted((one for one in sessions if one.cancelled_at is None), key=lambda one: one.starts_at)
    if not planned:
        return {}
    by_pk, has_parts = {item.pk: item for item in items}, {item.parent_id for item in items}
    own = {session.pk: session for session in planned}
    cursors = {session.pk: session.opened_at or session.starts_at for session in planned}
    found, current = {}, planned[0]
    taken_up = max((place for place, item in enumerate(items) if item.opened_at), default=-1)
    for place, item in enumerate(items):
        current = own.get(_session_of(item, by_pk), current)
        at = cursors[current.pk]
        if at is not None and at >= current.ends_at and item.opened_at is None and item.session_id is None:
            later = [one for one in planned if one.starts_at > current.starts_at]
            if later:
                current = later[0]
                at = cursors[current.pk]
        if item.opened_at:
            found[item.pk] = item.opened_at
            cursors[current.pk] = item.closed_at or _ends(item, item.opened_at, now, is_whole=item.pk not in has_parts)
        elif at is not None and place > taken_up:  # what was passed over comes when the chair says so
            found[item.pk] = at if current.opened_at is None or current.closed_at else max(at, now)
            cursors[current.pk] = _ends(item, found[item.pk], None, is_whole=item.pk not in has_parts)
    return found


def _session_of(item, by_pk):
    while item is not None:
        if item.session_id:
            return item.session_id
        item = by_pk.get(item.parent_id)
    return None


def _ends(item, begins, now, *, is_whole):
    """When it is likely over; its parts take its time where it has some. None where nobody knows."""
    if not is_whole:
        return begins
    if item.minutes is None:
        return None
    ends = begins + timedelta(minutes=item.minutes)
    return max(ends, now) if now else ends
