"""What templates say about consultations: moments with the offset of their zone, and how long until then."""

from django import template
from django.utils import timezone
from django.utils.html import format_html

from consultations.wording import consultations as wording
from consultations.wording import times

register = template.Library()


@register.filter
def exactly(at):
    """A moment in the reader's time zone with its offset from UTC, and exactly for machines."""
    return format_html('<time datetime="{}">{}</time>', at.strftime("%Y-%m-%dT%H:%MZ"), times.moment(at))


@register.filter
def until(at):
    """How long from now: `9 days`."""
    return times.left(at - timezone.now())


@register.filter
def window(phase):
    """When a phase opens or closes, and how long that is from now."""
    return wording.window(phase, timezone.now())
