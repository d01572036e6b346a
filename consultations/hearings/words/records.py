"""What somebody writes by mail who finds an error in the record: `CORRECT 14: …`, in six languages. Pure."""

import re
from typing import NamedTuple

from consultations.hearings.words.orders import Table, Word
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
    names_item=False,
    is_text=True,
    follows="""
    paragraph|para |§
    le paragraphe|paragraphe
    el párrafo|párrafo
    الفقرة|فقرة
    第|段
    пункт|абзац|п.
    """,
)
_table = Table()
_table.add(CORRECT)
# What may stand before a number: paragraph, §.
_NUMBER = re.compile(
    r"(?:(?:paragraph|paragraphe|párrafo|parrafo|para|par|p|§|no|n°|№|الفقرة|فقرة|第|段|пункт|абзац|п)[\s.]*)?"
    r"[#(\[]?(\d{1,5})[\])]?(?![\d/]|[,.]\d)\s*(?:段)?\s*(?:[:：.,;،–—-]+|\s|$)",
    re.IGNORECASE,
)
_EDGES = " \t\n\r:：;,–—-"


class Asked(NamedTuple):
    """paragraph: its number, or None; text: what is wrong, or how it should read."""

    paragraph: int | None
    text: str


def read(text, name=""):
    """Everything that a mail asks to be corrected, in its order; empty where it does not say so. What stands before the
    first of them is a greeting.
    """
    return [asked(_ended(order.text, name)) for order in _table.read(text, is_order=True)]


def _ended(text, name):
    """Without a closing line and the writer's name below what they said."""
    lines = text.splitlines()
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
