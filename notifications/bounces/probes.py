"""Probes: 3, 7 and 14 days after a suspension one small letter asks whether somebody is there.

A probe that comes back leaves the address suspended until the next; after the third it stays so until its owner
writes or signs in, or the secretariat presses "Try again". A probe that was taken and has not come back within three
days revives the address, with no points: reports that come at all come within that time, and where a server says that
it is still trying, three more days are waited. Should the mailbox be dead nevertheless, the next letters bounce too.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from core import work
from core.languages import speaking
from notifications import letters
from notifications.bounces import suspension
from notifications.intake import explaining
from notifications.models import Bounce, Letter, MailProfile

DAYS = (3, 7, 14)  # after the suspension
SILENCE = timedelta(days=3)  # after which a probe counts as delivered
BATCH = 50
CLAIM_SECONDS = 60


def look(should_stop=lambda: False):
    """Send the probes that are due and revive those whose probe did not come back; returns how many were looked at."""
    moved = suspension.put_right()
    due = MailProfile.objects.filter(
        suspended_at__isnull=False, next_probe_at__lte=timezone.now(), member__is_active=True
    )
    due = due.select_related("member").order_by("next_probe_at")
    if not due.exists():
        return moved
    claimed = work.claim(due, limit=BATCH, seconds=CLAIM_SECONDS)
    for profile in claimed:
        _look_at(profile)
        work.release(profile)
    return moved + len(claimed)


def _look_at(claimed):
    with transaction.atomic():
        profile = MailProfile.objects.select_for_update(of=("self",)).select_related("member").get(pk=claimed.pk)
        if profile.suspended_at is None:
            return
        last = _last(profile)
        if last and last.state in (Letter.State.QUEUED, Letter.State.SENDING):
            _wait(profile, timezone.now() + SILENCE)  # it has not left yet
        elif last and last.state == Letter.State.SENT and not Bounce.objects.filter(letter=last).exists():
            suspension.revive(profile.member, why="probe")
        elif profile.probes < len(DAYS):
            send(profile)
        else:
            _wait(profile, None)


def send(profile):
    """Write one probe; the profile is locked by whoever calls. Returns the letter."""
    member = profile.member
    subject, text = explaining.render("probe", {"since": profile.suspended_at}, member)
    with speaking(member.language):
        letter = letters.compose(
            member=member,
            subject=subject,
            text=text,
            kind=Letter.Kind.NOTICE,
            priority=Letter.Priority.SOON,
            key=f"{_prefix(profile)}{profile.probes + 1}",
        )
    profile.probes += 1
    _wait(profile, timezone.now() + SILENCE)
    return letter


def try_again(profile):
    """Probe now, whatever the plan says; the profile is locked by whoever calls."""
    last = _last(profile)
    if last and last.state in (Letter.State.QUEUED, Letter.State.SENDING):
        return last
    return send(profile)


def came_back(profile, letter):
    """A letter to a suspended address came back: if it was a probe, the next is due on its day, if there is one."""
    if (letter.key or "") != f"{_prefix(profile)}{profile.probes}":
        return
    days = DAYS[profile.probes] if profile.probes < len(DAYS) else None
    _wait(profile, max(profile.suspended_at + timedelta(days=days), timezone.now()) if days else None)


def is_late(letter):
    """A server says that it still tries to deliver a letter: the verdict on a probe waits for it."""
    if suspension.is_probe(letter):
        profiles = MailProfile.objects.filter(member=letter.member_id, suspended_at__isnull=False)
        profiles.exclude(next_probe_at=None).update(next_probe_at=timezone.now() + SILENCE)


def _prefix(profile):
    return f"probe:{profile.member_id}:{profile.suspended_at:%Y%m%d%H%M%S}:"


def _last(profile):
    if not profile.probes:
        return None
    return Letter.objects.filter(key=f"{_prefix(profile)}{profile.probes}").defer("stored").first()


def _wait(profile, until):
    profile.next_probe_at = until
    profile.save(update_fields=["next_probe_at", "probes"])
