"""What the secretariat does for those whom mail does not reach, and what members do for themselves."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import text as texts
from core.access import Refused, require
from journal.models import Audience
from journal.services import record
from notifications import rules, subscriptions
from notifications.bounces import probes, suspension

MOST_NOTE = 2_000  # characters of a note


def try_again(*, by, member):
    """Send a probe now; raises Refused where mail is not suspended. Returns the letter."""
    require(rules.run_desk, by)
    with transaction.atomic():
        profile = subscriptions.profile_of(member, lock=True)
        profile.member = member
        if profile.suspended_at is None:
            raise Refused(_("Mail is sent to %(member)s already.") % {"member": member})
        letter = probes.try_again(profile)
        record("mail.probed", actor=by, about=member, audience=Audience.MODERATORS)
    return letter


def revive(*, by, member):
    """Send mail again without a probe: the secretariat knows that the address works. Returns whether it was needed."""
    require(rules.run_desk, by)
    return suspension.revive(member, why="secretariat", by=by)


def revive_own(*, member):
    """A member who is signed in says that their mailbox works again."""
    return suspension.revive(member, why="self", by=member)


def note(*, by, member, text):
    """Keep a note on how somebody can be reached ("rang on Monday, new address follows"). Returns the entry."""
    require(rules.run_desk, by)
    text = texts.clean_text(text).strip()[:MOST_NOTE]
    if not text:
        raise Refused(_("Write what is to be noted."))
    with transaction.atomic():
        return record("mail.noted", actor=by, about=member, data={"text": text}, audience=Audience.MODERATORS)
