"""Planning: which workspaces and threads each member of a batch reads today, and from where on.

A workspace without a seat is left out, whatever the subscription says: what one may not see any more is not sent.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from forum.models import Workspace
from notifications import readers, schedule
from notifications.digests import sources
from notifications.digests.pieces import Style
from notifications.models import MailProfile, Subscription
from notifications.models.subscriptions import Cadence

DIGESTS = frozenset((Cadence.DAILY, Cadence.WEEKLY, Cadence.MONTHLY))


@dataclass(slots=True)
class Window:
    """What one subscription covers in this issue: entries after `after` up to `up_to` of its room's journal.

    `before`: only what happened before this moment, for a room that has been mailed post by post since.
    """

    row: Subscription
    up_to: int
    before: datetime | None = None

    @property
    def after(self):
        return self.row.cursor

    @property
    def is_whole(self):
        """Whether it covers the room, and not one thread of it."""
        return not self.row.thread_id

    def covers(self, entry):
        """Whether what happened (its `seq` and `at`) is told in this issue."""
        return self.after < entry.seq <= self.up_to and not (self.before and entry.at >= self.before)


@dataclass(slots=True)
class Reader:
    """One member of the batch: who, how they read, and what they read today."""

    profile: MailProfile
    style: Style
    today: date | None  # the local day that is dealt with; None leaves it open
    windows: list[Window] = field(default_factory=list)
    own_threads: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    is_last: bool = False
    hears_receipts: bool = False  # also when nothing new is read today

    @property
    def member(self):
        return self.profile.member


@dataclass
class Batch:
    """Members that are due together, and the rooms they read, each with its journal's head as of now."""

    now: datetime
    readers: list[Reader]
    rooms: dict[int, Workspace]

    @cached_property
    def lowest(self):
        """{room: where its earliest window begins}, of the rooms that somebody reads now."""
        found = {}
        for reader in self.readers:
            for window in reader.windows:
                room = window.row.workspace_id
                found[room] = min(window.after, found.get(room, window.after))
        return found


def plan(profiles, *, now, everything=False):
    """Say what each profile's member reads now. `everything`: whatever the day, all digests (one member's wish)."""
    members, dated = [profile.member_id for profile in profiles], sources.rooms_with_dates(now)
    rows = Subscription.objects.filter(member__in=members)
    by_member = defaultdict(list)
    for row in rows:
        by_member[row.member_id].append(row)
    seated = readers.seated_pairs(members=members, workspaces={row.workspace_id for row in rows})
    rooms = Workspace.objects.select_related("journal").in_bulk({room for _, room in seated})
    planned = [
        _reader(
            profile,
            [row for row in by_member[profile.member_id] if (row.member_id, row.workspace_id) in seated],
            rooms,
            dated,
            now,
            everything,
        )
        for profile in profiles
    ]
    return Batch(now=now, readers=planned, rooms=rooms)


def _reader(profile, rows, rooms, dated, now, everything):
    member = profile.member
    style = Style(member.language, member.zone, html=profile.form == MailProfile.Form.HTML)
    today = schedule.day_reached(now, hour=profile.hour, zone=member.zone)
    reader = Reader(profile, style, today, is_last=profile.stopping)
    if profile.paused_until and profile.paused_until > now and not everything:
        reader.today = None  # what is missed in a pause is due after it
        return reader
    if everything or profile.stopping:
        due = DIGESTS
    else:
        due = schedule.cadences_due(today, last_day=profile.last_day, weekday=profile.weekday)
    # Receipts ride in a digest; whoever reads none gets them on any day.
    reader.hears_receipts = bool(due.intersection(row.cadence for row in rows)) or (
        bool(due) and DIGESTS.isdisjoint(row.cadence for row in rows)
    )
    if everything:
        reader.today = None
    for row in rows:
        if row.thread_id:
            reader.own_threads[row.workspace_id].add(row.thread_id)
        head = rooms[row.workspace_id].journal.seq
        is_dated = row.workspace_id in dated and row.cadence in due
        if not due or (row.cursor >= head and not is_dated):
            continue
        if row.cadence in due:
            reader.windows.append(Window(row, head))
        elif row.cadence == Cadence.EACH:
            reader.windows.append(Window(row, head, before=mailed_since(row, profile)))
    return reader


def mailed_since(row, profile):
    """The moment from which a row of cadence `each` is mailed post by post; what came before is for an issue."""
    return max(row.changed_at, profile.paused_until) if profile.paused_until else row.changed_at
