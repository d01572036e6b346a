"""Sets a generated document as plain text: one line a paragraph, wrapped, or text of a PDF, in some encoding."""

import re
import textwrap
import unicodedata

ENCODINGS = {
    "en": ["utf-8", "utf-8-sig", "utf-16", "cp1252"],
    "fr": ["utf-8", "utf-8-sig", "utf-16", "cp1252"],
    "es": ["utf-8", "utf-8-sig", "utf-16", "cp1252"],
    "ru": ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r"],
    "zh": ["utf-8", "utf-8-sig", "utf-16", "gb18030"],
    "ar": ["utf-8", "utf-8-sig", "utf-16", "cp1256"],
}
CROWD = 32  # lines on a page of a PDF


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def wrap(text, columns, first="", rest=""):
    """Lines of at most so many columns; Chinese breaks between any two characters."""
    if not any("\u3400" <= c <= "\u9fff" for c in text):
        return textwrap.wrap(text, columns, initial_indent=first, subsequent_indent=rest) or [first]
    lines, line = [], first
    for word in re.findall(r"[A-Za-z0-9/.()\-]+|.", text):
        if width(line + word) > columns and word not in "，。；：、）》”」 ":
            lines.append(line.rstrip())
            line = rest + word
        else:
            line += word
    return [*lines, line.rstrip()]


def set_out(pieces, language, r, flaw):
    """Bytes, the pieces as they came out, and a word on how it was set."""
    layout = r.choice(("lines", "lines", "wrapped", "wrapped", "wrapped-tight", "pdf", "pdf"))
    columns = r.choice((60, 68, 72, 76, 80))
    indent = r.choice(("", "", "    ", "\t" if layout == "lines" else "  "))
    hang = r.random() < 0.3 and layout.startswith("wrapped")
    rtl = "\u200f" if language == "ar" and r.random() < 0.3 else ""
    notes, blocks = 0, []
    for piece in pieces:
        lead = "    " * max(0, piece.level - 1) if piece.kind == "paragraph" and indent else ""
        if piece.kind in {"paragraph", "heading", "title", "annex", "text"}:
            printed = piece.label
            text = rtl + printed + " ".join(piece.text.split())
            if layout in {"lines", "pdf"}:
                text = text if layout == "pdf" else indent * (piece.kind == "paragraph") + lead + text
                blocks.append(
                    (
                        piece,
                        [text]
                        if layout == "lines"
                        else wrap(text, columns, indent if piece.kind == "paragraph" else ""),
                    )
                )
            else:
                first = indent + lead if piece.kind == "paragraph" else ""
                blocks.append((piece, wrap(text.replace("\t", "  "), columns, first, first + "   " if hang else lead)))
        elif piece.kind == "quote":
            text = "“" + piece.label + piece.text + "”"
            blocks.append((piece, [text] if layout == "lines" else wrap(text, columns - 4)))
        elif piece.kind == "table":
            blocks.append(
                (
                    piece,
                    [piece.text]
                    + [
                        "\t".join(row) if layout == "lines" else "".join(c.ljust(30) for c in row).rstrip()
                        for row in piece.rows
                    ],
                )
            )
        elif piece.kind == "note":
            notes += 1
            if layout == "pdf":
                blocks.append((piece, [f"{notes} {piece.text}"]))
            else:
                blocks.append((piece, [r.choice(("¹", "²", "* ")) + piece.text]))
        elif piece.kind == "contents":
            blocks.append(
                (piece, [piece.text, *(f"{t} {'.' * (50 - width(t))} {n + 2}" for n, t in enumerate(piece.rows))])
            )
        elif piece.kind == "references":
            blocks.append((piece, [f"{n}. {row}" for n, row in enumerate(piece.rows, 1)]))
    encoding = r.choice(ENCODINGS[language])
    if layout == "pdf":
        text = _pages(blocks, r)
    else:
        gap = "\n" if layout == "wrapped-tight" or (layout == "lines" and r.random() < 0.3) else "\n\n"
        text = gap.join("\n".join(lines) for _piece, lines in blocks) + "\n"
        if gap == "\n":
            text = _with_air(blocks)
    if r.random() < 0.2:
        text = text.replace("\n", "\r\n")
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        encoding, data = "utf-8", text.encode("utf-8")
    return data, pieces, f"{layout} {encoding} {columns} indent={indent!r} hang={hang} rtl={bool(rtl)}"


def _with_air(blocks):
    """Paragraphs follow one another; only other pieces stand apart."""
    text = ""
    for piece, lines in blocks:
        apart = piece.kind != "paragraph"
        text += (
            ("\n" if apart and text and not text.endswith("\n\n") else "")
            + "\n".join(lines)
            + "\n"
            + ("\n" if apart else "")
        )
    return text


def _pages(blocks, r):
    """Every line with a blank line after it, footnotes at the foot of a page, headers and footers between pages."""
    lines, held, count, page = [], [], 0, 1
    symbol = r.choice(("A/62/196", "E/CN.17/2006/2", "CBD/COP/DEC/15/4", "A/RES/70/1"))
    style = r.choice(("head", "foot", "both", "number", "feed"))
    heavy = r.random() < 0.5

    def turn():
        nonlocal count, page
        if held:
            lines.append("__________________" if heavy else "_______________")
            lines.extend(held)
            held.clear()
        if style in {"foot", "both"}:
            lines.append(r.choice(("07-47637", f"{page}/12", f"07-47637 {page}")) if style == "foot" else f"{page}")
        if style == "number":
            lines.append(f"- {page} -" if heavy else str(page))
        page += 1
        if style == "feed":
            lines.append("\f" + symbol)
        elif style in {"head", "both"}:
            lines.append(symbol if heavy else f"{symbol}   {page}")
        count = 0

    for piece, block in blocks:
        if piece.kind == "note":
            held.extend(block)
            continue
        for line in block:
            lines.append(line)
            count += 1
            if count >= CROWD:
                turn()
    if held:
        turn()
    return "\n\n".join(lines) + "\n"
