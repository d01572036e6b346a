"""Sets a generated document as Markdown: lists with printed or lazy numbers, or numbers in bold, escaped, plain."""


def set_out(pieces, language, r, flaw):
    """Bytes, the pieces as they came out, and a word on how it was set."""
    style = r.choice(("list", "lazy", "bold", "escaped", "plain"))
    ascii_main = all(p.value and p.number == str(p.value) for p in pieces if p.kind == "paragraph" and p.level == 1)
    if style in {"list", "lazy"} and (not ascii_main or (flaw and style == "lazy")):
        style = "plain"
    nested = r.choice(("indent", "flat", "list"))
    if style != "lazy" and style != "list" and nested == "list":
        nested = "flat"
    if nested == "list" and style in {"list", "lazy"}:
        _renumber(pieces)
    lines = ["---", "title: Text", "---", ""] if r.random() < 0.2 else []
    loose = r.random() < 0.6
    marks = 0
    for piece in pieces:
        text = " ".join(piece.text.split())
        if piece.kind == "title":
            lines += [f"# {text}", ""]
        elif piece.kind in {"heading", "annex"}:
            lines += ["", "#" * (1 + (piece.level or 1)) + f" {piece.label}{text}", ""]
        elif piece.kind == "paragraph":
            if piece.level == 1:
                if r.random() < 0.05:
                    marks += 1
                    shown = text[:-1] + f"[^{marks}]" + text[-1]
                elif r.random() < 0.1:
                    word, _space, others = text.partition(" ")
                    shown = f"**{word}** {others}" if others else text
                else:
                    shown = text
                lines.append(_main(piece, shown, style))
                if loose or style in {"bold", "escaped", "plain"}:
                    lines.append("")
            else:
                _sub(lines, piece, text, style, nested, loose)
        elif piece.kind == "quote":
            lines += ["", f"> {piece.label}{text}", ""]
        elif piece.kind == "table":
            head, *rows = piece.rows
            lines += ["", text, "", "| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
            lines += ["| " + " | ".join(row) + " |" for row in rows] + [""]
        elif piece.kind == "contents":
            lines += [f"## {text}", ""] + [f"{n}. [{t}](#{n})" for n, t in enumerate(piece.rows, 1)] + [""]
        elif piece.kind == "references":
            lines += [f"{n}. {row}" for n, row in enumerate(piece.rows, 1)] + [""]
        elif piece.kind == "text":
            lines += ["", text, ""]
    for n in range(1, marks + 1):
        lines += ["", f"[^{n}]: See A/62/{n}."]
    if r.random() < 0.2:
        lines += ["", "```", "1. not a paragraph", "2. neither", "```"]
    return ("\n".join(lines) + "\n").encode(), pieces, f"{style} {nested} loose={loose}"


def _renumber(pieces):
    """Nested Markdown lists know digits only."""
    for piece in pieces:
        if piece.kind == "paragraph" and piece.level > 1:
            piece.number, piece.label = str(piece.value), f"{piece.value}. "


def _main(piece, text, style):
    printed = piece.label.strip()
    if style == "lazy":
        return f"1. {text}"
    if style == "bold":
        return f"**{printed}** {text}"
    if style == "escaped" and piece.number == str(piece.value):
        return f"{piece.number}\\. {text}"
    if style == "list":
        return f"{piece.number}. {text}"
    return f"{piece.label}{text}"


def _sub(lines, piece, text, style, nested, loose):
    if nested == "list":
        lines.append("    " * (piece.level - 1) + f"{piece.label}{text}")
        return
    if nested == "flat":
        if lines and lines[-1]:
            lines.append("")
        lines += [f"{piece.label}{text}", ""]
        return
    lead = "   " * (piece.level - 1)
    if style in {"bold", "escaped", "plain"}:
        lead = "  " if piece.level == 2 else "   "
    lines.append(lead + piece.label + text)
    if loose:
        lines.append("")
