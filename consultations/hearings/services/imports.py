"""An agenda is imported from a table: looked at first, then taken whole or not at all."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.hearings import importing
from consultations.hearings.models import Hearing, Item
from consultations.hearings.rules import hearings as rules
from consultations.hearings.services import agenda
from core.access import Refused, require
from forum.models import Workspace
from journal.services import Draft, record_all


@dataclass(frozen=True)
class Look:
    """`rows` with what is wrong with each; `labels`: the number each would get, by its line."""

    rows: list
    labels: dict

    @property
    def refused(self):
        return [row for row in self.rows if row.problem]


def look(hearing, text, language):
    """What would become of each row; nothing is written. Raises Refused when it is no table of items."""
    rows = importing.read(text, language, max(0, agenda.MOST - hearing.items.count()))
    sessions = _sessions(hearing)
    for row in rows:
        if row.session and not row.problem and row.session.casefold() not in sessions:
            row.problem = _("There is no session “%(session)s” here.") % {"session": row.session[:60]}
    good, labels, counts = [], {}, {None: hearing.items.filter(parent=None).count()}
    for row in rows:
        if row.problem:
            continue
        under = row.parent.line if row.parent else None
        if under is not None and under not in labels:  # what it stands under is refused itself
            continue
        counts[under] = counts.get(under, 0) + 1
        labels[row.line] = f"{labels[under]}.{counts[under]}" if under is not None else str(counts[under])
        good.append(row)
    return Look(rows, labels)


def take(*, by, hearing, text, language, at=None):
    """Put every row behind the agenda there is; returns the items. Raises Refused where one is wrong."""
    with transaction.atomic():
        hearing = Hearing.objects.locked(hearing.pk)
        require(rules.change, by, hearing, text=text)
        looked = look(hearing, text, language)
        if refused := looked.refused:
            said = ngettext(
                "%(count)s row cannot be taken, so none was. Correct it in the table.",
                "%(count)s rows cannot be taken, so none was. Correct them in the table.",
                len(refused),
            )
            raise Refused(said % {"count": len(refused)}, text=text)
        items = _save(hearing, looked.rows)
        drafts = [
            Draft(
                verb="item.added",
                actor=by,
                about=item,
                data=agenda.facts(item),
                audience=agenda.seen_by(hearing),
                at=at,
            )
            for item in items
        ]
        workspace = Workspace.objects.locked(hearing.workspace_id) if hearing.is_published else None
        record_all(hearing.journal, drafts)
        if workspace:
            for item in items:
                agenda.give_thread(by, hearing, workspace, item, at=at)
    return items


def _save(hearing, rows):
    """Create the items level by level, for those below need the keys of those above; numbered as the agenda is."""
    sessions, made = _sessions(hearing), {}
    places = {None: hearing.items.filter(parent=None).count()}
    for depth in range(importing.DEPTH):
        items = {}
        for row in (row for row in rows if row.depth == depth):
            parent = made[row.parent.line] if row.parent else None
            key = parent and parent.pk
            session = sessions.get(row.session.casefold()) if row.session else None
            item = Item(hearing=hearing, parent=parent, place=places.get(key, 0), session=session, minutes=row.minutes)
            item.word(row.wordings)
            places[key] = item.place + 1
            items[row.line] = item
        Item.objects.bulk_create(items.values())
        made |= items
    agenda.number(hearing)
    found = {item.pk: item for item in hearing.items.select_related("session")}
    items = [found[made[row.line].pk] for row in rows]
    for item in items:
        item.hearing = hearing
    return items


def _sessions(hearing):
    """{number or name, in small letters: Session}."""
    rows = list(hearing.sessions.filter(cancelled_at=None))
    return {str(row).casefold(): row for row in rows} | {str(row.number): row for row in rows}
