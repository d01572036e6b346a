"""The HTML of a paper: one file that opens from a disk, a mail or a ZIP, without a server, scripts or other files.

It is written piece by piece, so a paper of any length takes the memory of one block.
"""

import base64
import hashlib
from html import escape
from pathlib import Path

from django.utils.translation import gettext as _

from consultations.paper import body, tree
from core import languages

_STYLE = "\n" + Path(__file__).with_name("paper.css").read_text(encoding="utf-8")
_DIGEST = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
# A browser shows the paper and its own style; it runs, fetches, sends and frames nothing.
_POLICY = f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'"


def write(document, file):
    """Write the paper to a binary file, block by block."""
    for piece in pieces(document):
        file.write(piece.encode("utf-8", "replace"))


def pieces(document):
    """The HTML in pieces, in order; reads document.blocks as it goes."""
    writer = _Writer(document)
    yield writer.head()
    for block in document.blocks:
        yield writer.block(block)
    yield "</main>\n</body>\n</html>\n"


class _Writer:
    def __init__(self, document):
        self.document = document
        self.outline = tree.Outline()

    def head(self):
        document = self.document
        with languages.speaking(document.language):
            contents = _("Contents")
        names = [escape(body.plain(name)) for name in (document.symbol, document.title) if name]
        cover = ' class="cover"' if document.with_cover else ""
        return (
            f'<!DOCTYPE html>\n<html lang="{_lang(document.language)}" dir="{document.direction}">\n<head>\n'
            '<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="referrer" content="no-referrer">\n'
            f"<title>{' · '.join(names)}</title>\n<style>{_STYLE}</style>\n</head>\n<body{cover}>\n"
            f"{self._title()}{self._contents(contents)}<main>\n"
        )

    def _title(self):
        document = self.document
        top = "".join(
            f'<span class="{name}">{self._text(value)}</span>'
            for name, value in (("publisher", document.publisher), ("symbol", document.symbol))
            if value
        )
        lines = "".join(
            f"<span>{self._text(line)}</span>"
            for line in (document.distribution, document.date_line, document.original)
            if line
        )
        subtitle = f'<p class="subtitle">{self._text(document.subtitle)}</p>\n' if document.subtitle else ""
        return (
            '<header class="title">\n'
            + (f'<div class="top">{top}</div>\n' if top else "")
            + (f'<p class="lines">{lines}</p>\n' if lines else "")
            + f"<h1>{self._text(document.title)}</h1>\n{subtitle}</header>\n"
        )

    def _contents(self, heading):
        if not self.document.contents:
            return ""
        lines = "".join(
            f'<li class="l{entry.level}"><a href="#{escape(entry.anchor)}">'
            + (f"{self._number(entry.number)} " if entry.number else "")
            + f"{self._text(entry.text)}</a></li>\n"
            for entry in self.document.contents
        )
        return (
            '<nav class="contents" aria-labelledby="contents">\n'
            f'<h2 id="contents">{heading}</h2>\n<ol>\n{lines}</ol>\n</nav>\n'
        )

    def block(self, block):
        return _BLOCKS[type(block)](self, block)

    def heading(self, block):
        rank = self.outline.heading(block) + 1
        number = f'<span class="number">{self._number(block.number)}</span> ' if block.number else ""
        return f"<h{rank}{self._place(block)}>{number}{self._text(block.text)}</h{rank}>\n"

    def paragraph(self, block):
        notes = "".join(self._body(note, block) for note in block.notes)
        notes = f'<div class="notes">{notes}</div>' if notes else ""
        words = self._body(block.html, block)
        if not block.number and not block.level:
            return (
                f"<div{self._place(block)}>{words}{notes}</div>\n" if block.anchor or block.language else words + notes
            )
        number = self._number(block.number) if block.number else ""
        if block.anchor and number:
            number = f'<a class="no" href="#{escape(block.anchor)}">{number}</a>'
        else:
            number = f'<span class="no">{number}</span>'
        level = min(block.level, 3)
        return f'<div class="par l{level}"{self._place(block)}>{number}<div>{words}{notes}</div></div>\n'

    def quote(self, block):
        source = f'<p class="source">{self._text(block.source)}</p>' if block.source else ""
        return f"<blockquote{self._place(block)}>{self._body(block.html, block)}{source}</blockquote>\n"

    def table(self, block):
        caption = f"<caption>{self._text(block.caption)}</caption>" if block.caption else ""
        figure = [' class="figure"' if column in block.numeric else "" for column in range(len(block.header))]
        names = zip(figure, block.header, strict=True)
        head = "".join(f'<th scope="col"{look}>{self._text(name)}</th>' for look, name in names)
        rows = "".join(
            "<tr>"
            + "".join(f"<td{look}>{self._cell(cell)}</td>" for look, cell in zip(figure, row, strict=True))
            + "</tr>\n"
            for row in tree.rows_of(block)
        )
        return (
            f'<div class="scroll"{self._place(block)}><table>{caption}<thead><tr>{head}</tr></thead>\n'
            f"<tbody>\n{rows}</tbody></table></div>\n"
        )

    def facts(self, block):
        pairs = "".join(f"<dt>{self._text(name)}</dt><dd>{self._cell(value)}</dd>\n" for name, value in block.pairs)
        return f'<dl class="facts"{self._place(block)}>\n{pairs}</dl>\n'

    def contribution(self, block):
        rank = min(self.outline.contribution() + 1, 6)
        reference = self._text(block.reference)
        if block.anchor:
            reference = f'<a href="#{escape(block.anchor)}">{reference}</a>'
        stamp = f'<span class="stamp">{self._text(block.stamp)}</span>' if block.stamp else ""
        who, about = tree.head_of(block)
        who = f'<p class="who">{self._joined(who)}</p>' if who else ""
        about = "".join(f"<p>{self._joined(line)}</p>" for line in about)
        about = f'<div class="about">{about}</div>' if about else ""
        note = f'<p class="note">{self._text(block.note)}</p>' if block.note else ""
        place = f' id="{block.anchor}"' if block.anchor else ""
        words = self._body(block.html, block)
        return (
            f'<section class="contribution"{place}>\n<h{rank}>{reference}</h{rank}>{stamp}{who}{about}{note}\n'
            f"<div{self._speech(block)}>{words}</div>\n</section>\n"
        )

    def page_break(self, block):
        return f'<div class="break"{self._place(block)}></div>\n'

    # Parts

    def _place(self, block):
        """The attributes of a block: its anchor, its language and direction."""
        return (f' id="{block.anchor}"' if block.anchor else "") + self._speech(block)

    def _speech(self, block):
        if not block.language or block.language == self.document.language:
            return ""
        return f' lang="{_lang(block.language)}" dir="{languages.direction(block.language)}"'

    def _body(self, source, block):
        base = languages.direction(block.language or self.document.language)
        return "".join(_piece(piece, base) for piece in body.read(source, base, self.document.site))

    def _text(self, words):
        """Plain text whose direction does not disturb what stands beside it."""
        words = escape(body.plain(words), quote=False)
        base = self.document.direction
        if base == "ltr" and not body.is_mixed(words):
            return words
        return f'<bdi dir="{body.direction(words, base)}">{words}</bdi>'

    def _number(self, number):
        """What is printed before a paragraph or heading; it runs as the document does, whatever its letters."""
        return f'<bdi dir="{self.document.direction}">{escape(body.plain(number), quote=False)}</bdi>'

    def _joined(self, parts):
        return " · ".join(self._text(part) for part in parts)

    def _cell(self, cell):
        if isinstance(cell, tree.Link):
            href = body.address(cell.href, self.document.site)
            return f'<a href="{escape(href)}">{self._text(cell.text)}</a>' if href else self._text(cell.text)
        return self._text(cell)


