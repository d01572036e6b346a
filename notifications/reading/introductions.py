"""Introductions: the lines by which a program says who wrote what follows ("On Wednesday Pat wrote:").

They may be broken over several lines. The words of each language stand in `languages.toml`; here is only how they are
put together. Header blocks and separators are in `blocks`.
"""

import functools
import re
import unicodedata

from . import languages

MOST_WINDOW = 700  # characters of an attribution with its continuation lines
MOST_BROKEN = 300  # the same, when empty lines stand in between
MOST_LINES = 8  # lines over which an attribution may be broken
WHO = "says who wrote what follows"


def _either(words):
    return "|".join(re.escape(word).replace(r"\ ", r"\s?") for word in words)


VERBS = languages.words("wrote")
_UNSPACED = [word for word in VERBS if ord(word[0]) > 0x2E80]
_SPACED = [word for word in VERBS if ord(word[0]) <= 0x2E80]
WROTE = re.compile(rf"{_either(_UNSPACED)}|(?<![^\W_])(?:{_either(_SPACED)})(?![^\W_]{{3}})")
ON = re.compile(rf"(?:{_either(languages.words('on'))})(?=[\s,:،\d])")
SENT = tuple(word + " " for word in languages.words("sent"))
ADDRESS = re.compile(r"[^\s<>@\"']{1,100}@[^\s<>@\"']{2,200}")
TIME = re.compile(r"(?<!\d)\d{1,2}\s?(?:[:.h時时点點시]\s?\d{2}(?!\d)|[ap]\.?m\b)")
YEAR = re.compile(
    r"(?<!\d)(?:19|20|13|14|25)\d\d(?!\d)|(?<!\d)\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}(?!\d)|\d\s?[年년]"
)
DATE_START = re.compile(r"\W{0,3}(?:\d{1,4}[\W年년]|[^\s\d]{1,14}\s(?:[^\W\d]{1,12}\s)?\d|[^\W\d]{2,14},\s)")
ISO_LINE = re.compile(r"20\d\d-\d\d-\d\d \d\d:\d\d gmt[+-]\d\d:\d\d \w.{0,80}$")
BETWEEN = re.compile(r"[\s>*|]{0,6}[-_=—–]{3,40}[^-_=—–]{3,60}[-_=—–]{3,40}[\s*:：]{0,4}$")
SNIPPED = re.compile(r"[\s\[(<{*]{0,4}(?:snip\w{0,4}|\.{2,}|…|deleted|cut)[\s\])>}.*]{0,5}$", re.IGNORECASE)
DATED_TAIL = re.compile(r">?\s{0,3}[\[(][^\])]{6,60}[\])]\s{0,3}:$")
QUOTING = tuple(word + " " for word in languages.words("quoting"))
SENTENCE_ENDS = ".!?。！？؟…"
# A sentence, and not a date that was broken after "6." or "Sept.", "a.m." or "г."
SENTENCE = re.compile(r"(?:[!?。！？؟…]|[^\W\d_]{5,}\.|:\d\d\.)[\s\"'»”]{0,3}$")
LIST_ITEM = re.compile(r"[-*•#>](?!-)\s?|\d{1,3}[.)]\s")
BULLET = re.compile(r"[-*•]\s\S|\d{1,3}[.)]\s")
NAME_AND_ADDRESS = re.compile(r"[^<>@]{0,60}<[^\s<>@]{1,64}@[^\s<>@]{2,200}>,?(?:\s\w{1,4}){0,2}$")
OPEN_ADDRESS = re.compile(r"[^\s<>@]{1,64}@[^\s<>@]{2,200}>")
EXCERPTS = ("excerpts from ", "excerpt from ")
BEYOND_ASCII_DIGIT = re.compile(r"(?![0-9])\d")
WITHOUT_COLON = ("写道", "寫道", "のメッセージ", "작성", "メール", "writes", "wrote", "schrieb", "écrit", "escribió",
                 "escribio", "escreveu", "ha scritto")  # fmt: skip


def is_sure(text):
    """Does an attribution name an address or an hour, as programs do?"""
    text = plain(text[:MOST_WINDOW])
    return bool(ADDRESS.search(text) or TIME.search(text))


