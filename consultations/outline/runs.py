"""Runs: the visible text of a Word paragraph, tracked changes accepted, and the numbers that its fields make."""

import re

from consultations.outline import fields

MAX_DEPTH = 60  # runs in content controls in links
MAX_INSTRUCTION = 2_000  # characters of a field's instruction
_SKIPPED = {
    "del", "moveFrom", "instrText", "delText", "delInstrText", "drawing", "pict", "object", "AlternateContent",
    "footnoteReference", "endnoteReference", "commentReference", "annotationRef", "footnoteRef", "endnoteRef", "rPr",
    "pPr", "rt", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr",
}  # fmt: skip


class Reader:
    """Reads one paragraph after another; a field may stay open from one to the next."""

    def __init__(self, w, numbering):
        self.w = w
        self.open = []  # fields, the innermost last
        self.counter = fields.Counter(numbering)
        self.place = fields.Place()
        self.parts, self.number = [], None

    def read(self, p, place=None):
        """The text of a paragraph, "\\n" for a line break, and the Number that a field puts before it, or None."""
        self.place = place or fields.Place()
        self.parts, self.number = [], None
        self._collect(p, 0)
        return "".join(self.parts), self.number

    @property
    def in_contents(self):
        """Whether a field is open that makes a table of contents."""
        return any("TOC" in field.instruction[:12].upper() for field in self.open)

    def _collect(self, element, depth):
        if depth > MAX_DEPTH:
            return
        for child in element:
            name = local(child)
            if name in _SKIPPED:
                continue
            if name == "fldChar":
                self._field(child)
            elif name == "r":
                if not self._is_hidden(child):
                    self._run(child, depth)
            elif name == "fldSimple":
                self._begin(child.get(self.w("instr")) or "", reached=True)
                self._collect(child, depth + 1)
                self._end()
            else:
                self._collect(child, depth + 1)

    def _is_hidden(self, run):
        hidden = run.find("/".join((self.w("rPr"), self.w("vanish"))))
        return hidden is not None and hidden.get(self.w("val"), "1") not in {"0", "false", "off"}

    def _run(self, run, depth):
        for child in run:
            name = local(child)
            if name == "fldChar":
                self._field(child)
            elif name == "instrText" and self.open and not self.open[-1].reached:
                field = self.open[-1]
                field.instruction += (child.text or "")[: MAX_INSTRUCTION - len(field.instruction)]
            elif name in _SKIPPED or any(not field.reached for field in self.open):
                continue
            elif name == "t":
                self.parts.append(child.text or "")
            elif name in {"tab", "ptab"}:
                self.parts.append("\t")
            elif name in {"br", "cr"}:
                self.parts.append("\n")
            elif name == "noBreakHyphen":
                self.parts.append("-")
            elif name == "sym":
                code = child.get(self.w("char")) or ""
                if re.fullmatch("[0-9A-Fa-f]{4}", code) and not code.upper().startswith(("F0", "D")):
                    self.parts.append(chr(int(code, 16)))
            elif name == "ruby":
                self._collect(child, depth + 1)

    def _field(self, mark):
        kind = mark.get(self.w("fldCharType"))
        if kind == "begin":
            self._begin("")
        elif kind == "separate" and self.open:
            self.open[-1].reached = True
        elif kind == "end" and self.open:
            self._end()

    def _begin(self, instruction, *, reached=False):
        self.open.append(fields.Field(instruction[:MAX_INSTRUCTION], reached, len(self.parts)))

    def _end(self):
        """Close a field; one that numbers shows its number where the file holds no result."""
        field = self.open.pop()
        number = self.counter.next(field.instruction, self.place)
        if number is None or "".join(self.parts[field.begins :]).strip():
            return
        if self.number is None and not "".join(self.parts).strip():
            self.number = number
        else:
            self.parts.append(number.printed)


def local(element):
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
