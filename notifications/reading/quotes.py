"""Quotes: tells the writer's own lines from those of others.

Each line gets its `kind`. Marked lines are quoted; lines that equal the issue are known; attribution lines, header
blocks and separators are recognised with the forms of `introductions` and `blocks`; and what follows one of these
without any mark is quoted as well, unless the known text shows that the writer answered in between.
"""

import dataclasses
import re
import unicodedata

from . import align, blocks, introductions, languages
from .lines import Line

ALIGNED = 0.3  # share of the letters after an attribution that must be known for the rest to be the writer's
MOST_TRIES = 500  # lines looked at closely for an attribution; a mail with more is no mail
GROUPWISE = re.compile(r"^.{3,150}\d.{0,12} >>>\s{0,3}$")  # ">>> Pat <pat@example.org> 3/6/2024 7:00 AM >>>"
OLD_MARK = re.compile(r"[:|%}](?=[\s:|%}>])|[A-Za-z]{1,12}> ")
OLD_MARK_TWICE = re.compile(r"->|[:|%}=~!&;^]{1,2}")  # sure only when two lines begin so
INDENT = re.compile(r"\s{2,8}(?=\S)|\t+(?=\S)")
FULL = 60  # characters from which a quoted line may have been broken by a server
MOST_SPLIT = 20_000  # characters of a line that are parted at markers


def mark(lines, known=None, partners=()):
    """Give each line its kind, but for signatures: blank, quoted, known, attribution or new.

    `partners` are the addresses the mail goes to: whoever is quoted at the very top of it is one of them, or else the
    writer shows somebody's mail to us.
    """
    lines = _split_at_separators(lines)
    lines = _split_at_markers(lines, known) if known else lines
    _free_broken_ends(lines)
    heads = [line.head for line in lines]
    _mark_depth_and_known(lines, heads, known)
    _mark_broken_quotes(lines)
    starts = _without_sentences(lines, _mark_attributions(lines, heads))
    _mark_unmarked_quotes(lines, starts, known, partners)
    return lines


def _split_at_separators(lines):
    """Part lines in which a program ran words and "-----Original Message-----" together."""
    out = []
    for line in lines:
        match = blocks.RUN_TOGETHER.search(line.text[:MOST_SPLIT]) if "---" in line.text else None
        if match and match[0] != line.text.strip() and _separates(match, line.text[match.end() :]):
            pieces = (line.text[: match.start()], match[0], line.text[match.end() :])
            out += [dataclasses.replace(line, text=piece.strip()) for piece in pieces if piece.strip(" *>")]
        else:
            out.append(line)
    return out


def _split_at_markers(lines, known):
    """Part lines in which a program ran the writer's words and the issue's together: "yes [#12] Should the ..."."""
    out = []
    for line in lines:
        text = line.text
        if "#" not in text and "＃" not in text:
            out.append(line)
            continue
        for piece in _pieces(text[:MOST_SPLIT], known):
            out.append(Line(piece, line.depth, line.soft, line.hint, offset=line.offset))
        if text[MOST_SPLIT:]:
            out.append(Line(text[MOST_SPLIT:], line.depth, line.soft, line.hint, offset=line.offset))
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


def _separates(match, after):
    return languages.fold(match[1]).strip(" :") in blocks.ORIGINAL or blocks.is_label(after.strip())


def _free_broken_ends(lines):
    """An attribution broken before ">" ends in a line that looks quoted: "<pat@example.org" / "> wrote:"."""
    before = []
    for line in lines:
        text = line.text
        if line.depth == 3 and GROUPWISE.search(text):
            line.depth, line.hint = 0, "attribution"
        if line.depth == 1 and before and len(text) < 40 and text.rstrip().endswith((":", "：")):
            opened = " ".join(before[-4:])
            if opened.count("<") > opened.count(">") and (
                introductions.WROTE.search(languages.fold(text)) or len(text.strip()) == 1
            ):
                line.depth, line.text = 0, "> " + text
        if line.depth:
            before.clear()
        elif text.strip():
            before.append(text[-300:])


