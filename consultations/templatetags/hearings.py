"""What templates of screens do with the times and clocks of a hearing's state, which are data."""

import json

from django import template
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.safestring import mark_safe

from consultations.hearings.screens import speakers
from consultations.hearings.wording import hearings as wording
from consultations.wording import times
from members import zones

register = template.Library()


@register.filter
def hour(moment):
    """`11:05` in the zone of the page, of a moment of the state or a datetime, with its day where that is needed; "" of
    none.
    """
    return wording.hour(at) if (at := _at(moment)) else ""


@register.filter
def offset(moment):
    """` (UTC+5:45)`: how far an hour of the page is from UTC at that moment; "" of none."""
    return f" ({zones.offset(timezone.localtime(at))})" if (at := _at(moment)) else ""


@register.filter
def whole(moment):
    """`28 November 2026, 04:49 (UTC+5:45)` in the zone of the page, of a moment of the state; "" of none."""
    return times.moment(at) if (at := _at(moment)) else ""


def _at(moment):
    return parse_datetime(moment) if isinstance(moment, str) else moment


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
