"""A hearing and items of its agenda by their references: `GET ALP/2026/H2` brings the concept note with its sessions
and the agenda, `GET ALP/2026/H2 3` an item.
"""

import re

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.hearings import glance
from consultations.hearings.models import Hearing
from consultations.hearings.wording import agenda, speakers
from consultations.hearings.wording import hearings as wording
from consultations.wording.lines import on_the_web, text_of
from core.languages import apart
from notifications import references
from notifications.digests import prose

_REFERENCE = re.compile(r"([^/\s]+)/(\d{4})/H(\d{1,5})(?:[ /](\d{1,3}(?:\.\d{1,3}){0,2}))?")


def look(member, reference):
    """What `ALP/2026/H2` or `ALP/2026/H2 3.1` names for this member."""
    match = _REFERENCE.fullmatch(reference)
    if match is None or match[1] != settings.REFERENCE_PREFIX.upper():
        return ""
    hearing = Hearing.objects.visible_to(member).filter(year=int(match[2]), number=int(match[3])).first()
    if hearing is None:
        return ""
    found = hearing.items.filter(label=match[4]).first() if match[4] else hearing
    return found.reference if found else ""


def tell_hearing(_member, hearing):
    """(title, text): when and where it is, the concept note, the agenda, how to take part."""
    said, now = hearing.worded(), timezone.now()
    items = glance.agenda(hearing, now)
    parts = [
        f"{hearing.code}  {prose.title(said.title)}\n{hearing.stage.label}",
        "\n".join(filter(None, [*agenda.sessions(hearing), agenda.place(hearing)])),
        text_of(said),
        "\n".join([_("Agenda"), *agenda.lines(items)]),
        agenda.how(hearing, items, now),
        _("An item by mail: %(get)s") % {"get": apart(f"GET {hearing.code} {items[0].label}")} if items else "",
        on_the_web(hearing.get_absolute_url()),
    ]
    return hearing.code, "\n\n".join(part for part in parts if part)


def tell_item(_member, item):
    """(title, text): the words of an item, how far it is, and how to ask for the floor on it."""
    said, now = item.worded(), timezone.now()
    hearing = item.hearing
    parts = [
        f"{hearing.code} {item.label}  {prose.title(said.title)}\n{item.state.label}",
        wording.full(item.session, hearing) if item.session_id else "",
        text_of(said),
        speakers.listed(item),
        agenda.how(hearing, [item], now),
        on_the_web(item.get_absolute_url()),
    ]
    return f"{hearing.code} {item.label}", "\n\n".join(part for part in parts if part)


def register():
    """Called once, when the app is ready."""
    references.register(look)
