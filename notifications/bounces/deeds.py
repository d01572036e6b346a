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
MOST_AT_ONCE = 1_000  # people that are probed with one press
BATCH = 50  # of them in one transaction


def try_again(*, by, member):
    """Send a probe now; raises Refused where mail is not suspended. Returns the letter."""
    require(rules.run_desk, by)
    with transaction.atomic():
        letter = _try_again(by, member)
        if letter is None:
            raise Refused(_("Mail is sent to %(member)s already.") % {"member": member})
    return letter


def try_all_again(*, by, profiles):
    """Send a probe to each of these members, at most a thousand; returns how many."""
    require(rules.run_desk, by)
    members = [profile.member for profile in profiles[:MOST_AT_ONCE]]
    count = 0
    for first in range(0, len(members), BATCH):
        with transaction.atomic():
            count += sum(_try_again(by, member) is not None for member in members[first : first + BATCH])
    return count


def _try_again(by, member):
    """Probe one member; None where mail is sent to them already."""
    profile = subscriptions.profile_of(member, lock=True)
    profile.member = member
    if profile.suspended_at is None:
        return None
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
