"""Languages: the words of mail programs and of letters, read once from `languages.toml`.

`words("wrote")` are all words of one field, `rows` says in which language a word stands, so that `explain_mail --why`
can name the row that decided. How to add a language: docs/add-a-language.md.
"""

import functools
import pathlib
import re
import tomllib
import unicodedata

VOWELS = re.compile("[\u0640\u064b-\u0652\u0670]")
LANGUAGES = tomllib.loads((pathlib.Path(__file__).parent / "languages.toml").read_text(encoding="utf-8"))


def fold(text):
    """Text as the tables are compared: casefolded, without accents, plain apostrophes and spaces."""
    if not text.isascii():
        text = _without_accents(text).replace("’", "'")
    return " ".join(text.casefold().split())


def _without_accents(text):
    decomposed = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(char for char in decomposed if not unicodedata.combining(char)))


@functools.cache
def rows(field):
    """{folded word: "fr.wrote"} of one field, longest words first, so that "a écrit le" is tried before "a écrit"."""
    found = {}
    for code, language in LANGUAGES.items():
        for word in language.get(field, ()):
            found.setdefault(fold(word), f"{code}.{field}")
    return dict(sorted(found.items(), key=lambda pair: len(pair[0]), reverse=True))


def words(field):
    """All folded words of one field, longest first."""
    return list(rows(field))


def without_vowels(text):
    """Arabic text without its vowel signs and stretches, which some write and others do not."""
    return VOWELS.sub("", text)


def pattern(field):
    """The regular expressions of one field as one, for `without_vowels`; `*` in them is up to 60 characters."""
    found = [
        without_vowels(piece).replace("*", ".{0,60}")
        for language in LANGUAGES.values()
        for piece in language.get(field, ())
    ]
    return "|".join(dict.fromkeys(found))
