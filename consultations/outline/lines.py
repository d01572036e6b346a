"""Lines: what every reader (plain text, Markdown, DOCX) hands over, and what can be told from one line alone.

`begins` says how likely a line opens a paragraph of its own, from -4 (surely runs on) to 4 (surely opens one). Whether
its number then counts, the whole document decides (`chain.py`).
"""

import dataclasses
import functools
import re

from consultations.outline import alphabets, labels

ENDS = ".!?。！？؟…‥"
PAUSES = ";；؛:：,，،、"
CLOSERS = "\"'”’»)）]］】〕」』》›*_"
ANNEX = re.compile(
    r"(?:\W{0,3})(?:annex(?:es)?|annexe|appendix|enclosure|attachment|pièce jointe|anexo|adjunto|apéndice|appendice"
    r"|приложени[ея]|добавление|дополнение|附\s*件|附\s*录|附錄|附文|(?:ال)?مرفق|(?:ال)?تذييل|(?:ال)?ملحق|ضميمة)"
    r"(?:[\s\u00a0]*(?:№|No\.?|n[°ºo]\.?)?[\s\u00a0]*(?:[IVXLC]{1,6}|[A-ZА-Я]|\d{1,2}|[一二三四五六七八九十]{1,3}|(?:ال)?[أ-ي]{3,5})(?![^\W_])"
    r"(?:[\s\u00a0]+[^\d\W].{0,120})?)?"
    r"(?:[\s\u00a0]+(?:to (?:the )?(?:decision|resolution)|à la (?:décision|résolution)"
    r"|(?:a|de) la (?:decisión|resolución)|к (?:решению|резолюции)|للمقرر|للقرار)[\s\u00a0]+\S{1,20})?"
    r"\W{0,3}(?:[\s\u00a0]*[:：.\-–—][\s\u00a0]*\S.{0,150})?",
    re.IGNORECASE,
)
_ORDINAL_WORDS = "|".join(
    r"(?:ال)?" + w.replace("_", r"\s+") for w in sorted(alphabets.ARABIC_ORDINALS, key=len, reverse=True)
)
_NAMES = "|".join(alphabets.ARABIC_LETTER_NAMES)
NUMBERED_HEADING = re.compile(
    r"(?:"
    r"(?P<roman>[IVXLCІХⅠ-Ⅿ]{1,7})[ \u00a0]?[.．、)]?[ \u00a0]?[\-–—.．、)]?"
    r"(?:[\s\u00a0]+|(?<=[.．、])(?=[\u2e80-\uffff]))"
    r"|(?P<letter>[A-ZА-ЯЁ])[.．、](?:[\s\u00a0]+|(?=[\u2e80-\uffff]))"
    r"|(?P<chinese>[一二三四五六七八九十]{1,3})[、.．]\s*"
    r"|(?P<bracketed>[（(][一二三四五六七八九十]{1,3}[)）])\s*"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节部篇編编](?:分)?(?![，。；、）》的])\s*"
    r"|(?:(?:" + _ORDINAL_WORDS + r"|أولى)(?:اً|ًا|ا|ى)?|أولا|ثانيا|ثالثا|(?:" + _NAMES + r"))\s*[\-–—.:：ـ]\s*"
    r"|(?:chapter|part|section|title|chapitre|partie|titre|capítulo|capitulo|parte|sección|título|глава|раздел|часть)"
    r"[\s\u00a0]+(?:[ivxlc]{1,6}|\d{1,3}|[a-z])(?:[\s\u00a0.:\-–—]+|\Z)"
    r"|(?:الفصل|القسم|الجزء|الباب)[\s\u00a0]+\S{3,12}(?:[\s\u00a0.:\-–—]+|\Z)"
    r")",
    re.IGNORECASE,
)
CAPTION = re.compile(
    r"(?:table|figure|fig\.|box|chart|map|tableau|graphique|encadré|cuadro|tabla|gráfico|figura|recuadro|таблица|рисунок"
    r"|диаграмма|вставка|表|图|圖|框|الجدول|جدول|الشكل|شكل|الإطار)[\s\u00a0]*[\dIVXA-Z一二三四五六七八九十]{0,4}(?:[\s.:：\-–—]|\Z)",
    re.IGNORECASE,
)

# How a resolution ends: the meeting, then the date on a line of its own.
CLOSING = re.compile(
    r"\d{1,4}(?:st|nd|rd|th|e|re|ª|a|º|-?[ея])?\.? (?:plenary meeting|séance plénière|sesión plenaria"
    r"|пленарное заседание)"
    r"|第 ?\d{1,4} ?次(?:全体)?会议|الجلسة (?:العامة )?\d{1,4}",
    re.IGNORECASE,
)
# A stop after one of these ends no sentence.
SHORT_FOR = re.compile(
    r"(?:^|[\s(«“\"])(?:pp?|págs?|paras?|párrs?|arts?|nos?|núms?|n|vols?|cf|mrs?|ms|dr|st|sra?|sres|см|пп?|ст|стр|гг|млн|млрд|тыс|долл|им|т|др|"
    r"rev|add|corr|fig|chap|chs?|sect|secs?|approx|resp|e\.g|i\.e|u\.s|u\.n|[A-Z])\.\Z",
    re.IGNORECASE,
)
BULLET = re.compile(r"[•‣◦▪●○■□–—\-*·][\s\u00a0]+\S|[•‣◦▪●]")