_BLOCKS = {
    tree.Heading: _Writer.heading,
    tree.Paragraph: _Writer.paragraph,
    tree.Quote: _Writer.quote,
    tree.Table: _Writer.table,
    tree.Facts: _Writer.facts,
    tree.Contribution: _Writer.contribution,
    tree.PageBreak: _Writer.page_break,
}


def _piece(piece, base):
    """A piece of a body; base is the direction of what it stands in."""
    if isinstance(piece, body.Rule):
        return "<hr>\n"
    turn = f' dir="{piece.direction}"' if piece.direction != base else ""
    inside = piece.direction
    if isinstance(piece, body.Words):
        words = "".join(_run(run) for run in piece.runs)
        if piece.kind == "code":
            return f"<pre{turn}>{words}</pre>\n"
        return f"<p{turn}><strong>{words}</strong></p>\n" if piece.kind == "heading" else f"<p{turn}>{words}</p>\n"
    if isinstance(piece, body.Quotation):
        return f"<blockquote{turn}>{''.join(_piece(one, inside) for one in piece.pieces)}</blockquote>\n"
    if isinstance(piece, body.Listing):
        items = "".join(f"<li>{_item(item, inside)}</li>\n" for item in piece.items)
        if piece.start is None:
            return f"<ul{turn}>\n{items}</ul>\n"
        start = f' start="{piece.start}"' if piece.start != 1 else ""
        return f"<ol{start}{turn}>\n{items}</ol>\n"
    rows = [
        "<tr>" + "".join(_grid_cell(cell, number < piece.heads) for cell in row) + "</tr>\n"
        for number, row in enumerate(piece.rows)
    ]
    head = f"<thead>\n{''.join(rows[: piece.heads])}</thead>\n" if piece.heads else ""
    return f'<div class="scroll"{turn}><table>{head}<tbody>\n{"".join(rows[piece.heads :])}</tbody></table></div>\n'


def _item(pieces, base):
    """An item of one paragraph and perhaps a list below it stays tight."""
    if pieces and isinstance(pieces[0], body.Words) and pieces[0].kind == "text" and pieces[0].direction == base:
        return "".join(_run(run) for run in pieces[0].runs) + "".join(_piece(one, base) for one in pieces[1:])
    return "".join(_piece(one, base) for one in pieces)


def _grid_cell(runs, is_head):
    words = "".join(_run(run) for run in runs)
    return f'<th scope="col">{words}</th>' if is_head else f"<td>{words}</td>"


def _run(run):
    if run.text == "\n" and not run.code:
        return "<br>"
    words = escape(run.text, quote=False)
    for is_so, tag in ((run.code, "code"), (run.italic, "em"), (run.bold, "strong")):
        if is_so:
            words = f"<{tag}>{words}</{tag}>"
    return f'<a href="{escape(run.href)}">{words}</a>' if run.href else words


def _lang(code):
    return languages.LANGUAGES[code][2].replace("zh-hans", "zh-Hans")
