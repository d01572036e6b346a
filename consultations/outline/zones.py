"""Zones: stretches of a text whose numbers are nobody's paragraph: contents, references, tables, quotations."""

import re

from consultations.outline import labels, lines

CONTENTS = re.compile(
    r"(?:table of )?contents|table des mati[èe]res|sommaire|índice|indice|contenido|tabla de contenido"
    r"|المحتويات|جدول المحتويات|المحتوى|目\s*录|目\s*次|目\s*錄|содержание|оглавление",
    re.IGNORECASE,
)
REFERENCES = re.compile(
    r"(?:list of )?references|sources|fuentes|文献|references cited|bibliography|literature(?: cited)?|works cited"
    r"|(?:end)?notes"
    r"|r[ée]f[ée]rences(?: bibliographiques)?|bibliographie|bibliograf[íi]a|referencias(?: bibliográficas)?|notas"
    r"|المراجع|قائمة المراجع|الحواشي|المصادر|参考文献|参考资料|引用文献|尾注|注释?|注\s*释"
    r"|(?:список )?литератур[аы]|(?:список )?источник(?:и|ов)|библиография|примечани[ея]|сноски|ссылки",
    re.IGNORECASE,
)
NOTES = re.compile(r"(?:end)?notes|notas|注释?|примечани[ея]|الحواشي", re.IGNORECASE)  # also plain words
LEADER = re.compile(r"(?:\.{3,}|…+|(?:\. ){3,}|·{3,}|_{3,}|\t)[\s.…·]*[\d\-–—ivxlc\s]*\Z")
ENDS_IN_PAGE = re.compile(r".*\S[\s\t]{1,}\d{1,4}(?:\s*[-–—]\s*\d{1,4})?(?:\s+\d{1,4})?\Z")
COLUMNS = re.compile(r"\S(?:[ \u00a0]{3,}|\t+)(?=\S)")
TAIL = 120  # characters at the end of a line in which a page number is looked for
MOST_HEADING = 300  # characters
MOST_ENTRIES = 600
MOST_QUOTED = 60  # lines within one pair of quotation marks
MOST_MISSED = 5_000  # quotation marks that open a line and are closed nowhere near
_OPENING = {"“": "”", "„": "“”", "«": "»", "”": "“", "「": "」", "『": "』", '"': '"'}


def mark(raws, *, columns=True):
    """Set the kind of every line that lies in a zone; `columns` where a table is known by its gaps alone."""
    _contents(raws)
    if columns:
        _tables(raws)
    _references(raws)
    _last_notes(raws)
    _quotes(raws)


def _free(raw):
    return not raw.kind


def _core(text):
    """The bare words of a heading or entry, to find the one in the other."""
    text = LEADER.sub("", text[:MOST_HEADING])
    text = re.sub(r"[\d\-–—\s]+\Z", "", text)
    return re.sub(r"[\W\d_]+", "", text).casefold()


def _contents(raws):
    """The table of contents: from its heading on while lines look like entries."""
    for n, raw in enumerate(raws):
        if raw.kind in {"", "heading"} and CONTENTS.fullmatch(raw.text.strip().rstrip(":：")):
            _mark_entries(raws, n)
    for raw in raws:
        if _free(raw) and re.search(
            r"(?:\.{4,}|…{2,}|(?:\. ){4,})\s*[\divxlc]{1,4}(?:\s*[-–—]\s*\d+)?(?:\s+\d+)?\Z", raw.text[-TAIL:]
        ):
            raw.kind = "contents"


def _mark_entries(raws, n):
    later = {}
    for m in range(n + 1, len(raws)):
        later[_core(raws[m].text)] = m
    raws[n].kind = "contents"
    at = n + 1
    while at < len(raws) and at < n + MOST_ENTRIES:
        raw = raws[at]
        text = raw.text
        core = _core(text)
        again = core and later.get(core, at) > at
        entry = bool(LEADER.search(text[-TAIL:])) or bool(ENDS_IN_PAGE.fullmatch(text[-TAIL:]))
        head = at <= n + 2 and lines.width(text) < 60 and re.fullmatch(
            r"(?:chapter|section|paragraphs?|page|pages|chapitre|paragraphes|capítulo|párrafos|página|глава|раздел|пункты|стр\.?|страница"
            r"|段次|页次|章次|الفقرات|الصفحة|الفصل|\s)+", text, re.IGNORECASE,
        )  # fmt: skip
        # An entry that wraps has its page number on the line below.
        wraps = at + 1 < len(raws) and not lines.is_sentence(text) and bool(LEADER.search(raws[at + 1].text[-TAIL:]))
        if not (again or entry or head or wraps):
            break
        if raw.kind == "heading" or (not (entry or head) and lines.is_sentence(text)):
            break
        raw.kind = "contents"
        at += 1


