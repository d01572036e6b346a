"""Where a mail may belong: the likely places to choose from, and the reading of what somebody typed instead."""

import re

from django.utils.translation import gettext as _

from core.access import Refused
from forum.models import Thread, Workspace
from notifications.intake import cases
from notifications.intake.cases import Case

MOST = 30
_THREAD = re.compile(r"(?:/threads/|thread[ :])(\d{1,15})", re.IGNORECASE)
_NUMBER = re.compile(r"[#№＃]?\s*(\d{1,9})")


def likely(arrival, member):
    """Pairs (reference, name) of what this mail may answer: the items of its digest, then the liveliest threads."""
    found = {}
    if arrival.issue:
        found |= {item.about: f"#{item.number} {item.title}" for item in arrival.issue.items[:MOST]}
    if arrival.letter and arrival.letter.about.partition(":")[0] in ("post", "thread"):
        found.setdefault(
            arrival.letter.about,
            _("what the letter was about: %(subject)s") % {"subject": arrival.letter.shown_subject},
        )
    rooms = Workspace.objects.seated(member)
    threads = Thread.objects.filter(workspace__in=rooms).select_related("workspace").order_by("-last_post_at", "-pk")
    for thread in threads[:MOST]:
        found.setdefault(thread.reference, f"{thread.title} · {thread.workspace.name}")
    for room in rooms[:MOST]:
        found.setdefault(room.reference, _("a new thread in %(room)s") % {"room": room.name})
    return list(found.items())


def read(chosen, typed, member):
    """The reference of the place: what was typed (a number of an item, a thread's address) goes before what was chosen.

    Raises Refused when neither leads anywhere.
    """
    typed = typed.strip()
    if thread := _THREAD.search(typed):
        return f"thread:{thread[1]}"
    if number := _NUMBER.fullmatch(typed):
        item = cases.item(Case(arrival=None, address=None, member=member), number[1])
        if item is None:
            raise Refused(
                _("%(member)s has no item with the number %(number)s.")
                % {
                    "member": member,
                    "number": number[1],
                }
            )
        return item.about
    if typed or not re.fullmatch(r"[a-z]{1,20}:\d{1,15}", chosen):
        raise Refused(_("Choose where it belongs, or write the number of an item or the address of a thread."))
    return chosen
