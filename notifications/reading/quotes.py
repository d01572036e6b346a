"""Quotes: tells the writer's own lines from those of others.

Each line gets its `kind`. Marked lines are quoted; lines that equal the issue are known; attribution lines, header
blocks and separators are recognised with the words of `attributions`; and what follows one of these without any mark is
quoted as well, unless the known text shows that the writer answered in between.
"""

import re
import unicodedata

from . import align, attributions
from .lines import Line

MOST_WINDOW = 700  # characters of an attribution with its continuation lines
ALIGNED = 0.3  # share of the letters after an attribution that must be known for the rest to be the writer's


def _either(words):
    return "|".join(re.escape(word).replace(r"\ ", r"\s?") for word in words)


WROTE = re.compile(
    rf"(?:(?<![^\W_])|(?<=[\u3040-\u9fff\uac00-\ud7a3]))(?:{_either(attributions.words('wrote'))})(?![^\W_]{{3}})"
)
ON = re.compile(rf"(?:{_either(attributions.words('on'))})(?![a-zа-яα-ω])")
ROLES = {word: role for role in ("cc", "subject", "to", "sent", "frm") for word in attributions.words(role)}
ORIGINAL = set(attributions.words("original"))

ADDRESS = re.compile(r"[^\s<>@\"']{1,100}@[^\s<>@\"']{2,200}")
TIME = re.compile(r"(?<!\d)\d{1,2}\s?(?:[:.h時时点點시]\s?\d{2}(?!\d)|[ap]\.?m\b)")
YEAR = re.compile(
    r"(?<!\d)(?:19|20|13|14|25)\d\d(?!\d)|(?<!\d)\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}(?!\d)|\d\s?[年년]"
)
DATE_START = re.compile(r"\W{0,3}(?:\d{1,4}[\W年년]|[^\W\d]{1,14}\.?,?\s(?:[^\W\d]{1,12}\s)?\d|[^\W\d]{2,14},\s)")
ISO_LINE = re.compile(r"20\d\d-\d\d-\d\d \d\d:\d\d gmt[+-]\d\d:\d\d \w.{0,80}$")
LABEL = re.compile(r"[\s*_>|•]{0,6}([^\W\d][^:：*\n]{0,30}?)\s{0,3}\**\s{0,3}[:：]\s{0,3}\**\s{0,3}(.*)", re.DOTALL)
DASHED = re.compile(r"[\s>*|]{0,6}(?:[-_=—–*]{2,}|-)\s{0,4}(.{3,60}?)\s{0,4}(?:[-_=—–*]{2,}|-)?[\s*:：]{0,4}$")
RULE = re.compile(r"[\s*]{0,4}[-_=—–]{5,}[\s*]{0,4}$")
DIGITS = re.compile(r"[^\x00-\x7f]")


def mark(lines, known=None):
    """Give each line its kind, but for signatures: blank, quoted, known, attribution or new."""
    lines = _split_at_markers(lines, known) if known else lines
    _free_broken_ends(lines)
    heads = [line.head for line in lines]
    _mark_depth_and_known(lines, heads, known)
    starts = _mark_attributions(lines, heads)
    _mark_unmarked_quotes(lines, starts, known)
    return lines


def _split_at_markers(lines, known):
    """Part lines in which a program ran the writer's words and the issue's together: "yes [#12] Should the ..."."""
    out = []
    for line in lines:
        text = line.text
        if "#" not in text and "＃" not in text:
            out.append(line)
            continue
        for piece in _pieces(text[:20_000], known):
            out.append(Line(piece, line.depth, line.soft, line.hint, offset=line.offset))
        if text[20_000:]:
            out.append(Line(text[20_000:], line.depth, line.soft, line.hint, offset=line.offset))
    return out


