"""The agenda: items are added, changed, moved and dropped; the chair opens and closes them.

An item has a thread from when the hearing is published: its discussion, which goes on before and after the day.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.hearings.models import Hearing, Item
from consultations.hearings.models.agenda import DEPTH
from consultations.hearings.rules import hearings as rules
from consultations.hearings.services import speeches, votes
from core.access import Refused, require
from forum.models import Thread, Workspace
from forum.services import threads, writing
from journal.models import Audience
from journal.services import Draft, record

KEEPER = "item"
MOST = 200  # items of one agenda
SETTABLE = ("session", "minutes", "takes_speakers", "list_opens_at", "list_closes_at")


def add(*, by, hearing, wordings, parent=None, at=None, **fields):
    """Put an item at the end of the agenda, or of what belongs to `parent`; returns it.

    wordings: {language: (title, text)}, the original first. fields: those of SETTABLE. Raises Refused without a title,
    and where the agenda is full or too deep.
    """
    with transaction.atomic():
        hearing = Hearing.objects.locked(hearing.pk)
        require(rules.change, by, hearing)
        if hearing.items.count() >= MOST:
            most = ngettext("An agenda has %(most)s item at most.", "An agenda has %(most)s items at most.", MOST)
            raise Refused(most % {"most": MOST})
        if parent and parent.depth + 1 >= DEPTH:
            raise Refused(_("The agenda is as deep as it can be here. Put the item one level up."))
        item = Item(hearing=hearing, parent=parent, place=hearing.items.filter(parent=parent).count())
        _word(item, wordings)
        _set(item, fields)
        item.save()
        number(hearing)
        item.refresh_from_db(fields=["label", "sort_key"])
        # The room is locked before the journal is, as everywhere.
        workspace = Workspace.objects.locked(hearing.workspace_id) if hearing.is_published else None
        record("item.added", actor=by, about=item, data=facts(item), audience=seen_by(hearing), at=at)
        if workspace:
            give_thread(by, hearing, workspace, item, at=at)
    return item


def change(*, by, item, wordings=None, at=None, **fields):
    """Reword an item, or change when its list is open, its time, its session."""
    with transaction.atomic():
        hearing = Hearing.objects.locked(item.hearing_id)
        require(rules.change, by, hearing)
        item = hearing.items.select_related("thread").get(pk=item.pk)
        item.hearing = hearing
        if wordings:
            _word(item, wordings)
        _set(item, fields)
        item.save()
        if item.thread_id:
            Thread.objects.filter(pk=item.thread_id).update(title=thread_title(item), titles=thread_titles(item))
        record("item.changed", actor=by, about=item, data=facts(item), audience=seen_by(hearing), at=at)
    return item


def move(*, by, item, parent, place, at=None):
    """Give an item another place in the tree; all numbers follow. Raises Refused where it would stand under itself, or
    where an item that was taken up would get another number: it is cited by the one it has.
    """
    with transaction.atomic():
        hearing = Hearing.objects.locked(item.hearing_id)
        require(rules.change, by, hearing)
        items = {one.pk: one for one in hearing.items.all()}
        item, above = items[item.pk], parent and items[parent.pk]
        lineage, node = [], above
        while node is not None:
            lineage.append(node.pk)
            node = items.get(node.parent_id)
        if item.pk in lineage:
            raise Refused(_("An item cannot stand under itself."))
        if len(lineage) + _height(item, items) > DEPTH:
            raise Refused(_("The agenda is as deep as it can be here. Put the item one level up."))
        old = item.label
        siblings = sorted((one for one in items.values() if one.parent_id == (above and above.pk)), key=_by_place)
        siblings = [one for one in siblings if one.pk != item.pk]
        siblings.insert(max(0, min(place, len(siblings))), item)
        item.parent = above
        for at_place, one in enumerate(siblings):
            one.place = at_place
        Item.objects.bulk_update(siblings, ["parent", "place"])
        number(hearing)
        _keep_numbers(hearing, items)
        item = hearing.items.get(pk=item.pk)
        labels = {one.reference: one.label for one in hearing.items.all()}
        data = {"old": old, "new": item.label, "labels": labels}
        record("item.moved", actor=by, about=item, data=data, audience=seen_by(hearing), at=at)
    return item


def shift(*, by, item, way, at=None):
    """Move an item one step: `up` or `down` among its siblings, `under` the one before it, `out` behind its parent.
    Raises Refused where there is no such step.
    """
    with transaction.atomic():
        hearing = Hearing.objects.locked(item.hearing_id)
        require(rules.change, by, hearing)
        items = list(hearing.items.all())
        item = next(one for one in items if one.pk == item.pk)
        siblings = sorted((one for one in items if one.parent_id == item.parent_id), key=_by_place)
        place = siblings.index(item)
        above = next((one for one in items if one.pk == item.parent_id), None)
        step = None
        if way in ("up", "down"):
            to = place - 1 if way == "up" else place + 1
            step = (above, to) if 0 <= to < len(siblings) else None
        elif way == "under" and place:
            step = (siblings[place - 1], MOST)
        elif way == "out" and above:
            step = (next((one for one in items if one.pk == above.parent_id), None), above.place + 1)
        if step is None:
            raise Refused(_("The item cannot be moved further that way."))
        return move(by=by, item=item, parent=step[0], place=step[1], at=at)


def reword(*, by, item, language, title, text, at=None):
    """Give an item its words in one language; empty ones take that version away."""
    with transaction.atomic():
        Hearing.objects.locked(item.hearing_id)
        item = Item.objects.get(pk=item.pk)
        return change(by=by, item=item, wordings=item.wordings | {language: (title, text)}, at=at)


def drop(*, by, item):
    """Take an item, with what belongs to it, off the agenda of a hearing that is not published."""
    with transaction.atomic():
        hearing = Hearing.objects.locked(item.hearing_id)
        require(rules.change, by, hearing)
        if hearing.is_published:
            raise Refused(_("The agenda is published. An item that is not taken up stays on it; close it and say why."))
        data = {"label": item.label, "title": item.title}
        record("item.dropped", actor=by, about=item, data=data, audience=seen_by(hearing))
        item.delete()
        number(hearing)


def open_item(*, by, item, at=None):
    """The chair takes an item up: it is the one before the hearing. One that was closed is taken up again."""
    with transaction.atomic():
        hearing = Hearing.objects.locked(item.hearing_id)
        require(rules.conduct, by, hearing)
        item = hearing.items.get(pk=item.pk)
        item.opened_at, item.closed_at = item.opened_at or at or timezone.now(), None
        item.save(update_fields=["opened_at", "closed_at"])
        Hearing.objects.filter(pk=hearing.pk).update(current_item=item)
        record("item.opened", actor=by, about=item, data={"label": item.label}, at=at)
    return item


def close(*, by, item, at=None):
    """The chair concludes an item. Raises Refused while somebody has the floor on it, or a vote is being taken."""
    with transaction.atomic():
        hearing = Hearing.objects.locked(item.hearing_id)
        require(rules.conduct, by, hearing)
        item = hearing.items.get(pk=item.pk)
        if speaking := item.speakers.filter(state="speaking").first():
            raise Refused(_("%(speaker)s has the floor. End their time first.") % {"speaker": speaking})
        votes.require_none_open(hearing, item)
        if item.closed_at is None and item.opened_at:
            item.closed_at = at or timezone.now()
            item.save(update_fields=["closed_at"])
            Hearing.objects.filter(pk=hearing.pk, current_item=item).update(current_item=None)
            speeches.show_undelivered(by=by, item=item, at=at)
            record("item.closed", actor=by, about=item, data={"label": item.label}, at=at)
    return item


def number(hearing):
    """Write every label and the order of the tree anew, in a hearing the caller has locked; threads bear the labels."""
    items = list(hearing.items.all())
    before = {item.pk: (item.label, item.sort_key, item.place) for item in items}
    below = {}
    for item in sorted(items, key=_by_place):
        below.setdefault(item.parent_id, []).append(item)
    _number(below, None, "", "")
    changed = [item for item in items if (item.label, item.sort_key, item.place) != before[item.pk]]
    Item.objects.bulk_update(changed, ["label", "sort_key", "place"])
    named = [item for item in changed if item.thread_id and item.label != before[item.pk][0]]
    threads_of = [Thread(pk=item.thread_id, title=thread_title(item), titles=thread_titles(item)) for item in named]
    Thread.objects.bulk_update(threads_of, ["title", "titles"])


def _keep_numbers(hearing, before):
    for item in hearing.items.filter(opened_at__isnull=False):
        if item.label != before[item.pk].label:
            said = _("Item %(label)s was taken up under this number, which stays.")
            raise Refused(said % {"label": before[item.pk].label})


def give_thread(by, hearing, workspace, item, *, at=None):
    """The thread of an item of a published hearing, in a workspace the caller has locked."""
    thread = threads.new(
        workspace,
        author=by,
        title=thread_title(item),
        titles=thread_titles(item),
        language=item.language,
        kept_by=KEEPER,
        at=at,
    )
    started = Draft(verb="thread.started", actor=by, about=thread, data={"number": thread.number}, at=at)
    writing.append(thread, author=by, text=item.text or item.title, language=item.language, at=at, after=[started])
    Item.objects.filter(pk=item.pk).update(thread=thread)
    item.thread = thread


def thread_title(item):
    return f"{item.label}. {item.title}"[:200]


def thread_titles(item):
    return {code: f"{item.label}. {title}"[:200] for code, title in item.titles.items()}


def seen_by(hearing):
    """Until it is published, what is prepared is nobody else's business."""
    return Audience.EVERYONE if hearing.is_published else Audience.MODERATORS


def facts(item):
    """What the journal keeps of an item."""
    return {
        "label": item.label,
        "wordings": item.said(),
        "session": item.session.number if item.session_id else None,
        "minutes": item.minutes,
        "takes_speakers": item.takes_speakers,
        "list_opens": item.list_opens_at.isoformat() if item.list_opens_at else None,
        "list_closes": item.list_closes_at.isoformat() if item.list_closes_at else None,
    }


def _number(below, parent, label, key):
    for place, item in enumerate(below.get(parent, ())):
        item.place = place
        item.label = f"{label}.{place + 1}" if label else str(place + 1)
        item.sort_key = f"{key}.{place + 1:04}" if key else f"{place + 1:04}"
        _number(below, item.pk, item.label, item.sort_key)


def _height(item, items):
    """How many levels an item is together with what stands under it."""
    return 1 + max((_height(one, items) for one in items.values() if one.parent_id == item.pk), default=0)


def _by_place(item):
    return item.place, item.pk


def _word(item, wordings):
    item.word(wordings)
    if not item.title:
        raise Refused(_("An item needs a title in the language it is written in."), text=item.text)


def _set(item, fields):
    for name in SETTABLE:
        if name in fields:
            setattr(item, name, fields[name])
