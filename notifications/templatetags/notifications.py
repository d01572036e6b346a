"""`{% watch workspace %}` and `{% watch thread %}`: how often mail comes about it, and the link that changes it."""

from django import template
from django.urls import reverse

from forum import rules
from forum.models import Thread
from notifications import addresses, subscriptions
from notifications.models.subscriptions import Cadence

register = template.Library()


@register.inclusion_tag("notifications/_watch.html", takes_context=True)
def watch(context, thing):
    """One query, and only for those who have a seat."""
    member = context["user"]
    thread = thing if isinstance(thing, Thread) else None
    room = thread.workspace if thread else thing
    if not member.is_authenticated or room.seat_of(member) is None:
        return {"cadence": ""}
    cadence, _is_own = subscriptions.cadence_of(member, workspace=room, thread=thread)
    if thread:
        url = reverse("notifications:watch_thread", args=[thread.pk])
    else:
        url = reverse("notifications:watch_workspace", args=[room.slug])
    address = addresses.of_workspace(room.slug) if thread is None and rules.start(member, room) else ""
    return {"cadence": Cadence(cadence).label, "url": url, "address": address}
