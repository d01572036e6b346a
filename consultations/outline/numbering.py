"""Word's automatic numbers: what Word would print before each paragraph of a numbered list.

Levels, formats, restarts and overrides after ECMA-376 Part 1, 17.9; formats 17.18.59.
"""

import dataclasses
import re

from consultations.outline import alphabets

LEVELS = 9
DEEPEST = 30  # styles based on styles, lists linked to styles
ARABIC_ABJAD, ARABIC_ALPHA = alphabets.ABJAD, alphabets.HIJAI
CHINESE = "〇一二三四五六七八九"
LEGAL = "零壹贰叁肆伍陆柒捌玖"
RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"


@dataclasses.dataclass
class Level:
    """One level of a list definition."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str | None = None
    left: int | None = None  # where its text stands, in twentieths of a point


class Numbering:
    """The lists of one document, counting as its paragraphs go by."""

    def __init__(self, root, w, style_numbers=None):
        self.w = w
        self.abstracts, self.links, self.instances, self.overrides = {}, {}, {}, {}
        self.by_style, self.names = {}, {}
        self.counts = {}
        self.used = set()
        if root is not None:
            self._read(root)
        self.style_numbers = style_numbers or {}

    def _read(self, root):
        w = self.w
        for abstract in root.iterfind(w("abstractNum")):
            key = abstract.get(w("abstractNumId"))
            self.abstracts[key] = dict(self._level(e) for e in abstract.iterfind(w("lvl")))
            name = abstract.find(w("name"))
            if name is not None and name.get(w("val")):
                self.names[name.get(w("val"))] = key
            link = abstract.find(w("numStyleLink"))
            if link is not None:
                self.links[key] = link.get(w("val"))
            for n, level in self.abstracts[key].items():
                if level.style:
                    self.by_style.setdefault((key, level.style), n)
        for num in root.iterfind(w("num")):
            key = num.get(w("numId"))
            abstract = num.find(w("abstractNumId"))
            self.instances[key] = abstract.get(w("val")) if abstract is not None else None
            for override in num.iterfind(w("lvlOverride")):
                n = _int(override.get(w("ilvl")), 0)
                start = override.find(w("startOverride"))
                level = override.find(w("lvl"))
                self.overrides[key, n] = (
                    _int(start.get(w("val")), 1) if start is not None else None,
                    self._level(level)[1] if level is not None else None,
                )

    def _level(self, element):
        w = self.w

        def value(name, default=None):
            child = element.find(w(name))
            return default if child is None else child.get(w("val"), default)

        level = Level(
            _int(value("start"), 0 if element.find(w("start")) is None else 1),
            self._format(element),
            value("lvlText", "") or "",
        )
        restart = value("lvlRestart")
        level.restart = _int(restart, 0) if restart is not None else None
        legal = element.find(w("isLgl"))
        level.legal = legal is not None and legal.get(w("val"), "1") not in {"0", "false", "off"}
        level.style = value("pStyle")
        level.left = left_of(element.find(w("pPr")), w)
        return _int(element.get(w("ilvl")), 0), level

    def _format(self, element):
        """numFmt, which newer formats wrap in an alternative with a fallback."""
        found = element.findall(".//" + self.w("numFmt"))
        for number_format in found:
            value = number_format.get(self.w("val"), "decimal")
            if value != "custom":
                return value
        if found and re.fullmatch(r"0*1,.*", found[0].get(self.w("format"), "")):
            return "zeros:" + str(len(found[0].get(self.w("format")).split(",")[0]))
        return "decimal"

    def add(self, key, levels):
        """A list that no file defines, under a key of its own; nothing where the document has it."""
        if key not in self.instances and levels is not None:
            self.abstracts[key] = levels
            self.instances[key] = key

    def named(self, name):
        """The list whose definition has this name, or None."""
        key = self.names.get(name)
        return next((number for number, abstract in self.instances.items() if key and abstract == key), None)

    def restart(self, number, n, start):
        """Let level n of a list count from `start` next."""
        self.counts.setdefault(self.abstract_of(number), {})[n] = start - 1

    def spelled(self, number, n, form):
        """The number last given out, in another format."""
        return spell(self.reading(number, n)[1], form)

    def abstract_of(self, number):
        """The list definition that a list refers to, links through styles followed."""
        key = self.instances.get(number)
        for _step in range(DEEPEST):
            style = self.links.get(key)
            target = self.instances.get(self.style_numbers.get(style))
            if style is None or target is None or target == key:
                break
            key = target
        return key

    def level_of(self, number, n):
        """The definition of level n of a list, the list's own override first."""
        override = self.overrides.get((number, n))
        if override and override[1] is not None:
            return override[1]
        return self.abstracts.get(self.abstract_of(number), {}).get(n)

    def level_of_style(self, number, style):
        """The level that a paragraph style is tied to in a list, or None."""
        return self.by_style.get((self.abstract_of(number), style))

    def next(self, number, n):
        """Count a paragraph of level n of a list; the number as Word shows it, "" for a bullet or none at all."""
        level = self.level_of(number, n)
        if level is None or not 0 <= n < LEVELS:
            return ""
        key = self.abstract_of(number)
        counts = self.counts.setdefault(key, {})
        for m in range(LEVELS):
            override = self.overrides.get((number, m))
            if override and (override[0] is not None) and (number, m) not in self.used and m <= n:
                self.used.add((number, m))
                counts.pop(m, None)
                if m == n:
                    counts[m] = override[0] - 1
        for m in range(n):
            if m not in counts:
                upper = self.level_of(number, m)
                counts[m] = self._start(number, m, upper)
        counts[n] = counts[n] + 1 if n in counts else self._start(number, n, level)
        for m in range(n + 1, LEVELS):
            below = self.level_of(number, m)
            if below is not None and below.restart is not None and (below.restart == 0 or n + 1 > below.restart):
                continue
            counts.pop(m, None)
        return self._print(number, n, level, counts)

    def reading(self, number, n):
        """What the number last given out counts: its format and its value."""
        level = self.level_of(number, n)
        return level.format, self.counts.get(self.abstract_of(number), {}).get(n, 0)

    def _start(self, number, n, level):
        override = self.overrides.get((number, n))
        if override and override[0] is not None:
            return override[0]
        return level.start if level is not None else 1

    def _print(self, number, n, level, counts):
        if level.format in {"bullet", "none"}:
            return ""

        def one(match):
            m = int(match[1]) - 1
            other = level if m == n else self.level_of(number, m)
            if other is None or m not in counts:
                return ""
            kind = "decimal" if level.legal and m != n else other.format
            return spell(counts[m], "decimal" if level.legal else kind)

        return re.sub(r"%([1-9])", one, level.text)


