"""Laying out: items become the text of an issue, and its light HTML twin, in mails that keep the reader's byte limit.

Posts are shown whole if they fit. If not, long ones are folded to fair excerpts, all to the same length; then the issue
is split into parts at the borders of items, each a mail of its own; only then does each thread keep fewer of its posts,
and in the end the last items are left out. What is left out is counted, and how to get it said.
"""

from dataclasses import dataclass, field
from datetime import datetime

from core.languages import LANGUAGES, direction
from notifications import slots
from notifications.digests import frame
from notifications.digests.pieces import LEVELS, Item, Piece
from notifications.wrapping import GLUE

MOST_ITEMS = 25  # in one mail
MOST_PARTS = 4
PAGE = 120  # bytes around the body of the HTML form
# (posts of a thread, place in LEVELS), from generous to frugal. The first are fair: every post is there.
FAIR = ((60, 0), (60, 1), (60, 2), (60, 3), (60, 4), (60, 5), (60, 6))
FRUGAL = ((25, 6), (12, 6), (8, 7), (5, 7), (3, 8), (2, 8), (2, 9), (1, 9), (1, 10))


@dataclass(slots=True)
class Draft:
    """What an issue is laid out from. Of the numbers only how many digits they have is used."""

    number: int
    last: int  # the issue before this one; 0 for the first
    first_item: int
    style: object
    rooms: dict
    items: list[Item]  # in order
    until: datetime | None = None  # the day up to which answers are taken
    is_last: bool = False
    is_compact: bool = False  # one mail at most, for it tells of a long time
    short_of: set = field(default_factory=set)  # rooms whose backlog was too long to be told

    def digits(self, place):
        """How many digits the number of the item at this place has."""
        return len(str(self.first_item + place))


@dataclass(slots=True)
class Laid:
    """An issue laid out, with slots: one text and one HTML form for each part, and the items in it, in order."""

    texts: list[str]
    htmls: list[str]
    items: list[list[Item]]


@dataclass(slots=True)
class _Shown:
    """One item with the voices that are shown of it, each at its level."""

    item: Item
    place: int
    voices: list
    levels: list[int]
    left_out: int


def lay_out(draft, *, budget):
    """Lay an issue out in mails of at most `budget` bytes on the wire each (both forms, without the mail's headers)."""
    most_parts = 1 if draft.is_compact else MOST_PARTS
    ways = _ways(most_parts, len(draft.items))
    mails = next(filter(None, (_pack(draft, parts, *rung, budget) for parts, rung in ways)), None)
    if mails is None:
        mails = _pack(draft, most_parts, *FRUGAL[-1], budget, may_leave_out=True)
    shown = [one for mail, _left in mails for one in mail]
    left_out = len(draft.items) - len(shown)
    texts, htmls = [], []
    for part, (mail, left) in enumerate(mails, 1):
        following = (mails[part][0][0].place, len(mails[part][0])) if part < len(mails) else None
        _be_generous(mail, left, draft)
        pieces = [
            *frame.opening(draft, part=part, parts=len(mails), first_place=mail[0].place if mail else None),
            *_body(mail, draft),
            *frame.closing(draft, part=part, parts=len(mails), left_out=left_out, following=following),
        ]
        texts.append("\n\n".join(piece.text for piece, _size in pieces if piece.text) + "\n")
        htmls.append(_page(pieces, draft) if draft.style.html else "")
    return Laid(texts, htmls, [[one.item for one in mail] for mail, _left in mails])


def merged(items):
    """One item for each thing, though several sources tell of it: what closes soon first, below it what was said."""
    found = {}
    for item in sorted(items, key=lambda item: item.closes_at is None):
        first = found.setdefault(item.about, item)
        if first is not item:
            said = [voice for voice in item.voices if getattr(voice, "reference", "") != (first.covers or None)]
            first.voices, first.more, first.of = [*first.voices, *said], item.more, item.of if said else 0
            first.note, first.at = first.note or item.note, max(first.at, item.at)
    return list(found.values())


def in_order(items):
    """Items as they stand: what closes soon before all else, then workspace by workspace, the liveliest first."""
    freshest = {}
    for item in items:
        freshest[item.workspace_id] = max(item.at, freshest.get(item.workspace_id, item.at))

    def place(item):
        if item.closes_at:
            return (0, item.closes_at.timestamp(), item.workspace_id, 0)
        return (1, -freshest[item.workspace_id].timestamp(), item.workspace_id, -item.at.timestamp())

    return sorted(items, key=place)


# -- Choosing how much of each post is shown, and in how many mails -----------------------------------------