def leads_to_header(head):
    """ "On Monday at 7:00 Pat wrote" or "Message du 06/03/24 7:00", without a colon, when a header block follows."""
    text = plain(head) if len(head) <= 200 else ""
    if not text:
        return False
    dated = YEAR.search(text) or TIME.search(text)
    return (WROTE.search(text) is not None and _is_start(text) and is_sure(text)) or (
        bool(dated) and text.startswith(SENT)
    )


def may_end_attribution(head):
    """Cheap look at a line: could an attribution end here?"""
    tail = head.rstrip(" >*_-—|")
    if tail.endswith((":", "：", "﹕", "︰")) or (tail != head and head.endswith(("-", ">"))) or head.startswith("20"):
        return True
    return tail.endswith(WITHOUT_COLON)


def attribution(lines, heads, index):
    """Index of the first line of an attribution that ends at line `index`, or None."""
    window, best, blanks = "", None, 0
    if BETWEEN.match(heads[index]) and WROTE.search(plain(heads[index])):  # "---- Pat wrote ----"
        return index
    for first in range(index, max(-1, index - MOST_LINES), -1):
        if lines[first].kind == "blank":
            blanks += 1
            if blanks > 3 or (best is not None and YEAR.search(_bare(window))):
                break
            continue
        if lines[first].depth or (lines[first].kind == "attribution" and lines[first].hint != "attribution"):
            break
        if first < index and _is_said(heads[first], window):
            break
        window = f"{_folded(heads[first])} {window}"
        if len(window) > (MOST_BROKEN if blanks else MOST_WINDOW):
            break
        says = _says_who_wrote(_bare(window), lines, index)
        if says and _is_start(plain(heads[first]), strict=blanks > 0):
            return _upwards(lines, heads, first, window)
        if best is None and not blanks:
            best = first if says else None
        elif best is not None and (
            _opens(heads[first]) or (says and not blanks and _brings_address(heads, first, best))
        ):
            best = first
    if best is None and _dates_a_quotation(plain(heads[index]), lines, index):
        best = index
    return None if best is None else _upwards(lines, heads, best, " ".join(map(_folded, heads[best : index + 1])))


def _is_said(head, below):
    """A sentence or an item of a list that stands above an attribution, and is no part of it."""
    if ADDRESS.search(head) or OPEN_ADDRESS.match(_bare(below)):
        return False
    return SENTENCE.search(head[-40:]) is not None or (BULLET.match(head) is not None and not YEAR.search(head))


def _upwards(lines, heads, first, window):
    """The line above `first` with which the attribution begins, when a program broke it early."""
    top, seen, joined = first, 0, window
    for above in range(first - 1, max(-1, first - 5), -1):
        head, line = heads[above], lines[above]
        if line.kind == "blank":
            continue
        seen += 1
        if line.kind != "new" or seen > 3 or len(head) > 120 or head[-1] in SENTENCE_ENDS or LIST_ITEM.match(head):
            break
        before, joined = joined, f"{_folded(head)} {joined}"
        if _belongs(head, _bare(before), _bare(joined), is_next=above == top - 1):
            top = above
        elif len(head) > 20:
            break
    return top


def _belongs(head, before, joined, is_next):
    """Does a line give what the attribution below it lacks: its first word, date, or the name before the address?"""
    text, dated = plain(head), YEAR.search(before)
    is_opening = is_next and len(text) <= 25 and len(text.split()) <= 4 and not text.endswith((":", "："))
    if is_opening and ON.match(f"{text} ") and not _begins_with_on(before):
        return _begins_with_on(joined)
    if not dated and YEAR.search(text) and (DATE_START.match(text) or ON.match(text) or ADDRESS.search(text)):
        return True
    if is_next and NAME_AND_ADDRESS.match(head):
        return not ADDRESS.search(before)
    return is_next and OPEN_ADDRESS.match(before) is not None and len(head) <= 40


def _brings_address(heads, first, best):
    """The address, which the lines found so far had not: "Pat <pat@example.org>, 6 Mar" / "tarihinde yazdı:"."""
    return ADDRESS.search(heads[first]) is not None and not any(ADDRESS.search(head) for head in heads[best : best + 4])


def _opens(head):
    """A name and the start of an address that goes on in the next line."""
    return head.endswith("<") or (head.count('"') == 1 and head.startswith('"'))


