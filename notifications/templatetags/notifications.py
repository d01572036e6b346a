"""What pages of other parts say of mail.

`{% watch workspace %}` and `{% watch thread %}`: how often mail comes about it, and the link that changes it.
`{% unreachable_colleagues mandates %}`: whom of those who speak for an organisation mail does not reach.
"""

from django import template
from django.urls import reverse

from forum import rules
from forum.models import Thread
from notifications import addresses, subscriptions
from notifications.models import MailProfile
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


@register.inclusion_tag("notifications/_unreachable_colleagues.html", takes_context=True)
def unreachable_colleagues(context, mandates):
    """For the secretariat and those who speak for the same organisation; one query."""
    member = context["user"]
    members = [mandate.member_id for mandate in mandates]
    if not member.is_authenticated or not (member.is_secretariat or member.pk in members):
        return {"profiles": []}
    found = MailProfile.objects.filter(member__in=members, suspended_at__isnull=False).select_related("member")
    return {"profiles": found.order_by("suspended_at")}
