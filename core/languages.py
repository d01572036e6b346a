"""The six languages: how each is called by its speakers, which way it runs, and Django's name for it.

Members, posts and mails carry the short code of the first column.
"""

import unicodedata

from django.utils import translation

LANGUAGES = {
    # code: (its own name, direction, Django's language code)
    "en": ("English", "ltr", "en"),
    "fr": ("Français", "ltr", "fr"),
    "es": ("Español", "ltr", "es"),
    "ar": ("العربية", "rtl", "ar"),
    "zh": ("中文", "ltr", "zh-hans"),
    "ru": ("Русский", "ltr", "ru"),
}
CHOICES = [(code, name) for code, (name, _, _) in LANGUAGES.items()]


def django_code(code):
    """Django's language code for one of ours; English for anything unknown."""
    return LANGUAGES.get(code, LANGUAGES["en"])[2]


def direction(code):
    """`ltr` or `rtl`."""
    return LANGUAGES.get(code, LANGUAGES["en"])[1]


def runs(text):
    """Which way the words of a name or title run, `rtl` or `ltr`, by their letters."""
    return "rtl" if any(unicodedata.bidirectional(char) in ("R", "AL") for char in text) else "ltr"


def apart(text):
    """A name or title for a line in the active language, set apart from it where it runs the other way."""
    text = str(text)
    is_foreign = text and runs(text) != direction(own_code(translation.get_language()))
    return f"\u2068{text}\u2069" if is_foreign else text


def own_code(django_language):
    """Our code for one of Django's (`zh-hans` is `zh`)."""
    short = (django_language or "en").split("-")[0]
    return short if short in LANGUAGES else "en"


def speaking(code):
    """A context in which every translated string is in the given language of ours."""
    return translation.override(django_code(code))
