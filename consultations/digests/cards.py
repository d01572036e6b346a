"""Cards: what closes at a moment, as digests show it; drawn once for all who are shown the same words.

On a card stand the time left, the words as far as they fit, and how to answer.
"""

from collections import OrderedDict
from datetime import timedelta

from members import zones
from notifications.digests import prose, threads
from notifications.digests.pieces import LEVELS, Piece, paragraph
from notifications.models.subscriptions import Cadence
from notifications.wrapping import wrap

# An issue is the last one before the close when the next would come after it.
UNTIL_NEXT = {Cadence.DAILY: timedelta(days=1), Cadence.WEEKLY: timedelta(days=7), Cadence.MONTHLY: timedelta(days=31)}
AHEAD = max(UNTIL_NEXT.values())
AN_HOUR = timedelta(hours=1)


def is_last_issue(window, closes_at, now):
    """Whether no further issue of this subscription comes before the close."""
    return closes_at - now <= UNTIL_NEXT.get(window.row.cadence, timedelta())


def hour(now, closes_at):
    """The next full hour, so that nobody is told of more time than there is; near the close, the minute."""
    if closes_at - now < 2 * AN_HOUR:
        return now.replace(second=0, microsecond=0)
    return now.replace(minute=0, second=0, microsecond=0) + AN_HOUR


def closing(closes_at, style):
    """`20 Nov 14:05 (UTC+1)` of a close, for one reader."""
    return f"{threads.when(closes_at, style)} ({zones.offset(closes_at.astimezone(style.zone))})"


class Card:
    """Draws each size and style once. Who derives from it says in `_make(columns, style)` what stands on it."""

    def __init__(self):
        self._pieces = {}

    def piece(self, level, style):
        """(Piece, bytes) with so many columns of its words; `level` is a place in LEVELS."""
        made = self._pieces.get((level, style))
        if made is None:
            made = self._make(LEVELS[level], style)
            made = self._pieces[level, style] = (made, made.bytes_in(html=style.html))
        return made

    def _make(self, columns, style):
        raise NotImplementedError


def lay_out(style, head, parts, *below, is_cut=False):
    """The Piece of a card: its head, paragraphs as `prose.fold` cut them, and below them groups of lines."""
    below = [lines for lines in below if lines]
    html = ""
    if style.html:
        shown = [[head], *prose.blocks(parts), *below]
        html = "".join(paragraph(lines, bold_first=not place) for place, lines in enumerate(shown))
    groups = [wrap(head), prose.lines(parts), *([part for line in lines for part in wrap(line)] for lines in below)]
    return Piece("\n\n".join("\n".join(lines) for lines in groups if lines), html, is_cut)


class Cards:
    """The cards drawn last, a bounded number of them. A key names the words and, for the time left, the hour."""

    def __init__(self, most):
        self._most, self._kept = most, OrderedDict()

    def of(self, key, make):
        """The card of a key; `make` draws it, if it is not kept."""
        card = self._kept.get(key)
        if card is None:
            card = self._kept[key] = make()
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return card
