"""Writes the blocks of a paper in the language of the typesetter (Typst), for `paper.typ`.

Every word of the paper becomes a string literal, so nothing that anyone wrote is ever read as a command.
"""

import re
import unicodedata

from consultations.paper import body, tree
from core import languages

_LONG = re.compile(r"[^\s\u2e80-\u9fff\u200b]{50,}")  # a word that may be longer than a line
_PIECE = re.compile(r".{1,25}[^\w!-~]*")  # with the marks on its last letter
_UNLETTERED = re.compile(r"[^\w\s!-~]{7,}")  # Python counts marks above and below letters as no letters
_QUOTED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": " "})
LANG = {"en": "en", "fr": "fr", "es": "es", "ar": "ar", "zh": "zh", "ru": "ru"}
MAX_NUMBER = 999_999_999


def literal(words):
    """A string of the language."""
    return f'"{words.translate(_QUOTED)}"'


def breakable(words):
    """Long words with places where a line may end, which nobody sees."""
    words = _UNLETTERED.sub(_thinned, words)
    return _LONG.sub(lambda found: "\u200b".join(_PIECE.findall(found[0])), words)


def _thinned(found):
    """At most six marks on one letter: hundreds are no writing in any language, and cost minutes."""
    kept, marks = [], 0
    for letter in found[0]:
        marks = marks + 1 if unicodedata.category(letter) in ("Mn", "Me") else 0
        if marks <= 6:
            kept.append(letter)
    return "".join(kept)


