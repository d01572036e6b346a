"""The Word file of a paper, written as it is read: no more than one block of it is in memory.

The text goes between the parts of `docx_parts`. The same document gives the same bytes.
"""

import re
import zipfile
from xml.sax.saxutils import quoteattr

from django.utils.translation import gettext as _

from consultations.paper import body, docx_parts, tree
from consultations.paper import docx_markup as markup
from consultations.paper.docx_parts import STEP
from core import languages

_TEXT, _LISTS, _LINKS = "word/document.xml", "word/numbering.xml", "word/_rels/document.xml.rels"
_LINK_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_LIST_STEP = round(STEP * 0.75)


def write(document, file):
    """Write the paper to a binary file, block by block."""
    parts = docx_parts.skeleton(document)
    page = re.search(rb"<w:sectPr.*</w:sectPr>", parts.pop(_TEXT), re.DOTALL)[0].decode()
    links = parts.pop(_LINKS).decode()
    del parts[_LISTS]
    writer = _Writer(document)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            package.writestr(_part(name), parts[name])
        with package.open(_part(_TEXT), "w", force_zip64=True) as text:
            for piece in writer.pieces(page):
                text.write(piece.encode("utf-8", "replace"))
        package.writestr(_part(_LISTS), docx_parts.numbering(writer.starts))
        outside = "".join(
            f'<Relationship Id="{key}" Type="{_LINK_TYPE}" Target={quoteattr(href)} TargetMode="External"/>'
            for href, key in writer.links.items()
        )
        package.writestr(_part(_LINKS), links.replace("</Relationships>", f"{outside}</Relationships>"))


def _part(name):
    part = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    part.compress_type = zipfile.ZIP_DEFLATED
    return part


