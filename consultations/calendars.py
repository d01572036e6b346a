"""Calendar files (RFC 5545): each phase of a timetable is one entry, and one more says when it closes.

A calendar program that has the file takes a newer one as a change of the same entries: their UID stays, and SEQUENCE
goes up with each notice.
"""

from datetime import UTC

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from core import text as texts


def file_of(consultation):
    """The bytes of the file, in the language that is active; its phases come with their changes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Alphorn//Consultations//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _line(f"{consultation.code} {consultation}"))
    for phase in consultation.timetable:
        calendar.add_component(_entry(consultation, phase))
        calendar.add_component(_deadline(consultation, phase))
    return calendar.to_ical()


def _entry(consultation, phase):
    """The window. It keeps nobody's day busy."""
    event = _event(consultation, phase, "phase")
    event.add("summary", _line(f"{phase}: {consultation}"))
    event.add("dtstart", phase.opens_at.astimezone(UTC))
    event.add("dtend", phase.closes_at.astimezone(UTC))
    return event


def _deadline(consultation, phase):
    event = _event(consultation, phase, "close")
    event.add("summary", _line(_("Closes: %(phase)s") % {"phase": f"{phase}: {consultation}"}))
    event.add("dtstart", phase.closes_at.astimezone(UTC))
    return event


def _event(consultation, phase, kind):
    changes = list(phase.changes.all())
    changed = changes[-1].made_at if changes else consultation.published_at or consultation.created_at
    event = Event()
    event.add("uid", f"{kind}-{phase.pk}@{settings.REPLY_DOMAIN}")
    event.add("dtstamp", changed.astimezone(UTC))
    event.add("last-modified", changed.astimezone(UTC))
    event.add("sequence", len(changes))
    event.add("status", "CONFIRMED" if consultation.is_published else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    event.add("url", f"{settings.SITE_URL}{consultation.get_absolute_url()}")
    event.add("description", "\n".join([_line(consultation.code), *map(_notice, changes)]))
    return event


def _notice(change):
    facts = {"number": change.number, "authority": change.authority, "reason": change.reason}
    return _line(_("Notice %(number)s, by authority of %(authority)s: %(reason)s") % facts)


def _line(text):
    """One line without controls, whatever the text held when it was saved."""
    return texts.clean_line(str(text), 1_000)