def left_of(properties, w):
    """How far a paragraph with these properties stands in, in twentieths of a point; None where they do not say."""
    indent = properties.find(w("ind")) if properties is not None else None
    value = None if indent is None else indent.get(w("left")) or indent.get(w("start"))
    return int(float(value)) if value and re.fullmatch(r"-?\d{1,6}(?:\.\d+)?", value) else None


def _int(text, default):
    try:
        return int(text)
    except (TypeError, ValueError):
        return default


def spell(number, form):
    """A number in one of Word's formats; in digits where a format is unknown or has no sign for it."""
    if form.startswith("zeros:"):
        return str(number).zfill(int(form[6:]))
    if number <= 0 or number > 32767:
        return str(number)
    return (_letters(number, form) or _numerals(number, form) or _enclosed(number, form)) or str(number)


def _letters(number, form):
    if form in {"lowerLetter", "upperLetter"}:
        return _repeat(number, alphabets.LATIN, form)
    if form in {"russianLower", "russianUpper"}:
        return _repeat(number, RUSSIAN, form)
    if form in {"arabicAbjad", "arabicAlpha"}:
        return _repeat(number, ARABIC_ABJAD if form == "arabicAbjad" else ARABIC_ALPHA, form)
    if form in {"ideographTraditional", "ideographZodiac"}:
        row = alphabets.STEMS if form == "ideographTraditional" else alphabets.BRANCHES
        return row[number - 1] if number <= len(row) else ""
    if form in {
        "hebrew2",
        "thaiLetters",
        "hindiConsonants",
        "aiueo",
        "aiueoFullWidth",
        "iroha",
        "irohaFullWidth",
        "ganada",
        "chosung",
    }:
        key = {
            "hebrew2": "hebrew",
            "thaiLetters": "thai",
            "hindiConsonants": "devanagari",
            "ganada": "hangul",
            "chosung": "consonants",
        }
        return _repeat(number, alphabets.ALPHABETS[key.get(form, "iroha" if "iroha" in form else "kana")], form)
    return ""


def _repeat(number, row, form):
    letter = row[(number - 1) % len(row)] * ((number - 1) // len(row) + 1)
    return letter.upper() if "upper" in form.lower() else letter


def _numerals(number, form):
    if form in {"lowerRoman", "upperRoman"}:
        roman = alphabets.spell_roman(number)
        return roman.upper() if form == "upperRoman" else roman
    if form in {
        "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
        "japaneseCounting",
    }:  # fmt: skip
        return count_chinese(number)
    if form in {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"}:
        return "".join(CHINESE[int(d)] for d in str(number))
    if form in {"chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"}:
        return count_chinese(number).translate(str.maketrans(CHINESE + "十百千", LEGAL + "拾佰仟"))
    if form in {"decimalFullWidth", "decimalFullWidth2"}:
        return str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    if form == "decimalZero":
        return str(number).zfill(2)
    if form == "hindiNumbers":
        return str(number).translate(str.maketrans("0123456789", "०१२३४५६७८९"))
    if form == "thaiNumbers":
        return str(number).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    if form == "hebrew1" and number < 1000:
        return alphabets.spell_hebrew(number)
    if form == "numberInDash":
        return f"- {number} -"
    if form == "ordinal":
        tail = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number % 100 not in {11, 12, 13} else 0, "th")
        return f"{number}{tail}"
    return ""


def _enclosed(number, form):
    for name, first, last in (
        ("decimalEnclosedCircle", 0x2460, 20), ("decimalEnclosedCircleChinese", 0x2460, 20),
        ("decimalEnclosedParen", 0x2474, 20), ("decimalEnclosedFullstop", 0x2488, 20),
        ("ideographEnclosedCircle", 0x3280, 10),
    ):  # fmt: skip
        if form == name and number <= last:
            return chr(first + number - 1)
    return ""


def count_chinese(number):
    """A number as Chinese counts: 十二, 二十, 一百零三."""
    if number < 20:
        return alphabets.spell_chinese(number)
    spelled, zero = "", False
    for unit, sign in ((10000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            spelled += ("零" if zero else "") + (CHINESE[digit] if digit < 10 else count_chinese(digit)) + sign
            zero = False
        elif spelled and number:
            zero = True
    return spelled
