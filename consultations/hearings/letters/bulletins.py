"""Bulletins go out when an item is concluded: at once to those who read the room post by post, or took part in the item
by mail; others find them in their digest.

A reader of the journals that comes by itself: an item that was concluded gets its bulletin, and the bulletin that is in
the journal gets its letters. What was done is not done again, whenever a worker died.
"""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from consultations.hearings.models import Bulletin, LiveQuestion, Speaker
from consultations.hearings.services import bulletins
from consultations.hearings.wording import bulletins as wording
from consultations.letters import writing
from consultations.letters.ballots import at_once, everyone
from forum.models.posts import Channel
from members.models import Member
from notifications import journals
from notifications.wrapping import wrap

READER = "bulletins"
NEWS = timedelta(days=3)  # what lies further back (a loaded world) is no news


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
    """One letter for each who reads the room post by post, or took part in the item by mail; its lines are those of the
    bulletin.
    """
    is_news = Q(pk__in=at_once(workspace).values("pk")) | Q(member__in=_took_part(bulletin.item))
    for piece in writing.pieces(everyone(workspace).filter(is_news).select_related("member")):
        writing.many(
            [seat.member for seat in piece],
            lambda member: _words(bulletin, member),
            about=bulletin.item.reference,
            key=f"bulletin:{bulletin.pk}",
            workspace=workspace,
            is_wrapped=True,
        )


def _took_part(item):
    """Those who asked for the floor on it, or asked a question, by mail: for them its end is news."""
    spoke = Speaker.objects.filter(item=item, channel=Channel.MAIL, member__is_active=True).values_list("member")
    asked = LiveQuestion.objects.filter(item=item, channel=Channel.MAIL, author__is_active=True).values_list("author")
    return Member.objects.filter(Q(pk__in=spoke) | Q(pk__in=asked)).values("pk")


def _words(bulletin, member):
    said = wording.lines(bulletin, member.language)
    return said[0], ["\n".join(line for paragraph in said for line in wrap(paragraph))]
