"""Page furniture: running headers and footers, page numbers and footnotes of text that was taken from a PDF.

They stand between the lines of a paragraph that runs over the page. Headers and footers are taken out; footnotes are
marked, so that they are nobody's text.
"""

import bisect
import collections
import dataclasses
import itertools
import re

from consultations.outline import lines
from consultations.outline.layout import Layout

NUMBER = r"(?:\d{1,4}|[ivxlc]{1,6})"
PAGE_NUMBER = re.compile(
    r"(?:" + NUMBER + r"|[-–—|]+\s*" + NUMBER + r"\s*[-–—|]+|\[" + NUMBER + r"\]|\(\d{1,4}\)"
    r"|\d{1,4}\s*/\s*\d{1,4}"
    r"|(?:page|p\.|pág(?:ina|\.)|pagina|страница|стр\.|صفحة|الصفحة|seite)\s*[:.]?\s*\d{1,4}"
    r"(?:\s*(?:of|de|sur|из|من|/)\s*\d{1,4})?"
    r"|\d{1,4}\s*\|\s*p\s?a\s?g\s?e|p\s?a\s?g\s?e\s*\|\s*\d{1,4}"
    r"|第?\s*\d{1,4}\s*页\s*[,，/]?\s*(?:共\s*\d{1,4}\s*页)?|第\s*\d{1,4}\s*页.{0,12}|\d{1,4}\s*(?:of|de|из|من)\s*\d{1,4})",
    re.IGNORECASE,
)
# A/RES/62/196, E/CN.17/2006/2, CBD/COP/DEC/15/4, UNEP/GC.26/INF/12/Rev.1, with or without the page beside it
_SYMBOL = r"[A-Z]{1,8}(?: \d{4})?(?:/[A-Z0-9][A-Za-z0-9.()\-–]*){1,7}(?:[*]+)?"
SYMBOL = re.compile(
    r"(?:\W*\d{1,4}(?:/\d{1,4})?\s+)?" + _SYMBOL + r"(?:\s+\W*(?:page\s*)?\d{1,4}(?:/\d{1,4})?\W*)?", re.IGNORECASE
)
JOB = re.compile(
    r"(?:\d{1,4}(?:/\d{1,4})?\s+)?(?:[A-Z]{1,4}\.)?\d{2}-\d{4,6}(?:\s*\([A-Z]\))?(?:\s+\d{6})*(?:\s+\*\d+\*)?(?:\s+\d{1,4}(?:/\d{1,4})?)?"
    r"|\*\d{6,}\*"
)
RULE = re.compile(r"[_\-–—─━=*·.]{3,}")
NOTE_MARK = re.compile(r"(?:\d{1,3}|[¹²³⁰⁴-⁹]{1,3}|\*{1,4}|†|‡|\[\d{1,3}\]|\(\d{1,3}\))")
NOTE = re.compile(
    r"(?:(?P<raised>[¹²³⁰⁴-⁹]{1,3}|[*†‡]{1,4}(?=\s*[\w《«“\"]))\s*|(?P<plain>\d{1,3})(?:\s+|[.)]\s*|/\s*)|[\[(](?P<held>\d{1,3})[\])]\s*)(?=\S)"
)
MOST_TITLE = 4  # lines at the top of a text in which its title stands, which may be the running header too
NEAR = 3  # lines from the turn of a page within which a running header stands
OF_PARAGRAPHS = {"dot", "dash", "comma", "bracket"}
MOST_NOTE_LINES = 60
FAR = 500  # a number so far beyond the notes' own opens no paragraph among them
MOST_FOOT_LINES = 16
MOST_AHEAD = 200  # lines looked at for a paragraph's number
ALIKE = 20  # lines that read alike, looked at on either side


def remove(raws):
    """The raw lines without headers, footers and page numbers; footnotes have kind "note"."""
    raws = _whole(raws)
    raws = _raised(raws) if Layout(raws).kind == "spaced" else _hung(raws)
    doomed = _furniture(raws)
    kept, page, blanks = [], False, 0
    for n, raw in enumerate(raws):
        page = page or raw.page
        if n in doomed:
            page, blanks = True, max(blanks, raw.blanks)
            continue
        raw.page = page
        if page:
            raw.blanks = max(raw.blanks, blanks)
        kept.append(raw)
        page, blanks = False, 0
    return _notes(kept)


def _whole(raws):
    """Lines that a footnote's mark on a line of its own cuts in pieces are whole again, without the mark.

    So stand raised figures in text of a PDF where a blank line follows every printed line: none between the pieces.
    """
    if sum(raw.blanks > 0 for raw in raws) <= len(raws) / 2:
        return raws
    kept, at = [], 0
    while at < len(raws):
        before = kept[-1] if kept else None
        if before is not None and at + 1 < len(raws) and _cuts(before, raws[at], raws[at + 1], len(kept) == 1):
            after = raws[at + 1].text
            wide = re.match("[\u2e80-\uffff]", after) or re.search("[\u2e80-\uffff]\\Z", before.text)
            space = "" if wide or after[0] in ",.;:!?)]،؛؟" else " "
            kept[-1] = dataclasses.replace(before, text=before.text + space + after)
            at += 2
            continue
        kept.append(raws[at])
        at += 1
    return kept


