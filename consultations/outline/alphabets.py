"""Alphabets: the letters and figures that lists count with, read into numbers and spelled out again."""

import functools
import re
import unicodedata

HUNDRED = 100
DIGITS = r"\d{1,6}"
DOTTED = r"\d{1,3}(?:[.．]\d{1,3}){1,5}"
LATIN = "abcdefghijklmnopqrstuvwxyz"
SPANISH = "abcdefghijklmnñopqrstuvwxyz"
# Russian lists leave out different letters: all but ё, also й, or also ъ ы ь.
RUSSIAN = (
    "абвгдежзиклмнопрстуфхцчшщэюя",
    "абвгдежзийклмнопрстуфхцчшщэюя",
    "абвгдежзиклмнопрстуфхцчшщыэюя",
    "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
)
ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
HIJAI = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"
# Other scripts' letters in the order in which lists count with them.
ALPHABETS = {
    "greek": "αβγδεζηθικλμνξοπρστυφχψω",
    "hebrew": HEBREW,
    "devanagari": "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह",
    "thai": "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
    "bengali": "কখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহ",
    "georgian": "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
    "armenian": "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփք",
    "hangul": "가나다라마바사아자차카타파하",
    "consonants": "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ",
    "kana": "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
    "iroha": "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン",
    "stems": STEMS,
    "branches": BRANCHES,
}
CHINESE = {**{c: n for n, c in enumerate("〇一二三四五六七八九")}, "零": 0, "两": 2}
CHINESE_UNITS = {"十": 10, "百": 100, "廿": 20}
CHINESE_DIGITS = "".join(CHINESE) + "".join(CHINESE_UNITS)
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_WELL_FORMED_ROMAN = re.compile(r"m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})\Z")
ARABIC_ORDINALS = (
    "أول ثاني ثالث رابع خامس سادس سابع ثامن تاسع عاشر حادي_عشر ثاني_عشر ثالث_عشر رابع_عشر خامس_عشر سادس_عشر سابع_عشر"
    " ثامن_عشر تاسع_عشر عشرون"
).split()
ARABIC_LETTER_NAMES = (
    "ألف باء جيم دال هاء واو زاي حاء طاء ياء كاف لام ميم نون سين عين فاء صاد قاف راء شين تاء ثاء خاء ذال ضاد ظاء غين"
).split()


@functools.lru_cache(maxsize=4096)
def readings(core):
    """All ways to read the bare letters or digits of a label."""
    found = []
    plain = core.replace("ـ", "")
    if re.fullmatch("[Ⅰ-ⅿ]+", plain):
        plain = unicodedata.normalize("NFKC", plain)
    if re.fullmatch(DIGITS, plain):
        found.append(("decimal", int(plain)))
    elif re.fullmatch(DOTTED, plain):
        *_, last = parts = re.split("[.．]", plain)
        found.append(("dotted:" + ".".join(str(int(p)) for p in parts[:-1]), int(last)))
    elif plain.isascii() and plain.isalpha():
        found += _latin(plain)
    elif plain.lower() == "ñ":
        found.append(("spanish" if plain.islower() else "SPANISH", SPANISH.index("ñ") + 1))
    elif re.fullmatch("[а-яёА-ЯЁ]{1,2}", plain):
        found += _russian(plain)
    elif len(plain) == 1 and (plain in ABJAD or plain in HIJAI or plain in "اهإ"):
        letter = {"ا": "أ", "إ": "أ"}.get(plain, plain)
        found += [(name, row.index(letter) + 1) for name, row in (("abjad", ABJAD), ("hijai", HIJAI)) if letter in row]
    elif (
        rows := [(name, row.index(plain.lower()) + 1) for name, row in ALPHABETS.items() if plain.lower() in row]
    ) and (len(plain) == 1):
        found += rows
        if plain in HEBREW:
            found.append(("gematria", gematria(plain)))
    elif all(c in HEBREW + "״׳" for c in plain):
        found.append(("gematria", gematria(plain)))
    elif (number := chinese(plain)) is not None:
        found.append(("chinese", number))
    return tuple(found)


def gematria(letters):
    """The value of a Hebrew numeral: letters count 1 to 9, 10 to 90, 100 to 400."""
    worth = [*range(1, 10), *range(10, 100, 10), *range(100, 500, 100)]
    return sum(worth[HEBREW.index(c)] for c in letters if c in HEBREW)


