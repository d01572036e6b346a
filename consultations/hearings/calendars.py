"""The calendar file of a hearing (RFC 5545): each session is one entry, in the time of the room.

A calendar program that has the file takes a newer one as a change of the same entries: their UID stays, and SEQUENCE
goes up with each change. A session that was called off stays in it, as cancelled.
"""

from datetime import UTC, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from core import text as texts

MOST_ITEMS = 40  # that an entry lists
A_DAY = timedelta(days=1)
OFTEN = timedelta(hours=1)  # after which a program that follows the file looks again


def file_of(hearing, items):
    """The bytes of the file, in the language that is active; items: of its agenda, in their order."""
    calendar = Calendar()
    calendar.add("prodid", "-//Alphorn//Hearings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(_line(f"{hearing.code} {hearing}")))
    calendar.add("refresh-interval", OFTEN, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for session in hearing.sittings:
        calendar.add_component(_entry(hearing, session, items))
    if hearing.sittings:
        # Only what the clocks of the room do then: some programs take a longer list of changes for the first of them.
        days = [at.date() for session in hearing.sittings for at in (session.starts_at, session.ends_at)]
        calendar.add_missing_timezones(first_date=min(days) - A_DAY, last_date=max(days) + A_DAY)
    return calendar.to_ical()


def _entry(hearing, session, items):
    event = Event()
    event.add("uid", f"session-{session.pk}@{settings.REPLY_DOMAIN}")
    event.add("dtstamp", session.changed_at.astimezone(UTC))
    event.add("last-modified", session.changed_at.astimezone(UTC))
    event.add("sequence", session.change_count)
    event.add("status", _status(hearing, session))
    named = f"{hearing}: {session}" if len(hearing.sittings) > 1 or session.title else str(hearing)
    if session.cancelled_at:  # Outlook heeds no status
        named = f"{named} ({_('cancelled')})"
        event.add("transp", "TRANSPARENT")
    event.add("summary", _line(named))
    event.add("dtstart", session.starts_at.astimezone(hearing.zone))
    event.add("dtend", session.ends_at.astimezone(hearing.zone))
    event.add("location", _line(hearing.place) if hearing.place else _("Online"))
    event.add("url", f"{settings.SITE_URL}{hearing.get_absolute_url()}")
    here = [item for item in items if item.session_id in (None, session.pk)]
    lines = [hearing.code, *(f"{item.label}. {item}" for item in here[:MOST_ITEMS])]
    event.add("description", "\n".join(map(_line, lines)))
    return event


def _status(hearing, session):
    if session.cancelled_at:
        return "CANCELLED"
    return "CONFIRMED" if hearing.is_published else "TENTATIVE"


def _line(text):
    """One line without controls, whatever the text held when it was saved."""
    return texts.clean_line(str(text), 1_000)