class _Writer:
    def __init__(self, document):
        self.document = document
        self.language, self.direction = document.language, document.direction
        self.outline = tree.Outline()
        self.starts = []  # of the numbered lists: (level, first number)
        self.links = {}  # address: its name among the file's relationships
        self.bookmarks = 0

    def pieces(self, page):
        """word/document.xml in pieces; page: how its pages look."""
        yield f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document {markup.SPACES}><w:body>'
        yield self.title()
        for block in self.document.blocks:
            yield _BLOCKS[type(block)](self, block)
        yield f"{page}</w:body></w:document>"

    # The title block

    def title(self):
        document = self.document
        top = [(document.publisher, "start", 0.55), (document.symbol, "end", 0.45)]
        cells = [markup.cell(self._line(words, "Paper symbol", justify=side), share) for words, side, share in top]
        lines = (document.distribution, document.date_line, document.original)
        return (
            markup.table([markup.row(cells)], [share for _words, _side, share in top], self.direction, "bottom")
            + "".join(self._line(line, "Paper lines", justify="end") for line in lines if line)
            + self._line(document.title, "Title")
            + (self._line(document.subtitle, "Paper subtitle") if document.subtitle else "")
            + self._contents()
        )

    def _contents(self):
        if not self.document.contents:
            return markup.PAGE_BREAK if self.document.with_cover else ""
        with languages.speaking(self.language):
            heading = self._line(_("Contents"), "Paper head")
        lines = [heading, *(self._entry(entry) for entry in self.document.contents)]
        if self.document.with_cover:
            lines = [markup.PAGE_BREAK, *lines, markup.PAGE_BREAK]
        return "".join(lines)

    def _entry(self, entry):
        name = markup.bookmark(entry.anchor)
        number = f"{body.plain(entry.number)} " if entry.number else ""
        title = body.set_off(body.plain(entry.text), self.direction)
        words = self._runs([body.Run(number), body.Run(title), body.Run("\t")])
        page = markup.field(f"PAGEREF {name} \\h", " ")
        form = markup.form("Paper contents", self.direction, start=STEP * (entry.level - 1), leader=True)
        return markup.paragraph(form, f'<w:hyperlink w:anchor="{name}" w:history="1">{words}{page}</w:hyperlink>')

    # Blocks

    def heading(self, block):
        level = self.outline.heading(block)
        language = block.language or self.language
        number = f"{body.plain(block.number)}\t" if block.number else ""
        title = body.set_off(body.plain(block.text), languages.direction(language))
        words = self._runs([body.Run(number), body.Run(title)], language)
        hang = {"start": STEP, "hanging": STEP} if number else {}
        form = markup.form(f"Heading {level}", languages.direction(language), **hang)
        return markup.paragraph(form, self._marked(block.anchor, words))

    def paragraph(self, block):
        language = block.language or self.language
        indent = STEP * (min(block.level, 3) + 1) if block.number or block.level else 0
        first = f"{body.plain(block.number)}\t" if block.number else ""
        words = self._body(block.html, language, "Paper words", indent, first, block.anchor)
        return words + "".join(self._body(note, language, "Paper note", indent) for note in block.notes)

    def quote(self, block):
        source = self._line(block.source, "Paper source") if block.source else ""
        return (
            self._body(block.html, block.language or self.language, "Paper quotation", STEP, "", block.anchor) + source
        )

    def table(self, block):
        total = sum(block.widths)
        shares = [width / total for width in block.widths] or [1 / len(block.header)] * len(block.header)
        cells = list(tree.rows_of(block))
        whole = len(cells) <= tree.WHOLE
        rows = [self._row(block, block.header, shares, is_head=True, kept=True)]
        rows += (self._row(block, row, shares, kept=whole and row is not cells[-1]) for row in cells)
        caption = ""
        if block.caption or block.anchor:
            caption = self._line(block.caption, "Paper caption", anchor=block.anchor)
        return caption + markup.table(rows, shares, self.direction, "rows") + self._gap()

    def _row(self, block, cells, shares, *, is_head=False, kept=False):
        sides = ["end" if column in block.numeric else "start" for column in range(len(shares))]
        filled = zip(cells, sides, shares, strict=True)
        done = (self._cell(one, side, share, bold=is_head, kept=kept) for one, side, share in filled)
        return markup.row(done, is_head=is_head)

    def facts(self, block):
        rows = [
            markup.row([self._cell(name, "start", 0.3, bold=True), self._cell(value, "start", 0.7)])
            for name, value in block.pairs
        ]
        return markup.table(rows, [0.3, 0.7], self.direction, "") + self._gap() if rows else ""

    def contribution(self, block):
        stamp = f"  [{body.plain(block.stamp)}]" if block.stamp else ""
        reference = self._runs([body.Run(body.plain(block.reference) + stamp)])
        form = markup.form("Contribution reference", self.direction, outline=self.outline.contribution())
        who, about = tree.head_of(block)
        return (
            markup.paragraph(form, self._marked(block.anchor, reference))
            + (self._line(" · ".join(who), "Contribution speaker") if who else "")
            + "".join(self._line(" · ".join(line), "Contribution about") for line in about)
            + (self._line(block.note, "Contribution note") if block.note else "")
            + self._body(block.html, block.language or self.language, "Paper words")
        )

    def page_break(self, block):
        return markup.PAGE_BREAK

    # Bodies

    def _body(self, source, language, style, indent=0, first="", anchor=""):
        """first: what stands in the margin of the first paragraph; the anchor is there too."""
        base = languages.direction(language)
        pieces = body.read(source, base, self.document.site)
        done = []
        if first or anchor:
            begin = pieces.pop(0) if pieces and isinstance(pieces[0], body.Words) else body.Words([], direction=base)
            runs = [body.Run(first), *begin.runs] if first else begin.runs
            form = markup.form(_style(begin, style), begin.direction, start=indent, hanging=STEP if first else 0)
            done.append(markup.paragraph(form, self._marked(anchor, self._runs(runs, language))))
        done += (self._piece(piece, language, style, indent) for piece in pieces)
        return "".join(done)

    def _piece(self, piece, language, style, indent):
        if isinstance(piece, body.Rule):
            return markup.paragraph(markup.form("Paper words", self.direction, ruled=True))
        if isinstance(piece, body.Words):
            form = markup.form(_style(piece, style), piece.direction, start=indent)
            return markup.paragraph(form, self._runs(piece.runs, language))
        if isinstance(piece, body.Quotation):
            return "".join(self._piece(one, language, "Paper quotation", indent + STEP) for one in piece.pieces)
        if isinstance(piece, body.Listing):
            return self._listing(piece, language, style, indent, 0)
        return self._grid(piece, language)

    def _listing(self, piece, language, style, indent, level):
        level = min(level, 8)  # Word counts nine levels
        key = 1
        if piece.start is not None:
            self.starts.append((level, piece.start))
            key = len(self.starts) + 1
        inner = indent + _LIST_STEP
        done = []
        for item in piece.items:
            begin, *rest = item if item and isinstance(item[0], body.Words) else [body.Words([]), *item]
            form = markup.form(
                style, begin.direction, start=inner, hanging=round(STEP * 0.6), list_key=key, list_level=level
            )
            done.append(markup.paragraph(form, self._runs(begin.runs, language)))
            for one in rest:
                if isinstance(one, body.Listing):
                    done.append(self._listing(one, language, style, inner, level + 1))
                else:
                    done.append(self._piece(one, language, style, inner))
        return "".join(done)

    def _grid(self, piece, language):
        width = max(len(row) for row in piece.rows)
        form = markup.form("Paper cell", piece.direction)
        rows = []
        for number, row in enumerate(piece.rows):
            is_head = number < piece.heads
            words = [self._runs(runs, language, bold=is_head) for runs in row] + [""] * (width - len(row))
            rows.append(
                markup.row((markup.cell(markup.paragraph(form, one), 1 / width) for one in words), is_head=is_head)
            )
        return markup.table(rows, [1 / width] * width, piece.direction, "rows") + self._gap()

    # Parts

    def _line(self, words, style, *, justify="", anchor=""):
        words = self._marked(anchor, self._runs([body.Run(body.set_off(body.plain(words), self.direction))]))
        return markup.paragraph(markup.form(style, self.direction, justify=justify), words)

    def _cell(self, value, justify, share, *, bold=False, kept=False):
        if isinstance(value, tree.Link):
            run = body.Run(body.plain(value.text), href=body.address(value.href, self.document.site))
        else:
            run = body.Run(body.set_off(body.plain(value), self.direction))
        form = markup.form("Paper cell", self.direction, justify=justify, kept=kept)
        return markup.cell(markup.paragraph(form, self._runs([run], bold=bold)), share)

    def _gap(self):
        """Two tables without a paragraph between them would be one."""
        return markup.paragraph(markup.form("Paper note", self.direction))

    def _marked(self, anchor, words):
        """The words, with the bookmark at which links to the anchor arrive."""
        if not anchor:
            return words
        self.bookmarks += 1
        mark = f'<w:bookmarkStart w:id="{self.bookmarks}" w:name="{markup.bookmark(anchor)}"/>'
        return f'{mark}{words}<w:bookmarkEnd w:id="{self.bookmarks}"/>'

    def _runs(self, runs, language="", *, bold=False):
        done = []
        for run in runs:
            words = markup.run(run, language or self.language, bold=bold)
            done.append(self._linked(run.href, words) if run.href else words)
        return "".join(done)

    def _linked(self, href, words):
        if body.is_internal(href):
            return f'<w:hyperlink w:anchor="{markup.bookmark(href[1:])}" w:history="1">{words}</w:hyperlink>'
        key = self.links.setdefault(href, f"rPaper{len(self.links) + 1}")
        return f'<w:hyperlink r:id="{key}" w:history="1">{words}</w:hyperlink>'


_BLOCKS = {
    tree.Heading: _Writer.heading,
    tree.Paragraph: _Writer.paragraph,
    tree.Quote: _Writer.quote,
    tree.Table: _Writer.table,
    tree.Facts: _Writer.facts,
    tree.Contribution: _Writer.contribution,
    tree.PageBreak: _Writer.page_break,
}
_KINDS = {"heading": "Paper head", "code": "Paper code"}


def _style(piece, style):
    return _KINDS.get(piece.kind, style)