class Writer:
    """Writes one document's blocks, in order."""

    def __init__(self, document):
        self.document = document
        self.direction = document.direction
        self.outline = tree.Outline()

    def title(self, contents):
        """The first page; contents: the heading of the table of contents, in the document's language."""
        document = self.document
        lines = [self._text(line) for line in (document.distribution, document.date_line, document.original) if line]
        apart = "true" if document.with_cover else "false"
        parts = [
            f"#masthead({_tuple(lines)})\n",
            f"#name({self._text(document.title)}, {self._maybe(document.subtitle)}, {apart})\n",
        ]
        if document.contents:
            entries = _tuple(
                f"({self._number(entry.number)}, {self._text(entry.text)}, {literal(entry.anchor)}, {entry.level})"
                for entry in document.contents
            )
            parts.append(f"#contents({literal(contents)}, {entries}, {apart})\n")
        elif document.with_cover:
            parts.append("#pagebreak()\n")
        return "".join(parts)

    def block(self, block):
        return _BLOCKS[type(block)](self, block)

    def heading(self, block):
        level = self.outline.heading(block) + 1
        shown = f"{body.plain(block.number)} {body.plain(block.text)}".strip()
        head = (
            f"#head({level}, {self._margin(block.number, 5)}, {_anchor(block)}, {self._text(block.text)}, "
            f"{literal(shown)})\n"
        )
        return self._spoken(block, head)

    def paragraph(self, block):
        base, side = self._base(block), self.direction  # of the margin, whichever way the words run
        pieces = body.read(block.html, base, self.document.site)
        steps = min(block.level, 3) + 1 if block.number or block.level else 0
        done = []
        if block.number or block.anchor:
            first = pieces.pop(0) if pieces and isinstance(pieces[0], body.Words) else body.Words([], direction=base)
            words = self._runs(first.runs)
            if block.number:
                start = f"{self._margin(block.number, 7)}, {steps - 1}, {_anchor(block)}"
                if first.direction != side:
                    words = f"turned({first.direction}, {words})"
                    done.append(f"turned({side}, beside({start}, {words}))")
                else:
                    done.append(_turn(f"numbered({start}, {words})", side, base))
            else:
                inside = f"par({{ place-of({literal(block.anchor)}); {words} }})"
                inside = f"indented({steps}, {literal(side)}, {inside})" if steps else inside
                done.append(_turn(inside, first.direction, base))
        rest = self._pieces(pieces, base)
        rest += f" small({{ {self._pieces(notes, base)} }});" if (notes := self._notes(block, base)) else ""
        if rest:
            done.append(f"indented({steps}, {literal(side)}, {{ {rest} }})" if steps else f"{{ {rest} }}")
        return self._spoken(block, "".join(f"#{one}\n" for one in done))

    def _notes(self, block, base):
        return [piece for note in block.notes for piece in body.read(note, base, self.document.site)]

    def quote(self, block):
        base = self._base(block)
        words = self._pieces(body.read(block.html, base, self.document.site), base)
        source = f" par(source({self._text(block.source)}));" if block.source else ""
        mark = f"place-of({literal(block.anchor)}); " if block.anchor else ""
        return self._spoken(
            block, f"#indented(1, {literal(base)}, quotation({literal(base)}, {{ {mark}{words}{source} }}))\n"
        )

    def table(self, block):
        widths = block.widths or [1] * len(block.header)
        columns = _tuple(f"{float(width):g}fr" for width in widths)
        sides = _tuple("end" if column in block.numeric else "start" for column in range(len(widths)))
        head = _tuple(self._text(name) for name in block.header)
        rows = _tuple(_tuple(self._cell(cell) for cell in row) for row in tree.rows_of(block))
        return f"#sheet({self._maybe(block.caption)}, {_anchor(block)}, {columns}, {sides}, {head}, {rows})\n"

    def facts(self, block):
        pairs = _tuple(f"({self._text(name)}, {self._cell(value)})" for name, value in block.pairs)
        return f"#facts({_anchor(block)}, {pairs})\n"

    def contribution(self, block):
        level = self.outline.contribution() + 1
        base = self._base(block)
        who, about = tree.head_of(block)
        shown = " · ".join([block.reference, *who])
        lines = _tuple(self._joined(line) for line in about)
        words = self._pieces(body.read(block.html, base, self.document.site), base)
        words = _spoken_in(f"{{ {words} }}", block.language, self.document.language)
        return (
            f"#contribution({level}, {self._text(block.reference)}, {self._maybe(block.stamp)}, {_anchor(block)}, "
            f"{self._joined(who) if who else 'none'}, {lines}, {self._maybe(block.note)}, "
            f"{literal(body.plain(shown))}, {words})\n"
        )

    def page_break(self, block):
        return "#pagebreak(weak: true)\n"  # weak: at the top of a page there is nothing to break

    # Bodies

    def _pieces(self, pieces, base):
        return " ".join(f"{_turn(self._piece(piece), _direction(piece, base), base)};" for piece in pieces)

    def _piece(self, piece):
        if isinstance(piece, body.Rule):
            return "across"
        if isinstance(piece, body.Words):
            if piece.kind == "code":
                return f"raw(block: true, {literal(breakable(piece.runs[0].text))})"
            words = self._runs(piece.runs)
            return f"topic({words})" if piece.kind == "heading" else f"par({words})"
        if isinstance(piece, body.Quotation):
            inside = self._pieces(piece.pieces, piece.direction)
            return f"indented(1, {literal(piece.direction)}, quotation({literal(piece.direction)}, {{ {inside} }}))"
        if isinstance(piece, body.Listing):
            items = ", ".join(self._item(item, piece.direction) for item in piece.items)
            if piece.start is None:
                return f"list({items})"
            return f"enum(start: {min(piece.start, MAX_NUMBER)}, {items})"
        return self._grid(piece)

    def _item(self, item, base):
        if item and isinstance(item[0], body.Words) and item[0].kind == "text":
            begin, *rest = item
            begun = _turn(self._runs(begin.runs), begin.direction, base)
            return f"{{ {begun}; {self._pieces(rest, base)} }}" if rest else begun
        return f"{{ {self._pieces(item, base)} }}"

    def _grid(self, piece):
        width = max(len(row) for row in piece.rows)
        columns = _tuple(["1fr"] * width)
        sides = _tuple(["start"] * width)
        rows = [_tuple(self._runs(cell) for cell in [*row, *([[]] * (width - len(row)))]) for row in piece.rows]
        heads = 1 if piece.heads else 0
        head = rows[0] if heads else "()"
        return f"sheet(none, none, {columns}, {sides}, {head}, {_tuple(rows[heads:])})"

    def _runs(self, runs):
        # Not as a sum: one of thousands of terms is more than the typesetter can take apart.
        words = "; ".join(_run(run) for run in runs if run.text)
        return f"{{ {words} }}" if words else "[]"

    # Parts

    def _base(self, block):
        return languages.direction(block.language or self.document.language)

    def _spoken(self, block, written):
        if not block.language or block.language == self.document.language:
            return written
        return f"#tongue({literal(LANG[block.language])})[{written}]\n"

    def _text(self, words):
        """A line of plain text as content, in its own direction."""
        words = breakable(body.plain(words))
        turned = body.direction(words, self.direction)
        return f"[#{literal(words)}]" if turned == self.direction else f"box(turned({turned}, {literal(words)}))"

    def _maybe(self, words):
        return self._text(words) if words else "none"

    def _number(self, number):
        return f"[#{literal(body.plain(number))}]" if number else "none"

    def _margin(self, number, most):
        """What stands in the margin; most: how many narrow characters it holds."""
        width = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in number)
        kind = "narrow" if width <= most else "wide"
        return f"{kind}({self._number(number)})" if number else "none"

    def _joined(self, parts):
        return ' + " · " + '.join(self._text(part) for part in parts)

    def _cell(self, cell):
        if not isinstance(cell, tree.Link):
            return self._text(cell)
        href = body.address(cell.href, self.document.site)
        return _link(href, self._text(cell.text)) if href else self._text(cell.text)


_BLOCKS = {
    tree.Heading: Writer.heading,
    tree.Paragraph: Writer.paragraph,
    tree.Quote: Writer.quote,
    tree.Table: Writer.table,
    tree.Facts: Writer.facts,
    tree.Contribution: Writer.contribution,
    tree.PageBreak: Writer.page_break,
}


def _tuple(parts):
    return "(" + "".join(f"{part}, " for part in parts) + ")"


def _anchor(block):
    return literal(block.anchor) if block.anchor else "none"


def _direction(piece, base):
    return getattr(piece, "direction", base)


def _turn(written, direction, base):
    return written if direction == base else f"turned({direction}, {written})"


def _spoken_in(written, language, base):
    return f"tongue({literal(LANG[language])}, {written})" if language and language != base else written


def _run(run):
    if run.text == "\n" and not run.code:
        return "linebreak()"
    words = literal(breakable(run.text))
    words = f"raw({words})" if run.code else words
    if run.bold:
        words = f"strong({words})"
    if run.italic:
        words = f"emph({words})"
    return _link(run.href, words) if run.href else words


def _link(href, words):
    """Links within the paper go out under a scheme of our own, which `binding` turns into places of the PDF."""
    if body.is_internal(href):
        return f"link({literal('paper:' + href[1:])}, {words})"
    if body.is_beside(href):
        return f"({words})"
    return f"link({literal(href)}, {words})"
