"""Laying out: items become the text of an issue, and its light HTML twin, within the reader's byte budget.

Posts are shown whole if they fit. If not, the long ones are folded to fair excerpts, all to the same length; then each
thread keeps fewer of its posts; then the last items are left out. What is left out is counted, and how to get it said.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.languages import LANGUAGES, direction
from notifications.digests import prose, wording
from notifications.digests.pieces import LEVELS, Item, Piece, paragraph
from notifications.wrapping import GLUE, keep, wrap

MOST_ITEMS = 25
NUMBER = "\ue001"  # stands for an item's number, of the private use area as GLUE is
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
        opening, closing = _opening(draft, most), _closing(draft, left_out)
        rooms = [_room_heading(draft, room) for room, _group in groupby(item.workspace_id for item in most)]
        shown = _fit(most, budget - _size([*opening, *rooms, *closing], draft), draft)
        if shown is not None or not most:
            break
        drop = max(1, len(most) // 8)
        most, left_out = most[:-drop], left_out + drop
    return _assemble(draft, opening, shown or [], closing)


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
    room -= sum(_lines_around(item, draft) for item in items)
    for most, level in LADDER:
        shown, left = [], room
        for item in items:
            one = _choose(item, most, level)
            left -= sum(voice.piece(level, draft.style)[1] for voice in one.voices)
            if left < 0:
                break
            shown.append(one)
        else:
            _be_generous(shown, left, draft)
            return shown
    return None


def _lines_around(item, draft):
    """Bytes of an item's marker and of the longest line that can say what is left out of it."""
    digits = len(str(item.number))
    heading = _heading_lines(item.title, item.note, digits, draft.style.language)
    rest = _rest_lines(len(item.voices) + item.more, True, item.of, digits, draft.style.language)
    return _piece_size(heading, draft) + _piece_size(rest, draft) + 2 * digits


def _choose(item, most, level):
    """All voices if they are few enough; else the post that opened the thread, if it is new, and the latest ones."""
    voices = item.voices
    if len(voices) > most:
        is_new = len(voices) + item.more == item.of
        voices = [voices[0], *voices[len(voices) - most + 1 :]] if is_new else voices[-most:]
    return _Shown(item, voices, [level] * len(voices), len(item.voices) + item.more - len(voices))


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


def _assemble(draft, opening, shown, closing):
    pieces, room = list(opening), None
    for one in shown:
        if one.item.workspace_id != room:
            room = one.item.workspace_id
            pieces.append(_room_heading(draft, room))
        pieces.append(_heading(one.item, draft))
        said = [voice.piece(level, draft.style)[0] for voice, level in zip(one.voices, one.levels, strict=True)]
        pieces += said
        if rest := _rest(one, said, draft):
            pieces.append(rest)
    pieces += closing
    text = "\n\n".join(piece.text for piece in pieces if piece.text) + "\n"
    return Laid(text, _page(pieces, draft) if draft.style.html else "", [one.item for one in shown])


def _page(pieces, draft):
    code = draft.style.language
    language = LANGUAGES[code][2] if code in LANGUAGES else "en"
    body = "\n".join(piece.html for piece in pieces if piece.html).replace(GLUE, " ")
    return f'<!DOCTYPE html>\n<html lang="{language}" dir="{direction(code)}">\n<body>\n{body}\n</body>\n</html>\n'


def _opening(draft, items):
    paragraphs = [wording.first_line(draft.number, draft.last)]
    if items:
        paragraphs.append(wording.how_to_answer(f"#{items[0].number}:", draft))
    return [_text(words) for words in (*paragraphs, *draft.news)]


def _closing(draft, left_out):
    closing = []
    if left_out:
        closing.append(_text(wording.left_out(left_out)))
    words = wording.last_line(draft)
    html = paragraph([words])
    if draft.unsubscribe:
        stop = _("Stop")
        html = html.replace("</p>", f' <a href="{escape(draft.unsubscribe)}">{escape(stop)}</a></p>')
    closing.append(Piece("\n".join(wrap(words)), html))
    return closing


def _room_heading(draft, room):
    workspace = draft.rooms[room]
    style = draft.style
    return _room_lines(workspace.name, workspace.journal.mark, room in draft.short_of, style.language, style.html)


@lru_cache(maxsize=5000)
def _room_lines(name, mark, is_short, language, html):
    name = prose.name(name, language)
    record = keep(_("record %(mark)s") % {"mark": mark})
    heading = _("%(name)s, %(record)s") % {"name": name, "record": record}
    lines = wrap(f"=={GLUE}{heading}")
    markup = f"<h2>{escape(heading, quote=False)}</h2>"
    if is_short:
        words = _("So much happened here that only the latest is told.")
        lines += ["", *wrap(words)]
        markup += paragraph([words])
    return Piece("\n".join(lines), markup)


def _heading(item, draft):
    lines = _heading_lines(item.title, item.note, len(str(item.number)), draft.style.language)
    return _numbered(lines, item.number)


@lru_cache(maxsize=5000)
def _heading_lines(title, note, digits, language):
    words = _("(%(note)s) %(title)s") % {"note": note, "title": title} if note else title
    lines = wrap(f"[#{NUMBER * digits}] {words}")
    return Piece("\n".join(lines), f'<h3 dir="auto">[#{NUMBER}] {escape(words, quote=False)}</h3>')


def _rest(shown, pieces, draft):
    """How much of the thread is not here, and how to get it."""
    item = shown.item
    is_cut = any(piece.is_cut for piece in pieces)
    if not shown.left_out and not is_cut and item.of <= len(item.voices):
        return None
    lines = _rest_lines(shown.left_out, is_cut, item.of, len(str(item.number)), draft.style.language)
    return _numbered(lines, item.number)


@lru_cache(maxsize=5000)
def _rest_lines(left_out, is_cut, total, digits, language):
    facts = {"count": left_out, "total": total, "get": keep(f"GET {NUMBER * digits}")}
    if left_out:
        words = ngettext(
            "%(count)s more new post. All %(total)s posts: %(get)s",
            "%(count)s more new posts. All %(total)s posts: %(get)s",
            left_out,
        )
    elif is_cut:
        words = _("Shortened. The whole: %(get)s")
    else:
        facts["count"] = total
        words = ngettext("%(count)s post in all: %(get)s", "%(count)s posts in all: %(get)s", total)
    piece = _text(words % facts)
    return Piece(piece.text, piece.html.replace(NUMBER * digits, NUMBER))


def _numbered(piece, number):
    """A piece that was wrapped with a stand-in for the number, with the number in its place."""
    number = str(number)
    return Piece(piece.text.replace(NUMBER * len(number), number), piece.html.replace(NUMBER, number))


def _text(words):
    return Piece("\n".join(wrap(words)), paragraph([words]))


def _piece_size(piece, draft):
    return piece.bytes_in(html=draft.style.html) + 2 if piece else 0


def _size(pieces, draft):
    page = 120 if draft.style.html else 0
    return sum(_piece_size(piece, draft) for piece in pieces) + page
