"""Papers to print: the proceedings of a small consultation in a language, with something of everything in them."""

import io

from consultations import paper
from core import text

# language: title, heading, paragraph, item, name
WORDS = {
    "en": (
        "Water and custom",
        "Introduction",
        "The secretariat opened it (UNEP/GC.26/7).",
        "to respect custom;",
        "Dora",
    ),
    "ar": ("المياه والعرف", "مقدمة", "افتتحت الأمانة المشاورة (UNEP/GC.26/7).", "احترام العرف؛", "فاطمة"),
    "zh": ("水与习惯", "导言", "秘书处启动了本次磋商（UNEP/GC.26/7）。", "尊重习惯；", "扎西"),
    "ru": ("Вода и обычай", "Введение", "Секретариат открыл консультацию (UNEP/GC.26/7).", "уважать обычай;", "Айгуль"),
}
BODY = """### Why

We keep **water**, see [14](#c14) and <https://example.org/>.

1. one
2. two
   - three

> said

| a | b |
|---|---|
| 1 | 2 |

```
x = 1
```

---
"""


def blocks(language="en"):
    """Blocks of each kind; the last contribution is in Arabic, or in English in an Arabic paper."""
    title, heading, words, item, name = WORDS[language]
    other = "en" if language == "ar" else "ar"
    yield paper.Heading(1, heading, "I.", anchor="intro")
    yield paper.Paragraph(text.render(words), "1.", anchor="p1", notes=(paper.prose("* A note."),))
    yield paper.Paragraph(text.render(item), "(a)", level=1)
    yield paper.Quote(paper.prose(words), name)
    rows = [("Africa", "1,204"), (paper.Link("ALP/2026/C3/14", "#c14"), "7")]
    yield paper.Table(("Region", "How many"), rows, caption="Table 1", numeric=(1,))
    yield paper.Facts((("Sponsor", name),))
    yield paper.Heading(1, title, "II.", anchor="q1")
    yield contribution(14, text.render(BODY), name, stamp="Extended period", note="A number was taken out.")
    yield contribution(15, text.render(WORDS[other][2]), WORDS[other][4], language=other)


def contribution(number, html, who="Dora", **more):
    return paper.Contribution(
        f"ALP/2026/C3/{number}",
        html,
        who,
        "For an organisation",
        "Herders of the Upper Valley",
        "NGO",
        "Africa",
        "Morocco",
        "By mail",
        "2 March 2026, 17:40 UTC",
        anchor=f"c{number}",
        **more,
    )


def document(language="en", of=None, **more):
    """of: its blocks; those above unless given."""
    of = list(blocks(language) if of is None else of)
    return paper.Document(
        WORDS[language][0],
        language,
        symbol="ALP/2026/C3/PROC",
        publisher="Mountains",
        date_line="12 March 2026",
        contents=paper.contents_of(of),
        blocks=of,
        **more,
    )


def written(document, form):
    """The bytes of the paper in a format."""
    file = io.BytesIO()
    paper.write(document, form, file)
    return file.getvalue()


# What core.text.render would never let through, and what it does.
HOSTILE = (
    '<p onclick="x()">safe<script>alert(1)</script><img src=x onerror=y><a href="javascript:alert(1)">one</a>'
    '<a href="https://example.org/&quot;&gt;&lt;b&gt;">two</a></p>'
    '<svg><p>]]> #eval("1") \\u{1} ${x} "quoted" </p></svg>'
    "<blockquote>" + "<ul><li>" * 400 + "deep\x00\x0b\ufffe" + "</li></ul>" * 400
)
