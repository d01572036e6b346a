"""Laying out: items become the text of an issue, and its light HTML twin, within the reader's byte budget.

Posts are shown whole if they fit. If not, the long ones are folded to fair excerpts, all to the same length; then each
thread keeps fewer of its posts; then the last items are left out. What is left out is counted, and how to get it said.
"""

from dataclasses import dataclass, field
from html import escape
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.languages import LANGUAGES, direction
from notifications.digests import prose, wording
from notifications.digests.pieces import LEVELS, Item, Piece, paragraph
from notifications.wrapping import GLUE, keep, wrap

MOST_ITEMS = 25
# (posts of a thread, place in LEVELS), from generous to frugal.
LADDER = (
    (60, 0),
    (60, 1),
    (60, 2),
    (60, 3),
    (60, 4),
    (40, 5),
    (25, 6),
    (12, 6),
    (8, 7),
    (5, 7),
    (3, 8),
    (2, 8),
    (2, 9),
    (1, 9),
    (1, 10),
)


@dataclass(slots=True)
class Draft:
    """What an issue is laid out from."""

    number: int
    last: int  # the issue before this one; 0 for the first
    style: object
    rooms: dict
    items: list[Item]
    news: list[str] = field(default_factory=list)
    until: object = None  # the day up to which answers are taken
    is_last: bool = False
    unsubscribe: str = ""
    short_of: set = field(default_factory=set)  # rooms whose backlog was too long to be told


@dataclass(slots=True)
class Laid:
    """An issue laid out: both forms, and the items that stand in it, in order."""

    text: str
    html: str
    items: list[Item]


@dataclass(slots=True)
class _Shown:
    """One item with the voices that are shown of it, each at its level."""

    item: Item
    voices: list
    levels: list[int]
    left_out: int


