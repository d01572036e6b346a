"""Plain text: physical lines become Lines, each with how likely it opens a paragraph.

Page furniture goes, zones without paragraphs are marked, then `layout.py` weighs each line.
"""

from consultations.outline import footnotes, furniture, labels, lines, zones
from consultations.outline.layout import Layout, Raw

TAB = 4
RULE_WIDTH = 20  # columns
OVER = 1.0  # what a title's line weighs that is full up to the number below


def read(text):
    """The Lines of a plain text."""
    raws = _raws(text)
    raws = furniture.remove(raws)
    zones.mark(raws)
    return _lines(raws)


def _raws(text):
    raws, blanks, page = [], 0, False
    for line in text.split("\n"):
        if "\f" in line:
            page = True
            line = line.replace("\f", "")
        line = labels.clean(line)
        body = line.strip()
        if not body:
            if len(line) >= RULE_WIDTH and line.strip(" ") == "":
                # Columns of blanks stand where a PDF draws the rule above its footnotes.
                raws.append(Raw("_" * RULE_WIDTH, 0, blanks, page))
                blanks, page = 0, False
            blanks += 1
            continue
        lead = line[: line.index(body[0])]
        indent = sum(TAB if c == "\t" else 2 if c == "\u3000" else 1 for c in lead)
        raws.append(Raw(body, indent, blanks, page))
        blanks, page = 0, False
    return raws


def _lines(raws):
    """Lines with their `begins`, by the layout of the whole."""
    body = [raw for raw in raws if not raw.kind]
    layout = Layout(body)
    footnotes.unglue(body, layout)
    layout.find_titles(body)
    found, before = [], None
    for raw in raws:
        begins = 4.0 if before is None else layout.begins(before, raw)
        if raw.over and before is not None:
            begins = max(begins, OVER)
        if before is not None and (raw.kind or before.kind):
            begins = -1.0 if before.kind == raw.kind else 3.0
        raw.first = before is None or (before.first and raw.read is None and not raw.finished)
        if before is not None:
            raw.inside = begins <= 0 and (before.inside or before.read is not None)
        line = lines.Line(raw.text, begins, raw.kind, None, None, raw.indent, joint="page" if raw.page else "")
        if before is not None and not (raw.kind or before.kind):
            line.bare = layout.begins(before, raw, labelled=False)
        found.append(line)
        if raw.kind != "note":
            before = raw
    return found