def _cuts(before, mark, after, first):
    """Whether `mark` is a footnote's, in the middle of one printed line."""
    within = not (mark.blanks or after.blanks or mark.page or after.page) and (before.blanks > 0 or first)
    texts = (before.text, after.text)
    return (
        within
        and NOTE_MARK.fullmatch(mark.text) is not None
        and not any(RULE.fullmatch(text) or NOTE_MARK.fullmatch(text) for text in texts)
    )


def _raised(raws):
    """Text of a PDF sets raised figures on lines of their own: notes get theirs back, in running text they go.

    Where every line has a blank line after it, one that has none ends a page.
    """
    kept, ruled, skip, last = [], False, False, 0
    for raw, after in itertools.zip_longest(raws, raws[1:]):
        if skip:
            skip = False
            continue
        if NOTE_MARK.fullmatch(raw.text) and after is not None:
            number = int(re.sub(r"\D", "", raw.text) or 0)
            goes_on = last and number == last + 1 and kept and lines.is_finished(kept[-1].text)
            if ruled or goes_on or (after.blanks == 0 and raw.blanks):
                text = raw.text + " " + after.text
                kept.append(dataclasses.replace(after, text=text, blanks=raw.blanks, raised=True))
                skip, ruled, last = True, False, number
                continue
            if raw.blanks == 0 and kept:
                after.joined = after.blanks == 0
                continue
        if raw.blanks == 0 and kept and not raw.joined and not ruled:
            raw.page = True
        ruled = bool(RULE.fullmatch(raw.text))
        last = last if not raw.page and raw.read is None else 0
        kept.append(raw)
    return kept


def _hung(raws):
    """Notes below a rule whose figure stands on a line of its own get it back: it is no page number."""
    kept, number, left, waits = [], 0, 0, None
    for raw in raws:
        if waits is not None:
            text = f"{waits.text} {raw.text}"
            kept.append(dataclasses.replace(raw, text=text, indent=waits.indent, blanks=waits.blanks, raised=True))
            waits = None
            continue
        ruled = bool(kept) and RULE.fullmatch(kept[-1].text) is not None
        alone = raw.text.isdecimal() and len(raw.text) < 4
        left = MOST_NOTE_LINES * alone if ruled else (left - 1) * (not raw.blanks and not raw.page)
        if alone and (ruled or (left > 0 and int(raw.text) == number + 1)):
            number, waits = int(raw.text), raw
            continue
        kept.append(raw)
    return kept if waits is None else [*kept, waits]


def _furniture(raws):
    """Which lines are furniture."""
    keys = [re.sub(r"\d+", "#", re.sub(r"\s+", " ", raw.text)).casefold() for raw in raws]
    counts = collections.Counter(keys)
    places = collections.defaultdict(list)
    for n, key in enumerate(keys):
        places[key].append(n)
    seeds = {n for n, raw in enumerate(raws) if _is_seed(raw, counts[keys[n]])}
    turns = {n for n, raw in enumerate(raws) if raw.page}
    if not turns and not any(SYMBOL.fullmatch(raws[n].text) or JOB.fullmatch(raws[n].text) for n in seeds):
        pages = [int(re.sub(r"\D", "", raws[n].text) or 0) for n in seeds]
        if len(pages) < 2 and not any(re.search(r"[^\W\d_]{2}|[/|]", raws[n].text) for n in seeds):
            seeds = set()
    doomed = set(seeds)
    changed = True
    rounds = 0
    while changed and rounds < 4:
        changed, rounds = False, rounds + 1
        for n, raw in enumerate(raws):
            if n in doomed or counts[keys[n]] < 2 or raw.width > 120 or raw.raised:
                continue
            if raw.read is not None or lines.heading_number(raw.text) is not None:
                continue
            near = n - 1 in doomed or n + 1 in doomed
            near = near or any(m in turns for m in (n - 1, n, n + 1))
            if not near:
                continue
            others = [m for m in _same(places[keys[n]], n) if m >= MOST_TITLE or n < MOST_TITLE]
            also = [m for m in others if any(k in doomed or k in turns for k in (m - 1, m, m + 1))]
            if len(also) >= 0.8 * len(others) and not _is_content(raw.text, len(others) + 1):
                doomed.add(n)
                changed = True
    return doomed


def _same(places, n):
    """Some of the nearest other lines that read alike."""
    at = bisect.bisect_left(places, n)
    return [m for m in places[max(0, at - ALIKE) : at + ALIKE + 1] if m != n]


def _is_seed(raw, count):
    """A line that is furniture by itself: a page number, a symbol, a job number."""
    text = raw.text
    if len(text) > 80:
        return False
    if text.endswith("."):
        return bool(PAGE_NUMBER.fullmatch(text) and re.search(r"\d", text))  # `1 A/50/154.` is a note
    if SYMBOL.fullmatch(text) and re.search(r"\d", text) and text.upper() == text.upper().strip() and "/" in text:
        return bool(re.match(r"\W*(?:\d{1,4}(?:/\d{1,4})?\s+)?[A-Z]", text)) and count >= 1
    return bool(PAGE_NUMBER.fullmatch(text) and re.search(r"\d", text)) or bool(JOB.fullmatch(text))