def _tables(raws):
    """Rows of columns: bars, or gaps of tabs or three spaces in at least two lines running."""
    cells = []
    for raw in raws:
        label = raw.read
        text = raw.text[label.length :].lstrip() if label else raw.text
        if raw.text.count("|") >= 2 or (
            re.fullmatch(r"[+|=\-\s]{5,}", raw.text) and ("+" in raw.text or "|" in raw.text)
        ):
            cells.append(9)
        else:
            cells.append(len(COLUMNS.findall(text)))
    for n, raw in enumerate(raws):
        beside = max(cells[n - 1] if n else 0, cells[n + 1] if n + 1 < len(raws) else 0)
        if _free(raw) and (
            cells[n] >= 9 or (cells[n] >= 2 and beside >= 1) or (cells[n] == 1 and beside >= 1 and raw.width < 100)
        ):
            raw.kind = "table"


def _references(raws):
    """A list of references or end notes: from its heading to the next heading or annex."""
    n = 0
    while n < len(raws):
        heading = (
            re.sub(r"\A(?:[IVXLC]+|[A-Z]|[一二三四五六七八九十]+|\d+)[.、．]\s*", "", raws[n].text)
            .strip()
            .rstrip(":：")
        )
        running = lines.runs_on(heading) and not raws[n].kind  # `sources:`, the last word of a sentence
        if raws[n].kind in {"", "heading"} and not running and REFERENCES.fullmatch(heading) and n + 1 < len(raws):
            end = _references_end(raws, n + 1)
            if end > n + 1 and _free(raws[n]):
                raws[n].kind = "heading"
            for raw in raws[n + 1 : end]:
                raw.kind = "reference"
            n = max(end, n + 1)
        else:
            n += 1


def _last_notes(raws):
    """Notes at the very end of a text, `[1] See …`, `[2] …`, where no list has numbers in such brackets."""
    number, n = None, len(raws)
    for at in range(len(raws) - 1, max(-1, len(raws) - 1 - MOST_ENTRIES), -1):
        label = _typed(raws[at])
        if label is None:
            if getattr(raws[at], "label", None) is not None:
                break
            continue
        found = label.decimal if label.style == "square" or _cites(raws[at], label) else None
        if found is None or (number is not None and found.ordinal != number - 1):
            break
        number, n = found.ordinal, at
        if number == 1:
            break
    if number == 1 and any(_is_numbered_otherwise(raw, raws[n]) for raw in raws[:n]):
        for raw in raws[n:]:
            if _free(raw):
                raw.kind = "reference"


def _typed(raw):
    """The label that stands at the head of a free line as typed, or None."""
    return labels.parse(raw.text) if _free(raw) and getattr(raw, "label", None) is None else None


def _is_numbered_otherwise(raw, note):
    """Whether a line has a number, and another kind of brackets than a note has."""
    label = getattr(raw, "label", None) or _typed(raw)
    return label is not None and label.decimal is not None and label.style != _typed(note).style


def _cites(raw, label):
    """Whether a line with the figure of a note, `1/` or `(1)`, opens as one."""
    cites = lines.CITES.match(raw.text[label.length :].lstrip()) is not None
    return label.style == "slash" or (label.style == "()" and cites)


def _references_end(raws, n):
    """Where the list that starts at n ends; n itself when it is none."""
    label = getattr(raws[n], "label", None) or labels.parse(raws[n].text)
    number = label.decimal if label else None
    if number is not None and number.ordinal != 1 and NOTES.fullmatch(raws[n - 1].text.strip().rstrip(":：")):
        return n
    end = n
    while end < len(raws):
        text = raws[end].text
        if raws[end].kind in {"heading", "annex"}:
            break
        if lines.is_annex(text) or (lines.heading_number(text) is not None and not lines.is_sentence(text)):
            break
        end += 1
    return end


def _quotes(raws):
    """Quoted paragraphs: from a quotation mark that opens a line to the one that closes it."""
    n = missed = 0
    while n < len(raws) and missed < MOST_MISSED:
        raw = raws[n]
        opening = raw.text[:1]
        if not _free(raw) or opening not in _OPENING:
            n += 1
            continue
        end = _quote_end(raws, n, opening)
        if end is not None and (end > n or getattr(raw, "label", None) or labels.parse(raw.text[1:].lstrip())):
            for quoted in raws[n : end + 1]:
                if _free(quoted):
                    quoted.kind = "quote"
            n = end + 1
        else:
            n += 1
            missed += 1


def _quote_end(raws, n, opening):
    """The line on which the quotation that opens line n closes, None when it does not or is only a phrase."""
    closing = _OPENING[opening]
    depth = 0
    numbered = False
    for at in range(n, min(len(raws), n + MOST_QUOTED)):
        text = raws[at].text
        if at == n or text[:1] == opening:
            inside = getattr(raws[at], "label", None) is not None or labels.parse(text[1:].lstrip()) is not None
            numbered = numbered or inside
            if at > n and text[:1] == opening and opening != '"':
                depth -= 1  # each paragraph of a quotation opens anew, only the last closes
        elif labels.parse(text) is not None:
            numbered = True
        if opening == '"':
            count = text.count('"') - (1 if at > n and text[:1] == '"' and depth % 2 == 1 else 0)
            depth += count
            closed = depth % 2 == 0
        else:
            depth += text.count(opening) - sum(text.count(c) for c in closing if c != opening)
            closed = depth <= 0
        if closed:
            whole = re.search(rf"[{re.escape(closing)}][\s.,;:。，；：)）\d¹²³]*\Z", text)
            return at if numbered and whole else None
    return None
