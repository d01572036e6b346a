"""Labels: the number or letter a paragraph opens with, in any of the scripts that meeting documents use.

A label is read into its *readings*: `(i)` is the ninth letter or the first Roman numeral; which of the two it is, its
neighbours decide (`chain.py`, `levels.py`). How a label is then told to people is decided in one place, `shown`.
"""

import dataclasses
import functools
import re
import unicodedata

from consultations.outline import alphabets

# What stands between a number and its text, by family: `1.`, `1．` and `1 .` are one habit of one writer.
DELIMITERS = {
    **dict.fromkeys(".．。", "dot"),
    **dict.fromkeys(")）﴾﴿", "bracket"),
    **dict.fromkeys("-–—‑−ـ", "dash"),
    **dict.fromkeys("、﹑،,，", "comma"),
    **dict.fromkeys(":：", "colon"),
    **dict.fromkeys("/", "slash"),
}
LOOKED_AT = 120  # characters of a line in which a label is looked for
# Additions between two numbers, in the order they follow one another: 12, 12 bis, 12 ter.
ADDITIONS = (
    (2, "bis", "бис", "之二", "مكرر"),
    (3, "ter", "тер", "之三", "مكرر ثانيا", "مكرر ثالثا"),
    (4, "quater", "кватер", "之四", "مكرر ثالثا", "مكرر رابعا"),
    (5, "quinquies", "квинквиес", "之五", "مكرر رابعا", "مكرر خامسا"),
    (6, "sexies", "сексиес", "之六", "مكرر خامسا"),
    (7, "septies", "септиес", "之七", "مكرر سادسا"),
    (8, "octies", "октиес", "之八", "مكرر سابعا"),
    (9, "novies", "nonies", "новиес", "之九"),
    (10, "decies", "дециес", "之十"),
)
_ADDITION_RANKS = {}
for _rank, *_words in ADDITIONS:
    for _word in _words:
        _ADDITION_RANKS.setdefault(_word, _rank)

# Marks of writing direction, joiners without width, and the hyphen that shows only where a line breaks.
INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_GAP = r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]"
_ADDITION = (
    r"(?:(?i:bis|ter|quater|quinquies|sexies|septies|octies|novies|nonies|decies|alt(?:" + _GAP + r"?\d+)?"
    r"|бис|тер|кватер|квинквиес|сексиес|септиес|октиес|новиес|дециес)|(?<=\d)[A-H](?=[.)])"
    r"|之" + _GAP + r"?[一二三四五六七八九十]+"
    r"|مكرر(?:اً|ًا|ا)?(?:" + _GAP + r"*\(?(?:ثاني|ثالث|رابع|خامس|سادس|سابع)(?:اً|ًا|ا)?\)?)?(?![^\W\d_]))"
)
_CIRCLED = "①-⑳⑴-⒇⒈-⒛⒜-⒵㈠-㈩㊀-㊉"
_LETTERS = (
    r"[a-zA-Z]{1,7}|ñ|Ñ|[а-яёА-ЯЁ]{1,2}|[\u0621-\u063a\u0641-\u064a]ـ{0,2}"
    r"|["
    + alphabets.CHINESE_DIGITS
    + r"]{1,4}|[Ⅰ-ⅿ]{1,4}|["
    + "".join(alphabets.ALPHABETS.values())
    + r"Α-Ω]|["
    + alphabets.HEBREW
    + r"״׳]{1,4}"
)
_CORE = r"(?P<core>" + alphabets.DOTTED + r"|" + alphabets.DIGITS + r"|" + _LETTERS + r")"
_BIS = r"(?:[ \t\u00a0\u202f.\-‑–]?[ \t\u00a0]?(?P<bis>" + _ADDITION + r")(?![a-zа-я]))?"
_BIS_SURE = _BIS.replace("bis>", "bis3>").removeprefix("(?:").removesuffix(")?")
_MARKED = _GAP + r"*(?:[.．)）﴾﴿、﹑،,:：\-–—‑−ـ]|\(?(?:ثاني|ثالث|رابع|خامس|سادس|سابع))"
_LABEL = re.compile(
    r"(?P<held>[\[［〔]" + _GAP + r"?)?"
    r"(?:"
    r"(?P<circled>[" + _CIRCLED + r"])(?P<c_after>[.．、]?)"
    r"|(?P<open>[(（﴾﴿])"
    + _GAP
    + "?"
    + _CORE
    + _BIS
    + _GAP
    + r"?[)）﴿﴾](?P<post>[.．、:：]|"
    + _GAP
    + r"?[-–—](?="
    + _GAP
    + r"))?(?:[ \t\u00a0]?(?P<bis_after>"
    + _ADDITION
    + r")(?![a-zа-я])[.．]?)?"
    r"|[\[［](?P<square>\d{1,4})[\]］]"
    r"|[‘'’](?P<quoted>\d{1,2}|[ivx]{1,5})[’'‘](?=" + _GAP + r"|[\u0600-\u06ff])"
    r"|(?P<core3>" + alphabets.DOTTED + r")(?=" + _GAP + r"+[^\W\d_])"
    r"|(?P<core4>"
    + alphabets.DIGITS
    + r")"
    + _BIS_SURE
    + r"(?="
    + _GAP
    + r"|[\u3000\u2e80-\uffff])(?!"
    + _MARKED
    + r")"
    r"|"
    + _CORE.replace("core>", "core2>")
    + _BIS.replace("bis>", "bis2>")
    + r"(?P<after>"
    + _GAP
    + r"?[.．)）﴾﴿、﹑،:：]|"
    + _GAP
    + r"{0,2}[-–—‑−ـ](?!\d)|/(?="
    + _GAP
    + r"))"
    r"(?P<after2>(?<=[.．)）])" + _GAP + r"?[-–—](?=" + _GAP + r"))?"
    r"|(?P<core5>" + alphabets.DIGITS + r")(?=\t)"
    r")"
)
# Chinese prints 2.2012年 for paragraph 2, which opens with a year; whether it is no decimal, the chain decides.
_TIGHT = re.compile(r"\d+(?:[-–—]\d+)?[ \u00a0]?[\u3400-\u9fff]")
# Letters that look the same: in front of Russian words, a Latin one counts as its twin too.
TWINS = str.maketrans("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ")
# Two words: no label, and told at a glance, for most lines of a text open so.
_WORDS = re.compile(
    r"[A-Za-zÀ-ÿА-яёЁ\u0621-\u063a\u0641-\u064a]{2,} "
    r"(?!bis|ter|qua|quin|sex|sept|oct|nov|non|dec|alt|бис|тер|ква|кви|секс|септ|окт|нов|дец|之|مكرر)\w"
)
_CYRILLIC = re.compile(r"[\W\d_]*[\u0400-\u04ff]")
_QUOTES = "\"“„«‹「『《〈‘'‚‟"


