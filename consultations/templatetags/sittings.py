"""What templates say about sessions and spans: when one is, for the reader and in the room; `3:00`."""

from django import template

from consultations.hearings.wording import hearings as wording

register = template.Library()


@register.filter
def window(session):
    """When a session is, in the reader's time zone."""
    return wording.window(session)


@register.filter
def in_room(session, hearing):
    """The same by the clock of the room, where that shows another time."""
    return wording.in_room(session, hearing)


@register.filter
def span(seconds):
    """Minutes and seconds: `3:00`."""
    return f"{seconds // 60}:{seconds % 60:02}"
