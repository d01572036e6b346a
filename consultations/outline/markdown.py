"""Markdown: CommonMark blocks become Lines; a list's numbers are its labels.

Lazy numbering (`1.` each time) counts on, through the whole document; any other number stands as it was typed, for a
gap is to be told, not mended.
"""

import re

from markdown_it import MarkdownIt

from consultations.outline import indents, labels, lines, zones
from consultations.outline.layout import Layout, Raw
from consultations.outline.model import Unreadable
from consultations.outline.problems import _

MAX_NESTING = 60
_PARSER = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING, "html": True}).enable(["table", "strikethrough"])
_FRONT = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_NOTE = re.compile(r"^ {0,3}\[\^[^\]\s]+\]:")
_NOTE_MARK = re.compile(r"\[\^[^\]\s]+\]")
_UNDER_HEAD = re.compile(r" {0,3}:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\Z")
# Bold that CommonMark leaves alone, for no blank parts a stop within it from the Chinese after it.
_BOLD = re.compile(r"\*\*([^*\n]*[\u2e80-\uffff][^*\n]*)\*\*")
_TAG = re.compile(r"<[^<>]*>")


def read(text):
    """The Lines of a Markdown text."""
    text = _FRONT.sub("", text, count=1)
    text = indents.settle(_with_bars(_without_notes(_COMMENT.sub("", text))))
    try:
        tokens = _PARSER.parse(text)
    except RecursionError:
        raise Unreadable(
            _("The Markdown is nested too deeply to be read. Write its lists and quotations flatter.")
        ) from None
    rows = _Walk(text.split("\n")).rows(tokens)
    zones.mark(rows, columns=False)
    _count_lazily(rows)
    return rows


def _without_notes(text):
    """The text without footnote definitions and the indented lines that go on with them."""
    kept, inside, fenced = [], False, False
    for line in text.split("\n"):
        if re.match(r" {0,3}(?:```|~~~)", line):
            fenced = not fenced
        if not fenced and _NOTE.match(line):
            inside = True
            continue
        if inside and (not line.strip() or re.match(r" {2,}|\t", line)):
            if not line.strip():
                kept.append("")
            continue
        if inside and kept and kept[-1].strip():
            kept.append("")
        inside = False
        kept.append(line)
    return "\n".join(kept)


def _with_bars(text):
    """The text with bars round the rows of tables that lack them: `2. | Rice` is no item of a list there."""
    kept = text.split("\n")
    for n, line in enumerate(kept[1:], 1):
        if _UNDER_HEAD.match(line) and "|" in kept[n - 1]:
            at = n - 1
            while at < len(kept) and "|" in kept[at]:
                kept[at] = kept[at] if kept[at].lstrip().startswith("|") else f"| {kept[at].strip()} |"
                at += 1
    return "\n".join(kept)


class _Walk:
    """One pass over the tokens of a document."""

    def __init__(self, source):
        self.source = source
        self.found = []
        self.lists = []  # open lists: "ordered" or "bullet"
        self.label = None  # the label that waits for its item's first text
        self.first = False  # whether the next text is the first of its item
        self.kinds = []  # open quotes and tables
        self.offset = 0

    def rows(self, tokens):
        """The Lines."""
        heading, cells = False, []
        for token in tokens:
            kind = token.type
            if kind in {"ordered_list_open", "bullet_list_open"}:
                self._flush()
                self.lists.append(kind)
            elif kind in {"ordered_list_close", "bullet_list_close"}:
                self.lists.pop()
            elif kind == "list_item_open":
                self.first = True
                self.label = _item_label(token) if self.lists[-1] == "ordered_list_open" else None
            elif kind == "list_item_close":
                self._flush()
            elif kind == "blockquote_open":
                self._flush()
                self.kinds.append("quote")
            elif kind == "table_open":
                self.kinds.append("table")
            elif kind in {"blockquote_close", "table_close"}:
                self.kinds.pop()
            elif kind == "heading_open":
                heading = True
            elif kind == "heading_close":
                heading = False
            elif kind == "tr_open":
                cells = []
            elif kind == "tr_close":
                self._add(" | ".join(cells), "table")
            elif kind == "inline":
                if self.kinds and self.kinds[-1] == "table":
                    cells.append(_words(token))
                else:
                    self._block(token, heading)
            elif kind in {"fence", "code_block"}:
                self._flush()
                self._code(token)
            elif kind == "html_block":
                self._add(_TAG.sub(" ", token.content), "table")
        return [row for row in self.found if row.text.strip() or row.label]

    def _add(self, text, kind="", **more):
        self.found.append(lines.Line(labels.clean(text).strip(), kind=kind, hard=True, **more))

    def _flush(self):
        """An item without text of its own still has its number."""
        if self.label is not None:
            self._add("", label=self.label, depth=len(self.lists))
        self.label, self.first = None, False

    def _block(self, token, heading):
        words = _words(token)
        depth = len(self.lists)
        if self.kinds:
            self._add(words, "quote")
        elif heading:
            text = (self.label.printed + " " if self.label else "") + words.replace("\n", " ")
            self._add(text, "heading")
        elif _is_anchor(token):
            self._add(words, "contents")
        elif not depth and _is_bold(token) and not lines.is_sentence(words) and labels.parse(words) is None:
            self._add(words, "heading")
        else:
            self._paragraph(token, words.split("\n"), depth)
        self.label, self.first = None, False

    def _code(self, token):
        """Code; but indented lines below a numbered paragraph that open with a sub-level's label are sub-paragraphs."""
        texts = [line for line in token.content.split("\n") if line.strip()]
        first = labels.parse(texts[0].strip()) if texts else None
        wanted = first is not None and (first.decimal is None or first.style.startswith("()"))
        if token.type == "fence" or not wanted or not any(row.read for row in self.found[-50:]):
            self._add(token.content.rstrip("\n"), "code")
            return
        for line in texts:
            printed = labels.parse(line.strip())
            indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip()) + 4
            begins = 3.0 if printed is not None else -2.0
            self.found.append(
                lines.Line(labels.clean(line).strip(), begins, "", None, None, indent, printed is not None)
            )

    def _paragraph(self, token, texts, depth):
        bullet = bool(self.lists) and self.lists[-1] == "bullet_list_open"
        label, first = self.label, self.first
        start = token.map[0] if token.map else 0
        raws = [Raw(labels.clean(t).strip(), 0, 0) for t in texts]
        layout = Layout(raws)
        base = self._indent(start)
        for n, raw in enumerate(raws):
            if not raw.text and not (label and n == 0):
                continue
            printed = labels.parse(raw.text)
            within = depth
            begins = 4.0
            kind = ""
            if n:
                begins = layout.begins(raws[n - 1], raw) if len(raws) > 2 else -1.0
                begins = min(begins, 2.0)
                if printed is None:
                    begins = -2.0
                elif lines.is_finished(raws[n - 1].text):
                    begins = max(begins, 1.0)
                else:
                    begins = min(begins, -1.0)
                if printed is not None and depth:
                    within = depth if self._indent(start + n) <= base else depth + 1
            elif not first and depth and printed is None:
                begins = -1.0  # a further paragraph of the same item
            elif printed is not None and depth and not label:
                within = depth + (0 if bullet else 1)
            if n == 0 and bullet and first and printed is None:
                kind = "bullet"
            if self.found and begins < 0 and self.found[-1].kind == "bullet":
                kind = "bullet"
            row = lines.Line(
                raw.text, begins, kind, label if n == 0 else None, within or None, 0, n == 0, bare=-2.0 if n else None
            )
            self.found.append(row)

    def _indent(self, at):
        """Leading columns of a line of the source."""
        line = self.source[at] if at < len(self.source) else ""
        return len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())


