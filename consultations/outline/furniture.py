"""Page furniture: running headers and footers, and page numbers, of text that was taken from a PDF.

They stand between the lines of a paragraph that runs over the page, and are taken out; `footnotes.py` marks the notes.
"""

import bisect
import collections
import re

from consultations.outline import footnotes, lines

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
MOST_TITLE = 4  # lines at the top of a text in which its title stands, which may be the running header too
FULL = 0.85  # of the width of most lines; few running headers are as long
WORDS = 4  # of a line that may be of a sentence
OFTEN = 0.4  # of the pages have a running header at least
ALIKE = 20  # lines that read alike, looked at on either side


def remove(raws):
    """The raw lines without headers, footers and page numbers; footnotes have kind "note"."""
    raws = footnotes.place(raws)
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
    return footnotes.mark(kept)


def _furniture(raws):
    """Which lines are furniture."""
    keys = [re.sub(r"\d+", "#", re.sub(r"\s+", " ", raw.text)).casefold() for raw in raws]
    counts = collections.Counter(keys)
    places = collections.defaultdict(list)
    for n, key in enumerate(keys):
        places[key].append(n)
    seeds = {n for n, raw in enumerate(raws) if _is_seed(raw, counts[keys[n]])}
    turns = {n for n, raw in enumerate(raws) if raw.page}
    told = any(re.search(r"[^\W\d_]{2}|[/|]", raws[n].text) or JOB.fullmatch(raws[n].text) for n in seeds)
    if not turns and not told and len(seeds) < 2:
        seeds = set()  # a figure on a line of its own
    pages = sum(n - 1 not in seeds for n in seeds)
    full = FULL * sorted(raw.width for raw in raws)[int(0.9 * len(raws))] if raws else 0
    top = next((n for n, raw in enumerate(raws[:MOST_TITLE]) if raw.read is not None), MOST_TITLE)
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
            often = len(others) + 1 >= max(3, OFTEN * pages) or places[keys[n]][0] < top
            if not often and _is_prose(raw, full):
                continue
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


def _is_prose(raw, full):
    """Whether a line that another reads like, but for its figures, may be of a sentence that runs through it."""
    long = len(raw.text.split()) >= WORDS or lines.width(raw.text) >= full
    return long and (lines.runs_on(raw.text) or (raw.width >= full and lines.goes_on(raw.text)))


def _is_content(text, times):
    """Whether a repeated line is more likely part of the text."""
    return lines.is_finished(text) and times < 3 and not text.endswith(".")
