"""The open pages of one journal, by what they hear; and what was said last, for those who come now.

A `Strip` holds the last items of one thing in one language, for moderators or for others, without a gap up to where the
room is. Whoever comes back hears what it missed from there in the same step in which it enters, so that nothing falls
between the two.
"""

import asyncio
import time
from bisect import bisect_right
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from journal.live import frames

FAR_BEHIND = 500  # entries; a page that missed more is better fetched anew
KEPT_SECONDS = 60
KEPT_BYTES = 1_000_000
ERASED = "record.erased"  # it may have taken out what other entries carried too
seq_of = attrgetter("seq")


class StripKey(NamedTuple):
    """What pages have in common that hear the same words."""

    kind: object
    thing: int
    language: str
    moderates: bool


class Page:
    """An open page of one thing, as the hub knows it. `seq` is how far it has been told, while it is in no circle."""

    __slots__ = (
        "circle",
        "journal_id",
        "kind",
        "language",
        "member_id",
        "moderates",
        "seq",
        "session",
        "thing",
        "wire",
    )

    def __init__(self, *, kind, thing, language, session, journal_id, member_id, moderates, seq, wire):
        self.kind, self.thing, self.language, self.session = kind, thing, language, session
        self.journal_id, self.member_id, self.moderates = journal_id, member_id, moderates
        self.seq, self.wire, self.circle = seq, wire, None

    @property
    def strip_key(self):
        return StripKey(self.kind, self.thing, self.language, self.moderates)


class Circle:
    """Pages that hear the same bytes: the words of a strip, in one form."""

    def __init__(self, strip_key, form):
        self.key = self.strip_key, self.form = strip_key, form
        self.pages = {}  # {page: the fileno of its socket}


class Strip:
    """The last items for the pages of one key: all after `start`, up to the seq of the room."""

    def __init__(self, start):
        self.start, self.items, self.size = start, [], 0
        self.lock = asyncio.Lock()
        self.used_at = self.trimmed_at = time.monotonic()

    def after(self, seq):
        """The items that a page has not heard which knows everything up to `seq`, no less than `start`."""
        return self.items[bisect_right(self.items, seq, key=seq_of) :]

    def extend(self, items, abouts):
        """Add what is new. What was said before about the same things is forgotten, so that it is drawn afresh for
        whoever asks for it: it may have been hidden since.
        """
        if seqs := [item.seq for item in self.items if item.about in abouts]:
            self.cut(seqs[-1])
        self.items += items
        self.size += sum(len(item.frame.text) for item in items)
        now = time.monotonic()
        if len(self.items) > FAR_BEHIND or self.size > KEPT_BYTES:
            self.cut(self.items[len(self.items) // 2].seq)
        elif now - self.trimmed_at > KEPT_SECONDS:
            self.trimmed_at = now
            if self.items:
                self.cut(self.items[len(self.items) // 2].seq)

    def cut(self, upto):
        """Forget the items up to this seq."""
        self.items = self.after(upto)
        self.size = sum(len(item.frame.text) for item in self.items)
        self.start = max(self.start, upto)

    def restart(self, seq):
        """Forget everything up to `seq`."""
        self.start, self.items, self.size = seq, [], 0

    def put_before(self, items, start):
        """Add what was read from the database after `start` and up to ours."""
        self.items[:0] = items
        self.size += sum(len(item.frame.text) for item in items)
        self.start = start


@dataclass
class Room:
    """The open pages of one journal, and the seq up to which all of them have been told."""

    journal_id: int
    seq: int
    circles: dict = field(default_factory=dict)
    strips: dict = field(default_factory=dict)
    rights_seq: int = 0  # the last entry known here that may have changed somebody's rights
    is_watched: bool = False  # it is read also when nobody is in it

    def pages(self):
        return [page for circle in self.circles.values() for page in circle.pages]

    def strip(self, key):
        """The strip of a key; new ones begin where the room is."""
        strip = self.strips.get(key)
        if strip is None:
            strip = self.strips[key] = Strip(self.seq)
        strip.used_at = time.monotonic()
        return strip

    def add(self, page):
        key = page.strip_key, page.wire.form
        circle = self.circles.get(key)
        if circle is None:
            circle = self.circles[key] = Circle(*key)
        circle.pages[page] = page.wire.fileno
        page.circle = circle

    def remove(self, page):
        """Take a page out of its circle; it has been told everything up to the seq of the room."""
        circle, page.circle = page.circle, None
        if circle is not None:
            page.seq = self.seq
            del circle.pages[page]
            if not circle.pages:
                del self.circles[circle.key]

    def advance(self, drawn, entries):
        """Take what was read, and go on to its end; returns the keys of the strips that could not be drawn."""
        last, abouts = entries[-1].seq, {entry.about for entry in entries}
        verbs = {entry.verb for entry in entries}
        heard = {circle.strip_key for circle in self.circles.values()}
        old, failed = time.monotonic() - KEPT_SECONDS, []
        for key, strip in list(self.strips.items()):
            items = drawn.get(key)
            if items is None:
                strip.restart(last)
                failed.append(key)
            else:
                if ERASED in verbs or not verbs.isdisjoint(key.kind.forgets):
                    strip.restart(self.seq)
                strip.extend(items, abouts)
            if key not in heard and strip.used_at < old:
                del self.strips[key]
        self.seq = last
        return failed

    def deliveries(self, drawn):
        """What is to be written: `([(page, fileno), ...], pieces)`, each page once."""
        for circle in self.circles.values():
            items = drawn.get(circle.strip_key)
            if not items:
                continue
            private = {item.audience for item in items if item.audience.startswith("member:")}
            pages = list(circle.pages.items())
            if private:
                special = [one for one in pages if f"member:{one[0].member_id}" in private]
                for page, fileno in special:
                    own = frames.pieces(
                        items, form=circle.form, moderates=circle.strip_key.moderates, member_id=page.member_id
                    )
                    yield [(page, fileno)], own
                pages = [one for one in pages if f"member:{one[0].member_id}" not in private]
            yield pages, frames.pieces(items, form=circle.form, moderates=circle.strip_key.moderates)
