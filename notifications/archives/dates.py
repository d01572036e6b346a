"""When a mail was sent, although its Date field may be missing, unreadable, or of the wrong century.

A Date is believed when it is possible and the mail was not received before it. Otherwise the year is mended where the
fault is a known one, then the first line a server of ours wrote (Received) speaks, then the mbox's own "From " line.
"""

import datetime
import re
from dataclasses import dataclass

from notifications.reading import headers

DAY = 86_400
EARLIEST = int(datetime.datetime(1971, 1, 2, tzinfo=datetime.UTC).timestamp())  # before it: a clock at zero
DOS_CLOCK = int(datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC).timestamp())  # where one without a battery starts
MOST_AHEAD = 3 * DAY  # of the moment at which the mail was received
MOST_BEHIND = 365 * DAY

MONTHS = (
    "jan|janv|ene|gen|янв feb|fév|fev|févr|фев mar|mär|mrz|mars|mrt|мар apr|avr|abr|апр may|mai|maj|mei|mag|май "
    "jun|juin|giu|июн jul|juil|lug|июл aug|août|aout|ago|авг sep|sept|set|сен oct|okt|ott|out|окт nov|ноя "
    "dec|déc|dez|dic|дек"
).split()
MONTH = {name: number for number, names in enumerate(MONTHS, 1) for name in names.split("|")}
CLOCK = r"(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(?:[:.](?P<second>[0-9]{2}))?"
ZONE = r"(?:\s{0,3}(?P<zone>[+-][0-9]{4})|\s{0,3}(?P<name>[A-Z]{1,5}))?"
DAY_MONTH_YEAR = re.compile(
    rf"(?P<day>[0-9]{{1,2}})[\s.\-/]{{1,3}}(?P<month>[^\W\d_]{{3,9}})\.?[\s.\-/]{{1,3}}(?P<year>[0-9]{{2,5}})[\s,]{{1,3}}{CLOCK}{ZONE}"
)
ASCTIME = re.compile(
    rf"(?P<month>[^\W\d_]{{3,9}})\s{{1,3}}(?P<day>[0-9]{{1,2}}),?\s{{1,3}}{CLOCK}{ZONE}\s{{1,3}}(?P<year>[0-9]{{4,5}})(?:\s(?P<zone2>[+-][0-9]{{4}}))?"
)
ISO = re.compile(
    rf"(?P<year>[0-9]{{4}})[\-/](?P<month>[0-9]{{2}})[\-/](?P<day>[0-9]{{2}})(?:[T\s]{{1,2}}{CLOCK}{ZONE})?"
)


LONG_YEAR = re.compile(rb"\b191[0-9]{2}\b")


@dataclass(frozen=True)
class Sent:
    """Seconds since 1970, or None when nothing tells; `note` says what was mended."""

    at: int | None
    note: str = ""


def sent(mail, envelope, *, now):
    """When a mail was sent. `mail` has its header fields, `envelope` is its "From " line, `now` is in seconds."""
    written = mail.raw("date")
    told, is_mended = _read(written)
    journey = [value for name, value in mail.fields if name == "received"]
    # The newest stands first and the oldest last; those between them tell nothing more.
    stops = map(_received, journey if len(journey) < 3 else [journey[0], journey[-1]])
    received = [at for at in stops if at is not None and _is_possible(at, now)]
    if told is not None and _is_possible(told, now) and _agrees(told, received):
        return Sent(told, "its year was mended" if is_mended else "")
    reason = "it had no date" if not written else f"its date was {'unreadable' if told is None else 'wrong'}"
    if received:
        return Sent(received[0], f"{reason}; that of its arrival was taken")
    on_envelope, _is_mended = _read(envelope)
    if on_envelope is not None and _is_possible(on_envelope, now):
        return Sent(on_envelope, f"{reason}; that of its “From ” line was taken")
    return Sent(None, reason)


def _is_possible(at, now):
    return EARLIEST <= at <= now + MOST_AHEAD and not 0 <= at - DOS_CLOCK < DAY


def _agrees(told, received):
    """No mail arrives before it is sent; and one that took a year was written on a clock that ran wrong."""
    if not received:
        return True
    if told > received[0] + MOST_AHEAD:
        return False
    # A single line may be from when the archive itself was moved; several that agree are the mail's own journey.
    first, last = min(received), max(received)
    return told > first - MOST_BEHIND or len(received) < 2 or last - first > 7 * DAY


def _received(value):
    value = bytes(value)
    return _read(value.rpartition(b";")[2] or value)[0]


def _read(value):
    """(seconds since 1970 or None, was the year mended) of a field's bytes."""
    if not value:
        return None, False
    moment = None if LONG_YEAR.search(value) else headers.date(value)
    if moment is not None and 200 <= moment.year < 3800:
        return int(moment.timestamp()), False
    line = headers.text(value)[:300]
    for pattern in (DAY_MONTH_YEAR, ASCTIME, ISO):
        if (match := pattern.search(line)) and (found := _moment(match.groupdict())):
            return found
    return None, False


def _moment(part):
    month = MONTH.get(part["month"][:4].lower()) or MONTH.get(part["month"][:3].lower())
    if part["month"].isdecimal():
        month = int(part["month"])
    year, is_mended = _year(int(part["year"]))
    try:
        moment = datetime.datetime(
            year,
            month or 0,
            int(part["day"]),
            int(part["hour"] or 0),
            int(part["minute"] or 0),
            min(59, int(part["second"] or 0)),
            tzinfo=datetime.UTC,
        )
        return int(moment.timestamp()) - _offset(part.get("zone") or part.get("zone2")), is_mended
    except (ValueError, OverflowError):
        return None


def _year(year):
    """(the year meant, was it mended): 99 is 1999; programs of 1999 wrote 2001 as 101, as 19101, or as 3901."""
    if year < 100:
        return (1900 if year > 68 else 2000) + year, False  # RFC 5322 section 4.3
    if year < 200:
        return 1900 + year, True
    if 19_100 <= year < 19_200:
        return year - 17_100, True
    if 3_800 < year < 4_000:
        return year - 1_900, True
    return year, False


def _offset(zone):
    """Seconds east of Greenwich; 0 for what no clock on earth shows."""
    if not zone:
        return 0
    hours, minutes = int(zone[1:3]), int(zone[3:5])
    if hours > 14 or minutes > 59:
        return 0
    return (hours * 3600 + minutes * 60) * (-1 if zone[0] == "-" else 1)
