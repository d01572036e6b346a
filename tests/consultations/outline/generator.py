"""Generated documents: numbered texts in six languages with every trap we know, and what must be found in them.

A document is drawn from its seed: the same seed gives the same bytes. `draw(seed)` returns a Sample.
"""

import dataclasses
import random

from consultations.outline import alphabets, labels
from tests.consultations.outline import markdown_setter, text_setter, word_setter
from tests.consultations.outline.phrases import WORDS

LANGUAGES = tuple(WORDS)
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
FULL = str.maketrans("0123456789", "０１２３４５６７８９")
HEADINGS = {
    "zh": ("一二三四五六七八九", "{}. ", "{}、"),
    "ar": (["أولا", "ثانيا", "ثالثا", "رابعا", "خامسا"], "{} - ", "{}- "),
}
LETTER_NAMES = ["ألف", "باء", "جيم", "دال"]
BIS = {"en": "bis", "fr": "bis", "es": "bis", "ru": "бис", "zh": "之二", "ar": "مكررا"}
FLAWS = ("gap", "repeat", "order", "first")


@dataclasses.dataclass
class Piece:
    """One element: a paragraph (with its printed label), a heading, or a trap that is neither."""

    kind: str
    text: str
    label: str = ""
    level: int = 0
    number: str = ""
    value: int = 0
    series: str = ""
    rows: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Sample:
    """A document: its bytes and name, and what must come out."""

    name: str
    data: bytes
    paragraphs: list
    headings: list
    flaw: str
    notes: str


