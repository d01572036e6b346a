"""When sessions are, said in the reader's time and in that of the room."""

from datetime import timedelta

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from consultations.hearings.words.questions import ASK
from consultations.hearings.words.speakers import FOR, SPEAK
from core import languages
from members import zones

HALF_A_DAY, DAYS = timedelta(hours=12), timedelta(days=6)


def window(session, zone=None):
    """`Friday 20 November 2026, 14:00 to 17:00 (UTC+1)` in the reader's zone, or in another; an end on another day is
    said with its date.
    """
    begins, ends = localtime(session.starts_at, zone), localtime(session.ends_at, zone)
    until = _time(ends) if begins.date() == ends.date() else date_format(ends, "DATETIME_FORMAT")
    facts = {"day": _day(begins), "begins": _time(begins), "ends": until, "zone": zones.offset(begins)}
    return _("%(day)s, %(begins)s to %(ends)s (%(zone)s)") % facts


def hour(at):
    """`11:05` in the zone that is active, with the weekday where it is half a day off, and with the date where the
    weekday alone would be another week's; static/hearing.js has the same.
    """
    local = localtime(at)
    away = abs(local - now())
    day = date_format(local, "SHORT_DATE_FORMAT" if away > DAYS else "D") if away > HALF_A_DAY else ""
    return f"{day} {_time(local)}".strip()


def in_room(session, hearing):
    """The same by the clock of the room; "" where it shows what the reader's does."""
    here, there = localtime(session.starts_at), localtime(session.starts_at, hearing.zone)
    if here.utcoffset() == there.utcoffset():
        return ""
    return _("In the room: %(window)s") % {"window": window(session, hearing.zone)}


def planned(session, times, hearing=None):
    """When a session was to be by an entry of the journal, in the reader's zone, with a hearing also in that of the
    room; "" where the entry does not say.
    """
    starts, ends = (parse_datetime(times.get(name, "")) for name in ("starts", "ends"))
    if not (starts and ends):
        return ""
    then = type(session)(pk=session.pk, starts_at=starts, ends_at=ends)
    return full(then, hearing) if hearing else window(then)


def full(session, hearing):
    """Both in one line, for a mail: first the reader's time, then that of the room where it differs."""
    return " · ".join(filter(None, (window(session), in_room(session, hearing))))


def speak():
    """The word with which one asks for the floor by mail, in the language that is active."""
    return _offered(SPEAK)


def speak_for(organisation):
    """What stands behind that word and the number of the item, of who speaks for an organisation: ` for WWF`."""
    return f" {FOR.get(languages.own_code(get_language()), FOR['en'])} {organisation}" if organisation else ""


def ask():
    """The word with which one asks a question."""
    return _offered(ASK)


def _offered(word):
    return word.offered.get(languages.own_code(get_language()), word.offered["en"])


def _day(at):
    return date_format(at, "DATE_FORMAT")


def _time(at):
    return date_format(at, "TIME_FORMAT")
