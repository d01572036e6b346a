"""What templates of screens do with the times and clocks of a hearing's state, which are data."""

import json
from datetime import timedelta

from django import template
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format, time_format
from django.utils.safestring import mark_safe

from consultations.hearings.screens import speakers
from members import zones

register = template.Library()
HALF_A_DAY = timedelta(hours=12)


@register.filter
def hour(moment):
    """`11:05` in the zone of the page, of a moment of the state or a datetime, with the weekday where it is half a day
    off, as static/hearing.js has it; "" of none.
    """
    at = parse_datetime(moment) if isinstance(moment, str) else moment
    if not at:
        return ""
    local = timezone.localtime(at)
    day = date_format(local, "D") + " " if abs(local - timezone.now()) > HALF_A_DAY else ""
    return day + time_format(local, "TIME_FORMAT")


@register.filter
def whole(moment):
    """`28 November 2026, 04:49` in the zone of the page, of a moment of the state; "" of none."""
    return date_format(timezone.localtime(parse_datetime(moment)), "DATETIME_FORMAT") if moment else ""


@register.simple_tag
def offset():
    """How far the hours on this page are from UTC."""
    return zones.offset(timezone.localtime())


@register.filter
def left(clock):
    """`2:31`, what is left of a clock of the state; `+0:12` where the speaker is over their time."""
    if not clock:
        return ""
    seconds = speakers.seconds_left(clock)
    return f"{'+' if seconds < 0 else ''}{abs(seconds) // 60}:{abs(seconds) % 60:02}"


@register.simple_tag
def state_json(state):
    """The state for the script of the page, in as few bytes as its scripts take; nothing in it can end the element."""
    text = json.dumps(state, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(text)  # noqa: S308  the three signs that mean something to HTML are escaped above