def _is_content(text, times):
    """Whether a repeated line is more likely part of the text."""
    return lines.is_finished(text) and times < 3 and not text.endswith(".")


def _notes(raws):
    """Mark footnotes: from a rule, or a note's own mark at a page's foot, to where the page or the note ends."""
    kept, n, last, seen = [], 0, 0, {}
    while n < len(raws):
        raw = raws[n]
        ruled = bool(RULE.fullmatch(raw.text))
        start = n + 1 if ruled else n
        if start < len(raws) and (number := _note_starts(raws[start], last, seen if ruled else None)) is not None:
            body = next((r for r in reversed(kept[-MOST_NOTE_LINES:]) if not r.kind), None)
            whole = ruled and (body is None or body.finished)  # no sentence waits to go on below the notes
            end = _note_ends(raws, start, seen if ruled else None, whole)
            for m in range(start, end):
                raws[m].kind = "note"
                kept.append(raws[m])
            if end < len(raws):
                raws[end].page = True
            last = number or last
            n = end
            continue
        n += 1
        if ruled:
            if n < len(raws):
                raws[n].blanks = max(raws[n].blanks, 1)
            continue
        if raw.read is not None and raw.read.decimal and raw.read.style.split(":")[0] in OF_PARAGRAPHS:
            seen[raw.read.style] = raw.read.decimal.ordinal
        kept.append(raw)
    return kept


def _note_starts(raw, last, seen):
    """The number of a note that starts here (0 where it has no number), or None.

    `seen`, below a rule: the last number of each style, for the next one is no note; None where there is no rule.
    """
    match = NOTE.match(raw.text)
    if raw.raised:
        return int(re.match(r"\d*", raw.text)[0] or 0)
    if match and match["raised"]:
        return _superscript(match["raised"])
    if seen is not None and match:
        number = int(match["plain"] or match["held"])
        if _is_next(raw, seen) and number != last + 1:
            return None
        return number if 0 < number < 400 else None
    if match and match["plain"] and not re.match(r"\d+[.)]", raw.text) and raw.read is None:
        number = int(match["plain"])
        rest = raw.text[match.end() :]
        if number == last + 1 and lines.CITES.match(rest):
            return number
    return None


def _is_next(raw, seen):
    """Whether a line has the number that comes next among the paragraphs, printed as theirs are."""
    number = raw.read.decimal if raw.read is not None else None
    return number is not None and number.ordinal == seen.get(raw.read.style, 0) + 1


def _superscript(text):
    digits = "".join(str("⁰¹²³⁴⁵⁶⁷⁸⁹".index(c)) for c in text if c in "⁰¹²³⁴⁵⁶⁷⁸⁹")
    return int(digits or 0)


def _note_ends(raws, n, seen, whole):
    """The row after the last line of the notes that start at n; `seen` as in `_note_starts`."""
    end, opening = n + 1, NOTE.match(raws[n].text)
    last = int(opening["plain"] or opening["held"] or 0) if opening else 0
    shape = _shape(opening)
    foot = _foot(raws, n) if seen is not None else None
    while end < len(raws) and end < n + MOST_NOTE_LINES:
        raw, before = raws[end], raws[end - 1]
        if raw.page or end == foot:
            break
        match = NOTE.match(raw.text)
        number = int(match["plain"] or match["held"] or 0) if match else 0
        loose = number and match["plain"] and (raw.read is None or raw.read.style == "slash")
        follows = last and number == last + 1 and shape and _shape(match) == shape
        if follows and seen is not None and _is_next(raw, seen) and not _comes_again(raws, end, number):
            break
        if raw.raised or (match and match["raised"]) or loose or follows:
            last = number or last
            end += 1
            continue
        far = raw.read is not None and raw.read.decimal and raw.read.decimal.ordinal > FAR + last
        opens = raw.read is not None and not (far and seen is not None)
        if opens or lines.heading_number(raw.text) is not None or RULE.fullmatch(raw.text):
            break
        if foot is None and not whole and lines.bare_end(before.text)[-1:] in lines.ENDS:
            break
        end += 1
    return end


def _shape(note):
    """How a note's mark is printed, its figure aside: `.`, `)`, `[]`; empty for a bare or raised figure."""
    return re.sub(r"[\d\s]", "", note[0]) if note and not note["raised"] else ""


def _comes_again(raws, n, number):
    """Whether the number of line n stands again further down, before the next one: then line n is the note's."""
    for raw in raws[n + 1 : n + MOST_AHEAD]:
        if raw.read is not None and raw.read.decimal and raw.read.style.split(":")[0] == "dot":
            ordinal = raw.read.decimal.ordinal
            if ordinal in {number, number + 1}:
                return ordinal == number
    return False


def _foot(raws, n):
    """Where the page turns after notes that start at n, when it is near and no paragraph opens before."""
    for end in range(n + 1, min(len(raws), n + MOST_FOOT_LINES)):
        if raws[end].page:
            return end
    return None
