"""What somebody writes who wants to know what they missed: MISSED SINCE 11:05, in six languages. Pure."""

import re
import unicodedata

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
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.+Z-]{4,}")
_HOUR = re.compile(
    r"(?<!\d)(\d{1,2})(?:[:.](\d\d)|\s?[hч点时時]\s?(\d\d)?)?(?![\d.:])\s?(?:([ap])\.?m\b)?", re.IGNORECASE
)
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,2}")


def since(rest):
    """The hour (`9:30`, as which `9h30` and `9.30 am` are read), moment or number of an item in what stands behind the
    word, in plain digits, or "" where there is none.
    """
    said = unicodedata.normalize("NFKC", rest[:200])
    said = "".join(str(unicodedata.decimal(char, char)) for char in said)
    if found := _MOMENT.search(said):
        return found[0]
    for found in _HOUR.finditer(said):
        hour, minute, half = int(found[1]), found[2] or found[3] or "00", (found[4] or "").lower()
        if half and 0 < hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        if found[0].strip() != found[1]:
            return f"{hour}:{minute}"
    found = _NUMBER.search(said)
    return found[0] if found else ""
