"""What templates say about speakers: about when it is their turn, what is left of a shared time."""

from django import template

from consultations.hearings.services import accounts
from consultations.hearings.wording import speakers as wording

register = template.Library()


@register.filter
def turn(at):
    """`14:35 (UTC+1)`, to five minutes, in the reader's zone."""
    return wording.about(at)


@register.filter
def time_left(account):
    """Seconds left of a shared time."""
    return accounts.left(account)


@register.filter
def is_short(account):
    """Is a shared time all but used up?"""
    return accounts.is_short(account)
