"""Orders in a mail to an item of an agenda: SPEAK, CONFIRM, TEXT: …; each a word and what follows it. Pure.

An order begins a line. Alone on it, with a colon behind it (`text: …`), or with what its noun says may follow
(`speak for WWF`), it counts in any case; followed by anything else only in capitals, so that "speak up for the springs"
stays a sentence. What stands before the first order may only be a greeting: else the mail is words for the discussion.
Lines below an order belong to it until the next one.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple

from consultations.words.votes import is_polite

MOST_ORDERS = 8  # in one answer
_EDGES = " \t\xa0*_•>"
_COLON = re.compile(r"\s{0,2}[:：︰﹕]\s*")
_STOPS = ".!。！،;"


@dataclass(frozen=True)
class Word:
    """One order. rows: its words in all languages, a line each, `|` between; offered: {language: the word in letters}.

    follows: words that may follow in any case ("for", "as"), likewise; takes_all: what follows is its own to the end of
    the answer, whatever it looks like. names_item: is it about an item? Else a number behind it is none of the agenda.
    is_text: are words of the writer behind it, so that only a number with a colon behind it is an item's?
    """

    name: str
    rows: str
    offered: dict = field(default_factory=dict)
    follows: str = ""
    takes_all: bool = False
    names_item: bool = True
    is_text: bool = False


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

    def read(self, text, name=""):
        """The Orders of a text, in its order; none where it is words for the discussion. name: its writer's."""
        found, below, rest = [], [], None
        for line in text.strip().splitlines():
            taken = rest is not None and self._words[rest[0]].takes_all
            order = None if taken or len(found) >= MOST_ORDERS else self._opens(line)
            if order:
                if rest:
                    found.append(_order(rest, below))
                rest, below = order, []
            elif rest is not None:
                below.append(line)
            elif not is_polite(line, name):
                return []
        return [*found, _order(rest, below)] if rest else []

    def _opens(self, line):
        """(name, rest of the line), or None."""
        line = unicodedata.normalize("NFKC", line).strip(_EDGES)
        folded = fold(line)
        for end in range(min(len(folded), 60), 0, -1):
            name = self._phrases.get(folded[:end].rstrip(_STOPS + " "))
            if name and (end == len(folded) or not _joined(folded, end)):
                rest = line[end:]
                if colon := _COLON.match(rest):
                    return name, rest[colon.end() :].strip()
                bare = rest.strip(_STOPS + _EDGES)
                if not bare or _is_loud(line[:end]) or fold(bare).startswith(self._follows[name]):
                    return name, bare
        return None


def phrases(rows):
    """The words of a table, as they are compared."""
    return {fold(word).strip() for row in rows.strip().splitlines() for word in row.split("|") if word.strip()}


def fold(text):
    """In small letters without accents, letter for letter, so that what follows a word is found again."""
    return "".join(_plain(char) for char in text)


def _plain(char):
    return unicodedata.normalize("NFKD", char)[0].lower()[0] if char != "’" else "'"


def _joined(text, end):
    """Does a word go on here? Chinese writes no spaces."""
    return text[end - 1].isalnum() and text[end].isalnum() and not "\u4e00" <= text[end - 1] <= "\u9fff"


def _is_loud(word):
    return word == word.upper() != word.lower()


def _order(opened, below):
    name, rest = opened
    return Order(name, rest, "\n".join(below).strip())
