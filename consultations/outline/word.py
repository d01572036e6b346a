"""DOCX: Word paragraphs become Lines, with the numbers Word would print; tracked changes are read as accepted.

Read is what stands in the body: not headers, footers, notes, comments, text boxes.
"""

import re

from lxml import etree

from consultations.outline import labels, lines, package, zones
from consultations.outline.model import Unreadable
from consultations.outline.numbering import Numbering
from consultations.outline.problems import _

MAX_DEPTH = 60  # tables in tables, content controls in content controls
MAX_STYLES = 30
MAX_PARAGRAPHS = 40_000
MAX_TITLE = 160  # columns of a paragraph in bold that is a heading
TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SKIPPED = {
    "del", "moveFrom", "instrText", "delText", "delInstrText", "drawing", "pict", "object", "AlternateContent",
    "footnoteReference", "endnoteReference", "commentReference", "annotationRef", "footnoteRef", "endnoteRef", "rPr",
    "pPr", "rt", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr",
}  # fmt: skip


def read(data):
    """The Lines of a DOCX; raises Unreadable."""
    body, styles, numbering = package.parts(data)
    document = _Document(body, styles, numbering)
    rows = document.rows()
    zones.mark(rows, columns=False)
    return rows


class _Styles:
    """Paragraph styles: their lists and whether they are headings, through what they are based on."""

    def __init__(self, root, w):
        self.w = w
        self.elements, self.default = {}, None
        for style in root.iterfind(w("style")) if root is not None else ():
            self.elements[style.get(w("styleId"))] = style
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in {"1", "true", "on"}:
                self.default = style.get(w("styleId"))

    def line(self, key):
        """A style and those it is based on."""
        seen = []
        while key in self.elements and key not in seen and len(seen) < MAX_STYLES:
            seen.append(key)
            based = self.elements[key].find(self.w("basedOn"))
            key = based.get(self.w("val")) if based is not None else None
        return seen

    def numbers(self):
        """Style -> its own list, for lists that are linked to styles."""
        w = self.w
        path = "/".join((w("pPr"), w("numPr"), w("numId")))
        found = {key: e.find(path) for key, e in self.elements.items()}
        return {key: e.get(w("val")) for key, e in found.items() if e is not None}

    def kind(self, key):
        """heading, contents, quote or "" after the names Word gives its own styles."""
        w = self.w
        for one in self.line(key):
            style = self.elements[one]
            name = style.find(w("name"))
            name = (name.get(w("val")) or "" if name is not None else one).lower()
            if re.match(r"(?:heading|title\b|subtitle|заголовок|titre|título|标题|العنوان|عنوان)", name):
                return "heading"
            if re.match(r"toc\b|toc ?\d|table of (?:contents|figures)|tm ?\d|оглавление|目录", name):
                return "contents"
            if re.match(r"(?:intense )?quote|block ?text|цитата|citation|cita\b|引用|明显引用|اقتباس", name):
                return "quote"
            if re.match(r"footnote text|endnote text|header|footer|bibliography", name):
                return "note"
            outline = style.find("/".join((w("pPr"), w("outlineLvl"))))
            if outline is not None and (outline.get(w("val")) or "9") < "9":
                return "heading"
        return ""


