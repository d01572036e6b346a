"""Orders in a mail to an item of an agenda: SPEAK, CONFIRM, TEXT: …; each a word and what follows it. Pure.

An order begins a line. Alone on it, with a colon, a dash or the number of an item behind it (`text: …`, `speak 3`), or
with what its noun says may follow (`speak 3 as Minister`), it counts in any case; followed by anything else only in
capitals, so that "speak up for the springs" stays a sentence. Lines below an order belong to it until the next one.
Behind words that are no greeting, and in a text that is handed in, only what can hardly be part of them is an order:
the word in capitals with the number of an item, and then a colon or nothing.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple

from consultations.words.votes import is_polite

MOST_READ = 400  # orders of one answer that are told apart
LONGEST = 60  # letters of the words of an order
_MARKS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"  # of direction, without width
# "Dear Chair," and the like, alone on a line.
_SALUTES = re.compile(
    r"(?:dear|madam|mr|mrs|ms|sir|your excellenc|excellenc|honou?rable|distinguished|ch[eè]r|madame|monsieur|mesdames"
    r"|estimad|señor|distinguid|уважаем|г-н|г-жа|господин|госпожа|سعادة|السيد|حضرة|معالي|尊敬的|主席)[^.!?。]{0,60}[,،，:：!！]?",
    re.IGNORECASE,
)
_EDGES = f" \t\xa0*_•>{_MARKS}"
_COLON = re.compile(rf"[\s{_MARKS}]{{0,3}}[:：︰﹕][\s{_MARKS}]*|[\s{_MARKS}]{{1,3}}[-–—]{{1,2}}\s+|——\s*")
_STOPS = ".!。！،;"
# What people write before the number of an item: item, point; and the number in the digits of any script.
_BEFORE_NUMBER = (
    r"(?:(?:on|for|sur|au|en|sobre|por|по|к|بشأن|عن)\s)?(?:(?:agenda\s)?item|le\spoint|point|el\stema|tema|punto|пункту?"
    r"|البند|بند|议程项目|议题|項目|项目|第)?"
)
_LABEL = (
    rf"{_BEFORE_NUMBER}[\s{_MARKS}]*(?:[#＃№]\s?|n[°º]\s?)?"
    rf"(\d{{1,5}}(?:[.．]\d{{1,3}}){{0,2}})\s?(?:项|項|号|號)?[{_MARKS}]*"
)
_NUMBER = re.compile(rf"{_LABEL}(?=[\s:：,，،、.]|$)[\s:：,，،、.{_MARKS}]*", re.IGNORECASE)
_CODE = re.compile(rf"[^\W\d_]\d{{1,5}}(?:{_COLON.pattern}|\s*$)")  # M3, Q12
_NUMBER_BEFORE_TEXT = re.compile(rf"{_LABEL}(?:{_COLON.pattern}|\s*$)", re.IGNORECASE)


@dataclass(frozen=True)
class Word:
    """One order. rows: its words in all languages, a line each, `|` between; offered: {language: the word in letters}.

    follows: words that may follow in any case ("for", "as"), likewise; takes_all: what follows is its own to the end of
    the answer, whatever it looks like. names_item: is it about an item? Else a number behind it is none of the agenda.
    is_text: are words of the writer behind it, so that only a number with a colon behind it is an item's? keeps_words:
    are these words published, so that their writer hears what was left out at their end?
    """

    name: str
    rows: str
    offered: dict = field(default_factory=dict)
    follows: str = ""
    takes_all: bool = False
    names_item: bool = True
    is_text: bool = False

    @property
    def keeps_words(self):
        return self.is_text or self.takes_all


class Order(NamedTuple):
    """`rest`: what stands behind the word in its line; `below`: the lines under it."""

    name: str
    rest: str
    below: str

    @property
    def text(self):
        """All that belongs to it."""
        return "\n".join(filter(None, (self.rest, self.below)))


class Table:
    """The words of all orders, as they are looked up."""

    def __init__(self):
        self._words, self._phrases, self._follows = {}, {}, {}

    def add(self, word):
        """Take one order in; raises ValueError where a word of it means another one already."""
        for phrase in phrases(word.rows):
            if self._phrases.setdefault(phrase, word.name) != word.name:
                raise ValueError(f"“{phrase}” is {self._phrases[phrase]} and {word.name}.")
        self._words[word.name] = word
        self._follows[word.name] = tuple(phrases(word.follows))

    def read(self, text, name="", *, is_order=False):
        """The Orders of a text, in its order; none where it is words for the discussion. name: its writer's. is_order:
        it can be nothing else, so that what stands before the first of them is passed over.
        """
        return self.parts(text, name, is_order=is_order)[1]

    def parts(self, text, name="", *, is_order=False):
        """(what stands before the first order and is no greeting, the Orders)."""
        before, found, below, rest = [], [], [], None
        for line in text.strip().splitlines():
            among_words = self._words[rest[0]].takes_all if rest else before and not is_order
            is_full = len(found) + bool(rest) >= MOST_READ
            order = None if is_full else self._opens(line, among_words=bool(among_words))
            if order:
                if rest:
                    found.append(_order(rest, below))
                rest, below = order, []
            elif rest is not None:
                below.append(line)
            elif not is_polite(line, name) and not _SALUTES.fullmatch(line.strip(_EDGES)):
                before.append(line)
        return "\n".join(before), [*found, _order(rest, below)] if rest else []

    def _opens(self, line, *, among_words=False):
        """(name, rest of the line), or None."""
        line = unicodedata.normalize("NFC", line).strip(_EDGES)
        folded, ends = _head(line)
        for end in range(min(len(folded), LONGEST), 0, -1):
            name = self._phrases.get(folded[:end].rstrip(_STOPS + " "))
            if name and (end == len(folded) or not _joined(folded, end)):
                word, rest = line[: ends[end - 1]], line[ends[end - 1] :]
                if (colon := _COLON.match(rest)) and not among_words:
                    return name, rest[colon.end() :].strip()
                bare = rest.strip(_STOPS + _EDGES)
                if self._is_said(name, word, bare, among_words):
                    is_all = bare and self._words[name].keeps_words
                    return name, rest.strip(_EDGES) if is_all else bare
        return None

    def _is_said(self, name, word, bare, among_words):
        """Is this word of a line an order, by what stands behind it?"""
        if among_words:
            is_sure = self._words[name].names_item and word == word.upper()  # Arabic and Chinese have no capitals
            return is_sure and bool(_NUMBER_BEFORE_TEXT.match(bare))
        if not bare or _is_loud(word) or _NUMBER_BEFORE_TEXT.match(bare) or _CODE.match(bare):
            return True
        label = None if self._words[name].is_text else _NUMBER.match(bare)
        behind = bare[label.end() :] if label else bare
        return fold(behind).startswith(self._follows[name]) or bool(label and is_courtesy(behind))


def numbered(rest, *, is_text):
    """(number of an item, what follows it) of what stands behind a word, or None; the number in plain digits.

    is_text: are words of the writer behind it, so that only a number with a colon behind it is an item's?
    """
    found = (_NUMBER_BEFORE_TEXT if is_text else _NUMBER).match(rest)
    if found is None:
        return None
    return ".".join(str(int(part)) for part in re.split(r"[.．]", found[1])), rest[found.end() :]


def is_courtesy(words):
    """`please`, `thank you`, or nothing."""
    return is_polite(words, "") or fold(words).strip(_STOPS + _EDGES) in _PLEASE


def phrases(rows):
    """The words of a table, as they are compared."""
    return {fold(word).strip() for row in rows.strip().splitlines() for word in row.split("|") if word.strip()}


def fold(text):
    """In small letters without accents, letter for letter, so that what follows a word is found again."""
    return "".join(_plain(char) for char in text)


def _plain(char):
    return unicodedata.normalize("NFKD", char)[0].lower()[0] if char != "’" else "'"


def _head(line):
    """(the first letters of a line as they are compared, where each ends in it): without the signs that have no width,
    marks of direction and vowels of Arabic.
    """
    kept = [place for place, char in enumerate(line[: 3 * LONGEST]) if unicodedata.category(char) not in ("Cf", "Mn")]
    ends = [*kept[1:], len(line)]
    return "".join(_plain(line[place]) for place in kept), ends


def _joined(text, end):
    """Does a word go on here? Chinese writes no spaces."""
    return text[end - 1].isalnum() and text[end].isalpha() and not "\u4e00" <= text[end - 1] <= "\u9fff"


def _is_loud(word):
    return word == word.upper() != word.lower()


def _order(opened, below):
    name, rest = opened
    return Order(name, rest, "\n".join(below).strip())


_PLEASE = phrases("please|s'il vous plaît|svp|por favor|من فضلكم|من فضلك|رجاء|请|пожалуйста")
