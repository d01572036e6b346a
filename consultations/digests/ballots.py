"""Ballots in a digest: the open ones stand before all else, with their options and the words one may answer.

A member is shown a ballot when it opened or was extended, and once more in the last issue before it closes, unless
they have voted. Extensions and results are told to everyone; what came out of a straw poll to nobody.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Now
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from consultations.digests.cards import Card, Cards, closing, hour, is_last_issue, lay_out
from consultations.models import Ballot, Elector
from consultations.models.ballots import Kind, State
from consultations.wording import ballots as wording
from consultations.wording import times
from notifications.digests import happened, prose
from notifications.digests.pieces import Item

SHOWS = ("ballot.opened", "ballot.extended")
TOLD = (*SHOWS, "ballot.counted", "ballot.annulled")
KEPT = 200  # ballots whose words a process remembers
MOST = 500  # ballots, and entries about ballots, in one batch


class BallotCard(Card):
    """A ballot as digests show it, at one hour; the same object for all who are shown the same words."""

    def __init__(self, ballot, now):
        super().__init__()
        self.ballot, self.now = ballot, now
        self.parts = prose.paragraphs(ballot.text)

    def _make(self, columns, style):
        ballot = self.ballot
        head = _("Ballot. Closes %(when)s, in %(left)s.")
        if ballot.is_live:
            head = _("Vote of a hearing. A mail that comes to us by %(when)s counts, in %(left)s.")
        if ballot.kind == Kind.SILENCE:
            head = _("Silence procedure. Adopted on %(when)s, in %(left)s, unless somebody objects.")
        head %= {"when": closing(until(ballot), style), "left": times.left(until(ballot) - self.now)}
        how = _("To vote, write the number and nothing but %(words)s. The last vote you send counts.")
        if ballot.kind == Kind.SILENCE:
            how = _("Who agrees sends nothing. To break the silence, write the number and %(words)s.")
        elif ballot.is_secret:
            how = _("To vote in secret, write the number and nothing but %(words)s. A receipt code comes back.")
        how %= {"words": wording.allowed(ballot)}
        how = f"{how} {wording.without_voting(ballot)}".rstrip()
        options = [prose.title(str(option)) for option in ballot.choices]
        parts, is_cut = prose.fold(self.parts, columns)
        # The head and the way to answer say the rules of a silence procedure.
        asked = "" if ballot.kind == Kind.SILENCE else " ".join(wording.rules(ballot))
        return lay_out(style, head, parts, options, [asked] if asked else [], [how], is_cut=is_cut)


_cards = Cards(KEPT)


def _card(ballot, now):
    shown = hour(now, until(ballot))
    key = (ballot.pk, ballot.title, until(ballot), shown)
    return _cards.of(key, lambda: BallotCard(ballot, shown))


def until(ballot):
    """When it closes; of a live ballot, until when a mail surely counts: it stands in no digest where none is promised
    to.
    """
    return (ballot.mail_until or ballot.opens_at) if ballot.is_live else ballot.closes_at


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
    told = happened.entries(batch, TOLD, most=MOST)
    about = {entry.about_id for entries in told.values() for entry in entries}
    takes_votes = Q(workspace__in=batch.lowest, opens_at__lte=batch.now, closes_at__gt=batch.now)
    rows = Ballot.objects.filter(takes_votes | Q(pk__in=about)).prefetch_related("options")
    known = {ballot.pk: ballot for ballot in rows.order_by("closes_at")[:MOST]} if batch.lowest else {}
    running = defaultdict(list)
    for ballot in known.values():
        if ballot.state_at(batch.now) == State.OPEN and until(ballot) > batch.now:
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


def items(gathered, reader):
    """The open ballots this reader should see now and has not voted in."""
    found = {}
    for window in reader.windows:
        if not window.is_whole:
            continue
        room = window.row.workspace_id
        fresh = {entry.about_id for entry in happened.within(window, gathered.told) if entry.verb in SHOWS}
        for ballot in gathered.open.get(room, ()):
            is_last_chance = is_last_issue(window, until(ballot), gathered.now)
            row = (reader.profile.member_id, ballot.pk)
            is_asked = row in gathered.may_vote and row not in gathered.voted
            if (ballot.pk in fresh or is_last_chance) and is_asked:
                found[ballot.pk] = Item(
                    about=ballot.reference,
                    workspace_id=room,
                    title=prose.title(ballot.title),
                    at=ballot.opens_at,
                    voices=[_card(ballot, gathered.now)],
                    closes_at=until(ballot),
                )
    return list(found.values())


def news(gathered, reader):
    """Extensions, as the formal acts they are, and results."""
    lines = []
    for window in reader.windows:
        if not window.is_whole:
            continue
        room = window.row.workspace_id
        for entry in happened.within(window, gathered.told):
            ballot = gathered.known.get(entry.about_id)
            if ballot and entry.verb == "ballot.extended":
                lines.append((room, _extension(entry, ballot)))
            elif ballot and entry.verb == "ballot.annulled" and not ballot.is_straw:
                facts = {"ballot": prose.title(ballot.title), "result": prose.title(wording.annulled(ballot))}
                lines.append((room, _("The vote “%(ballot)s”: %(result)s") % facts))
            elif ballot and entry.verb == "ballot.counted" and not ballot.is_straw:
                facts = {"ballot": prose.title(ballot.title), "result": _result(entry, ballot)}
                said = _("Result of the ballot “%(ballot)s”: %(result)s")
                if ballot.kind == Kind.SILENCE:
                    said = _("The silence procedure “%(ballot)s” has ended. %(result)s")
                lines.append((room, said % facts))
    return lines


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