def _mark_depth_and_known(lines, heads, known):
    before = None
    for line, head in zip(lines, heads, strict=True):
        above, before = before, line
        if not head.strip("|>: ᐧ") and head != "> :":  # "ᐧ" is what a tracker of mails leaves
            line.kind, line.text = "blank", ""
            continue
        if above and above.kind == "known" and _is_punctuation(head):
            line.kind, line.why, line.item = "known", above.why, above.item
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


def _is_punctuation(head):
    """A mark that wrapping pushed to a line of its own, as before "?" in French."""
    rest = head.strip("|> ")
    return len(rest) <= 3 and all(unicodedata.category(char).startswith("P") for char in rest)


def _mark_broken_quotes(lines):
    """The end of a quoted line that a server broke off without a mark stands right between two marked ones."""
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        if line.kind != "new" or before.depth != 1 or after.depth != 1 or before.kind == "blank":
            continue
        is_full = len(before.text) >= FULL and before.text.rstrip()[-1:] not in ".!?:;。！？؟…"
        if is_full and len(line.text) < len(before.text) and line.text[:1].islower():
            line.kind, line.why = "quoted", "is the end of the quoted line above"


def _mark_attributions(lines, heads):
    """Mark attribution lines, header blocks and separators; the indexes at which what they introduce begins."""
    starts, index, tries = [], 0, 0
    while index < len(lines) and tries < MOST_TRIES:
        line, head = lines[index], heads[index]
        index += 1
        last = index - 1
        if line.depth == 1 and tries < MOST_TRIES and _is_marked_header(lines, heads, last):
            tries += 1
            starts.append(blocks.header_block(lines, heads, last))
        if line.depth or line.kind == "blank":
            continue
        end = blocks.separator(lines, heads, last) or blocks.header_block(lines, heads, last)
        if not end and line.hint == "attribution":
            end = index
        if end:
            tries += 1
            above = next(
                (before for before in range(last - 1, max(-1, last - 3), -1) if lines[before].kind == "new"), last
            )
            if above != last and introductions.leads_to_header(heads[above]):
                last = above
            _set(lines, last, end, "header of a quoted mail")
            starts.append(end)
            index = end
        elif introductions.may_end_attribution(head):
            tries += 1
            first = introductions.attribution(lines, heads, last)
            if first is not None:
                _set(lines, first, index, introductions.WHO)
                starts.append(index)
    return starts


def _without_sentences(lines, starts):
    """Of the places where quotations begin, those but for the writer's "I read on 5 May what Tom wrote:".

    Such a line names neither an hour nor an address, and nothing marked stands below it, but a better one or nothing.
    """
    kept = []
    for start in starts:
        first = start
        while first and lines[first - 1].kind == "attribution":
            first -= 1
        text = " ".join(line.head for line in lines[first:start])
        below = introductions.next_text(lines, start)
        is_marked = below < len(lines) and (lines[below].depth or lines[below].soft or lines[below].kind == "known")
        is_last = start == starts[-1] and below < len(lines)
        if is_last or is_marked or lines[start - 1].why != introductions.WHO or introductions.is_sure(text):
            kept.append(start)
            continue
        for line in lines[first:start]:
            line.kind, line.why, line.rule = "new", "", ""
    return kept


def _is_marked_header(lines, heads, first):
    """A header block with marks, the writer's words above it and a quotation without marks below."""
    if not blocks.is_label(heads[first]):
        return False
    above = first
    while above >= max(0, first - 3) and (lines[above].depth or lines[above].kind == "blank"):
        above -= 1
    if above < 0 or lines[above].kind not in ("new", "attribution"):
        return False
    end = blocks.header_block(lines, heads, first)
    return bool(end) and not any(lines[at].depth and lines[at].kind != "blank" for at in range(end, len(lines)))


def _set(lines, first, end, why):
    rule = " ".join(line.head for line in lines[first:end] if line.kind != "blank" and not line.depth)
    rule = blocks.rule(rule) if rule else ""
    for line in lines[first:end]:
        if line.kind != "blank" and not line.depth:
            line.kind, line.why, line.rule = "attribution", why, rule