@dataclasses.dataclass(frozen=True)
class Reading:
    """One way to read a label: the `ordinal`-th of a `series`; `rank` above 1 is an addition (bis is 2, ter is 3)."""

    series: str
    ordinal: int
    rank: int = 1


@dataclasses.dataclass(frozen=True)
class Label:
    """A label as `printed`, its `style` (brackets, delimiter), its `readings`; `length` counts what to cut off."""

    printed: str
    style: str
    readings: tuple
    length: int
    held: str = ""

    @property
    def decimal(self):
        """The decimal reading, or None."""
        return next((r for r in self.readings if r.series == "decimal"), None)


def shown(printed):
    """Tell people a label: brackets belong to it as printed, a dot, dash or comma only parts it from its text.

    `12.` is 12, `12 bis.` is 12 bis, `١٢-` is ١٢, `(a)` stays (a), `أ)` stays أ) and `（一）` stays （一）.
    """
    text = re.sub(r"\s+", " ", INVISIBLE.sub("", printed)).strip()
    text = re.sub(r"[\s.．。、﹑,，,：:\-–—‑−/]+\Z", "", text) or text
    return re.sub(r"(?<=\d)\s?ـ+\Z", "", text)


def of_paragraph(printed):
    """Tell people the number of a paragraph: a bracket that only closes parts it from its text, as a dot does.

    `12)` is 12 and `12 bis)` is 12 bis; `(12)` stays (12).
    """
    text = shown(printed)
    return text if re.search(r"[(（\[［]", text) else text.rstrip(")）]］ ") or text


def clean(text):
    """Take out what is not seen: marks of direction, soft hyphens, byte order marks."""
    return INVISIBLE.sub("", text)


