"""Subscriptions: how often a member gets mail about a workspace or a thread, and when digests come.

Whoever takes a seat reads that workspace daily, from the entry that gave them the seat: nothing older is sent, and
nothing newer is lost. Seats that a loader made without an entry are read from the moment they are found.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access import Refused, require
from forum import rules
from forum.models import Seat
from journal.models import Journal
from journal.services import record
from members.models import Member
from notifications import journals, schedule
from notifications.models import MailProfile, Subscription
from notifications.models.subscriptions import Cadence

DIGESTS = (Cadence.DAILY, Cadence.WEEKLY, Cadence.MONTHLY)
READER = "subscriptions"
SETTABLE = ("hour", "weekday", "size", "form", "receipts_at_once")


# -- Deeds -------------------------------------------------------------------------------------------------


def follow(*, member, cadence, workspace=None, thread=None):
    """Set how often a member gets mail about a workspace, or about one thread of it; returns the subscription.

    Needs a seat, but for `none`: mail can always be stopped. Raises Refused otherwise.
    """
    room = thread.workspace if thread else workspace
    with transaction.atomic():
        if cadence not in Cadence.values:
            raise Refused(_("Choose one of: each, daily, weekly, monthly, none."))
        if cadence != Cadence.NONE:
            require(rules.is_seated, member, room)
        profile_of(member)
        row = _row(member, room, thread)
        if row.pk and row.cadence == cadence:
            return row
        if row.cadence not in DIGESTS and cadence in DIGESTS:
            row.cursor = _head(room)  # what passed in the meantime is not sent afterwards
        row.cadence, row.changed_at = cadence, timezone.now()
        row.save()
        data = {"workspace": room.pk, "thread": thread.pk if thread else None, "cadence": cadence}
        record("mail.followed", actor=member, about=member, data=data, audience=member.reference)
    return row


def unfollow(*, member, thread):
    """Read a thread as its workspace is read again."""
    with transaction.atomic():
        rows = Subscription.objects.filter(member=member, thread=thread)
        if rows.delete()[0]:
            data = {"workspace": thread.workspace_id, "thread": thread.pk, "cadence": ""}
            record("mail.followed", actor=member, about=member, data=data, audience=member.reference)


def set_profile(*, member, **fields):
    """Change hour, weekday, size, form or receipts_at_once; the next issue is due accordingly. Returns the profile."""
    with transaction.atomic():
        profile = profile_of(member, lock=True)
        changed = {name: fields[name] for name in SETTABLE if name in fields and getattr(profile, name) != fields[name]}
        for name, value in changed.items():
            setattr(profile, name, value)
        profile.next_issue_at = next_issue_at(profile, member)
        profile.save()
        if changed:
            record("mail.changed", actor=member, about=member, data=changed, audience=member.reference)
    return profile


def keep_the_hour(profile, changed):
    """Whoever is in another time zone now has their next digest at their hour there."""
    if "timezone" in changed and MailProfile.objects.filter(member=profile).exists():
        set_profile(member=profile)


def pause(*, member, until):
    """Send no digests and no letters about posts until a moment; then one issue tells what was missed."""
    with transaction.atomic():
        profile = profile_of(member, lock=True)
        each = Subscription.objects.filter(member=member, cadence=Cadence.EACH).select_related("workspace__journal")
        for row in each:
            row.cursor = row.workspace.journal.seq
        Subscription.objects.bulk_update(each, ["cursor"])
        profile.paused_until = until
        profile.save(update_fields=["paused_until"])
        data = {"until": until.isoformat()}
        record("mail.paused", actor=member, about=member, data=data, audience=member.reference)
    return profile


def resume(*, member):
    """End a pause now: the next issue, with all that was missed, comes at its hour."""
    with transaction.atomic():
        profile = profile_of(member, lock=True)
        if profile.paused_until and profile.paused_until > timezone.now():
            profile.paused_until = timezone.now()
            profile.save(update_fields=["paused_until"])
            record("mail.resumed", actor=member, about=member, audience=member.reference)
    return profile


def stop_digests(*, member):
    """Turn all digests off. What waits is sent in one last issue, so that there is no gap; doing it twice is once."""
    open_for_new_seats()
    with transaction.atomic():
        profile = profile_of(member, lock=True)
        digests = Subscription.objects.filter(member=member, cadence__in=DIGESTS)
        if digests.exists() and not profile.stopping:
            profile.stopping, profile.next_issue_at, profile.paused_until = True, timezone.now(), None
            profile.save(update_fields=["stopping", "next_issue_at", "paused_until"])
            record("mail.stopped", actor=member, about=member, audience=member.reference)
    return profile


def revoke_addresses(*, member):
    """Make every answer address sent so far useless, as after somebody else read the mailbox; returns the profile.

    Letters from now on have new ones. What was posted through the old ones stays.
    """
    with transaction.atomic():
        profile = profile_of(member, lock=True)
        profile.addresses_valid_from = timezone.now()
        profile.save(update_fields=["addresses_valid_from"])
        record("mail.addresses_revoked", actor=member, about=member, audience=member.reference)
    return profile


def profile_of(member, *, lock=False):
    """The member's mail profile, made with the defaults when there is none."""
    profiles = MailProfile.objects.select_for_update(of=("self",)) if lock else MailProfile.objects
    profile = profiles.filter(member=member).first()
    if profile is None:
        new = MailProfile(member=member)
        new.next_issue_at = next_issue_at(new, member)
        MailProfile.objects.bulk_create([new], ignore_conflicts=True)
        profile = profiles.get(member=member)
    return profile