class _Document:
    """One pass over the body."""

    def __init__(self, root, styles, numbering):
        namespace = etree.QName(root).namespace or TRANSITIONAL
        self.w = w = lambda name: f"{{{namespace}}}{name}"
        self.root = root
        self.styles = _Styles(styles, w)
        self.numbering = Numbering(numbering, w, self.styles.numbers())
        self.found = []
        self.levelled = []  # numbered rows with their list and level
        self.fields = []  # open complex fields: [instruction, result reached]
        self.held = None  # a paragraph whose mark was deleted, to be joined with the next

    def rows(self):
        """The Lines."""
        body = self.root.find(self.w("body"))
        if body is None:
            raise Unreadable(_("This is not a Word document, or it is damaged. Save it anew as .docx."))
        self._blocks(body, "", 0)
        if self.held is not None:
            self._emit(*self.held, "")
        self._settle_levels()
        return self.found

    def _settle_levels(self):
        """Where one list numbers headings and, deeper, paragraphs, depth counts from the paragraphs."""
        lists = {}
        for row, key, level in self.levelled:
            lists.setdefault(key, []).append((row, level))
        for members in lists.values():
            base = min((level for row, level in members if not row.kind and row.read and row.read.decimal), default=0)
            above = [row for row, level in members if level < base and not row.kind]
            if not base or any(lines.is_sentence(row.text) or lines.width(row.text) > MAX_TITLE for row in above):
                continue
            for row, level in members:
                if level < base and not row.kind:
                    row.text, row.label, row.kind = f"{row.label.printed} {row.text}", None, "heading"
                elif level >= base and row.label is not None:
                    row.depth = level - base + 1 if level > base else None
        for row, _key, _level in self.levelled:
            row.__dict__.pop("read", None)  # what it reads as may change with its kind

    def _blocks(self, parent, kind, depth):
        if depth > MAX_DEPTH:
            raise Unreadable(_("The document is nested too deeply to be read. Save its text anew as .docx or .txt."))
        for child in parent:
            name = _local(child)
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
                texts = [self._text(p).replace("\n", " ").strip() for p in cell.iterfind(self.w("p"))]
                cells.append(" ".join(t for t in texts if t))
            text = " | ".join(cells)
            if text.strip(" |"):
                self.found.append(lines.Line(labels.clean(text), kind=kind or "table", hard=True))

    def _paragraph(self, p, kind):
        w = self.w
        properties = p.find(w("pPr"))
        was_contents = any("TOC" in instruction[:12].upper() for instruction, _reached in self.fields)
        text = self._text(p)
        contents = was_contents or any("TOC" in instruction[:12].upper() for instruction, _reached in self.fields)
        if self.held is not None:
            before, earlier = self.held
            self.held = None
            text, properties = before + text, earlier if before.strip() else properties
        mark = properties.find(w("rPr")) if p.find(w("pPr")) is not None and properties is not None else None
        own = p.find("/".join((w("pPr"), w("rPr"))))
        mark = own if own is not None else None
        if mark is not None and (mark.find(w("del")) is not None or mark.find(w("moveFrom")) is not None):
            self.held = (text, properties)
            return
        kind = "contents" if contents else kind
        if (
            not kind
            and self._stands_out(p, properties)
            and lines.width(text) < MAX_TITLE
            and not lines.is_sentence(text)
        ):
            kind = "title"
        self._emit(text, properties, kind)

    def _style(self, properties):
        """The paragraph style that holds, the document's default where none is named."""
        named = properties.find(self.w("pStyle")) if properties is not None else None
        style = named.get(self.w("val")) if named is not None else None
        return style if style in self.styles.elements else self.styles.default

    def _emit(self, text, properties, kind):
        style = self._style(properties)
        title, kind = kind == "title", kind if kind != "title" else ""
        kind = kind or self.styles.kind(style) or self._outlined(properties)
        number, level = self._list_of(properties, style)
        printed = self.numbering.next(number, level).strip() if number else ""
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
            self.levelled.append((row, self.numbering.abstract_of(number), level))
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

    def _indent(self, properties):
        """Left indentation in quarters of an inch or so: comparable with columns."""
        indent = properties.find(self.w("ind")) if properties is not None else None
        if indent is None:
            return 0
        value = indent.get(self.w("left")) or indent.get(self.w("start")) or "0"
        return int(float(value) // 120) if re.fullmatch(r"-?\d+(?:\.\d+)?", value) else 0

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

    def _text(self, element):
        """The visible text of a paragraph, changes accepted; "\\n" for a line break."""
        parts = []
        self._collect(element, parts, 0)
        return "".join(parts)

    def _collect(self, element, parts, depth):
        if depth > MAX_DEPTH:
            return
        for child in element:
            name = _local(child)
            if name in _SKIPPED:
                continue
            if name == "fldChar":
                self._field(child)
            elif name == "r":
                if not self._is_hidden(child):
                    self._run(child, parts, depth)
            else:
                self._collect(child, parts, depth + 1)

    def _is_hidden(self, run):
        hidden = run.find("/".join((self.w("rPr"), self.w("vanish"))))
        return hidden is not None and hidden.get(self.w("val"), "1") not in {"0", "false", "off"}

    def _run(self, run, parts, depth):
        for child in run:
            name = _local(child)
            if name == "fldChar":
                self._field(child)
            elif name == "instrText" and self.fields and not self.fields[-1][1]:
                self.fields[-1][0] += child.text or ""
            elif name in _SKIPPED or (self.fields and not self.fields[-1][1]):
                continue
            elif name == "t":
                parts.append(child.text or "")
            elif name in {"tab", "ptab"}:
                parts.append("\t")
            elif name in {"br", "cr"}:
                parts.append("\n")
            elif name == "noBreakHyphen":
                parts.append("-")
            elif name == "sym":
                code = child.get(self.w("char")) or ""
                if re.fullmatch("[0-9A-Fa-f]{4}", code) and not code.upper().startswith(("F0", "D")):
                    parts.append(chr(int(code, 16)))
            elif name == "ruby":
                self._collect(child, parts, depth + 1)

    def _field(self, mark):
        kind = mark.get(self.w("fldCharType"))
        if kind == "begin":
            self.fields.append(["", False])
        elif kind == "separate" and self.fields:
            self.fields[-1][1] = True
        elif kind == "end" and self.fields:
            self.fields.pop()


def _local(element):
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
