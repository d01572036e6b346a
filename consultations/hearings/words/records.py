"""What somebody writes by mail who finds an error in the record: `CORRECT 14: …`, in six languages. Pure."""

import re
import unicodedata
from typing import NamedTuple

from consultations.hearings.words.orders import Word, fold, phrases
from consultations.words.votes import is_polite

CORRECT = Word(
    "correct",
    """
    correct|correction|i correct|please correct
    corriger|rectifier|je corrige|rectification
    corregir|corrección|corrijo|rectificar
    تصحيح|تصويب|أصحح
    更正|改正|订正
    исправить|исправление|поправка|исправляю
    """,
    offered={"en": "CORRECT", "fr": "CORRIGER", "es": "CORREGIR", "ar": "تصحيح", "zh": "更正", "ru": "ИСПРАВИТЬ"},
)
# What may stand before a number: paragraph, §.
_NUMBER = re.compile(
    r"(?:(?:paragraph|paragraphe|párrafo|parrafo|para|par|p|§|no|n°|№|الفقرة|فقرة|第|段|пункт|абзац|п)[\s.]*)?"
    r"[#(\[]?(\d{1,5})[\])]?(?![\d/]|[,.]\d)\s*(?:段)?\s*(?:[:：.,;،–—-]+|\s|$)",
    re.IGNORECASE,
)
_EDGES = " \t\n\r:：;,–—-"
_WORDS = "|".join(sorted(map(re.escape, phrases(CORRECT.rows)), key=len, reverse=True))
_BEGINS = re.compile(rf"^[ \t\xa0*_•>]*({_WORDS})(?:(?!\w)|(?<=[\u4e00-\u9fff]))[ \t]*", re.MULTILINE)


class Asked(NamedTuple):
    """paragraph: its number, or None; text: what is wrong, or how it should read."""

    paragraph: int | None
    text: str


def read(text, name=""):
    """Everything that a mail asks to be corrected, in its order; empty where it does not say so. What stands before the
    first of them is a greeting.
    """
    text = unicodedata.normalize("NFC", text).strip()
    found = [match for match in _BEGINS.finditer(fold(text)) if _is_order(text, match)]
    edges = [*(match.start() for match in found), len(text)]
    ends = zip(found, edges[1:], strict=True)
    return [asked(_ended(text[match.end() : end], name)) for match, end in ends]


def _is_order(text, match):
    """With a colon or a number behind it, or alone on its line, it counts in any case; else in capitals."""
    rest, word = text[match.end() :].split("\n", 1)[0], text[match.start(1) : match.end(1)]
    return not rest or rest[0] in ":：﹕." or bool(_NUMBER.match(rest)) or word == word.upper() != word.lower()


def _ended(text, name):
    """Without a closing line and the writer's name below what they said."""
    lines = text.strip().splitlines()
    while len(lines) > 1 and is_polite(lines[-1], name):
        lines.pop()
    return "\n".join(lines)


def asked(text):
    """What follows the word: the number of a paragraph, where there is one, and what is to be corrected."""
    text = text.strip(_EDGES)
    number = _NUMBER.match(text)
    if not number:
        return Asked(None, text)
    return Asked(int(number[1]), text[number.end() :].strip(_EDGES))
