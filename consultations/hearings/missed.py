"""What did I miss? The lines of the journal since a moment, by item of the agenda, what was decided before all else.

On a page, and as the text of a mail. Nobody is told what they could not have heard: only what is for everyone.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.hearings.models import Item, Motion
from consultations.hearings.wording import bulletins as wording
from consultations.hearings.wording import hearings as of_hearings
from core.languages import speaking
from journal import verbs
from journal.models import Audience, Entry
from members import zones
from notifications.digests import prose
from notifications.wrapping import wrap

MOST = 40  # lines
BEFORE = timedelta(hours=1)  # where nobody says since when
LOOKED_AT = 400  # entries
EARLIEST, LATEST = 1970, 9000  # years; beyond them no zone can be reckoned with
DECISIONS = ("ballot.counted", "ballot.annulled", "point.ruled")
TOLD = (
    *DECISIONS,
    *("hearing.ended", "session.opened", "session.closed", "item.opened", "item.closed"),
    *("list.opened", "list.closed", "floor.given", "point.raised", "point.appealed"),
    *("motion.moved", "motion.opened", "motion.withdrawn", "motion.ruled_out", "asked.taken", "asked.answered"),
    *("desk.published", "record.published", "record.finalised"),
)
_HOUR = re.compile(r"(\d{1,2})[:.hH時时](\d{2})")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,2}")


@dataclass
class Line:
    """One entry as it is told; url: where more of it stands, if there is such a page."""

    at: datetime
    said: str
    url: str = ""


@dataclass
class Group:
    """What happened while an item was before the hearing, in order; item None: while none was."""

    item: Item | None
    lines: list = field(default_factory=list)


@dataclass
class Missed:
    """decisions: the newest first; groups: that of the newest item first; left_out: lines there was no room for."""

    since: datetime
    decisions: list
    groups: list
    left_out: int = 0


def moment(hearing, said, now=None, zone=None):
    """When somebody means by `11:05` (today, or on the day when the hearing ended; of an hour still to come that of the
    day before), by a moment in ISO, or by the number of an item (when it was taken up); None where they mean nothing we
    know. zone: whose clock, that of the room if none is named.
    """
    zone = zone or hearing.zone
    said, now = (said or "").strip()[:40], now or hearing.ended_at or timezone.now()
    if found := _HOUR.fullmatch(said):
        hour, minute = int(found[1]), int(found[2])
        if hour > 23 or minute > 59:
            return None
        there = now.astimezone(zone)
        at = there.replace(hour=hour, minute=minute, second=0, microsecond=0)
        return at if at <= there else at - timedelta(days=1)
    if _NUMBER.fullmatch(said):
        item = hearing.items.filter(label=said).first()
        return item.opened_at if item else None
    try:
        at = parse_datetime(said)
    except ValueError:
        return None
    if at is None or not EARLIEST <= at.year <= LATEST:
        return None
    return at if at.tzinfo else at.replace(tzinfo=zone)


def beginning(hearing):
    """From when on one is told who names no hour: since the item before the hearing was taken up, else since its last
    session began; of one that did not begin, the last hour.
    """
    item = hearing.current_item
    opened = [session.opened_at for session in hearing.sittings if session.opened_at]
    return (item and item.opened_at) or max(opened, default=timezone.now() - BEFORE)


def gather(hearing, at, *, most=MOST):
    """What everyone was told since then, in the language that is active: Missed. Some five queries."""
    rows = Entry.objects.filter(journal=hearing.journal, audience=Audience.EVERYONE, verb__in=TOLD, at__gte=at)
    entries = list(rows.order_by("-seq")[: LOOKED_AT + 1])
    left_out = max(0, len(entries) - most)
    entries = entries[:most]
    motions = _motions(hearing, entries)
    missed = Missed(at, [], [], left_out)
    for entry, item in _placed(hearing, entries):
        line = _line(entry, motions.get(entry.about))
        if entry.verb in DECISIONS:
            missed.decisions.append(line)
            continue
        if not missed.groups or missed.groups[-1].item != item:
            missed.groups.append(Group(item))
        missed.groups[-1].lines.append(line)
    return missed


def since(hearing, at, language, budget=8_000, zone=None):
    """The same as the text of a mail, in a language of ours, of so many bytes at most; by the clock of a zone."""
    with speaking(language), timezone.override(zone or hearing.zone):
        missed = gather(hearing, at)
        blocks = list(_blocks(hearing, missed))
        kept, room = [], budget - 200
        for place, block in enumerate(blocks):
            room -= len(block.encode()) + 4
            if room < 0:
                missed.left_out += sum(one.count("\n") + 1 for one in blocks[place:])
                break
            kept.append(block)
        if missed.left_out:
            kept.append(
                ngettext("%(count)s line more: %(url)s", "%(count)s lines more: %(url)s", missed.left_out)
                % {"count": missed.left_out, "url": f"{settings.SITE_URL}{hearing.get_absolute_url()}"}
            )
        return "\n\n".join(kept)


def head(hearing, missed):
    """`What you missed of ALP/2026/H2 since 11:05 (UTC+3)`."""
    at = timezone.localtime(missed.since)
    facts = {"code": hearing.code, "time": of_hearings.hour(at), "zone": zones.offset(at)}
    return _("What happened in %(code)s since %(time)s (%(zone)s)") % facts


def _blocks(hearing, missed):
    """Paragraphs of the mail: the heading, the decisions, then each item with its lines."""
    yield "\n".join(wrap(head(hearing, missed)))
    if not missed.decisions and not missed.groups:
        yield _("Nothing.")
    if missed.decisions:
        yield _lines(_("Decided:"), missed.decisions)
    for group in missed.groups:
        title = f"{group.item.label}. {prose.title(str(group.item))}" if group.item else _("Between items:")
        yield _lines(title, group.lines)


def _lines(title, lines):
    told = wrap(title)
    for line in lines:
        told += wrap(f"{of_hearings.hour(line.at)} {line.said}")
        if line.url:
            told.append(f"  {settings.SITE_URL}{line.url}")
    return "\n".join(told)


def _placed(hearing, entries):
    """Each entry with the item that was before the hearing then, from the entries that opened and closed items."""
    if not entries:
        return
    turns = Entry.objects.filter(
        journal=hearing.journal, verb__in=("item.opened", "item.closed"), seq__lte=entries[0].seq
    )
    turns = list(turns.order_by("-seq")[:LOOKED_AT])
    items = {item.pk: item for item in Item.objects.filter(hearing=hearing)}
    for item in items.values():
        item.hearing = hearing
    place = 0
    for entry in entries:
        while place < len(turns) and turns[place].seq > entry.seq:
            place += 1
        turn = turns[place] if place < len(turns) else None
        is_within = turn and (turn.verb == "item.opened" or turn.seq == entry.seq)
        yield entry, items.get(turn.about_id) if is_within else None


def _motions(hearing, entries):
    """{reference of a motion, or of its ballot: the motion}; where there are any."""
    if not any(entry.about.startswith(("motion:", "ballot:")) for entry in entries):
        return {}
    found = {}
    for motion in Motion.objects.filter(hearing=hearing).select_related("ballot").prefetch_related("ballot__options"):
        motion.hearing = hearing
        found[motion.reference] = found[f"ballot:{motion.ballot_id}"] = motion
    return found


def _line(entry, motion):
    """A vote that was counted says what came out."""
    if motion and entry.verb == "ballot.counted" and entry.data:
        return Line(entry.at, wording.vote(motion, entry.data), motion.get_absolute_url())
    return Line(entry.at, verbs.line(entry), motion.get_absolute_url() if motion else "")