def _pieces(text, known):
    starts = [0]
    for match in list(align.MARKER.finditer(text, 1))[:50]:
        code = str(int(match[1]))
        start, length = known.titles.get(code, (0, 0))
        rest = align.squeeze(text[match.start() : match.start() + length * 2 + 40])
        if length and rest[:length] == known.stream[start : start + length]:
            starts.append(match.start())
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        piece = text[start:end].strip() if start or end < len(text) else text[start:end]
        marker = align.MARKER.match(piece)
        cut = known.title_end(piece[:4_000], str(int(marker[1]))) if marker else None
        if cut and not known.stream.startswith(align.squeeze(piece), known.titles[str(int(marker[1]))][0]):
            yield piece[:cut]
            yield piece[cut:].strip()
        else:
            yield piece


def _free_broken_ends(lines):
    """An attribution broken before ">" ends in a line that looks quoted: "<pat@example.org" / "> wrote:"."""
    for before, line in zip(lines, lines[1:], strict=False):
        if line.depth == 1 and not before.depth and len(line.text) < 40 and line.text.rstrip().endswith((":", "：")):
            if before.text.rfind("<") > before.text.rfind(">") and (WROTE.search(line.text.casefold()) or len(line.text.strip()) == 1):
                line.depth, line.text = 0, "> " + line.text


def _mark_depth_and_known(lines, heads, known):
    for line, head in zip(lines, heads, strict=True):
        if not head:
            line.kind = "blank"
            continue
        found = known.find(line.text) if known and len(line.text) < 50_000 else None
        if found:
            line.item = known.item_at(found[0])
            line.kind, line.why = ("known", "stands in the issue as sent")
        marker = align.MARKER.match(head)
        if line.depth:
            line.kind, line.why = ("quoted", "stands in the issue as sent" if found else "marked as quoted")
        if marker and line.kind:
            line.marker = True
            line.item = line.item or str(int(marker[1]))
        if not line.kind:
            line.kind = "new"
            if line.hint == "attribution":
                line.kind, line.why = "attribution", "the program names it so"


def _mark_attributions(lines, heads):
    """Mark attribution lines, header blocks and separators; the indexes at which what they introduce begins."""
    starts, index = [], 0
    while index < len(lines):
        line = lines[index]
        if line.depth or line.kind == "blank":
            index += 1
            continue
        end = (
            _separator(lines, heads, index)
            or _header_block(lines, heads, index)
            or (index + 1 if line.hint == "attribution" else None)
        )
        if end:
            _set(lines, index, end, "attribution", "header of a quoted mail")
            starts.append(end)
            index = end
            continue
        first = _attribution(lines, heads, index)
        if first is not None:
            _set(lines, first, index + 1, "attribution", WHO)
            starts.append(index + 1)
        index += 1
    return starts


def _set(lines, first, end, kind, why):
    for line in lines[first:end]:
        if line.kind != "blank" and not line.depth:
            line.kind, line.why = kind, why


def _separator(lines, heads, index):
    """End of "-----Original Message-----" (and a header block after it), or None."""
    head = heads[index]
    if RULE.match(head):
        after = _next_text(lines, index + 1)
        return _header_block(lines, heads, after, least=2) if after < len(lines) else None
    if len(head) > 90:
        return None
    dashed = DASHED.match(head)
    phrase = attributions.fold(dashed[1] if dashed else head.strip("*<> ")).rstrip(" :：-*").strip()
    if phrase not in ORIGINAL and not (dashed and phrase.startswith(BY) and ORIGINAL):
        return None
    if not dashed and not head.rstrip("* ").endswith((":", "：")):
        return None
    after = _next_text(lines, index + 1)
    block = _header_block(lines, heads, after, least=1) if after < len(lines) else None
    return block or index + 1


BY = (
    "forwarded by ",
    "forwarded message from",
    "original message from",
    "message forwarded",
    "transféré par ",
    "reenviado por ",
    "weitergeleitet von ",
)


def _next_text(lines, index):
    while index < len(lines) and lines[index].kind == "blank":
        index += 1
    return index


