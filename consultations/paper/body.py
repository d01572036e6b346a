"""Reads the HTML of a body back into paragraphs, lists, quotations and tables of runs of text.

The HTML comes from `core.text.render`, yet nothing here relies on that: what is not in its small vocabulary loses its
markup and keeps its words, and a link that is not one of `is_link` becomes plain words.
"""

import re
from dataclasses import dataclass, field

from lxml import html as lxml_html

from core import markdown

MAX_DEPTH = 12  # lists and quotations in one another; deeper ones are written at this depth
_BESIDE = re.compile(
    r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/){0,5}[A-Za-z0-9_-][A-Za-z0-9._-]*(?:#[A-Za-z0-9._:-]+)?", re.ASCII
)
_RIGHTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdfd\ufe70-\ufefc]")
_MARKS = {"ltr": "\u200e", "rtl": "\u200f"}  # which nobody sees, and which run this way
_MARKED = {mark: runs for runs, mark in _MARKS.items()}
_LETTER = re.compile(r"[^\W\d_]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_PARSER = lxml_html.HTMLParser(huge_tree=True)  # or words in the 256th nested element would be lost
_IGNORED = {"script", "style", "template", "head", "title", "noscript", "iframe", "object"}


@dataclass(slots=True)
class Run:
    """Text of one look. A line break is a run of its own, "\\n"."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    href: str = ""


@dataclass(slots=True)
class Words:
    """A paragraph; kind is `text`, `heading` or `code`."""

    runs: list
    kind: str = "text"
    direction: str = "ltr"


@dataclass(slots=True)
class Listing:
    """A list; each of its items is a list of pieces. `start` is None where it has bullets."""

    items: list
    start: int | None = None
    direction: str = "ltr"


@dataclass(slots=True)
class Quotation:
    """What is quoted from elsewhere."""

    pieces: list
    direction: str = "ltr"


@dataclass(slots=True)
class Grid:
    """A table; each row is a list of cells, each cell a list of runs; the first `heads` rows are its header."""

    rows: list = field(default_factory=list)
    heads: int = 0
    direction: str = "ltr"


@dataclass(slots=True)
class Rule:
    """A line across."""


def read(source: str, base: str = "ltr", site: str = "") -> list:
    """The pieces of a body. Never raises; words of unknown elements stay, without their markup.

    base: the direction of what they stand in. site: where the paths of links lead ("https://example.org"); without
    it such a link becomes plain words, as a paper has no site to lead to.
    """
    source = _CONTROLS.sub("", source)
    if not source.strip():
        return []
    try:
        root = lxml_html.fragment_fromstring(source, create_parent="div", parser=_PARSER)
    except Exception:  # whatever a parser stumbles over, the words must be readable
        return [Words([Run(re.sub(r"<[^>]*>", "", source))], direction=base)]
    return _Reader(base, site).pieces(root, 0)


def plain(text_: str) -> str:
    """A plain string as all the formats can hold it: on one line, without control characters."""
    return " ".join(_CONTROLS.sub("", text_).split())


def is_internal(href):
    return href.startswith("#")


def is_beside(href):
    """Whether it leads to a file beside the paper, which only an HTML paper has."""
    return not href.startswith("#") and ":" not in href.split("/", 1)[0]


def address(href, site=""):
    """Where a link of a paper leads: an address as members write them, an anchor, a file beside it; else empty."""
    href = href.strip()
    if href.startswith("/"):
        href = site and site.rstrip("/") + href
    return href if href and (markdown.is_link(href) or _BESIDE.fullmatch(href)) else ""


def is_mixed(words):
    """Whether it holds letters that run to the left; only then can its direction disturb, or be disturbed."""
    return bool(_RIGHTWARD.search(words))


def direction(words, base="ltr"):
    """`ltr` or `rtl`, as most of its letters run: an acronym at its front does not turn a sentence round. One that
    begins with a mark runs as that says.
    """
    if words[:1] in _MARKED:
        return _MARKED[words[0]]
    rightward = len(_RIGHTWARD.findall(words))
    if not rightward:
        return "ltr" if _LETTER.search(words) else base
    leftward = len(_LETTER.findall(words)) - rightward
    return base if leftward == rightward else "rtl" if rightward > leftward else "ltr"


def set_off(words, base):
    """Words that run the other way than what they stand in, with marks that keep their punctuation at their own end."""
    if not words.strip() or direction(words, base) == base:
        return words
    mark = _MARKS["ltr" if base == "rtl" else "rtl"]
    return f"{mark}{words}{mark}"


def apart(words, base):
    """The same within a sentence of ours: marks that also keep what stands beside the words with the sentence."""
    shown = set_off(words, base)
    return words if shown == words else f"{_MARKS[base]}{shown}{_MARKS[base]}"


def ours(sentence, base):
    """A sentence of ours: it runs as its language does, however many names in it run the other way."""
    return sentence if direction(sentence, base) == base else f"{_MARKS[base]}{sentence}"


class _Reader:
    def __init__(self, base, site):
        self.base, self.site = base, site

    def pieces(self, element, depth):
        """What stands in an element: its blocks, and the words between them as paragraphs."""
        done, loose = [], []

        def flush():
            if any(run.text.strip() for run in loose):
                done.append(self._words(_trimmed(loose)))
            loose.clear()

        self._text(loose, element.text, {})
        for child in element:
            if isinstance(child.tag, str):
                kind = _BLOCKS.get(child.tag)
                if kind:
                    flush()
                    done += kind(self, child, depth)
                elif child.tag not in _IGNORED:
                    if _has_blocks(child):
                        flush()
                        done += self.pieces(child, depth + 1) if depth < 4 * MAX_DEPTH else [self._flat(child)]
                    else:
                        self._inline(loose, child, {})
            self._text(loose, child.tail, {})
        flush()
        return done

    def paragraph(self, element, depth, kind="text"):
        if _has_blocks(element):
            return self.pieces(element, depth + 1) if depth < 4 * MAX_DEPTH else [self._flat(element)]
        runs = self.runs(element)
        return [self._words(_trimmed(runs), kind)] if runs else []

    def heading(self, element, depth):
        return self.paragraph(element, depth, "heading")

    def code(self, element, depth):
        content = (element.text_content() or "").strip("\n")
        return [self._words([Run(content, code=True)], "code")] if content.strip() else []

    def listing(self, element, depth):
        if depth >= MAX_DEPTH:
            return [self._flat(element)]
        items = [self.pieces(item, depth + 1) for item in element if item.tag == "li"]
        start = None
        if element.tag == "ol":
            given = element.get("start", "")
            start = int(given) if re.fullmatch(r"[0-9]{1,9}", given, re.ASCII) else 1
        return [Listing(items, start, self._direction(element))] if items else []

    def quotation(self, element, depth):
        if depth >= MAX_DEPTH:
            return [self._flat(element)]
        return [Quotation(self.pieces(element, depth + 1), self._direction(element))]

    def table(self, element, depth):
        grid = Grid(direction=self._direction(element))
        for row in element.iter("tr"):
            cells = [_trimmed(self.runs(cell)) for cell in row if cell.tag in ("td", "th")]
            if cells:
                is_head = len(grid.rows) == grid.heads and all(cell.tag == "th" for cell in row)
                grid.rows.append(cells)
                grid.heads += is_head
        return [grid] if grid.rows else []

    def rule(self, element, depth):
        return [Rule()]

    def runs(self, element):
        found = []
        self._inside(found, element, {})
        return found

    def _inside(self, found, element, look, depth=0):
        self._text(found, element.text, look)
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _IGNORED:
                self._inline(found, child, look, depth)
            self._text(found, child.tail, look)

    def _inline(self, found, element, look, depth=0):
        if element.tag == "br":
            found.append(Run("\n"))
            return
        change = _LOOKS.get(element.tag)
        if change:
            look = {**look, change: True}
        elif element.tag == "a" and (href := address(element.get("href") or "", self.site)):
            look = {**look, "href": href}
        if depth < 100:
            self._inside(found, element, look, depth + 1)
        else:
            self._text(found, element.text_content(), look)

    def _words(self, runs, kind="text"):
        return Words(runs, kind, direction("".join(run.text for run in runs), self.base))

    def _flat(self, element):
        return self._words([Run(re.sub(r"\s+", " ", element.text_content()).strip())])

    def _direction(self, element):
        return direction(element.text_content(), self.base)

    def _text(self, found, words, look):
        if words:
            found.append(Run(re.sub(r"[ \t\n]+", " ", words), **look))


_LOOKS = {"strong": "bold", "b": "bold", "th": "bold", "em": "italic", "i": "italic", "code": "code"}
_BLOCKS = {
    "p": _Reader.paragraph,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _Reader.heading),
    "pre": _Reader.code,
    "ul": _Reader.listing,
    "ol": _Reader.listing,
    "blockquote": _Reader.quotation,
    "table": _Reader.table,
    "hr": _Reader.rule,
}


def _has_blocks(element):
    return any(inner is not element for inner in element.iter(*_BLOCKS))


def _trimmed(runs):
    """Without blank space and line breaks at the two ends."""
    runs = list(runs)
    while runs and not runs[0].text.strip():
        del runs[0]
    while runs and not runs[-1].text.strip():
        del runs[-1]
    if runs:
        runs[0].text = runs[0].text.lstrip(" ")
        runs[-1].text = runs[-1].text.rstrip(" ")
    return runs
