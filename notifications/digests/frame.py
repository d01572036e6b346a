"""What stands around the posts of an issue: its first and last lines, the headings of workspaces and items.

Numbers are slots (see notifications/slots.py). Each function gives a piece and the bytes it takes, with the empty line
before it, as voices do.
"""

from functools import lru_cache
from html import escape

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications import slots
from notifications.digests import prose, wording
from notifications.digests.pieces import Piece, paragraph
from notifications.slots import ISSUE, ITEM, LAST, NEWS, STOP
from notifications.wrapping import GLUE, keep, wrap


def opening(draft, *, part, parts, first_place):
    """The first lines of one mail; only the first of an issue carries the reader's news. first_place: of an item."""
    number, last = ISSUE * len(str(draft.number)), LAST * len(str(draft.last)) if draft.last else ""
    words = [wording.first_line(number, last) if part == 1 else wording.part_line(number, part, parts)]
    if part == 1 and parts > 1:
        words.append(wording.in_parts(parts))
    digits = 0 if first_place is None else draft.digits(first_place)
    if digits:
        words.append(wording.how_to_answer(f"#{ITEM * digits}:", draft))
    sized = [_placed(_text(one), first_place, digits, draft) for one in words]
    if part == 1:
        piece, size = sized[-1]
        sized[-1] = Piece(piece.text + NEWS, piece.html + NEWS), size
    return sized


def closing(draft, *, part, parts, left_out=0, following=None):
    """The last lines of one mail. following: (place of the first item, how many) of the next mail."""
    number = ISSUE * len(str(draft.number))
    if part < parts:
        place, count = following
        digits = draft.digits(place)
        words = wording.part_ends(number, part, parts, first=f"#{ITEM * digits}", count=count)
        return [_placed(_text(words), place, digits, draft)]
    ends = [_placed(_text(wording.left_out(left_out)), 0, 0, draft)] if left_out else []
    words = wording.last_line(number, draft)
    html = paragraph([words]).replace("</p>", f' <a href="{STOP}">{escape(_("Stop"))}</a></p>')
    piece, size = _placed(Piece("\n".join(wrap(words)), html), 0, 0, draft)
    return [*ends, (piece, size + (STOP_BYTES if draft.style.html else 0))]


MOST_NEWS = 2400  # bytes
STOP_BYTES = 200  # room for the address in the link that stops these mails


def room_heading(draft, room):
    """The name of a workspace, and the head of its journal."""
    workspace, style = draft.rooms[room], draft.style
    return _room_lines(workspace.shown_name, workspace.journal.mark, room in draft.short_of, style.language, style.html)


@lru_cache(maxsize=5000)
def _room_lines(name, mark, is_short, language, is_html):
    name = prose.name(name, language)
    record = keep(_("record %(mark)s") % {"mark": mark})
    heading = _("%(name)s, %(record)s") % {"name": name, "record": record}
    lines = wrap(f"=={GLUE}{heading}")
    markup = f"<h2>{escape(heading, quote=False)}</h2>"
    if is_short:
        words = _("So much happened here that only the latest is told.")
        lines += ["", *wrap(words)]
        markup += paragraph([words])
    piece = Piece("\n".join(lines), markup)
    return piece, piece.bytes_in(html=is_html)


def heading(item, place, draft):
    """The line an answer refers to: the item's marker and title."""
    digits = draft.digits(place)
    return _at(place, digits, *_heading_lines(item.title, item.note, digits, draft.style.language, draft.style.html))


@lru_cache(maxsize=5000)
def _heading_lines(title, note, digits, language, is_html):
    title = prose.title(title)
    words = _("(%(note)s) %(title)s") % {"note": note, "title": title} if note else title
    marker = ITEM * digits
    lines = wrap(f"[#{marker}] {words}")
    piece = Piece("\n".join(lines), f'<h3 dir="auto">[#{marker}] {escape(words, quote=False)}</h3>')
    return piece, piece.bytes_in(html=is_html)


def rest(item, place, draft, *, left_out, is_cut):
    """How much of the thing is not here, and how to get it; None when all of it is."""
    if not left_out and not is_cut and item.of <= len(item.voices):
        return None
    digits, style = draft.digits(place), draft.style
    return _at(place, digits, *_rest_lines(left_out, is_cut, item.of, digits, style.language, style.html))


def longest_rest(item, place, draft):
    """Bytes of the longest line that `rest` can give."""
    style = draft.style
    return _rest_lines(len(item.voices) + item.more, True, item.of, draft.digits(place), style.language, style.html)[1]


@lru_cache(maxsize=5000)
def _rest_lines(left_out, is_cut, total, digits, language, is_html):
    facts = {"count": left_out, "total": total, "get": keep(f"GET {ITEM * digits}")}
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
    return piece, piece.bytes_in(html=is_html)


def news(lines):
    """What fills the slot NEWS: the sentences as text, and as HTML; as many as MOST_NEWS bytes hold."""
    texts, left = [], MOST_NEWS
    for place, line in enumerate(lines):
        text = "\n\n" + "\n".join(wrap(line))
        left -= slots.width(text)
        if left < 0:
            lines = [*lines[:place], wording.more_news(len(lines) - place)]
            texts.append("\n\n" + "\n".join(wrap(lines[-1])))
            break
        texts.append(text)
    html = "".join("\n" + paragraph([line]) for line in lines).replace(GLUE, " ")
    return "".join(texts), html


def _text(words):
    return Piece("\n".join(wrap(words)), paragraph([words]))


def _placed(piece, place, digits, draft):
    """(piece, bytes) with slots where the signs of numbers stood while it was wrapped."""
    size = piece.bytes_in(html=draft.style.html)
    issue, last = ISSUE * len(str(draft.number)), LAST * len(str(draft.last))
    text, html = (form.replace(issue, ISSUE).replace(last, LAST) for form in (piece.text, piece.html))
    return _at(place, digits, Piece(text, html), size) if digits else (Piece(text, html), size)


def _at(place, digits, piece, size):
    sign, slot = ITEM * digits, slots.item(place)
    return Piece(piece.text.replace(sign, slot), piece.html.replace(sign, slot)), size
