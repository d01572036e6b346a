"""Ballots in a digest: the open ones stand before all else, with their options and the words one may answer.

A member is shown a ballot when it opened or was extended, and once more in the last issue before it closes, unless
they have voted. Extensions and results are told to everyone.
"""

from collections import OrderedDict, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import or_

from django.db.models import Q
from django.db.models.functions import Now
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from consultations.models import Ballot, Elector
from consultations.models.ballots import Kind, State
from consultations.wording import ballots as wording
from consultations.wording import times
from journal.models import Entry
from members import zones
from notifications.digests import prose, threads
from notifications.digests.pieces import LEVELS, Item, Piece, paragraph
from notifications.models.subscriptions import Cadence
from notifications.wrapping import wrap

SHOWS = ("ballot.opened", "ballot.extended")
TOLD = (*SHOWS, "ballot.counted")
# An issue is the last one before the close when the next would come after it.
UNTIL_NEXT = {Cadence.DAILY: timedelta(days=1), Cadence.WEEKLY: timedelta(days=7), Cadence.MONTHLY: timedelta(days=31)}
AN_HOUR = timedelta(hours=1)
KEPT = 200  # ballots whose words a process remembers
MOST = 500  # ballots, and entries about ballots, in one batch


class Card:
    """A ballot as digests show it, at one hour; the same object for all who are shown the same words."""

    def __init__(self, ballot, now):
        self.ballot, self.now = ballot, now
        self.parts = prose.paragraphs(ballot.text)
        self._pieces = {}

    def piece(self, level, style):
        """(Piece, bytes): until when, the explanation as far as it fits, every option, and how to vote."""
        made = self._pieces.get((level, style))
        if made is None:
            made = self._make(LEVELS[level], style)
            made = self._pieces[level, style] = (made, made.bytes_in(html=style.html))
        return made

    def _make(self, columns, style):
        ballot, closes = self.ballot, self.ballot.closes_at
        head = _("Ballot. Closes %(when)s, in %(left)s.")
        if ballot.kind == Kind.SILENCE:
            head = _("Silence procedure. Adopted on %(when)s, in %(left)s, unless somebody objects.")
        head %= {
            "when": f"{threads.when(closes, style)} ({zones.offset(closes.astimezone(style.zone))})",
            "left": times.left(ballot.closes_at - self.now),
        }
        how = _("To vote, write the number and nothing but %(words)s. The last vote you send counts.")
        if ballot.kind == Kind.SILENCE:
            how = _("Who agrees sends nothing. To break the silence, write the number and %(words)s.")
        elif ballot.is_secret:
            how = _("To vote in secret, write the number and nothing but %(words)s. A receipt code comes back.")
        how %= {"words": wording.allowed(ballot)}
        how = f"{how} {wording.without_voting(ballot)}".rstrip()
        options = [prose.title(str(option)) for option in ballot.choices]
        parts, is_cut = prose.fold(self.parts, columns)
        asked = " ".join(wording.rules(ballot))
        groups = [wrap(head), prose.lines(parts), [line for option in options for line in wrap(option)]]
        groups += [wrap(asked), wrap(how)]
        html = ""
        if style.html:
            shown = [[head], *prose.blocks(parts), options, [asked] if asked else [], [how]]
            html = "".join(paragraph(lines, bold_first=not place) for place, lines in enumerate(shown) if lines)
        return Piece("\n\n".join("\n".join(lines) for lines in groups if lines), html, is_cut)


class Cards:
    """The cards drawn last, a bounded number of them; the time left changes by the hour."""

    def __init__(self):
        self._kept = OrderedDict()

    def of(self, ballot, now):
        key = (ballot.pk, ballot.title, ballot.closes_at, _full(now, ballot.closes_at))
        card = self._kept.get(key)
        if card is None:
            card = self._kept[key] = Card(ballot, key[-1])
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return card


def _full(now, closes_at):
    """The next full hour, so that nobody is told of more time than there is; near the close, the minute."""
    if closes_at - now < 2 * AN_HOUR:
        return now.replace(second=0, microsecond=0)
    return now.replace(minute=0, second=0, microsecond=0) + AN_HOUR


_cards = Cards()


@dataclass(slots=True)
class Gathered:
    """`told`: by room the entries (seq, verb, ballot, data); `open`: by room the ballots that take votes; `voted`:
    (member, ballot) pairs; `may_vote`: likewise, of those on the roll; `known`: every ballot told of.
    """

    now: object
    told: dict
    open: dict
    known: dict
    voted: set
    may_vote: set


