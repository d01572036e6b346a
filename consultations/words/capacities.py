"""How a mail says for which organisation it speaks: the first line of an answer, one row a language.

What readers of mail understand besides stands in notifications/reading/languages.toml, field `behalf`.
"""

LINES = {
    "en": "FOR: {}",
    "fr": "POUR : {}",
    "es": "EN NOMBRE DE: {}",
    "ar": "نيابة عن: {}",
    "zh": "代表：{}",
    "ru": "ОТ ИМЕНИ: {}",
}
MOST_WORDS, MOST_CHARACTERS = 6, 60  # of a name that is understood on such a line


def line(name, language):
    """The line as one writes it for this name; of a long name its beginning, which does as well."""
    short = " ".join(name.split()[:MOST_WORDS])[:MOST_CHARACTERS].rstrip(" .,;-–()")
    return LINES.get(language, LINES["en"]).format(short)
