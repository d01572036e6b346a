"""Who may prepare a hearing, preside over it, and follow it."""

from django.utils.translation import gettext as _

from consultations.hearings.models import Officer
from core.access import No
from forum import rules


def prepare(member, thing=None):
    """The secretariat convenes hearings, for each owns a room; chair and secretaries do the rest."""
    return rules.create_workspace(member)


def preside(member, hearing):
    """Chair and secretaries, who are the moderators of the room, also look when all is over."""
    return rules.moderate(member, hearing.workspace)


def change(member, hearing):
    """They change agenda and rules until the hearing has ended."""
    return preside(member, hearing) and (
        hearing.ended_at is None or No(_("This hearing is over. What was done stands in its record."))
    )


def conduct(member, hearing):
    """Give the floor, open items, put to the vote: once it is published and until it has ended."""
    return change(member, hearing) and (
        hearing.is_published or No(_("This hearing is not published yet. Publish it first."))
    )


def publish(member, hearing):
    return change(member, hearing) and (not hearing.is_published or No(_("This hearing is published already.")))


def take_notes(member, hearing):
    """Chair and secretaries, and note-takers as long as they have a seat, be it for reading only."""
    if (
        hearing.workspace.seat_of(member)
        and hearing.officers.filter(member=member, role=Officer.Role.NOTE_TAKER).exists()
    ):
        return True
    return preside(member, hearing)