def lay_out(draft, *, budget, first_number):
    """Lay an issue out in at most `budget` bytes on the wire (of both forms together, without the mail's headers).

    Items get their numbers from `first_number` on, in the order in which they stand.
    """
    ordered = draft.items = in_order(draft)
    most, left_out = ordered[:MOST_ITEMS], len(ordered) - len(ordered[:MOST_ITEMS])
    for number, item in enumerate(most, first_number):
        item.number = number
    while True:
        fixed = _size(_frame(draft, most, left_out), draft)
        shown = _fit(most, budget - fixed, draft)
        if shown is not None or not most:
            break
        drop = max(1, len(most) // 8)
        most, left_out = most[:-drop], left_out + drop
    return _assemble(draft, shown or [], left_out)


def in_order(draft):
    """Items as they stand: what closes soon before all else, then workspace by workspace, the liveliest first."""
    freshest = {}
    for item in draft.items:
        freshest[item.workspace_id] = max(item.at, freshest.get(item.workspace_id, item.at))
    return sorted(
        draft.items,
        key=lambda item: (item.rank, -freshest[item.workspace_id].timestamp(), item.workspace_id, item.place),
    )


# -- Choosing how much of each post is shown ---------------------------------------------------------------


def _fit(items, room, draft):
    """The most generous rung of the ladder that fits, then as much more as fits still; None when nothing does."""
    for most, level in LADDER:
        shown = [_choose(item, most, level) for item in items]
        size = sum(_item_size(one, draft) for one in shown)
        if size <= room:
            _be_generous(shown, room - size, draft)
            return shown
    return None


def _choose(item, most, level):
    """All voices if they are few enough; else the post that opened the thread, if it is new, and the latest ones."""
    voices = item.voices
    if len(voices) > most:
        is_new = len(voices) + item.more == item.of
        voices = [voices[0], *voices[len(voices) - most + 1 :]] if is_new else voices[-most:]
    return _Shown(item, voices, [level] * len(voices), len(item.voices) + item.more - len(voices))


def _item_size(shown, draft):
    style = draft.style
    size = sum(voice.piece(level, style)[1] for voice, level in zip(shown.voices, shown.levels, strict=True))
    # The lines around the voices: the marker, and at most one that says what is left out.
    return (
        size + _piece_size(_heading(shown.item, draft), draft) + _piece_size(_rest(shown, draft, most=True), draft) + 4
    )


def _be_generous(shown, room, draft):
    """Spend what is left: level by level, each post that is cut gets the next longer excerpt while there is room."""
    for level in range(len(LEVELS) - 2, -1, -1):
        for one in shown:
            for place, voice in enumerate(one.voices):
                if one.levels[place] != level + 1:
                    continue
                piece, size = voice.piece(level + 1, draft.style)
                longer = voice.piece(level, draft.style)[1] if piece.is_cut else size
                if longer - size <= room:
                    one.levels[place] = level
                    room -= longer - size


# -- Writing it down ---------------------------------------------------------------------------------------


def _assemble(draft, shown, left_out):
    pieces = _opening(draft)
    room = None
    for one in shown:
        if one.item.workspace_id != room:
            room = one.item.workspace_id
            pieces.append(_room_heading(draft, room))
        pieces.append(_heading(one.item, draft))
        pieces += [voice.piece(level, draft.style)[0] for voice, level in zip(one.voices, one.levels, strict=True)]
        if rest := _rest(one, draft):
            pieces.append(rest)
    pieces += _closing(draft, left_out)
    text = "\n\n".join(piece.text for piece in pieces if piece.text) + "\n"
    text = text.replace(GLUE, " ")
    return Laid(text, _page(pieces, draft) if draft.style.html else "", [one.item for one in shown])


def _page(pieces, draft):
    code = draft.style.language
    language = LANGUAGES[code][2] if code in LANGUAGES else "en"
    body = "\n".join(piece.html for piece in pieces if piece.html).replace(GLUE, " ")
    return f'<!DOCTYPE html>\n<html lang="{language}" dir="{direction(code)}">\n<body>\n{body}\n</body>\n</html>\n'


def _frame(draft, items, left_out):
    rooms = [room for room, _group in groupby(item.workspace_id for item in items)]
    return [*_opening(draft), *(_room_heading(draft, room) for room in rooms), *_closing(draft, left_out)]


def _opening(draft):
    lines = [wording.first_line(draft.number, draft.last)]
    paragraphs = [lines[0]]
    if draft.items:
        example = f"#{draft.items[0].number or 12}:"
        paragraphs.append(wording.how_to_answer(example, draft))
    paragraphs += draft.news
    return [_text(words) for words in paragraphs]


def _closing(draft, left_out):
    closing = []
    if left_out:
        closing.append(_text(wording.left_out(left_out)))
    words = wording.last_line(draft)
    html = paragraph([words])
    if draft.unsubscribe:
        html = html.replace("</p>", f' <a href="{escape(draft.unsubscribe)}">{escape(_("Stop"))}</a></p>')
    closing.append(Piece("\n".join(wrap(words)), html))
    return closing


def _room_heading(draft, room):
    workspace = draft.rooms[room]
    name = prose.title(workspace.name)
    record = keep(_("record %(mark)s") % {"mark": workspace.journal.mark})
    heading = _("%(name)s, %(record)s") % {"name": name, "record": record}
    lines = wrap(f"=={GLUE}{heading}")
    html = f"<h2>{escape(heading, quote=False)}</h2>"
    if room in draft.short_of:
        words = _("So much happened here that only the latest is told.")
        lines += ["", *wrap(words)]
        html += paragraph([words])
    return Piece("\n".join(lines), html)


def _heading(item, draft):
    title = _("(%(note)s) %(title)s") % {"note": item.note, "title": item.title} if item.note else item.title
    lines = wrap(f"[#{item.number}] {title}")
    return Piece("\n".join(lines), f'<h3 dir="auto">[#{item.number}] {escape(title, quote=False)}</h3>')


def _rest(shown, draft, *, most=False):
    """How much of the thread is not here, and how to get it."""
    is_cut = most or any(
        voice.piece(level, draft.style)[0].is_cut for voice, level in zip(shown.voices, shown.levels, strict=True)
    )
    item = shown.item
    get = keep(f"GET {item.number}")
    if shown.left_out or (most and item.voices):
        count = shown.left_out or len(item.voices)
        words = ngettext(
            "%(count)s more new post. All %(total)s posts: %(get)s",
            "%(count)s more new posts. All %(total)s posts: %(get)s",
            count,
        ) % {"count": count, "total": item.of, "get": get}
    elif is_cut:
        words = _("Shortened. The whole: %(get)s") % {"get": get}
    elif item.of > len(item.voices):
        words = ngettext("%(count)s post in all: %(get)s", "%(count)s posts in all: %(get)s", item.of) % {
            "count": item.of,
            "get": get,
        }
    else:
        return None
    return _text(words)


def _text(words):
    return Piece("\n".join(wrap(words)), paragraph([words]))


def _piece_size(piece, draft):
    return piece.bytes_in(html=draft.style.html) + 2 if piece else 0


def _size(pieces, draft):
    page = 120 if draft.style.html else 0
    return sum(_piece_size(piece, draft) for piece in pieces) + page
