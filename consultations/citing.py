"""A sentence of a synthesis as it is typed: words, then what they rest on in brackets. Pure.

    Springs run dry earlier each year [14] [15 "in July, not in August"].

`[14]` is contribution 14 as a whole, `[14 "words"]` a passage of it, `[14, 15 "words"]` both. References may stand
anywhere in the line; they are kept at its end. A line that begins with # is a heading, an empty line begins a new
paragraph. The full code of a contribution, `ALP/2026/C3/14`, or its address, pasted in, is a reference to it.
"""

import re
from dataclasses import dataclass

from consultations.exporting.verify import folded

QUOTES = (('"', '"'), ("“", "”"), ("«", "»"), ("「", "」"), ("„", "“"))
MOST_DIGITS = 7
MOST_CITATIONS = 60  # of one sentence
_ONE = rf"\s*\d{{1,{MOST_DIGITS}}}(?:\s*(?:" + "|".join(f"{a}.+?{b}(?=\\s*[,;،、\\]])" for a, b in QUOTES) + r"))?\s*"
_REFERENCE = re.compile(rf"[ \t]*\[{_ONE}(?:[,;،、]{_ONE})*\]")
_CITATION = re.compile(
    rf"\s*(\d{{1,{MOST_DIGITS}}})(?:\s*(?:" + "|".join(f"{a}(.+?){b}(?=\\s*[,;،、\\]])" for a, b in QUOTES) + r"))?"
)


@dataclass(frozen=True)
class Line:
    """One heading or sentence. `citations`: ((number of a contribution, words or ""), ...); `starts` a paragraph."""

    text: str
    citations: tuple = ()
    is_heading: bool = False
    starts: bool = False

    @property
    def said(self):
        """The line as it is typed."""
        return f"# {self.text}" if self.is_heading else write(self.text, self.citations)


def read(typed):
    """One typed line as a Line."""
    typed = typed.strip()
    if typed.startswith("#"):
        return Line(_tidy(typed.lstrip("#")), is_heading=True, starts=True)
    citations = []
    for reference in _REFERENCE.findall(typed):
        citations += [(int(one[0]), folded(next(filter(None, one[1:]), ""))) for one in _parts(reference)]
    unique = tuple(dict.fromkeys(citations))[:MOST_CITATIONS]
    return Line(_tidy(_REFERENCE.sub("", typed)), unique)


def _parts(reference):
    """The citations of one bracket, whose words may hold commas and brackets themselves."""
    place = reference.index("[") + 1
    while found := _CITATION.match(reference, place):
        yield found.groups()
        rest = reference[found.end() :].lstrip()
        if rest.startswith("]"):
            return
        place = len(reference) - len(rest) + 1


def _tidy(text):
    """Single spaces; none is left before the full stop where a reference stood."""
    return re.sub(r"\s+(?=[.,;:!?…。，；：！？،؛؟]($|\s))", "", " ".join(text.split()))


def local(typed, code):
    """A typed line in which contributions of the consultation with this code are cited by their numbers alone."""
    there = rf"(?:{re.escape(code)}|consultations/{re.escape(code.partition('/')[2])})"
    where = rf"{re.escape(code)}|https?://[^\s\[\]]*/{there}"
    full = re.compile(rf"(?<![\w/])(?:{where})/(\d{{1,{MOST_DIGITS}}})/?(?![\w/])", re.IGNORECASE)

    def number(found):
        before = typed[: found.start()]
        bracket = before[before.rfind("[") :] if before.rfind("[") > before.rfind("]") else ""
        if not bracket:
            return f"[{found[1]}]"
        return found[1] if bracket.rstrip()[-1] in "[,;،、" else found[0]

    return full.sub(number, typed)


def read_all(typed, code=""):
    """A text with one sentence a line as Lines. code: of the consultation whose contributions it cites."""
    lines, starts = [], True
    for row in typed.replace("\r\n", "\n").split("\n"):
        line = read(local(row, code) if code else row)
        if not line.text and not line.citations:
            starts = True
            continue
        after_heading = bool(lines) and lines[-1].is_heading
        lines.append(Line(line.text, line.citations, line.is_heading, starts or after_heading or line.is_heading))
        starts = False
    return lines


def write(text, citations):
    """A sentence with its references, as it is typed."""
    return " ".join([text, *(write_one(number, words) for number, words in citations)]).strip()


def write_one(number, words):
    """`[14 "words"]`, in quotation marks the words do not hold."""
    if not words:
        return f"[{number}]"
    opening, closing = next((pair for pair in QUOTES if pair[1] not in words), QUOTES[1])
    return f"[{number} {opening}{words}{closing}]"


def bare(said):
    """A typed line with the numbers of what it cites, and without the words."""
    line = read(said)
    return write(line.text, dict.fromkeys((number, "") for number, _words in line.citations))


def without(said, number, text=""):
    """A typed line without the words of one contribution; those that stand in `text` stay."""
    line = read(said)
    cited = dict.fromkeys(
        (one, "" if one == number and not stands_in(words, text) else words) for one, words in line.citations
    )
    return Line(line.text, tuple(cited), line.is_heading).said


def write_all(lines):
    """Lines as one text: a sentence a line, an empty line before each paragraph."""
    rows = []
    for line in lines:
        if line.starts and rows:
            rows.append("")
        rows.append(line.said)
    return "\n".join(rows)


def stands_in(words, text):
    """Do the words stand in a text, however its white space and its composed letters come?"""
    return folded(words) in folded(text)
