"""What the templates of mails use: a member's own words as a quotation, what runs the other way, labels, hours."""

from django import template
from django.utils.translation import gettext as _

from core import languages, text
from notifications.intake import explaining, told

FIRST_WORDS = 56  # columns

register = template.Library()
register.filter("quoted", explaining.quoted, is_safe=False)
register.filter("apart", languages.apart)


@register.filter
def first_words(value):
    """The beginning of what somebody wrote, on one line."""
    return languages.apart(text.excerpt(value, FIRST_WORDS))


@register.filter
def inset(value):
    """A line below a dash, those that follow it set in as it is."""
    return told.bullet(value)[2:]


@register.filter
def colon(label, value):
    """`Water: weekly digest`, with the colon of the language."""
    return _("%(label)s: %(value)s") % {"label": label, "value": value}


@register.filter
def hour(value):
    """`6:00`"""
    return f"{value}:00"