def _latin(letters):
    """Latin letters: one letter, a doubled letter past the alphabet's end, or a Roman numeral."""
    small, case = letters.lower(), str.lower if letters.islower() else str.upper
    if not (letters.islower() or letters.isupper()):
        return
    if len(set(small)) == 1 and len(small) <= 3:
        yield case("latin"), LATIN.index(small[0]) + 1 + 26 * (len(small) - 1)
        if len(small) == 1:
            yield case("spanish"), SPANISH.index(small) + 1
    elif len(small) == 2 and small[0] in "ab":
        yield case("latin2"), 27 + 26 * LATIN.index(small[0]) + LATIN.index(small[1])
    if (number := roman(small)) is not None:
        yield case("roman"), number


def _russian(letters):
    """Russian letters, in each of the alphabets that lists use."""
    small, upper = letters.lower(), letters.isupper()
    if len(set(small)) != 1:
        return
    for n, alphabet in enumerate(RUSSIAN):
        if small[0] in alphabet:
            at = alphabet.index(small[0]) + 1 + len(alphabet) * (len(small) - 1)
            yield ("RUSSIAN" if upper else "russian") + str(n), at
    # А Latin а, с, е, о, р, х looks the same, and typists mix them: а) b) с).
    twin = {"а": "a", "с": "c", "е": "e", "о": "o", "р": "p", "х": "x"}.get(small)
    if twin:
        yield ("LATIN" if upper else "latin"), LATIN.index(twin) + 1


def roman(text):
    """The value of a Roman numeral in small letters, None when it is not one."""
    if not text or not _WELL_FORMED_ROMAN.match(text):
        return None
    values = [ROMAN[c] for c in text]
    return sum(-v if v < max(values[n:]) else v for n, v in enumerate(values))


def chinese(text):
    """The value of a Chinese numeral up to 999, None when it is not one."""
    if not text or any(c not in CHINESE_DIGITS for c in text):
        return None
    if not any(c in CHINESE_UNITS for c in text):
        value = int("".join(str(CHINESE[c]) for c in text)) if len(text) <= 3 else None
        return value or None
    total, digit = 0, None
    for c in text:
        if c in CHINESE:
            digit = CHINESE[c]
        else:
            total += CHINESE_UNITS[c] * (1 if digit is None else digit or 1)
            digit = None
    return total + (digit or 0)


def like(printed, series, ordinal):
    """The label of the `ordinal`-th item, in the form of its neighbour `printed`: (c), after (b)."""
    kind = series.rstrip("01234").lower()
    rows = {"latin": LATIN, "spanish": SPANISH, "abjad": ABJAD, "hijai": HIJAI, **ALPHABETS}
    row = RUSSIAN[int(series[-1])] if kind == "russian" else rows.get(kind, "")
    core = row[ordinal - 1] if 0 < ordinal <= len(row) else str(ordinal)
    if kind == "roman":
        core = spell_roman(ordinal)
    elif kind == "chinese" and ordinal < HUNDRED:
        core = spell_chinese(ordinal)
    core = core.upper() if series[:1].isupper() else core
    return re.sub(r"\w+(?:\W+\w+)*", lambda _match: core, printed, count=1)


def spell_roman(number):
    """A number in small Roman numerals."""
    spelled = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "m cm d cd c xc l xl x ix v iv i".split(),
        strict=True,
    ):
        spelled += sign * (number // value)
        number %= value
    return spelled


def spell_hebrew(number):
    """A number below a thousand in Hebrew letters; 15 and 16 are 9 + 6 and 9 + 7."""
    hundreds, rest = divmod(number, 100)
    spelled = HEBREW[21] * (hundreds // 4) + (HEBREW[17 + hundreds % 4] if hundreds % 4 else "")
    if rest in {15, 16}:
        return spelled + HEBREW[8] + HEBREW[rest - 10]
    tens, ones = divmod(rest, 10)
    return spelled + (HEBREW[8 + tens] if tens else "") + (HEBREW[ones - 1] if ones else "")


def spell_chinese(number):
    """A number below a hundred in Chinese: 十, 十二, 二十."""
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    return ((digits[tens] if tens > 1 else "") + "十" if tens else "") + (digits[ones] if ones or not tens else "")