def _mark_unmarked_quotes(lines, starts, known, partners):
    """What an attribution introduces without marks is quoted to the end, or known line by line."""
    soft = next((index for index, line in enumerate(lines) if line.soft and line.kind != "blank"), None)
    unmarked = [start for start in starts if _is_unmarked(lines, start)]
    first = min([start for start in (*unmarked, soft) if start is not None], default=None)
    if first is None:
        return
    if known and _share_known(lines, first) >= ALIGNED:
        return _mark_around_known(lines, first, unmarked)
    if first in unmarked and _opens_the_mail(lines, first, partners):
        unmarked.remove(first)
        first = min(unmarked, default=None)
        if first is None:
            return
    soft_only = first not in unmarked
    for line in lines[first:]:
        if line.kind == "new" and (not soft_only or line.soft):
            line.kind, line.why = "quoted", "follows an attribution without marks"


def _opens_the_mail(lines, first, partners):
    """ "On Monday Pat wrote:" as the very first words, then no mark: the writer cut the quote away and answers.

    A header block at the top is somebody's mail shown to us, unless it is the mail that is answered.
    """
    above = [line for line in lines[:first] if line.kind != "blank"]
    if any(line.kind != "attribution" for line in above) or any(line.soft for line in lines):
        return False
    if all(line.why == introductions.WHO for line in above):
        return True
    quoted = introductions.ADDRESS.findall(" ".join(line.head for line in above))
    return not {address.casefold().strip("<>[]();,") for address in quoted[:1]} & set(partners)


def _is_unmarked(lines, start):
    """The first text after an attribution stands without a mark, also without one of old programs."""
    after = introductions.next_text(lines, start)
    if after < len(lines) and introductions.SNIPPED.match(lines[after].text) and lines[after].kind == "new":
        below = introductions.next_text(lines, after + 1)
        if below < len(lines) and lines[below].depth:
            lines[after].kind, lines[after].why = "quoted", "says that the quotation was cut"
            return False
    if after >= len(lines) or lines[after].depth:
        return False
    return not _mark_old_style(lines, start, after)


def _mark_old_style(lines, start, after):
    """Old programs mark with ":", "|", initials ("pd>") or by indenting; True when one of these stands here."""
    again, above = introductions.next_text(lines, after + 1), introductions.last_text(lines, start - 1)
    mark = _old_mark(lines[after].text, lines[again].text if again < len(lines) else "")
    introduced = above >= 0 and lines[above].why == introductions.WHO
    if not mark or not (introduced or mark == "|"):
        return False
    for line in lines[after:]:
        if line.kind == "new" and line.text.startswith(mark):
            line.kind, line.why, line.depth = "quoted", "marked as quoted", 1
        elif line.kind != "blank" and (mark.isspace() or mark == "|"):
            break
    return True


def _old_mark(text, following):
    """The mark with which a line begins and the next goes on, or ""."""
    indent = INDENT.match(text)
    if indent:
        return indent[0][:1] if not following or following.startswith(indent[0][:1] * 2) else ""
    mark = OLD_MARK.match(text)
    if mark:
        return mark[0]
    mark = OLD_MARK_TWICE.match(text)
    return mark[0] if mark and following.startswith(mark[0]) else ""


def _share_known(lines, first):
    letters = known = 0
    for line in lines[first:]:
        if line.kind in ("new", "known"):
            letters += len(line.text)
            known += len(line.text) * (line.kind == "known")
    return known / letters if letters else 0


def _mark_around_known(lines, first, unmarked):
    """With the issue recognised, what precedes it and what follows a later attribution is quoted; the rest is new."""
    places = [index for index in range(first, len(lines)) if lines[index].kind == "known"]
    for line in lines[first : places[0]]:
        if line.kind == "new":
            line.kind, line.why = "quoted", "stands between the attribution and the issue"
    later = [start for start in unmarked if start > places[-1]]
    for line in lines[later[0] :] if later else ():
        if line.kind == "new":
            line.kind, line.why = "quoted", "follows a further attribution"
