"""What somebody writes by mail whom a synthesis misrepresents: `MISREPRESENTED`, perhaps the number of a sentence, and
why. Pure. The word stands first; what follows is the objection, in their own words.
"""

import re
import unicodedata

# One row a language; a word of any row counts for everyone. Longer ones first.
WORDS = """
i am misrepresented|i was misrepresented|we are misrepresented|misrepresented|misrepresent|misquoted
je suis mal représenté|je suis mal représentée|mal représentée|mal représenté|déformé|déformée|dénaturé|dénaturée
tergiversado|tergiversada|mal representado|mal representada|malinterpretado|malinterpretada
تحريف|محرف|محرّف|أسيء تمثيلي|مُحرّف
歪曲|曲解|被歪曲|被曲解|误引|不符
искажено|искажение|искажен|искажён|неверно передано|неверно изложено
"""
_ALL = sorted({word for row in WORDS.split("\n") for word in row.split("|") if word}, key=len, reverse=True)
_FIRST = re.compile(rf"(?:{'|'.join(map(re.escape, _ALL))})(?!\w)", re.IGNORECASE)
_ANY = re.compile(rf"(?:{'|'.join(map(re.escape, (word for word in _ALL if ord(word[0]) > 0x3000)))})")
_NUMBER = re.compile(
    r"[\s#(\[]*(?:s|nr?|no|n°|№)?[\s.]*(\d{1,5})(?![\d/.,-]*\d)[\])]*(?:\s*[:：.,;،–—-]|\s|$)", re.IGNORECASE
)
_EDGES = " \t\n\r.,;:!?-–—：，、；。！،؛…"


class Unclear(Exception):
    """The word is not there, so nobody can be certain that this is an objection."""


def read(text):
    """(number of a sentence or None, why). Raises Unclear when it does not begin with the word."""
    text = unicodedata.normalize("NFC", text).strip().lstrip("\"'“«*_> ")
    found = _FIRST.match(text) or _ANY.match(text)
    if not found:
        raise Unclear
    rest = text[found.end() :].lstrip(_EDGES + "\"'”»*_")
    number = _NUMBER.match(rest)
    if not number:
        return None, rest.strip()
    return int(number[1]), rest[number.end() :].strip(_EDGES)
