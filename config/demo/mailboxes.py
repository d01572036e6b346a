"""How the people of the demo world get mail: their cadences, and how far their last digest reached.

Everyone's last digest is as old as their cadence says, so the next one brings what happened since. Dora's is due now.
"""

from datetime import timedelta

from config.demo import script
from forum.models import Seat
from notifications import schedule, subscriptions
from notifications.models import MailProfile, Subscription
from notifications.models.subscriptions import Cadence

PERIODS = {Cadence.DAILY: timedelta(days=1), Cadence.WEEKLY: timedelta(days=7), Cadence.MONTHLY: timedelta(days=30)}
USUAL = [Cadence.DAILY] * 9 + [Cadence.WEEKLY] * 7 + [Cadence.MONTHLY] * 3 + [Cadence.NONE]
WAITING = "dora"  # her digest is due as soon as the world is loaded
SMALLEST = 10_000  # bytes


class Mailboxes:
    """Gives mail settings to those of the loaded people who have none yet."""

    def __init__(self, loader):
        self.now, self.folk, self.members = loader.now, loader.folk, loader.members
        self.covered = {}

    def set_up(self):
        keys = {member.pk: key for key, member in self.members.items()}
        with_profile = set(MailProfile.objects.filter(member__in=keys).values_list("member_id", flat=True))
        MailProfile.objects.bulk_create(
            [self.profile(key, pk) for pk, key in keys.items() if pk not in with_profile], batch_size=500
        )
        known = set(Subscription.objects.filter(member__in=keys, thread=None).values_list("member_id", "workspace_id"))
        seats = Seat.objects.filter(member__in=keys).select_related("workspace__journal")
        Subscription.objects.bulk_create(
            [
                self.subscription(keys[seat.member_id], seat)
                for seat in seats
                if (seat.member_id, seat.workspace_id) not in known
            ],
            batch_size=500,
        )

    def profile(self, key, pk):
        """Issue and item numbers go on from years of digests, so that they look as they do in real life."""
        member = self.members[key]
        months = 8 + script.chance(key, "issues", below=40)
        profile = MailProfile(member_id=pk, last_issue=months, last_item=10 + 7 * months)
        if key == WAITING:
            local = self.now.astimezone(member.zone)
            profile.hour, profile.weekday, profile.next_issue_at = local.hour, local.weekday(), self.now
            profile.size, profile.last_issue, profile.last_item = SMALLEST, 43, 311
        else:
            profile.hour = 5 + script.chance(key, "hour", below=16)
            profile.weekday = script.chance(key, "weekday", below=7)
            profile.last_day = schedule.day_reached(self.now, hour=profile.hour, zone=member.zone)
            profile.next_issue_at = subscriptions.next_issue_at(profile, member, self.now)
        return profile

    def cadence(self, key):
        return self.folk[key].cadence or USUAL[script.chance(key, "cadence", below=len(USUAL))]

    def subscription(self, key, seat):
        cadence = self.cadence(key)
        return Subscription(
            member_id=seat.member_id,
            workspace=seat.workspace,
            cadence=cadence,
            cursor=self.reached(seat.workspace.journal, PERIODS.get(cadence)),
            changed_at=seat.joined_at,
        )

    def reached(self, journal, period):
        """The last entry a digest of this cadence has told of; looked up once for each room and cadence."""
        if period is None:
            return journal.seq
        if (journal.pk, period) not in self.covered:
            entries = journal.entries.filter(at__lte=self.now - period).order_by("-seq")
            self.covered[journal.pk, period] = entries.values_list("seq", flat=True).first() or 0
        return self.covered[journal.pk, period]