@dataclasses.dataclass
class Line:
    """One line or block of a document as its reader saw it.

    `kind` is "" for running text, else heading, annex, table, quote, note, contents, code or bullet; `depth` how deep
    it stands in lists (None where the format does not say); `label` a number that the format made and the text lacks.
    """

    text: str
    begins: float = 4.0
    kind: str = ""
    label: object = None
    depth: int | None = None
    indent: int = 0
    hard: bool = False  # a block of its own for certain: a Word paragraph, a Markdown block
    bare: float | None = None  # `begins`, should its label turn out to be none
    headed: bool | None = None  # whether its number is a heading's, once that was asked
    joint: str = ""  # "page" where a page was turned before it

    @functools.cached_property
    def read(self):
        """The label this line opens with: made by the format, else printed."""
        if self.kind in {"table", "quote", "note", "contents", "code", "heading", "annex", "reference"}:
            return None
        return self.label or labels.parse(self.text)

    @property
    def rest(self):
        """The text after the label."""
        if self.label is not None or self.read is None:
            return self.text
        return self.read.held + self.text[self.read.length :].strip()


# What a note or a reference opens with.
CITES = re.compile(
    r"(?:see|ibid|cf\.|official records|united nations|general assembly|(?-i:[A-Z]{1,6}[/.])|https?:|www\."
    r"|report of|adopted|available|voir|véase|ibíd|documents officiels|documentos oficiales|résolutions?|resolución"
    r"|op\. cit|idem|disponible"
    r"|см\.|там же|официальные отчеты|резолюци|имеется|там|док"
    r"|انظر|المرجع نفسه|الوثائق الرسمية|متاح|قرار"
    r"|见|同上|《|联合国|可查阅|参见|大会|第)",
    re.IGNORECASE,
)

_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]"
)
_NO_WIDTH = re.compile("[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
_AT_END = 48  # characters that tell how a line ends


def width(text):
    """Columns on paper: a Chinese character takes two, a vowel sign none."""
    if text.isascii():
        return len(text)
    return len(text) + len(_WIDE.findall(text)) - len(_NO_WIDTH.findall(text))


def bare_end(text):
    """The end of a text without closing quotes, brackets, footnote marks."""
    end = text[-_AT_END:].rstrip().rstrip("¹²³⁰⁴⁵⁶⁷⁸⁹").rstrip()
    return end.rstrip(CLOSERS + " ") or end


_FOOTNOTED = re.compile(r"(?<!\bCorr)(?<!\bRev)(?<!\bAdd)(?<!\bNo)(?<!\d)[.;。；:：][”»\")]?\d{1,3}\Z")
_LISTS_ON = re.compile(r"[;；؛][\s\u00a0]*(?:and|or|et|ou|y|e|o|и|или|和|或|以及|و|أو)\Z")


def is_finished(text):
    """Whether a sentence, or a part of a list, ends here."""
    text = text[-_AT_END:].rstrip()
    end = bare_end(text)[-1:]
    if not end:
        return True
    if end in ENDS or end in ";；؛:：":
        return not (end == "." and SHORT_FOR.search(text))
    if text[-1:].isdigit():  # "measures;4" and "Goals.12": a footnote's number after the stop
        return bool(_FOOTNOTED.search(text))
    return bool(_LISTS_ON.search(text))


def is_sentence(text):
    """Whether this ends as a sentence does; a heading does not."""
    end = bare_end(text)[-1:]
    return bool(end) and (end in ".。;；؛,，،:：…" or is_finished(text)) and end not in "?؟？!！"


def runs_on(text):
    """Whether this opens as the middle of a sentence: with a small letter."""
    first = text.lstrip("\"'“”«»‘’(（[").lstrip()[:1]
    return first.islower()


def goes_on(text):
    """Whether this may be the middle of a sentence: a small letter, a figure, or a script without capitals."""
    first = text.lstrip("\"'“”«»‘’(（[").lstrip()[:1]
    return not first.isalpha() or first.lower() == first


def is_annex(text):
    """Whether a short line is the heading of an annex, where numbers may start anew."""
    text = text.strip().strip("*_# ")
    if len(text) > 150 or (len(text) > 24 and is_sentence(text)):
        return False
    return bool(ANNEX.fullmatch(text))


def heading_number(text):
    """The match of a heading's own number (`I.`, `A.`, `一、`, `ألف -`), or None."""
    match = NUMBERED_HEADING.match(text)
    if not match:
        return None
    roman, letter = match["roman"], match["letter"]
    if roman and (roman != roman.upper() or not re.search(r"[.．、)\-–—]|\s{2}|\t", match[0])):
        return None
    return None if letter and letter != letter.upper() else match


def is_headed(text):
    """Whether a heading's number leaves no doubt: anything but one Latin letter, which may be somebody's initial."""
    match = heading_number(text)
    return match is not None and not match["letter"] and (match["roman"] or "II").upper() not in {"C", "D", "L", "M"}


def squeeze(text):
    """The text as people get it: one space between words, nothing invisible."""
    return re.sub(r"\s+", " ", labels.clean(text)).strip()