def _header_block(lines, heads, index, least=3):
    """End of a block of From/Sent/To/Subject lines that starts at `index`, or None."""
    roles, end, slack = [], index, 0
    position = index
    while position < min(len(lines), index + 24):
        if lines[position].kind == "blank":
            position += 1
            continue
        role = _role(heads[position]) if lines[position].depth == lines[index].depth else None
        if role:
            roles.append(role)
            slack = 0
        elif not roles or slack >= 3 or not _continues(heads[position], roles, lines[position - 1].kind == "blank"):
            break
        else:
            slack += 1
        position += 1
        end = position if role or slack else end
    distinct = set(roles)
    if slack:
        end = _without_tail(heads, index, end)
    if len(distinct) < least or not distinct & {"frm", "sent"}:
        return None
    if least == 3 and ("frm" not in distinct or not distinct & {"subject", "sent"}):
        return None
    return end


def _role(head):
    match = LABEL.match(head)
    return ROLES.get(attributions.fold(match[1]).strip("* ")) if match else None


def _continues(head, roles, after_blank):
    """A folded list of recipients or a long subject goes on without a label."""
    return (
        not after_blank
        and roles[-1] in ("to", "cc", "frm")
        and (ADDRESS.search(head) is not None or head.endswith((";", ",")))
    )


def _without_tail(heads, index, end):
    """A continuation only counts when it holds an address or another label follows it."""
    while end > index and not _role(heads[end - 1]) and not ADDRESS.search(heads[end - 1]):
        end -= 1
    return end


def _attribution(lines, heads, index):
    """Index of the first line of an attribution that ends at line `index`, or None."""
    head = heads[index]
    tail = head.rstrip(" >*_-—|")
    dashes = tail != head and head.endswith(("-", ">"))
    if not tail.endswith((":", "：")) and not dashes and not _ends_with_verb(tail) and not head.startswith("20"):
        return None
    window, best, blanks = "", None, 0
    for first in range(index, max(-1, index - 8), -1):
        if lines[first].kind == "blank":
            blanks += 1
            if blanks > 3:
                break
            continue
        if lines[first].depth or (lines[first].kind == "attribution" and lines[first].hint != "attribution"):
            break
        window = f"{heads[first]} {window}"
        if len(window) > (MOST_WINDOW if not blanks else 300):
            break
        says = _says_who_wrote(_plain(window), lines, index)
        if says and _is_start(_plain(heads[first]), strict=blanks > 0):
            return first
        if best is None and not blanks:
            best = first if says else None
        elif best is not None and _opens(heads[first]):
            best = first
    return best


def _opens(head):
    """A name and the start of an address that goes on in the next line."""
    return head.endswith("<") or head.count('"') == 1 and head.startswith('"')


def _plain(text):
    """Casefolded, one space between words, ASCII digits, no decoration around."""
    if not text.isascii():
        text = DIGITS.sub(_ascii_digit, unicodedata.normalize("NFKC", text)).replace("’", "'")
    return " ".join(text.casefold().split()).strip("-–—*>|<_ \t=")


def _ascii_digit(match):
    return str(unicodedata.decimal(match[0], match[0]))


def _ends_with_verb(tail):
    """Without a colon only where programs really leave it out: Chinese, Japanese and the dashes of Zoho."""
    return tail.endswith(
        (
            "写道",
            "寫道",
            "のメッセージ",
            "작성",
            "writes",
            "wrote",
            ">",
            "schrieb",
            "a écrit",
            "escribió",
            "escreveu",
            "ha scritto",
        )
    )


def _is_start(text, strict=False):
    """Begins as attributions do: with the word for "on" and a date, or with the date itself."""
    on = ON.match(text)
    if on and re.search(r"\d", text[on.end() : on.end() + 45]):
        return True
    if strict:
        return False
    return bool(DATE_START.match(text)) and bool(TIME.search(text) or YEAR.search(text))


