"""DOCX: Word paragraphs become Lines, with the numbers Word would print; tracked changes are read as accepted.

Read is what stands in the body: not headers, footers, notes, comments, text boxes.
"""

import re

from lxml import etree

from consultations.outline import depths, fields, labels, lines, package, runs, zones
from consultations.outline.model import Unreadable
from consultations.outline.numbering import Numbering, left_of
from consultations.outline.problems import _
from consultations.outline.styles import Styles

MAX_DEPTH = 60  # tables in tables, content controls in content controls
MAX_PARAGRAPHS = 40_000
COLUMN = 120  # twentieths of a point
TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def read(data):
    """The Lines of a DOCX; raises Unreadable."""
    body, styles, numbering = package.parts(data)
    document = _Document(body, styles, numbering)
    rows = document.rows()
    zones.mark(rows, columns=False)
    return rows


class _Document:
    """One pass over the body."""

    def __init__(self, root, styles, numbering):
        namespace = etree.QName(root).namespace or TRANSITIONAL
        self.w = w = lambda name: f"{{{namespace}}}{name}"
        self.root = root
        self.styles = Styles(styles, w)
        self.numbering = Numbering(numbering, w, self.styles.numbers())
        self.found = []
        self.numbered = []  # rows that Word numbers
        self.runs = runs.Reader(w, self.numbering)
        self.held = None  # a paragraph whose mark was deleted, to be joined with the next

    def rows(self):
        """The Lines."""
        body = self.root.find(self.w("body"))
        if body is None:
            raise Unreadable(_("This is not a Word document, or it is damaged. Save it anew as .docx."))
        self._blocks(body, "", 0)
        if self.held is not None:
            self._emit(*self.held, "")
        depths.settle(self.found, self.numbered)
        return self.found

    def _blocks(self, parent, kind, depth):
        if depth > MAX_DEPTH:
            raise Unreadable(_("The document is nested too deeply to be read. Save its text anew as .docx or .txt."))
        for child in parent:
            name = runs.local(child)
            if name == "p":
                self._paragraph(child, kind)
            elif name == "tbl":
                self._table(child, kind, depth)
            elif name == "sdt":
                inner = "contents" if self._is_contents_control(child) else kind
                content = child.find(self.w("sdtContent"))
                if content is not None:
                    self._blocks(content, inner, depth + 1)
            elif name in {"ins", "moveTo", "customXml", "smartTag", "sdtContent", "AlternateContent", "Choice"}:
                self._blocks(child, kind, depth + 1)

    def _is_contents_control(self, control):
        gallery = control.find(".//" + self.w("docPartGallery"))
        return gallery is not None and "contents" in (gallery.get(self.w("val")) or "").lower()

    def _table(self, table, kind, depth):
        for p in table.iter(self.w("p")):
            number, level = self._list_of(p.find(self.w("pPr")), self._style(p.find(self.w("pPr"))))
            if number:
                self.numbering.next(number, level)  # numbered cells count in their list
        for row in table.iter(self.w("tr")):
            if row.find("/".join((self.w("trPr"), self.w("del")))) is not None:
                continue
            cells = []
            for cell in row.iterfind(".//" + self.w("tc")):
                texts = [self._cell(p) for p in cell.iterfind(self.w("p"))]
                cells.append(" ".join(t for t in texts if t))
            text = " | ".join(cells)
            if text.strip(" |"):
                self.found.append(lines.Line(labels.clean(text), kind=kind or "table", hard=True))

    def _paragraph(self, p, kind):
        w = self.w
        properties = p.find(w("pPr"))
        was_contents = self.runs.in_contents
        text, made = self.runs.read(p, self._place(properties))
        contents = was_contents or self.runs.in_contents
        if self.held is not None:
            before, earlier_made, earlier = self.held
            self.held = None
            text, properties = before + text, earlier if before.strip() else properties
            made = earlier_made or made
        mark = p.find("/".join((w("pPr"), w("rPr"))))
        if mark is not None and (mark.find(w("del")) is not None or mark.find(w("moveFrom")) is not None):
            self.held = (text, made, properties)
            return
        kind = "contents" if contents else kind
        if (
            not kind
            and self._stands_out(p, properties)
            and lines.width(text) < depths.MAX_TITLE
            and not lines.is_sentence(text)
        ):
            kind = "title"
        self._emit(text, made, properties, kind)

    def _cell(self, p):
        """The text of a paragraph in a table."""
        text, made = self.runs.read(p, self._place(p.find(self.w("pPr"))))
        text = text.replace("\n", " ").strip()
        return f"{made.printed} {text}" if made else text

    def _place(self, properties):
        """Where a paragraph stands, for the numbers that fields make in it."""
        style = self._style(properties)
        number, level = self._list_of(properties, style)
        return fields.Place(self.styles.heading(style), level if number else None)

    def _style(self, properties):
        """The paragraph style that holds, the document's default where none is named."""
        named = properties.find(self.w("pStyle")) if properties is not None else None
        style = named.get(self.w("val")) if named is not None else None
        return style if style in self.styles.elements else self.styles.default

    def _emit(self, text, made, properties, kind):
        style = self._style(properties)
        title, kind = kind == "title", kind if kind != "title" else ""
        kind = kind or self.styles.kind(style) or self._outlined(properties)
        number, level = self._list_of(properties, style)
        printed = self.numbering.next(number, level).strip() if number else ""
        if made is not None and printed:
            text = f"{made.printed} {text.lstrip()}"
        elif made is not None:
            number, level, printed = made.list, made.level if made.is_deep else 0, made.printed
        if not text.strip() and not printed:
            return
        first, *others = [labels.clean(t).strip() for t in text.split("\n")]
        label = None
        if printed and not first and not others:
            # An empty numbered paragraph is counted by Word, and people see its number.
            return
        if printed:
            label = labels.parse(printed + " x") or self._made(printed, number, level)
        if label is not None and kind == "heading":
            first, label = printed + " " + first, None
        elif label is None and printed and kind == "heading":
            first = printed + " " + first
        if title and not kind and label is None and labels.parse(first) is None and re.search(r"[^\W\d_]{2}", first):
            kind = "heading"
        depth = level + 1 if label is not None and level else None
        if label is not None and kind in {"contents", "note", "quote", "table"}:
            first, label = printed + " " + first, None
        if not kind and not printed and number and self.numbering.level_of(number, level) is not None:
            kind = "bullet"
        if kind == "bullet" and labels.parse(first) is not None:
            kind = ""
        row = lines.Line(first, 4.0, kind, label, depth, self._indent(properties), True)
        if len(self.found) > MAX_PARAGRAPHS:
            raise Unreadable(
                _("The document has more than %(count)d paragraphs. Split it into several files.")
                % {"count": MAX_PARAGRAPHS}
            )
        self.found.append(row)
        if label is not None:
            self.numbered.append(self._numbered(row, number, level, properties, style))
        for n, other in enumerate(others):
            if other:
                before = others[n - 1] if n else first
                marked = labels.parse(other) is not None
                begins = (2.0 if lines.is_finished(before) else 0.5) if marked and kind == "" else -2.0
                self.found.append(lines.Line(other, begins, kind, None, None, self._indent(properties)))

    def _made(self, printed, number, level):
        """The label of a number in a form that no typist uses: Word knows what it counts."""
        form, value = self.numbering.reading(number, level)
        if not re.search(r"\w", printed):
            return None
        return labels.Label(printed, "word", (labels.Reading("word:" + form, value),), 0)

    def _stands_out(self, p, properties):
        """Whether a paragraph is set in bold or capitals as a whole."""
        w = self.w
        runs = [r for r in p.iter(w("r")) if any((t.text or "").strip() for t in r.iterfind(w("t")))]
        marks = [[r.find("/".join((w("rPr"), w(name)))) for name in ("b", "caps")] for r in runs]
        return bool(runs) and all(
            any(m is not None and m.get(w("val"), "1") not in {"0", "false", "off"} for m in mark) for mark in marks
        )

    def _outlined(self, properties):
        if properties is None:
            return ""
        outline = properties.find(self.w("outlineLvl"))
        return "heading" if outline is not None and (outline.get(self.w("val")) or "9") < "9" else ""

    def _numbered(self, row, number, level, properties, style):
        """What tells how deep a numbered row stands; its own indentation counts before its style's and its list's."""
        definition = self.numbering.level_of(number, level)
        lefts = (left_of(properties, self.w), self.styles.left(style), definition.left if definition else None)
        left = next((left for left in lefts if left is not None), 0)
        return depths.Numbered(row, self.numbering.abstract_of(number), level, left, self.styles.standing(style))

    def _indent(self, properties):
        """Left indentation of its own, comparable with columns."""
        return (left_of(properties, self.w) or 0) // COLUMN

    def _list_of(self, properties, style):
        """The list and level of a paragraph: its own, else its style's."""
        w = self.w
        number = level = None
        own = properties.find(w("numPr")) if properties is not None else None
        if own is not None:
            number, level = self._number(own)
        if number is None:
            for one in self.styles.line(style):
                found = self.styles.elements[one].find("/".join((w("pPr"), w("numPr"))))
                if found is None:
                    continue
                styled, depth = self._number(found)
                level = depth if level is None else level
                if styled is not None:
                    number = styled
                    tied = self.numbering.level_of_style(number, one)
                    level = tied if tied is not None and own is None else level
                    break
        if number in {None, "0"}:
            return None, 0
        return number, level or 0

    def _number(self, element):
        w = self.w
        number, level = element.find(w("numId")), element.find(w("ilvl"))
        depth = level.get(w("val")) if level is not None else None
        return (
            number.get(w("val")) if number is not None else None,
            int(depth) if depth and depth.isdigit() and int(depth) < 9 else None,
        )
