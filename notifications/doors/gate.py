"""Who may come in by which address: asked by every door before it takes a mail.

A private workspace is an address only to those who may see it, or anybody could find out by trying names; whoever else
writes to it hears what they hear of no workspace. A reply address that was revoked, or is long past its time, is none.
"""

from dataclasses import dataclass

from django.db import DatabaseError

from forum.models import Workspace
from forum.models.workspaces import Visibility
from members.models import Member
from notifications import addresses, inbound
from notifications.intake import validity


@dataclass(frozen=True)
class Verdict:
    """What a door answers: `reason` is in English, for the logs of mail servers and whoever reads a bounce.

    is_for_all: every sender would hear the same, so that it may be remembered for a moment.
    """

    is_open: bool
    status: str = ""  # RFC 3463
    reason: str = ""
    is_for_all: bool = True


OPEN = Verdict(True)
UNKNOWN = Verdict(
    False, "5.1.1", "there is no such address here; for those there are, write HELP to help@ the same domain"
)
REVOKED = Verdict(False, "5.7.1", "this answer address is no longer valid; write to the help address")
GONE = Verdict(False, "5.1.6", "this answer address is too old; answer a newer mail")
BY_TOKEN = {validity.VALID: OPEN, validity.EXPIRED: OPEN, validity.REVOKED: REVOKED, validity.GONE: GONE}


def ask(recipient, sender):
    """The verdict on a recipient; raises NotStored when nobody can tell now, so that the mail comes again."""
    address = addresses.parse(recipient)
    if address.kind == "unknown":
        return UNKNOWN
    try:
        if address.kind == "reply":
            return BY_TOKEN[validity.of_code(address.code)]
        # Bounces of letters come for weeks, to members who left as well.
        return _ask_room(address.slug, sender) if address.kind == "workspace" else OPEN
    except DatabaseError as error:
        raise inbound.NotStored(str(error)) from error


def needs_no_database(recipient):
    """The verdict on addresses that can be told by looking at them, else None."""
    kind = addresses.parse(recipient).kind
    return UNKNOWN if kind == "unknown" else OPEN if kind in ("help", "bounce") else None


def _ask_room(slug, sender):
    room = Workspace.objects.filter(slug=slug).first()
    if room is None:
        return Verdict(False, UNKNOWN.status, UNKNOWN.reason, is_for_all=False)  # it may be made in a moment
    if room.visibility != Visibility.PRIVATE:
        return OPEN
    member = Member.objects.by_address(sender) if sender else None
    is_seen = member is not None and Workspace.objects.visible_to(member).filter(pk=room.pk).exists()
    return Verdict(is_seen, UNKNOWN.status, UNKNOWN.reason, is_for_all=False)
