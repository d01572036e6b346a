"""Tongues: in which of our six languages somebody wrote, who has not told us which they want.

Scripts decide where they can; between English, French and Spanish, a few words that each letter has and the others
lack. A guess for the first mail to a newcomer, who then chooses with `SET LANGUAGE`.
"""

import re
import unicodedata

SCRIPTS = {
    "ar": re.compile(r"[\u0620-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]"),
    "zh": re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
}
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
LETTERS_OF_A_WORD = 3  # a Chinese sign says as much as so many letters
WORDS = {
    "en": "the and you to of is my i we with for this that would like want please hello dear yes thanks thank",
    "fr": "le les et vous je nous il est une du des mon ma dans avec pour bonjour bonsoir merci oui voudrais souhaite "
    "d'accord rejoindre adhérer quitter aide participer",
    "es": "el los y usted yo nosotros es una del mi con para por hola buenos buenas gracias sí quiero quisiera deseo "
    "unirse unirme ayuda participar salir acuerdo",
}
_LANGUAGE_OF = {word: code for code, words in WORDS.items() for word in words.split()}
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
MOST = 4_000  # characters that are looked at


def guess(text):
    """The code of the language a text seems to be in; empty where nothing in it tells."""
    text = unicodedata.normalize("NFC", text[:MOST]).replace("’", "'")
    letters = {code: len(script.findall(text)) for code, script in SCRIPTS.items()}
    letters["zh"] *= LETTERS_OF_A_WORD
    script = max(letters, key=letters.get)
    if letters[script] > len(LATIN.findall(text)):
        return script
    found = dict.fromkeys(WORDS, 0)
    for word in _WORD.findall(text.lower()):
        if word in _LANGUAGE_OF:
            found[_LANGUAGE_OF[word]] += 1
    first, second = sorted(found, key=found.get, reverse=True)[:2]
    return first if found[first] > found[second] else ""
