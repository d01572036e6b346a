"""Footnotes of plain text: their figures go where they belong, and notes are marked, so that they are nobody's text.

A figure that was raised in print comes to stand on a line of its own, in the sentence as at the head of its note.
"""

import dataclasses
import itertools
import re

from consultations.outline import lines
from consultations.outline.layout import Layout

RULE = re.compile(r"[_\-–—─━=*·.]{3,}")
NOTE_MARK = re.compile(r"(?:\d{1,3}|[¹²³⁰⁴-⁹]{1,3}|\*{1,4}|†|‡|\[\d{1,3}\]|\(\d{1,3}\))")
NOTE = re.compile(
    r"(?:(?P<raised>[¹²³⁰⁴-⁹]{1,3}|[*†‡]{1,4}(?=\s*[\w《«“\"]))\s*|(?P<plain>\d{1,3})(?:\s+|[.)]\s*|/(?!\d)\s*)|[\[(](?P<held>\d{1,3})[\])]\s*)(?=\S)"
)
OF_PARAGRAPHS = {"dot", "dash", "comma", "bracket"}
# A figure tight to a stop, or to a comma or bracket; in `Rev.1` and `No.5` it is a number.
GLUED = re.compile(
    r"(?:(?<!\bRev)(?<!\bCorr)(?<!\bAdd)(?<!\bNo)(?<!\d)(?P<stop>[.;；。؛][”»\")）]?)|[,，،、:：)）»”’》〉])(?P<figure>\d{1,2})\Z"
)
PIECE = 0.6  # of the width
MOST_NOTE_LINES = 60
FAR = 500  # a number so far beyond the notes' own opens no paragraph among them
MOST_FOOT_LINES = 16
MOST_AHEAD = 200  # lines looked at for a paragraph's number


def place(raws):
    """The lines without the figures that stand on lines of their own; a note's figure stands before its words again.

    Three cases: the figure cuts a printed line in pieces, it opens a note, or it stands between two lines of text.
    """
    page = _Page(raws)
    at = 0
    while at < len(raws):
        at += page.take(raws[at], raws[at + 1] if at + 1 < len(raws) else None)
    return page.kept


class _Page:
    """The lines kept so far, and the number of the note that was the last."""

    def __init__(self, raws):
        self.kept, self.last = [], 0
        self.spaced = Layout(raws).kind == "spaced"  # a blank line after every printed line
        self.airy = sum(raw.blanks > 0 for raw in raws) > len(raws) / 2  # one round every piece of a line at least

    def take(self, raw, after):
        """Keep a line, or, where it is a figure alone, do with it as is due; how many lines that used up."""
        before = self.kept[-1] if self.kept else None
        ruled = before is not None and RULE.fullmatch(before.text) is not None
        if after is not None and NOTE_MARK.fullmatch(raw.text):
            number = int(re.sub(r"\D", "", raw.text) or 0)
            among = before is not None and before.raised and number == self.last + 1
            if not among and self._cuts(before, raw, after):
                self.kept[-1] = _joined(before, after)
                return 2
            if ruled or self._opens(before, raw, after, number):
                text = f"{raw.text} {after.text}"
                self.kept.append(
                    dataclasses.replace(after, text=text, indent=raw.indent, blanks=raw.blanks, raised=True)
                )
                self.last = number
                return 2
            if self.spaced and raw.blanks == 0 and before is not None:
                after.joined = after.blanks == 0
                return 1
        if self.spaced and raw.blanks == 0 and before is not None and not raw.joined and not ruled:
            raw.page = True  # where every line has a blank line after it, one that has none ends a page
        if raw.page or (raw.read is not None if self.spaced else raw.blanks):
            self.last = 0
        self.kept.append(raw)
        return 1

    def _cuts(self, before, mark, after):
        """Whether a figure stands in the middle of one printed line: no blank line parts the pieces."""
        if not self.airy or before is None or not (before.blanks or len(self.kept) == 1):
            return False
        if mark.blanks or after.blanks or mark.page or after.page:
            return False
        return not any(RULE.fullmatch(raw.text) or NOTE_MARK.fullmatch(raw.text) for raw in (before, after))

    def _opens(self, before, mark, after, number):
        """Whether a figure opens a note, where no rule says so: it goes on from the last, or heads its block."""
        if before is not None and self.last and number == self.last + 1:
            return lines.is_finished(before.text) or not self.spaced
        return self.spaced and after.blanks == 0 and mark.blanks > 0


def _joined(before, after):
    """Two pieces of a printed line as one."""
    wide = re.match("[\u2e80-\uffff]", after.text) or re.search("[\u2e80-\uffff]\\Z", before.text)
    space = "" if wide or after.text[0] in ",.;:!?)]،؛؟" else " "
    return dataclasses.replace(before, text=before.text + space + after.text)


def unglue(raws, layout):
    """Take out figures set tight to a line's last stop or bracket: there the printed line, or the paragraph, ends.

    A printed line that a raised figure ends is shorter than the others, for its rest stands on the line below.
    """
    for raw, after in itertools.pairwise(raws):
        glued = GLUED.search(raw.text)
        if glued is None or after.page:
            continue
        opens = after.read is not None or after.blanks > 0
        # A piece of a line that is followed by another piece needs less room to be told from a full line.
        piece = layout.reach(after) < PIECE * layout.width and not after.finished
        room = layout.fits(raw, after, slack=0 if piece else None)
        broken = layout.kind == "wrapped" and not after.blanks and raw.indent >= after.indent and room
        if broken or (opens and glued["stop"]):
            raw.text = raw.text[: glued.start("figure")]
            raw.forget()
            after.joined = not opens
            after.lead = layout.reach(raw) if after.joined else 0


def mark(raws):
    """Mark footnotes: from a rule, or a note's own mark at a page's foot, to where the page or the note ends."""
    kept, n, last, seen = [], 0, 0, {}
    tight = any(raw.raised and raw.blanks == 0 for raw in raws)  # no blank line within notes, so one ends them
    while n < len(raws):
        raw = raws[n]
        ruled = bool(RULE.fullmatch(raw.text))
        start = n + 1 if ruled else n
        if start < len(raws) and (number := _note_starts(raws[start], last, seen if ruled else None)) is not None:
            body = next((r for r in reversed(kept[-MOST_NOTE_LINES:]) if not r.kind), None)
            whole = ruled and (body is None or body.finished)  # no sentence waits to go on below the notes
            end = _note_ends(raws, start, seen if ruled else None, whole, tight)
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


def _note_ends(raws, n, seen, whole, tight):
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
        loose = loose and (number == last + 1 or not last)
        follows = last and number == last + 1 and shape and _shape(match) == shape
        if follows and seen is not None and _is_next(raw, seen) and not _comes_again(raws, end, number):
            break
        if raw.raised or (match and match["raised"]) or loose or follows:
            last = number or last
            end += 1
            continue
        if tight and raw.blanks and foot is None:
            break
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
