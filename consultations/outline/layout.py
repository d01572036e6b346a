"""Layout: how the lines of a plain text are set, and so which of them opens a paragraph.

Three habits are told apart by how lines that stop in mid-sentence go on: one line a paragraph (they do not), wrapped
text (on the very next line), text of a PDF (after a blank line, which follows every line there).
"""

import collections
import dataclasses
import functools
import itertools
import re

from consultations.outline import labels, lines

FEW = 4  # lines that seem to go on, too few to tell a wrapped text from one with titles
EVENER = 0.03  # by how much lines of one length differ less than lines of one width
TITLE = 0.6  # of the width; a line in mid-sentence reaches further
_FIRST = re.compile("[\u2e80-\uffff][，。；：、）》”」』？！．]*|[^\\s\u2e80-\uffff]+")
SHORT = 0.85  # of the width; a title reaches no further
UNSTOPPED = 0.05  # of the paragraphs may end without a stop where one that does so is a title
COMMAS = ",，،、"
CENTRED = 7  # columns; a step further in, or back out, is no indentation


@dataclasses.dataclass
class Raw:
    """One physical line: its text, leading columns, blank lines before it, whether a page was turned before it."""

    text: str
    indent: int
    blanks: int
    page: bool = False
    kind: str = ""
    raised: bool = False  # it opens with the raised figure of a footnote
    joined: bool = False  # a raised figure was taken out before it
    first: bool = False  # nothing stands above it but what is no sentence either
    lead: int = 0  # how far its printed line reaches before it, where a figure cut that in two
    over: bool = False  # it is a title over a numbered paragraph
    inside: bool = False  # it goes on with a numbered paragraph that opened above

    @functools.cached_property
    def width(self):
        """Columns from the left edge to the end of the text."""
        return self.indent + lines.width(self.text)

    @functools.cached_property
    def read(self):
        """The label the line opens with, or None."""
        return labels.parse(self.text)

    def forget(self):
        """Let what was told from its text be asked anew: the text has changed."""
        for told in ("width", "read", "finished"):
            self.__dict__.pop(told, None)

    @functools.cached_property
    def finished(self):
        """Whether a sentence ends here."""
        return lines.is_finished(self.text)


