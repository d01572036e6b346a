"""The digest run: claims the members who are due, batch by batch, and writes their issues.

Memory does not grow with the number of members, nor queries with the number in a batch; any number of workers run
at once; a run that dies goes on where it stopped, for what was written is committed and what was not is still due.
"""

import time
from collections import defaultdict

from django.utils import timezone

from core.work import claim
from notifications import subscriptions
from notifications.digests import sources, write
from notifications.digests.plan import plan
from notifications.models import Answer, MailProfile
from notifications.outbox import pauses

BATCH = 500  # members whose issues are written together
CLAIM_SECONDS = 300
SEATS_EVERY = 1  # seconds between two looks for new seats
LOADED_EVERY = 600  # seconds between two looks for seats without an entry in the journal

_looked = {"seats": -SEATS_EVERY, "loaded": -LOADED_EVERY}


def write_due(should_stop=lambda: False, *, now=None):
    """Write the issues of one batch of members who are due; returns how many members were looked at.

    None is written while sending is paused: afterwards one issue tells what a backlog would have told in parts.
    """
    now = now or timezone.now()
    opened = prepare()
    profiles = [] if pauses.current() else claim_due(now)
    if profiles:
        write_for(profiles, now=now)
    return opened + len(profiles)


def claim_due(now):
    """Claim one batch of the members who are due."""
    waiting = due(now)
    return claim(waiting, limit=BATCH, seconds=CLAIM_SECONDS) if waiting.exists() else []


def write_for(profiles, *, now, everything=False):
    """Write the issues of these members now; returns their letters. `everything`: whatever day and hour it is."""
    batch = plan(profiles, now=now, everything=everything)
    gathered = [source.gather(batch) for source in sources.all_sources()]
    return write.write(batch, gathered, _untold(profiles))


def write_now(member, *, now=None):
    """Write what waits for one member, at once, whatever their hour; returns the letter, or None when nothing waits."""
    prepare(force=True)
    subscriptions.profile_of(member)
    profiles = list(MailProfile.objects.filter(member=member).select_related("member"))
    written = write_for(profiles, now=now or timezone.now(), everything=True)
    return written[0] if written else None


def write_all_now(*, now=None):
    """Write what waits for every member, at once, whatever their hours; returns how many letters that made."""
    prepare(force=True)
    now, count = now or timezone.now(), 0
    everyone = list(MailProfile.objects.filter(member__is_active=True).order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(everyone), BATCH):
        batch = MailProfile.objects.filter(pk__in=everyone[first : first + BATCH]).select_related("member")
        count += len(write_for(claim(batch, limit=BATCH, seconds=CLAIM_SECONDS), now=now, everything=True))
    return count


def due(now):
    """Members whose hour has come, those who wait longest first."""
    return (
        MailProfile.objects.filter(next_issue_at__lte=now, suspended_at=None, member__is_active=True)
        .select_related("member")
        .order_by("next_issue_at")  # by nothing more: at one hour thousands wait, and they would all be sorted
    )


def prepare(*, force=False):
    """See to it that everyone with a seat has a subscription and a profile; returns how much there was to do."""
    opened = 0
    if force or time.monotonic() - _looked["seats"] > SEATS_EVERY:
        opened += subscriptions.open_for_new_seats()
        _looked["seats"] = time.monotonic()
    if force or time.monotonic() - _looked["loaded"] > LOADED_EVERY:
        opened += subscriptions.open_for_loaded_seats()
        subscriptions.put_right()
        _looked["loaded"] = time.monotonic()
    return opened


def _untold(profiles):
    """Answers that neither an issue nor a letter has told of yet, by member."""
    untold = defaultdict(list)
    members = [profile.member_id for profile in profiles]
    waiting = Answer.objects.filter(member__in=members, told_in=None, told_at=None).order_by("pk")
    for answer in waiting.defer("text"):
        untold[answer.member_id].append(answer)
    return untold
