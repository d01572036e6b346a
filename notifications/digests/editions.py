"""Editions: readers who are told the same share one laid-out text, within a batch and from batch to batch of a run.

Two readers share an edition when everything it is laid out from is alike: their items with the very same voices, the
rooms with their journals' heads, language, time zone, form, budget, and how many digits their numbers have. So what one
of them may not see is never in the other's edition.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass

from django.conf import settings

from notifications import letters, slots, wire
from notifications.digests import layout
from notifications.models import Edition

REMEMBERED = 300  # editions a process knows by what they were laid out from
MOST_LAID = layout.MOST_ITEMS * layout.MOST_PARTS


@dataclass(slots=True)
class Laid:
    """An edition and what is asked of it for every reader; its words are not kept."""

    row: Edition | None  # until it is stored
    pk: int | None
    items: list  # as in Edition.items
    titles: list[list[str]]  # part by part


class Shelf:
    """The editions this process laid out last, by what they were laid out from; a bounded number of them."""

    def __init__(self):
        self._known = OrderedDict()

    def get(self, draft, budget):
        """The edition for a draft; laid out now when there is none. Not stored yet while its `pk` is None."""
        key = key_of(draft, budget)
        laid = self._known.get(key)
        if laid is None:
            laid = self._known[key] = lay_out(draft, budget)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        else:
            self._known.move_to_end(key)
        return laid

    def check(self):
        """Forget the editions that are not in the database any more; one query."""
        stored = {laid.pk: key for key, laid in self._known.items() if laid.pk}
        there = set(Edition.objects.filter(pk__in=stored).values_list("pk", flat=True)) if stored else ()
        for pk, key in stored.items():
            if pk not in there:
                del self._known[key]


_here = threading.local()


def shelf():
    """The shelf of this worker: what it lays out it also stores."""
    if not hasattr(_here, "shelf"):
        _here.shelf = Shelf()
    return _here.shelf


def key_of(draft, budget):
    """All that an edition is laid out from."""
    rooms = dict.fromkeys(item.workspace_id for item in draft.items)
    named = [draft.rooms[room] for room in rooms]
    return (
        draft.style,
        budget,
        len(str(draft.number)),
        len(str(draft.last)) if draft.last else 0,
        _digits(draft.first_item, len(draft.items)),
        draft.until.date(),
        draft.is_last,
        draft.is_compact,
        tuple(item.key for item in draft.items),
        tuple((room.pk, room.shown_name, room.journal.mark, room.pk in draft.short_of) for room in named),
        settings.SITE_NAME,
        settings.SITE_URL,
        settings.REPLY_DOMAIN,
    )


def _digits(first, count):
    """How many digits the first number has, and from which place on they are more."""
    digits = len(str(first))
    grows = 10**digits - first
    return digits, grows if grows < min(count, MOST_LAID) else 0


def lay_out(draft, budget):
    """Lay an edition out so that the true bytes of each part, in its encoding, are within the budget."""
    room = budget
    for _attempt in range(4):
        made = layout.lay_out(draft, budget=room)
        over = max(map(_bytes, made.texts, made.htmls)) - budget
        if over <= 0:
            break
        room -= over
    items = [[item.about, item.workspace_id, item.title[:200]] for part in made.items for item in part]
    row = Edition(
        language=draft.style.language,
        text=slots.BORDER.join(made.texts),
        html=slots.BORDER.join(made.htmls) if draft.style.html else "",
        head=letters.issue_head(),
        items=items,
    )
    return Laid(row, None, items, [[item.title for item in part] for part in made.items])


def _bytes(text, html):
    """The bytes of one part, its slots filled as wide as they get (but for the reader's news)."""
    values = slots.Values(10**9, 10**9, 10**9, stop="x" * 180)
    forms = [slots.fill(slots.split(form), values) for form in (text, html) if form]
    return sum(len(wire.encode(form)[1]) for form in forms) + (HTML_BORDERS if html else 0)


HTML_BORDERS = 400  # bytes of the headers of two parts, and of the borders between them