class Layout:
    """How the lines of one text are set, learned from the text itself."""

    def __init__(self, raws):
        pairs = list(itertools.pairwise(raws))
        self.counted = False
        widths = sorted(raw.width for raw in raws) or [0]
        going_on = [(a, b) for a, b in pairs if not a.finished and b.read is None]
        going_on = [(a, b) for a, b in going_on if a.width > min(30, widths[-1] // 2) and not b.page]
        going_on = [(a, b) for a, b in going_on if lines.heading_number(a.text) is None]
        if len(going_on) < FEW and not any(lines.goes_on(b.text) for a, b in going_on):
            going_on = []  # titles
        blank = sum(b.blanks > 0 for a, b in going_on)
        tight = len(going_on) - blank
        long = widths[int(len(widths) * 0.9)] if widths else 0
        share = 0.04 if widths[-1] < 130 else 0.12
        wraps = len(going_on) > share * len(pairs)
        if not wraps or long > 250:
            self.kind = "lines"
        elif blank > 1.5 * tight:
            self.kind = "spaced"
        else:
            self.kind = "wrapped"
        self.counted = _is_counted([a for a, b in going_on])
        self.hanging = _hanging(going_on)
        full = sorted(self.reach(a) for a, b in going_on)
        self.width = full[int(len(full) * 0.9)] if full else max(map(self.reach, raws), default=0)
        self.airy = sum(b.blanks > 0 for a, b in pairs) > 0.3 * len(pairs)
        counts = collections.Counter(b.blanks for a, b in going_on if b.blanks)
        self.usual = counts.most_common(1)[0][0] if counts else 1
        # Typewriter text keeps to its width exactly, text out of a PDF roughly.
        self.slack = max(1, int(self.width * (0.06 if self.kind == "spaced" else 0.0)))

    def reach(self, raw):
        """How far a line reaches from the left edge, in columns, or in characters where its writer counted those."""
        return raw.lead + (raw.indent + len(raw.text) if self.counted else raw.width)

    def _columns(self, text):
        return len(text) if self.counted else lines.width(text)

    def fits(self, before, raw, *, slack=None):
        """Whether the first word of a line would have had room on the line before, so that its break was meant."""
        given, slack = slack, self.slack
        if self.kind != "lines" and raw.indent <= before.indent and raw.read is None:
            slack = int(self.width * 0.14)
        first, space = self._first(raw)
        return self.reach(before) + first + space <= self.width - (slack if given is None else given)

    def _first(self, raw):
        """The columns of a line's first word, or first Chinese character, and of the space before it."""
        first = _FIRST.match(raw.text)[0]
        return self._columns(first), 0 if lines.width(first[:1]) > 1 else 1

    def find_titles(self, raws):
        """Mark lines that say no sentence between one that does and a number, where all else ends with a stop."""
        if self.kind == "lines":
            return
        found, unstopped, stopped = [], 0, 0
        for above, raw, below in zip(raws, raws[1:], raws[2:], strict=False):
            if below.read is None or not _counts(below.read) or raw.joined:
                continue
            if raw.finished or lines.is_sentence(raw.text):
                stopped += 1
            elif raw.read is None and above.finished and self.reach(raw) < SHORT * self.width:
                found.append(raw)
            elif raw.read is None and self.reach(raw) < SHORT * self.width:
                unstopped += 1
        for raw in found if unstopped <= UNSTOPPED * stopped else ():
            raw.over = not lines.runs_on(raw.text)

    def begins(self, before, raw, *, labelled=None):
        """How likely `raw` opens a paragraph, -4 to 4, after the line `before`."""
        if labelled is None:
            labelled = raw.read is not None
        finished = before.finished or (raw.page and labelled and self._is_title(before, raw))
        if raw.joined:
            return -3.0
        if lines.CLOSING.match(raw.text) and finished:
            return 3.0
        if self.kind == "wrapped" and not finished and self._is_dashed(before, raw):
            return -3.0
        if lines.BULLET.match(raw.text) and (finished or self.kind != "spaced" or raw.indent > before.indent):
            return 3.0
        numbered = before.inside or before.read is not None
        if numbered and not labelled and before.text[-1] in COMMAS and not _is_headed(raw):
            return -3.0
        if self.kind == "lines":
            return self._begins_alone(before, raw, finished, labelled)
        indented = raw.indent - before.indent
        if before.read is not None and not labelled:
            hangs = indented == _text_column(before) and (self.hanging or not finished)
            if indented in self.hanging and self.kind == "wrapped" and not raw.blanks and not raw.page:
                return -1.0  # so do all lines below a number, whatever ends the one above
            indented = 0 if hangs or indented in self.hanging else indented
        if self.kind == "wrapped":
            return self._begins_wrapped(before, raw, finished, indented, labelled)
        headed = _is_headed(raw) and (finished or not lines.CAPTION.match(raw.text))
        below = lines.heading_number(before.text) is not None and not lines.is_sentence(before.text)
        if headed and not finished and (below or (self.reach(raw) < 0.85 * self.width and lines.is_headed(raw.text))):
            finished = True
        finished = finished or (before.first and labelled)  # below the title
        if not finished and self.fits(before, raw) and not raw.page:
            over = lines.heading_number(before.text) is not None
            finished = self.reach(before) + self._first(raw)[0] < 0.82 * self.width or (
                over and (labelled or headed or self.reach(before) < 0.8 * self.width)
            )
        if before.indent - raw.indent > CENTRED:
            finished = True
        weight = (-0.6 if labelled or headed else -1.6) + (1.0 if finished else -2.2)
        if indented > CENTRED:
            weight += 3.5
        if not finished and labelled and raw.read.decimal and before.text[-1] in ",，،":
            weight += 1.9  # below a preamble
        if finished and not labelled and self.reach(raw) < TITLE * self.width and not raw.finished:
            weight += 2.0  # the last line of a paragraph would end a sentence
        if raw.page:
            weight += 0.0 if finished else -1.0
        elif raw.blanks > self.usual:
            weight += 2.5
        elif self.fits(before, raw):
            weight += 2.5 if finished else 2.0
        if indented > 1 or (indented == 1 and not raw.page):
            weight += 1.0
        if lines.runs_on(raw.text):
            weight -= 1.5
        return weight

    def _is_title(self, before, raw):
        """Whether the last line of a page was cut off on purpose, as only a title is that ends without a stop."""
        return self.kind != "lines" and self.fits(before, raw) and self.reach(before) < TITLE * self.width

    def _is_dashed(self, before, raw):
        """Whether a dash in mid-sentence came to stand first on its line."""
        if raw.blanks or raw.page or raw.text[0] not in "-–—" or lines.BULLET.match(before.text):
            return False
        return (
            abs(raw.indent - before.indent) <= 1 + 6 * (before.read is not None)
            and self.reach(before) > 0.8 * self.width
        )

    def _begins_alone(self, before, raw, finished, labelled):
        if self.airy and not raw.blanks and not finished and not raw.page:
            return self._begins_wrapped(before, raw, finished, raw.indent - before.indent, labelled)
        if raw.page and not finished and self.reach(before) > 40 and not labelled:
            return -2.0
        stops = lines.bare_end(before.text)[-1:]
        opens = lines.is_annex(raw.text) or lines.heading_number(raw.text) is not None
        if not finished and self.reach(before) > 60 and raw.read is None and stops not in ",，" and not opens:
            return -1.0 if self.reach(before) > 90 or lines.runs_on(raw.text) else 1.0
        return 4.0

    def _begins_wrapped(self, before, raw, finished, indented, labelled):
        if raw.blanks and not raw.page:
            if not finished and lines.runs_on(raw.text) and self.reach(before) > TITLE * self.width:
                return -0.5
            return 3.0
        headed = _is_headed(raw) and (finished or not lines.CAPTION.match(raw.text))
        if raw.page and not (headed and lines.is_headed(raw.text)):
            if self.airy and not labelled and not headed and indented <= 1 and not self.fits(before, raw):
                return -1.0
            # A full line may end a sentence by chance; one that has room ends its paragraph.
            weight = -3.0 if not finished else (0.5 if labelled or headed or self.fits(before, raw) else -0.5)
            return weight + (1.0 if indented > 1 else 0.0)
        if headed and finished and (raw.blanks or (self.reach(raw) < TITLE * self.width and _is_named(raw))):
            return 3.0
        fits = self.fits(before, raw)
        if headed and not finished and lines.is_headed(raw.text) and fits:
            finished = True
        if not finished and not labelled and not headed and abs(indented) <= CENTRED:
            # Only a short line is cut off on purpose: a title. One in a numbered paragraph lost a figure at its end.
            titled = fits and not before.inside and self.reach(before) < TITLE * self.width
            return 0.5 if titled and not lines.runs_on(raw.text) else -3.0
        if (
            not finished
            and fits
            and (headed or lines.heading_number(before.text) or self.reach(before) < TITLE * self.width)
        ):
            finished = True
        preamble = labelled and fits and before.text[-1] in COMMAS and not before.inside
        if before.indent - raw.indent > CENTRED and not lines.runs_on(raw.text):
            finished = True
        weight = -2.0 + (1.0 if finished else -1.0)
        if indented > CENTRED:
            weight += 2.0
        if (finished or preamble) and labelled:
            weight = 0.5
        if self.airy and not labelled and not headed and abs(indented) <= CENTRED:
            return -1.0
        if fits:
            weight += 2.5
        if indented > 1:
            weight += 1.5
        elif indented < -1:
            weight += 0.5 if finished else 0.0
        if lines.runs_on(raw.text):
            weight -= 1.0
        return weight


def _hanging(going_on):
    """By how many columns lines stand further in that go on below a number."""
    steps = collections.Counter(b.indent - a.indent for a, b in going_on if a.read is not None)
    return {step for step, count in steps.items() if step > 0 and count >= max(2, 0.2 * steps.total())}


def _is_counted(raws):
    """Whether lines that go on were cut at so many characters, wide or not, rather than at a width."""
    if len(raws) < FEW:
        return False
    spreads = []
    for reaches in (sorted(raw.indent + len(raw.text) for raw in raws), sorted(raw.width for raw in raws)):
        half, most = reaches[len(reaches) // 2], reaches[int(len(reaches) * 0.9)]
        spreads.append((most - half) / max(1, most))
    return spreads[0] + EVENER < spreads[1]


def _counts(label):
    """Whether a label may be a paragraph's: a figure, plain or Chinese."""
    return any(reading.series in {"decimal", "chinese"} for reading in label.readings)


def _text_column(raw):
    """How far the text after a line's label stands from the label."""
    return lines.width(raw.text) - lines.width(raw.text[raw.read.length :].lstrip())


def _is_named(raw):
    """Whether a line opens as an annex or a table's caption does."""
    return lines.CAPTION.match(raw.text) is not None or lines.is_annex(raw.text)


def _is_headed(raw):
    """Whether a line opens as a heading, an annex or a table's caption does."""
    if lines.is_sentence(raw.text):
        return False
    return bool(lines.heading_number(raw.text) or _is_named(raw))