def next_issue_at(profile, member, now=None):
    """When this profile is due next: the member's hour on a day that has had no issue."""
    return schedule.next_after(
        now or timezone.now(), hour=profile.hour, zone=member.zone, last_day=_believable(profile.last_day, now)
    )


def cadence_of(member, *, workspace=None, thread=None):
    """The cadence in force for a workspace or thread, and whether the thread has one of its own; one query."""
    room = thread.workspace_id if thread else workspace.pk
    rows = Subscription.objects.filter(member=member, workspace=room)
    found = {row.thread_id: row.cadence for row in rows if row.thread_id in (None, thread.pk if thread else None)}
    default = found.get(None, Cadence.DAILY)
    return (found.get(thread.pk, default), thread.pk in found) if thread else (default, False)


# -- Those who took a seat ---------------------------------------------------------------------------------


def open_for_new_seats():
    """Give everyone who took a seat a subscription from there on, and a mail profile; returns how many entries."""
    return journals.read_on(READER, _open, limit=1000, journals=200)


def open_for_loaded_seats():
    """The same for seats that were made without an entry in the journal; they are read from now on."""
    rows = Subscription.objects.filter(member=OuterRef("member"), workspace=OuterRef("workspace"), thread=None)
    old = timezone.now() - timedelta(hours=1)  # a younger seat has its entry, which is read first
    found = Seat.objects.filter(~Exists(rows), joined_at__lt=old).select_related("workspace__journal")[:2000]
    seats = list(found)
    _subscribe([(seat.member_id, seat.workspace_id, seat.workspace.journal.seq) for seat in seats])
    return len(seats)


def _open(workspace, entries):
    taken = {entry.data["member"]: entry.seq for entry in entries if entry.verb == "seat.taken" and entry.data}
    if not taken:
        return
    known = Subscription.objects.filter(workspace=workspace, thread=None, member__in=taken)
    seated = set(Seat.objects.filter(workspace=workspace, member__in=taken).values_list("member_id", flat=True))
    returned = []
    for row in known:
        seq = taken.pop(row.member_id)
        if row.cursor < seq:  # left and came back: what was said in between is not sent
            row.cursor = seq
            returned.append(row)
    Subscription.objects.bulk_update(returned, ["cursor"], batch_size=500)
    _subscribe([(member, workspace.pk, seq) for member, seq in taken.items() if member in seated])


def _subscribe(rows):
    """rows: (member id, workspace id, cursor)."""
    if not rows:
        return
    new = [Subscription(member_id=member, workspace_id=room, cursor=seq) for member, room, seq in rows]
    Subscription.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
    without = Member.objects.filter(pk__in={member for member, _, _ in rows}, mail=None).only("timezone")
    profiles = []
    for member in without:
        profile = MailProfile(member=member)
        profile.next_issue_at = next_issue_at(profile, member)
        profiles.append(profile)
    MailProfile.objects.bulk_create(profiles, batch_size=500, ignore_conflicts=True)


# -- Details -----------------------------------------------------------------------------------------------


def _row(member, room, thread):
    """The row of a workspace or thread, locked, or a new one that starts where nothing is lost."""
    rows = Subscription.objects.select_for_update(of=("self",)).filter(member=member, workspace=room)
    row = rows.filter(thread=thread).first()
    if row:
        return row
    of_room = rows.filter(thread=None).first() if thread else None
    reads_digest = of_room is not None and of_room.cadence in DIGESTS
    cursor = of_room.cursor if reads_digest else _head(room)
    cadence = Cadence.DAILY if reads_digest else Cadence.NONE
    return Subscription(member=member, workspace=room, thread=thread, cursor=cursor, cadence=cadence)


def _head(room):
    return Journal.objects.values_list("seq", flat=True).get(pk=room.journal_id)


def _believable(last_day, now=None):
    """A day far ahead comes from a run that pretended another time; it must not keep the real ones back."""
    today = (now or timezone.now()).date()
    return last_day if last_day and last_day <= today + timedelta(days=2) else None


def put_right():
    """Digests that a run in a pretended future has put off come at their hour again."""
    limit = timezone.now() + timedelta(days=3)
    for profile in MailProfile.objects.filter(next_issue_at__gt=limit).select_related("member")[:500]:
        at = next_issue_at(profile, profile.member)
        MailProfile.objects.filter(pk=profile.pk, next_issue_at=profile.next_issue_at).update(next_issue_at=at)
    MailProfile.objects.filter(last_day__gt=limit.date()).update(last_day=None)