def gather(batch):
    """Fetch what all readers of a batch may need: three or four queries, whatever their number."""
    lowest = {}
    for reader in batch.readers:
        for window in reader.windows:
            room = window.row.workspace_id
            lowest[room] = min(window.after, lowest.get(room, window.after))
    rooms = {batch.rooms[room].journal_id: room for room in lowest}
    told = defaultdict(list)
    for entry in _entries(batch, lowest):
        told[rooms[entry.journal_id]].append(entry)
    about = {entry.about_id for entries in told.values() for entry in entries}
    takes_votes = Q(workspace__in=lowest, opens_at__lte=batch.now, closes_at__gt=batch.now)
    rows = Ballot.objects.filter(takes_votes | Q(pk__in=about)).prefetch_related("options")
    known = {ballot.pk: ballot for ballot in rows.order_by("closes_at")[:MOST]} if lowest else {}
    running = defaultdict(list)
    for ballot in known.values():
        if ballot.state_at(batch.now) == State.OPEN:
            running[ballot.workspace_id].append(ballot)
    members = [reader.profile.member_id for reader in batch.readers]
    asked = [ballot.pk for here in running.values() for ballot in here]
    may_vote, voted = _electors(members, asked) if asked else (set(), set())
    return Gathered(batch.now, told, running, known, voted, may_vote)


def _electors(members, asked):
    """((member, ballot) of all who may cast a vote, and of those who have nothing left to cast); one query."""
    held = Q(organisation__mandates__member__in=members) & (
        Q(organisation__mandates__ended_at=None) | Q(organisation__mandates__ended_at__gt=Now())
    )
    rows = Elector.objects.filter(Q(member__in=members) | held, ballot__in=asked).order_by()
    may_vote, missing = set(), set()
    for ballot, own, holder, has_voted in rows.values_list(
        "ballot", "member", "organisation__mandates__member", "has_voted"
    ):
        may_vote.add((own or holder, ballot))
        if not has_voted:
            missing.add((own or holder, ballot))
    return may_vote, may_vote - missing


def _entries(batch, lowest):
    """What happened to ballots in these rooms, from the earliest window on; the latest, if it is very much."""
    wanted = [
        Q(journal=batch.rooms[room].journal_id, seq__gt=after, seq__lte=batch.rooms[room].journal.seq)
        for room, after in lowest.items()
    ]
    found = []
    for start in range(0, len(wanted), 100):  # SQLite takes no longer chain of conditions than about 1,000
        either = reduce(or_, wanted[start : start + 100])
        entries = Entry.objects.filter(either, verb__in=TOLD).defer("salt", "commitment", "digest")
        found += entries.order_by("-journal", "-seq")[:MOST]
    return sorted(found, key=lambda entry: (entry.journal_id, entry.seq))


def items(gathered, reader):
    """The open ballots this reader should see now and has not voted in."""
    found = {}
    for window in reader.windows:
        if window.row.thread_id:
            continue
        room = window.row.workspace_id
        fresh = {entry.about_id for entry in _in(window, gathered.told.get(room, ())) if entry.verb in SHOWS}
        for ballot in gathered.open.get(room, ()):
            is_last_chance = ballot.closes_at - gathered.now <= UNTIL_NEXT.get(window.row.cadence, timedelta())
            row = (reader.profile.member_id, ballot.pk)
            is_asked = row in gathered.may_vote and row not in gathered.voted
            if (ballot.pk in fresh or is_last_chance) and is_asked:
                found[ballot.pk] = Item(
                    about=ballot.reference,
                    workspace_id=room,
                    title=prose.title(ballot.title),
                    at=ballot.opens_at,
                    voices=[_cards.of(ballot, gathered.now)],
                    closes_at=ballot.closes_at,
                )
    return list(found.values())


def news(gathered, reader):
    """Extensions, as the formal acts they are, and results."""
    lines = []
    for window in reader.windows:
        if window.row.thread_id:
            continue
        room = window.row.workspace_id
        for entry in _in(window, gathered.told.get(room, ())):
            ballot = gathered.known.get(entry.about_id)
            if ballot and entry.verb == "ballot.extended":
                lines.append((room, _extension(entry, ballot)))
            elif ballot and entry.verb == "ballot.counted":
                facts = {"ballot": prose.title(ballot.title), "result": _result(entry, ballot)}
                said = _("Result of the ballot “%(ballot)s”: %(result)s")
                if ballot.kind == Kind.SILENCE:
                    said = _("The silence procedure “%(ballot)s” has ended. %(result)s")
                lines.append((room, said % facts))
    return lines


def _in(window, entries):
    return [
        entry
        for entry in entries
        if window.after < entry.seq <= window.up_to and not (window.before and entry.at >= window.before)
    ]


def _extension(entry, ballot):
    data = entry.data or {}
    new = parse_datetime(data.get("new", ""))
    return _(
        "Notice %(number)s: the ballot “%(ballot)s” closes on %(new)s. By authority of: %(authority)s. %(reason)s"
    ) % {
        "number": data.get("notice", ""),
        "ballot": prose.title(ballot.title),
        "new": times.moment(new) if new else "",
        "authority": prose.title(data.get("authority", "")),
        "reason": prose.title(data.get("reason", "")),
    }


def _result(entry, ballot):
    return prose.title(wording.result(ballot, entry.data or {}))
