"""What the pages show of hearings at a glance: which are on, coming and over; one with its agenda. A query or two each,
however many items there are.
"""

from django.db.models import Exists, Max, Min, OuterRef

from consultations.hearings import timing
from consultations.hearings.models import Hearing, Session
from consultations.hearings.models.hearings import Stage
from forum.models import Attachment

FILES = 50
MOST_NOTICES = 200

WITH_ROOM = Hearing.objects.select_related("workspace__journal", "thread").prefetch_related("sessions")


def listed(member):
    """Published hearings one may follow, each with `begins` and `ends` (of its planned sessions) and `is_live`."""
    rows = Hearing.objects.visible_to(member).filter(published_at__isnull=False)
    now_open = Session.objects.filter(hearing=OuterRef("pk"), opened_at__isnull=False, closed_at=None)
    return rows.prefetch_related("sessions").annotate(
        begins=Min("sessions__starts_at"), ends=Max("sessions__ends_at"), is_live=Exists(now_open)
    )


def running(member, now, *, within=None):
    """Those that are not over: live first, then by their next session; within a span from now, if one is given.

    A hearing that nobody ended counts as over a week after its last session.
    """
    rows = listed(member).filter(ended_at=None)
    found = [one for one in rows.order_by("begins", "pk")[:200] if one.is_live or not is_stale(one, now)]
    for one in found:
        one.next_session, one.is_cancelled = next_session(one, now), is_cancelled(one)
    if within is not None:
        found = [one for one in found if one.is_live or _comes(one, now + within)]
    return sorted(found, key=lambda one: (not one.is_live, one.next_session.starts_at if one.next_session else now))


def on(member, now):
    """Those in session, or where there is none those between two sessions."""
    rows = running(member, now)
    return [one for one in rows if one.is_live] or [one for one in rows if one.stage == Stage.ADJOURNED]


def is_stale(hearing, now):
    """Was it left open, and is past?"""
    return hearing.ends is not None and (now - hearing.ends).days >= 7


def next_session(hearing, now):
    """The session that is open, or the first that is not over; None where there is none left."""
    ahead = [one for one in hearing.sittings if one.closed_at is None and one.cancelled_at is None]
    ahead.sort(key=lambda one: (not one.is_open, one.ends_at < now, one.starts_at))
    return ahead[0] if ahead else None


def is_cancelled(hearing):
    """Is every session called off?"""
    return bool(hearing.sittings) and all(one.cancelled_at for one in hearing.sittings)


def _comes(hearing, until):
    return hearing.next_session is not None and hearing.next_session.starts_at <= until


def agenda(hearing, now):
    """Every item, with `begins`: when it was taken up, or is likely to be; two queries."""
    items = list(hearing.items.all())
    sessions = {session.pk: session for session in hearing.sittings}
    begins = {} if hearing.ended_at else timing.estimates(hearing.sittings, items, now)
    for item in items:
        item.hearing = hearing
        item.session = sessions.get(item.session_id)
        item.begins = item.opened_at or begins.get(item.pk)
    return items


def notices(hearing):
    """{session id: the last entry that moved or cancelled it since publication}; one query."""
    if not hearing.is_published:
        return {}
    verbs = ("session.rescheduled", "session.cancelled")
    rows = hearing.journal.entries.filter(verb__in=verbs, at__gte=hearing.published_at).order_by("seq")
    return {int(entry.about.rpartition(":")[2]): entry for entry in rows[:MOST_NOTICES]}


def files(member, hearing):
    """The background files: those of the post with which it was published."""
    if hearing.thread_id is None:
        return []
    return list(Attachment.objects.visible_to(member).filter(post__thread=hearing.thread_id, post__number=1)[:FILES])
