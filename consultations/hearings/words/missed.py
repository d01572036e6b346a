"""What somebody writes who wants to know what they missed: MISSED SINCE 11:05, in six languages. Pure."""

import re

from consultations.hearings.words.orders import Word

MISSED = Word(
    "missed",
    """
    missed|what did i miss|what have i missed
    manqué|qu'ai-je manqué|ce que j'ai manqué
    perdí|qué me perdí|qué me he perdido|lo que me perdí
    فاتني|ماذا فاتني|ما الذي فاتني
    错过|錯過|我错过了什么|错过了什么
    пропущено|пропустил|пропустила|что я пропустил|что я пропустила
    """,
    offered={"en": "MISSED", "fr": "MANQUÉ", "es": "PERDÍ", "ar": "فاتني", "zh": "错过", "ru": "ПРОПУЩЕНО"},
    names_item=False,
    follows="""
    since |from |after |0|1|2
    depuis |dès |après
    desde |después de
    منذ |من
    自|从
    с |со |после
    """,
)
_WHEN = re.compile(r"\d{4}-\d\d-\d\dT[\d:.+Z-]{4,}|\d{1,2}[:.hH時时]\d{2}|\d{1,3}(?:\.\d{1,3}){0,2}")


def since(rest):
    """The hour, moment or number of an item in what stands behind the word, or "" where there is none."""
    found = _WHEN.search(rest[:200])
    return found[0] if found else ""
