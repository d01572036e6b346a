"""Statements in a digest: a few that the reader has not answered yet, the least answered first, each an item that one
answers with a word.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.digests.cards import Card, is_last_issue
from consultations.models import Opinion, Phase, Statement
from consultations.models.phases import PhaseKind
from consultations.wording import times
from notifications.digests import happened, prose
from notifications.digests.pieces import Item, Piece, paragraph
from notifications.wrapping import wrap

SHOWN = 5  # in one issue
MOST = 500  # statements, and entries about them, in one batch
ANSWERED = "statement.answered"
BRINGS = ("phase.opened", "statement.shown", "statement.restored", "statement.proposed", ANSWERED)


class StatementCard(Card):
    """A statement as digests show it; the same object for all who are shown the same words."""

    def __init__(self, statement, now):
        super().__init__()
        self.statement, self.now = statement, now

    def _make(self, columns, style):
        """The statement, until when, and what to answer. It is never cut."""
        phase = self.statement.phase
        words = prose.title(self.statement.text)
        how = _(
            "Write the number and agree, disagree or pass; or new: and a statement of your own. Time left: %(left)s."
        )
        how %= {"left": times.left(phase.closes_at - self.now)}
        html = "".join(paragraph([line]) for line in (words, how)) if style.html else ""
        return Piece("\n\n".join("\n".join(wrap(part)) for part in (words, how)), html)


@dataclass(slots=True)
class Gathered:
    """`open`: by room (statement, card), the least answered first; `said`: (member, statement); `told`: by room the
    entries after which statements are shown.
    """

    now: object
    open: dict
    said: set
    told: dict


def gather(batch):
    """Fetch what all readers of a batch may need: four queries, whatever their number."""
    phases = Phase.objects.open_at(batch.now).filter(
        kind=PhaseKind.STATEMENTS, consultation__workspace__in=batch.lowest, consultation__published_at__isnull=False
    )
    shown = Statement.objects.shown().filter(phase__in=phases).select_related("phase__consultation")
    rows = list(shown.order_by("opinion_count", "number")[:MOST]) if batch.lowest else []
    found = defaultdict(list)
    for statement in rows:
        found[statement.phase.consultation.workspace_id].append((statement, StatementCard(statement, batch.now)))
    members = [reader.profile.member_id for reader in batch.readers]
    said = Opinion.objects.filter(member__in=members, statement__in=rows) if rows else Opinion.objects.none()
    told = happened.entries(batch, BRINGS, most=MOST, rooms=found)
    return Gathered(batch.now, found, set(said.values_list("member", "statement")), told)


def items(gathered, reader):
    """Some that this reader has not answered: when there are new ones, when they answered some of the last, and once
    more before the close.
    """
    found = []
    for window in reader.windows:
        room = window.row.workspace_id
        if not window.is_whole or room not in gathered.open:
            continue
        member = reader.profile.member_id
        unsaid = [pair for pair in gathered.open[room] if (member, pair[0].pk) not in gathered.said]
        if unsaid and _is_due(gathered, window, unsaid[0][0].phase, f"member:{member}"):
            found += [_item(room, statement, card) for statement, card in unsaid[:SHOWN]]
    return found


def _is_due(gathered, window, phase, member):
    is_last_chance = is_last_issue(window, phase.closes_at, gathered.now)
    return is_last_chance or any(
        entry.verb != ANSWERED or entry.actor == member for entry in happened.within(window, gathered.told)
    )


def _item(room, statement, card):
    return Item(
        about=statement.reference,
        workspace_id=room,
        title=_("Statement %(number)s: do you agree?") % {"number": statement.number},
        at=statement.created_at,
        voices=[card],
        closes_at=statement.phase.closes_at,
    )
