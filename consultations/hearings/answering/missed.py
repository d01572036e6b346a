"""MISSED SINCE 11:05 by mail: what happened since then comes back as a mail that can be answered as the item can."""

from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.hearings import missed
from consultations.hearings.answering import items
from consultations.hearings.words import missed as words
from core.access import Refused
from notifications import answers, letters


def take(member, item, order, said):
    """The hours are those of the writer. Without one, since the item was taken up; where it was not, the last hour."""
    asked, zone = words.since(order.text), member.zone
    at = missed.moment(item.hearing, asked, zone=zone) or (
        None if asked else item.opened_at or timezone.now() - missed.BEFORE
    )
    if at is None:
        raise Refused(_("Say since when as 11:05, or with the number of an item."), text=said.text)
    text = missed.since(item.hearing, at, member.language, zone=zone)
    letters.compose(
        member=member,
        subject=text.split("\n\n")[0].replace("\n", " "),
        text=text,
        is_wrapped=True,
        about=item.reference,
        workspace=item.hearing.workspace,
        shows=[item.reference],
        key=f"missed:{said.key}" if said.key else None,
    )
    return answers.Taken(item.reference, note=_("what happened since then comes in a mail of its own"), is_soon=False)


def register():
    """Called once, when the app is ready."""
    items.register_word(words.MISSED, take)