def addition_rank(word):
    """Where bis, ter, 之二, مكرر stand among the additions to a number: 2 for the first."""
    if len(word) == 1 and word in "ABCDEFGH":
        return 2 + "ABCDEFGH".index(word)  # 12A, 12B: insertions after 12
    word = re.sub(r"\s+", " ", word.strip().casefold())
    if word.startswith("alt"):
        return 20 + int(re.sub(r"\D", "", word) or 0)
    if word.startswith("之"):
        return alphabets.chinese(word[1:].strip()) or 2
    if word.startswith("مكرر"):
        word = re.sub(r"[()ًا]", "", word.replace("مكررا", "مكرر"))
        for rank, stem in enumerate(("ثني", "ثلث", "ربع", "خمس", "سدس", "سبع"), 3):
            if stem in word:
                return rank
        return 2
    return _ADDITION_RANKS.get(word, 2)


def parse(text):
    """The Label that `text` (without leading spaces) opens with, or None.

    A bare number without delimiter is none (a year, an amount); so is a number that runs on (`12.5`, `3-5`), a word
    before a full stop (`Annex.`) and anything that opens with a quotation mark.
    """
    return None if _WORDS.match(text) else _parsed(text[:LOOKED_AT])


@functools.lru_cache(maxsize=8192)
def _parsed(text):
    match = _LABEL.match(text)
    if not match or (text[:1] in _QUOTES and not match["quoted"]):
        return None
    rest = text[match.end() :]
    held = (match["held"] or "").strip()
    if match["circled"]:
        return _circled(match, held)
    core = (
        match["square"]
        or match["quoted"]
        or match["core"]
        or match["core2"]
        or match["core3"]
        or match["core4"]
        or match["core5"]
    )
    bis = match["bis"] or match["bis2"] or match["bis3"] or match["bis_after"]
    readings = alphabets.readings(core)
    if not readings:
        return None
    style, spaced = "()", True
    if match["square"] or match["quoted"]:
        style = "square" if match["square"] else "quoted"
    elif not (match["open"] or match["core2"]):
        style = "tab" if match["core5"] else "none"
    elif not match["open"]:
        mark = match["after"].strip()
        style = DELIMITERS.get(mark, mark)
        spaced = not rest or rest[0].isspace()
        if (style == "comma" and mark in ",،") or (style == "colon" and not core.isdigit()):
            return None
        if style == "dot" and rest[:1].isdigit() and mark != "．" and not _TIGHT.match(rest):
            return None
        if not spaced and not _TIGHT.match(rest) and not _may_touch(core, mark, rest):
            return None
        if (
            style == "dash"
            and not core.isdigit()
            and (core.isascii() or not match["after"][0].isspace())
            and not spaced
        ):
            return None
        if (
            core.isalpha()
            and core.isascii()
            and len(core) > 1
            and style != "bracket"
            and not any(s.lower() == "roman" for s, _ in readings)
        ):
            return None
    elif text[0] == "(" and core.isascii() and core.isalpha() and re.match("[a-z]{2}", rest):
        return None  # (s)he
    if core.translate(TWINS) != core and (core.islower() or style in {"()", "bracket"}) and _CYRILLIC.match(rest):
        readings = (*readings, *(r for r in alphabets.readings(core.translate(TWINS)) if r not in readings))
    rank = addition_rank(bis) if bis else 1
    printed = text[: match.end()].strip()
    if match["held"]:
        printed = printed[len(match["held"]) :].strip()
    script = unicodedata.name(core[0], "").split()[0] if core[0].isdigit() else ""
    return Label(
        printed, style + (":" + script if script not in {"DIGIT", "FULLWIDTH", ""} else ""),
        tuple(Reading(s, n, rank) for s, n in readings), match.end(), held,
    )  # fmt: skip


def _may_touch(core, mark, rest):
    """Whether text may follow the delimiter without a space: in Chinese and Arabic, and for brackets."""
    nxt = rest[0]
    if mark in ")）、．﴾﴿、﹑":
        return not (nxt.isdigit() and mark == ")" and core.isdigit() and len(core) > 3) and nxt not in ")],.;"
    if core.isdigit() and mark in ".-–—ـ‑−":
        return not (nxt.islower() or (nxt.isascii() and nxt.isdigit())) and nxt not in ".,;)/-%"
    return ord(nxt) > 0x2E7F


def _circled(match, held):
    """Circled and enclosed numbers: ① ⑴ ⒈ ㈠ ⒜."""
    char = match["circled"]
    plain = unicodedata.normalize("NFKC", char).strip("().")
    readings = alphabets.readings(plain)
    base = {"①": "circle", "⑴": "ring", "⒈": "dot", "⒜": "ring", "㈠": "ring", "㊀": "circle"}
    style = next(v for k, v in sorted(base.items(), reverse=True) if char >= k)
    return Label(char, style, tuple(Reading(s, n) for s, n in readings), match.end(), held)
