"""Bulletins go out when an item is concluded: at once to those who read the room post by post; others find them in
their digest.

A reader of the journals that comes by itself: an item that was concluded gets its bulletin, and the bulletin that is in
the journal gets its letters. What was done is not done again, whenever a worker died.
"""

import logging
from datetime import timedelta

from django.utils import timezone

from consultations.hearings.models import Bulletin
from consultations.hearings.services import bulletins
from consultations.letters.ballots import at_once
from core.languages import speaking
from notifications import journals, letters, outbox
from notifications.models import Letter
from notifications.wrapping import wrap

logger = logging.getLogger(__name__)
READER = "bulletins"
NEWS = timedelta(days=3)  # what lies further back (a loaded world) is no news
MEMBERS = 200  # letters written in one piece


def write_due(should_stop=lambda: False):
    """Write the bulletins and letters that new entries ask for; returns how many entries were read."""
    return journals.read_on(READER, _handle, limit=200)


def _handle(workspace, entries):
    for entry in entries:
        if timezone.now() - entry.at >= NEWS:
            continue
        if entry.verb == "item.closed":
            bulletins.write(entry)
        elif entry.verb == "bulletin.sent":
            bulletin = Bulletin.objects.select_related("hearing__workspace__journal", "item").get(pk=entry.about_id)
            _send(bulletin, workspace)


def _send(bulletin, workspace):
    """One letter for each of these seats; one that no mail header can address does not keep the others back."""
    seats = at_once(workspace).select_related("member").order_by("pk")
    last = 0
    while chunk := list(seats.filter(pk__gt=last)[:MEMBERS]):
        drafts = []
        for seat in chunk:
            with speaking(seat.member.language):
                try:
                    drafts.append(_draft(bulletin, workspace, seat.member))
                except ValueError:
                    logger.warning("Bulletin %s cannot be written to member %s", bulletin.pk, seat.member_id)
        outbox.deliver_all(drafts)
        last = chunk[-1].pk


def _draft(bulletin, workspace, member):
    said = bulletin.lines(member.language)
    return letters.draft(
        member=member,
        subject=said[0],
        text="\n".join(line for paragraph in said for line in wrap(paragraph)),
        is_wrapped=True,
        priority=Letter.Priority.SOON,
        about=bulletin.item.reference,
        workspace=workspace,
        shows=[bulletin.item.reference],
        key=f"bulletin:{bulletin.pk}:{member.pk}",
    )