def _ways(most_parts, count):
    """(parts, rung) in the order in which they are tried."""
    yield from ((1, rung) for rung in FAIR)
    for parts in range(2, most_parts + 1):
        yield from ((parts, rung) for rung in (FAIR if count > MOST_ITEMS else FAIR[-1:]))
    yield from ((most_parts, rung) for rung in FRUGAL)


def _pack(draft, parts, most, level, budget, *, may_leave_out=False):
    """[(what one mail shows, bytes left in it)] for so many mails at most; None when that is not enough."""
    mails, mail, left, room = [], [], 0, None
    for place, item in enumerate(draft.items):
        heading = frame.room_heading(draft, item.workspace_id)[1] if item.workspace_id != room else 0
        one, size = _choose(item, place, most, level, draft)
        if not mail or size + heading > left or len(mail) == MOST_ITEMS:
            if len(mails) == parts:
                return mails if may_leave_out else None
            mail, left = [], budget - _frame_size(draft, len(mails) + 1, parts, place)
            mails.append([mail, left])
            heading = frame.room_heading(draft, item.workspace_id)[1]
            if size + heading > left:
                if parts == 1 and not may_leave_out:
                    return None
                one, size = _shrunk(item, place, left - heading, draft)
        mail.append(one)
        left -= size + heading
        mails[-1][1], room = left, item.workspace_id
    return mails or [([], 0)]


def _frame_size(draft, part, parts, place):
    """Bytes around the items of a mail, at most: any mail may turn out to be the last one."""
    last = len(draft.items) - 1
    around = frame.opening(draft, part=part, parts=parts, first_place=place)
    ends = [frame.closing(draft, part=parts, parts=parts, left_out=last + 1)]
    if part < parts:
        ends.append(frame.closing(draft, part=part, parts=parts, following=(last, last + 1)))
    return _sum(around) + max(map(_sum, ends)) + (PAGE if draft.style.html else 0)


def _sum(pieces):
    return sum(size for _piece, size in pieces)


def _choose(item, place, most, level, draft):
    """(shown, bytes): all voices if few enough; else the latest ones, and first what was asked or, if it is new, the
    post that opened the thread.
    """
    voices = item.voices
    if len(voices) > most:
        is_new = item.closes_at is not None or len(voices) + item.more == item.of
        voices = [voices[0], *voices[len(voices) - most + 1 :]] if is_new else voices[-most:]
    size = frame.heading(item, place, draft)[1] + frame.longest_rest(item, place, draft)
    size += sum(voice.piece(level, draft.style)[1] for voice in voices)
    return _Shown(item, place, voices, [level] * len(voices), len(item.voices) + item.more - len(voices)), size


def _shrunk(item, place, room, draft):
    """An item that is too large for a mail of its own, as much of it as fits."""
    for most, level in (*FAIR, *FRUGAL):
        one, size = _choose(item, place, most, level, draft)
        if size <= room:
            break
    return one, size


def _be_generous(shown, room, draft):
    """Spend what is left: level by level, each post that is cut gets the next longer excerpt while there is room."""
    style = draft.style
    cut = [
        (one.levels, place, voice)
        for one in shown
        for place, voice in enumerate(one.voices)
        if voice.piece(one.levels[place], style)[0].is_cut
    ]
    for level in range(len(LEVELS) - 2, -1, -1):
        for levels, place, voice in cut:
            if levels[place] == level + 1:
                longer = voice.piece(level, style)[1] - voice.piece(level + 1, style)[1]
                if longer <= room:
                    levels[place] = level
                    room -= longer


# -- Writing it down ---------------------------------------------------------------------------------------


def _body(mail, draft):
    pieces, room = [], None
    for one in mail:
        if one.item.workspace_id != room:
            room = one.item.workspace_id
            pieces.append(frame.room_heading(draft, room))
        pieces.append(frame.heading(one.item, one.place, draft))
        is_cut = False
        for voice, level in zip(one.voices, one.levels, strict=True):
            piece, size = voice.piece(level, draft.style)
            reference = getattr(voice, "reference", "")
            words = Piece(slots.marked(reference, piece.text), slots.marked(reference, piece.html))
            pieces.append((words, size))
            is_cut = is_cut or piece.is_cut
        rest = frame.rest(one.item, one.place, draft, left_out=one.left_out, is_cut=is_cut)
        pieces += [rest] if rest else []
    return pieces


def _page(pieces, draft):
    code = draft.style.language
    language = LANGUAGES[code][2] if code in LANGUAGES else "en"
    body = "\n".join(piece.html for piece, _size in pieces if piece.html).replace(GLUE, " ")
    return f'<!DOCTYPE html>\n<html lang="{language}" dir="{direction(code)}">\n<body>\n{body}\n</body>\n</html>\n'