def _item_label(token):
    mark = token.markup or "."
    number = int(token.info or 1)
    return _numbered(number, mark)


def _numbered(number, mark):
    style = "bracket" if mark == ")" else "dot"
    return labels.Label(f"{number}{mark}", style, (labels.Reading("decimal", number),), 0)


def _words(token):
    """The visible text of an inline token, one line per line of the source."""
    parts = []
    for child in token.children or ():
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append("\n")
        elif child.type == "image":
            parts.append(child.content)
        elif child.type == "html_inline" and re.match(r"<br", child.content, re.IGNORECASE):
            parts.append("\n")
    return _BOLD.sub(r"\1", _NOTE_MARK.sub("", "".join(parts)))


def _is_anchor(token):
    """Whether a block is nothing but a link into this document: an entry of the contents."""
    children = [c for c in token.children or () if c.type != "text" or c.content.strip()]
    return (
        len(children) >= 2
        and children[0].type == "link_open"
        and str(children[0].attrGet("href") or "").startswith("#")
        and children[-1].type == "link_close"
        and sum(c.type == "link_open" for c in children) == 1
    )


def _is_bold(token):
    """Whether a block is set in bold as a whole."""
    children = [c for c in token.children or () if c.type != "text" or c.content.strip()]
    return (
        len(children) >= 3
        and children[0].type == "strong_open"
        and children[-1].type == "strong_close"
        and sum(c.type == "strong_open" for c in children) == 1
    )


def _count_lazily(rows):
    """Count on where the writer typed the same number each time.

    At the outermost level the whole document is one list, and each annex another, for headings and paragraphs between
    part what CommonMark calls a list.
    """
    parts = [[]]
    for row in rows:
        if row.kind in {"heading", ""} and row.label is None and lines.is_annex(row.text):
            parts.append([])
        if row.label is not None and row.depth == 1 and not row.kind:
            parts[-1].append(row)
    for part in parts:
        if len(part) > 1 and len({row.label.decimal.ordinal for row in part}) == 1:
            for n, row in enumerate(part):
                row.label = _numbered(part[0].label.decimal.ordinal + n, row.label.printed[-1])
    _count_nested(rows)


def _count_nested(rows):
    """The same for each list within an item: a run of items at one depth below one parent."""
    runs, open_runs = [], {}
    for row in rows:
        if row.label is None or row.depth is None:
            continue
        for depth in [d for d in open_runs if d > row.depth]:
            runs.append(open_runs.pop(depth))
        open_runs.setdefault(row.depth, []).append(row)
    runs += open_runs.values()
    for run in runs:
        numbers = [row.label.decimal.ordinal for row in run]
        if run[0].depth > 1 and len(run) > 1 and len(set(numbers)) == 1:
            for n, row in enumerate(run):
                row.label = _numbered(numbers[0] + n, row.label.printed[-1])