def plain(text):
    """Folded, ASCII digits, no decoration around; cut, for some signs unfold to many."""
    return _bare(_folded(text))


def _bare(folded):
    return " ".join(folded.split()).strip("-–—*>|<_ \t=")


@functools.lru_cache(maxsize=256)
def _folded(text):
    if text.isascii():
        return text.casefold()
    return BEYOND_ASCII_DIGIT.sub(_ascii_digit, languages.fold(text[: MOST_WINDOW * 2]))


def _ascii_digit(match):
    return str(unicodedata.decimal(match[0], match[0]))


def _begins_with_on(text):
    on = ON.match(text)
    return bool(on and re.search(r"\d", text[on.end() : on.end() + 45]))


def _is_start(text, strict=False):
    """Begins as attributions do: with the word for "on" and a date, or (not when strict) with the date itself."""
    if _begins_with_on(text):
        return True
    if strict:
        return bool(DATE_START.match(text)) and bool(TIME.search(text)) and bool(YEAR.search(text))
    return bool(DATE_START.match(text)) and bool(TIME.search(text) or YEAR.search(text))


def _says_who_wrote(text, lines, index):
    """Does this text, one of `_plain`, read as an attribution?"""
    verbs = list(WROTE.finditer(text)) if any(map(text.__contains__, VERBS)) else []
    addresses = list(ADDRESS.finditer(text))
    if not verbs and not addresses and not text.startswith(EXCERPTS + QUOTING):
        return bool(ISO_LINE.match(text))
    address = addresses[-1] if addresses else None
    timed, dated, started = TIME.search(text), YEAR.search(text), _is_start(text)
    colon = text.endswith((":", "："))
    if verbs and _verb_fits(text, verbs[-1], address, timed, dated, started, colon, lines, index):
        return True
    if "message-id" in text or "http" in text:
        return False
    if address and started and (timed or dated) and not text[address.end() :].strip(' :：>")]'):
        return colon or bool(timed) or quote_follows(lines, index)
    if colon and dated and text.startswith(EXCERPTS):
        return True
    if colon and text.startswith(QUOTING) and quote_follows(lines, index):
        return True
    if address and colon and (text.startswith(QUOTING) or (dated and DATED_TAIL.match(text[address.end() :]))):
        return True
    return bool(ISO_LINE.match(text))


def _dates_a_quotation(text, lines, index):
    """In a language the table does not have: a short line with a date, a time and a colon, right above the marks."""
    if len(text) > 100 or not text.endswith((":", "：")) or not TIME.search(text) or not YEAR.search(text):
        return False
    return quote_follows(lines, index)


def _verb_fits(text, verb, address, timed, dated, started, colon, lines, index):
    """A word for "wrote" stands in the text: at its end, or before the name, with the date or address of a mail."""
    at_end = len(text.rstrip(" :：.>*-")) - verb.end() <= 3
    if at_end and (address or (started and (timed or dated)) or (colon and (timed or dated))):
        return True
    if colon and (started or address) and (timed or dated):
        return len(text) < 400 and (address is not None or timed is not None or quote_follows(lines, index))
    tail = text[verb.end() :]
    if colon and len(tail) <= 45 and len(text) <= 160 and TIME.search(tail) and YEAR.search(tail):
        return True
    if (at_end or dated or not verb.start()) and colon and len(text) <= 100:
        return quote_follows(lines, index) or " via " in text
    return at_end and " via " in text and len(text) <= 120


def quote_follows(lines, index):
    """The next text after line `index` is quoted or known; "[snip]" may stand between."""
    after = next_text(lines, index + 1)
    if after < len(lines) and SNIPPED.match(lines[after].text):
        after = next_text(lines, after + 1)
    if after >= len(lines):
        return False
    return lines[after].depth > 0 or lines[after].kind == "known" or lines[after].text.startswith("|")


def next_text(lines, index):
    """Index of the first line from `index` on that is not blank."""
    while index < len(lines) and lines[index].kind == "blank":
        index += 1
    return index


def last_text(lines, index):
    """Index of the last line up to `index` that is not blank, or -1; looks at few."""
    for at in range(index, max(-1, index - MOST_LINES), -1):
        if lines[at].kind != "blank":
            return at
    return -1