def _says_who_wrote(text, lines, index):
    """Does this text read as an attribution? `text` is one of `_plain`."""
    bare = text.rstrip(" :：.>*-")
    colon = text.endswith((":", "："))
    verbs = list(WROTE.finditer(text))
    addresses = list(ADDRESS.finditer(text))
    address = addresses[-1] if addresses else None
    timed, dated = TIME.search(text), YEAR.search(text)
    started = _is_start(text)
    if verbs:
        last = verbs[-1]
        at_end = len(bare) - last.end() <= 3
        if at_end and ((started and (timed or dated)) or address):
            return True
        if at_end and colon and (timed or dated):
            return True
        if colon and (started or address) and (timed or dated or (address and at_end)):
            return len(text) < 400 and (address is not None or _quote_follows(lines, index) or timed is not None)
        if at_end and colon and len(text) <= 100 and _quote_follows(lines, index):
            return True
        if at_end and " via " in text and len(text) <= 120:
            return True
    if address and started and (timed or dated) and text[address.end() :].strip(' :：>")]') == "":
        return colon or _quote_follows(lines, index) or bool(timed) or text.startswith("20")
    return bool(ISO_LINE.match(text))


def _quote_follows(lines, index):
    after = _next_text(lines, index + 1)
    if after < len(lines) and SNIPPED.match(lines[after].text):
        after = _next_text(lines, after + 1)
    return after < len(lines) and (
        lines[after].depth > 0 or lines[after].kind == "known" or lines[after].text.startswith("|")
    )


SNIPPED = re.compile(r"[\s\[(<{*]{0,4}(?:snip\w{0,4}|\.{2,}|…|deleted|cut)[\s\])>}.*]{0,5}$", re.IGNORECASE)


def _mark_unmarked_quotes(lines, starts, known):
    """What an attribution introduces without marks is quoted to the end, or known line by line."""
    soft = next((index for index, line in enumerate(lines) if line.soft and line.kind != "blank"), None)
    unmarked = [start for start in starts if _is_unmarked(lines, start)]
    first = min([start for start in (*unmarked, soft) if start is not None], default=None)
    if first is None:
        return
    if known and _share_known(lines, first) >= ALIGNED:
        return _mark_around_known(lines, first, unmarked)
    if first in unmarked and _opens_the_mail(lines, first):
        return None
    soft_only = first not in unmarked
    for line in lines[first:]:
        if line.kind == "new" and (not soft_only or line.soft):
            line.kind, line.why = "quoted", "follows an attribution without marks"
    return None


def _opens_the_mail(lines, first):
    """ "On Monday Pat wrote:" as the very first words, then no mark: the writer cut the quote away and answers."""
    above = [line for line in lines[:first] if line.kind != "blank"]
    return all(line.why == WHO for line in above) and not any(line.soft for line in lines)


WHO = "says who wrote what follows"


def _is_unmarked(lines, start):
    """The first text after an attribution stands unmarked ("|" at its start is a mark of old programs)."""
    after = _next_text(lines, start)
    if after >= len(lines) or lines[after].depth:
        return False
    if lines[after].text.startswith("|"):
        for line in lines[after:]:
            if line.kind == "new" and line.text.startswith("|"):
                line.kind, line.why, line.depth = "quoted", "marked as quoted", 1
            elif line.kind != "blank":
                break
        return False
    return True


def _share_known(lines, first):
    letters = known = 0
    for line in lines[first:]:
        if line.kind in ("new", "known"):
            letters += len(line.text)
            known += len(line.text) * (line.kind == "known")
    return known / letters if letters else 0


def _mark_around_known(lines, first, unmarked):
    """With the issue recognised, what stands before its first and after a later attribution is quoted; the rest is new."""
    places = [index for index in range(first, len(lines)) if lines[index].kind == "known"]
    for line in lines[first : places[0]]:
        if line.kind == "new":
            line.kind, line.why = "quoted", "stands between the attribution and the issue"
    later = [start for start in unmarked if start > places[-1]]
    for line in lines[later[0] :] if later else ():
        if line.kind == "new":
            line.kind, line.why = "quoted", "follows a further attribution"