class Writer:
    """Writes one document."""

    def __init__(self, seed, form):
        self.random = random.Random(seed)
        self.form = form
        self.language = self.random.choice(LANGUAGES)
        self.words = WORDS[self.language]
        self.main = self.random.choice(self.main_styles())
        self.subs = self.random.choice(self.sub_styles())
        self.number = 0
        self.pieces = []

    def main_styles(self):
        """Ways to print a main number."""
        return {
            "zh": ["{}. ", "{}. ", "{}.", "{}、", "F{}．"],
            "ar": ["{} - ", "{}- ", "A{}- ", "A{} - ", "{}. ", "A{}. "],
        }.get(self.language, ["{}. ", "{}. ", "{}.\t", "{}.\u00a0", "{}.  "])

    def sub_styles(self):
        """Ways to print sub-levels: a pair of (series, form) for levels 2 and 3."""
        return {
            "en": [(("latin", "({}) "), ("roman", "({}) ")), (("latin", "({})\t"), ("roman", "({})\t")),
                   (("latin", "{}. "), ("roman", "{}. "))],
            "fr": [(("latin", "{}) "), ("roman", "{}) ")), (("latin", "({}) "), ("roman", "({}) "))],
            "es": [(("latin", "{}) "), ("roman", "{}) "))],
            "ru": [(("russian0", "{}) "), ("roman", "{}) ")), (("latin", "{}) "), ("roman", "{}) "))],
            "zh": [(("latin", "({}) "), ("roman", "({}) ")), (("chinese", "（{}）"), ("decimal", "（{}）")),
                   (("chinese", "（{}）"), ("circle", "{}"))],
            "ar": [(("abjad", "({}) "), ("decimal", "({}) ")), (("abjad", "{}) "), ("decimal", "{}) ")),
                   (("hijai", "({}) "), ("decimal", "({}) "))],
        }[self.language]  # fmt: skip

    def sentence(self, length=None):
        """One operative sentence."""
        r, words = self.random, self.words
        count = length or r.choice((1, 1, 2, 2, 3, 4))
        clauses = r.sample(words["clauses"], min(count, len(words["clauses"])))
        if r.random() < 0.15:
            clauses.append(words["inline"])
        glue = {"zh": "，", "ar": "، "}.get(self.language, ", ")
        space = "" if self.language == "zh" else " "
        return r.choice(words["openings"]) + space + glue.join(clauses)

    def stop(self, mark="."):
        """Punctuation in the language."""
        table = {"zh": {".": "。", ";": "；", ":": "："}, "ar": {";": "؛"}, "fr": {";": " ;", ":": " :"}}
        return table.get(self.language, {}).get(mark, mark)

    def spell(self, series, n):
        """The n-th label of a series."""
        if series == "decimal":
            return str(n).translate(ARABIC) if self.main.startswith("A") else str(n)
        if series == "circle":
            return chr(0x2460 + n - 1)
        return alphabets.like("x", series, n)

    def add(self, kind, text, **more):
        self.pieces.append(Piece(kind, text, **more))

    def paragraph(self, bis=False, label=None, flawed=None):
        """A numbered paragraph, perhaps with sub-paragraphs."""
        r = self.random
        if not bis:
            self.number = flawed if flawed is not None else self.number + 1
        figure = str(self.number).translate(ARABIC if self.main[0] == "A" else FULL if self.main[0] == "F" else {})
        core = figure + ((" " if self.language != "zh" else "") + BIS[self.language] if bis else "")
        printed = self.main.lstrip("AF").format(core)
        depth = r.choice((0, 0, 0, 1, 1, 2)) if not bis else 0
        text = self.sentence() + (self.stop(":") if depth else r.choice((self.stop("."), self.stop(";"))))
        self.add("paragraph", text, label=printed, level=1, number=core, value=self.number, series="decimal")
        if depth:
            self.items(depth)

    def items(self, depth, level=2):
        r = self.random
        pair = self.subs
        series, form = pair[level - 2]
        count = r.randint(2, 5 if level == 2 else 4)
        for n in range(1, count + 1):
            core = self.spell(series, n)
            deeper = level == 2 and depth == 2 and (n == 1 or r.random() < 0.3)
            text = r.choice(self.words["items"]) + (self.stop(":") if deeper else self.stop(";" if n < count else "."))
            printed = form.format(core)
            self.add(
                "paragraph", text, label=printed, level=level, number=labels.shown(printed), value=n, series=series
            )
            if deeper:
                self.items(depth, 3)

    def heading(self, n, text, style):
        if self.language in HEADINGS:
            row, *forms = HEADINGS[self.language]
            printed = forms[style % 2].format(row[n])
        else:
            printed = ["I", "II", "III", "IV", "V"][n] + ". "
        self.add("heading", text, label=printed, level=1, number=labels.shown(printed), value=n + 1)

    def subheading(self, n, text):
        letter = LETTER_NAMES[n] + " - " if self.language == "ar" else "ABCD"[n] + ". "
        self.add("heading", text, label=letter, level=2, value=n + 1)

    def trap(self):
        """Something with numbers that is no paragraph."""
        r, words = self.random, self.words
        kind = r.choice(("quote", "table", "note", "text"))
        if kind == "quote":
            self.add("paragraph", words["say"], label=self.main.lstrip("AF").format(self.next_figure()), level=1,
                     number=self.figure(), value=self.number, series="decimal")  # fmt: skip
            self.add("quote", self.sentence(2) + self.stop("."), label="3. ")
        elif kind == "table":
            rows = [[words["titles"][0], "2019", "2020"]] + [
                [r.choice(words["titles"]), str(r.randint(1, 900)), str(r.randint(1, 9))] for _ in range(3)
            ]
            self.add("table", words["table"], rows=rows)
        elif kind == "note":
            self.add("note", words["see"] + " A/62/" + str(r.randint(100, 300)) + ".")

    def next_figure(self):
        self.number += 1
        return self.figure()

    def figure(self):
        return str(self.number).translate(ARABIC if self.main[0] == "A" else FULL if self.main[0] == "F" else {})

    def write(self, flaw=""):
        """The pieces of a document."""
        r, words = self.random, self.words
        style = r.randint(0, 1)
        headings = r.random() < 0.7
        if r.random() < 0.5:
            self.add("title", words["title"])
        titles = list(words["titles"])
        if headings and r.random() < 0.5:
            self.add("contents", words["contents"], rows=titles)
        if r.random() < 0.3:
            self.add("text", words["preamble"])
        sections = r.randint(2, 4) if headings else 1
        total = sum(counts := [r.randint(4 if flaw else 2, 6) for _ in range(sections)])
        flawed_at = r.randint(2, max(2, total - 2)) if flaw in {"gap", "repeat", "order"} else None
        written = 0
        for n in range(sections):
            if headings:
                self.heading(n, titles[n], style)
                if r.random() < 0.3:
                    self.subheading(0, titles[(n + 2) % 5])
            for _k in range(counts[n]):
                written += 1
                if flaw == "first" and written == 1:
                    self.paragraph(flawed=r.randint(3, 9))
                elif written == flawed_at and flaw == "gap":
                    self.paragraph(flawed=self.number + 2)
                elif written == flawed_at and flaw == "repeat":
                    self.paragraph(flawed=self.number)
                elif written == flawed_at and flaw == "order":
                    before = self.number
                    self.paragraph(flawed=before + 2)
                    self.paragraph(flawed=before + 1)
                    self.number = before + 2
                else:
                    self.paragraph()
                if not flaw and r.random() < 0.08:
                    self.paragraph(bis=True)
                if r.random() < 0.2:
                    self.trap()
        if r.random() < 0.25:
            self.add("heading", words["references"], level=1)
            self.add(
                "references",
                "",
                rows=[f"Smith, J. (20{10 + n}). {words['title']}. Rome." for n in range(r.randint(2, 5))],
            )
        if not flaw and r.random() < 0.3:
            self.add("annex", words["annex"])
            self.number = 0
            for _k in range(r.randint(2, 4)):
                self.paragraph()
        return self.pieces


def draw(seed, form=None, flaw=None):
    """The Sample of a seed; `form` is txt, md or docx, `flaw` one of FLAWS or "" for a clean document."""
    r = random.Random(seed * 7919)
    form = form or r.choice(("txt", "txt", "txt", "md", "docx", "docx"))
    if flaw is None:
        flaw = r.choice(FLAWS) if r.random() < 0.2 else ""
    writer = Writer(seed, form)
    pieces = writer.write(flaw)
    setter = {"txt": text_setter, "md": markdown_setter, "docx": word_setter}[form]
    data, pieces, notes = setter.set_out(pieces, writer.language, r, flaw)
    paragraphs = [(p.number, p.level, " ".join(p.text.split())) for p in pieces if p.kind == "paragraph"]
    headings = [" ".join((p.label + p.text).split()) for p in pieces if p.kind in {"heading", "annex", "title"}]
    return Sample(f"{seed}.{form}", data, paragraphs, headings, flaw, f"{writer.language} {notes}")
