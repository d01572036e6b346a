"""Suspension: no mail goes to an address from which too much came back, until somebody is heard from there again.

What waited is not sent later one by one. Digests and letters about posts are withdrawn and the reader's cursors go
back to the first of those that never arrived, so that one issue tells it all after the revival. Notices and answers
are held back and leave then.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from journal.models import Audience, Cursor, Entry
from journal.services import record
from notifications import journals, subscriptions
from notifications.models import Bounce, Issue, Letter, MailProfile, Subscription
from notifications.models.subscriptions import Cadence

FIRST_PROBE = timedelta(days=3)
HELD_BACK = gettext_noop(
    "held back: no mail can be delivered to this address"
)  # kept on the letter; leaves after the revival
MOST_HELD_BACK = 20  # notices and answers that leave after a revival, the newest
KEPT = timedelta(days=30)  # for how long a notice is worth leaving late
LONG_AGO = timedelta(days=32)  # so that weekly and monthly readers have their catch-up at once too
SHOWN = ("post.opened", "post.replied", "post.approved", "post.restored")
_ONE_BY_ONE = (Letter.Kind.NOTICE, Letter.Kind.ANSWER)


def suspend(profile, bounce):
    """Suspend a member's address because of one bounce too many; the profile is locked by whoever calls."""
    member, now = profile.member, timezone.now()
    profile.suspended_at, profile.suspended_address, profile.suspended_for = now, member.email, bounce.reason
    profile.next_probe_at, profile.probes = now + FIRST_PROBE, 0
    profile.save(
        update_fields=["suspended_at", "suspended_address", "suspended_for", "next_probe_at", "probes"],
    )
    _step_over_single_letters(member)
    waiting = Letter.objects.filter(member=member, recipient=member.email, state=Letter.State.QUEUED).defer("stored")
    turn_back(member.pk, Letter.objects.filter(bounce__in=_counted(profile)).defer("stored"))
    hold_back(waiting)
    data = {"status": bounce.status, "is_hard": bounce.is_hard}
    record("mail.suspended", about=member, data=data, audience=Audience.MODERATORS)


def hold_back(waiting):
    """Take letters to suspended addresses out of the queue; the next issue of each member tells what was in them."""
    waiting = [letter for letter in waiting if not is_probe(letter)]
    with transaction.atomic():
        for member in {letter.member_id for letter in waiting}:
            turn_back(member, [letter for letter in waiting if letter.member_id == member])
        found = Letter.objects.filter(pk__in=[letter.pk for letter in waiting])
        found.update(state=Letter.State.WITHDRAWN, last_error=HELD_BACK, claimed_until=None)


def held_back(batch):
    """The ids of those letters of a batch that go to a suspended address. Sign-in codes go to no member, but to it."""
    members = {letter.member_id for letter in batch if letter.member_id}
    suspended = dict(
        MailProfile.objects.filter(member__in=members, suspended_at__isnull=False).values_list(
            "member", "suspended_address"
        )
    )
    return {
        letter.pk
        for letter in batch
        if suspended.get(letter.member_id) == letter.recipient.lower() and not is_probe(letter)
    }


def is_probe(letter):
    """Is this the letter that asks whether somebody is there?"""
    return (letter.key or "").startswith("probe:")


def revive(member, *, why, by=None):
    """Send mail to a member again, first one issue with all that was missed; returns whether there was need to.

    why: wrote, signed_in, address, probe, secretariat, self. A reviver may be named.
    """
    with transaction.atomic():
        profile = subscriptions.profile_of(member, lock=True)
        if profile.suspended_at is None:
            return False
        profile.member, now = member, timezone.now()
        # As after a pause: what happened until now is told by the issue, what comes from now on as the member chose.
        profile.paused_until = max(filter(None, (profile.paused_until, now)))
        profile.suspended_at = profile.next_probe_at = None
        profile.suspended_address = profile.suspended_for = ""
        profile.probes, profile.revived_at = 0, now
        profile.next_issue_at = now
        profile.last_day = (now - LONG_AGO).date()
        profile.save()
        _let_go(member)
        record("mail.revived", actor=by, about=member, data={"why": why}, audience=Audience.MODERATORS)
    return True


def _let_go(member):
    """The newest notices and answers that were held back leave, to the address that is theirs now."""
    held = Letter.objects.filter(member=member, state=Letter.State.WITHDRAWN, last_error=HELD_BACK)
    held = held.filter(kind__in=_ONE_BY_ONE, created_at__gt=timezone.now() - KEPT, recipient=member.email)
    chosen = list(held.order_by("-pk").values_list("pk", flat=True)[:MOST_HELD_BACK])
    state = {"state": Letter.State.QUEUED, "last_error": "", "due_at": timezone.now(), "tried_at": None, "attempts": 0}
    Letter.objects.filter(pk__in=chosen).update(**state)


# -- What never arrived ----------------------------------------------------------------------------------------


def _counted(profile):
    rows = Bounce.objects.filter(member=profile.member_id, address=profile.member.email)
    rows = rows.filter(at__gt=timezone.now() - KEPT)
    return rows.filter(at__gt=profile.revived_at) if profile.revived_at else rows


def _step_over_single_letters(member):
    """What was mailed post by post until now, and arrived, is not told again; what was not mailed yet is."""
    each = Subscription.objects.filter(member=member, cadence=Cadence.EACH).select_related("workspace")
    read_to = dict(
        Cursor.objects.filter(
            reader=journals.LETTERS, journal__in=[row.workspace.journal_id for row in each]
        ).values_list("journal", "seq")
    )
    for row in each:
        row.cursor = max(row.cursor, read_to.get(row.workspace.journal_id, 0))
    Subscription.objects.bulk_update(each, ["cursor"])


def turn_back(member, lost):
    """Put a member's cursors back before the first of these letters, so that the next issue tells what was in them."""
    lost = list(lost)
    # One with a key was asked for again; it is told by no other issue.
    told = {letter.issue_id for letter in lost if letter.issue_id and letter.key is None}
    issues = Issue.objects.filter(pk__in=told)
    for issue in issues:
        for room, (after, _up_to) in issue.cursors.items():
            rows = Subscription.objects.filter(member=member, workspace=int(room), cursor__gt=after)
            rows.filter(Q(thread=None) | Q(changed_at__lt=issue.created_at)).update(cursor=after)
        issue.receipts.update(told_in=None, told_at=None)
    posts = [letter.about for letter in lost if letter.kind == Letter.Kind.POST and letter.about.startswith("post:")]
    for journal, seq in Entry.objects.filter(about__in=posts, verb__in=SHOWN).values_list("journal", "seq"):
        rows = Subscription.objects.filter(member=member, workspace__journal=journal, cursor__gte=seq)
        rows.update(cursor=seq - 1)


def put_right():
    """Revive members whose primary address was changed by whatever way; returns how many."""
    moved = MailProfile.objects.filter(suspended_at__isnull=False).exclude(suspended_address=F("member__email"))
    return sum(revive(profile.member, why="address") for profile in moved.select_related("member")[:100])
