"""The six languages: how each is called by its speakers, which way it runs, and Django's name for it.

Members, posts and mails carry the short code of the first column.
"""

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


def own_code(django_language):
    """Our code for one of Django's (`zh-hans` is `zh`)."""
    short = (django_language or "en").split("-")[0]
    return short if short in LANGUAGES else "en"


def speaking(code):
    """A context in which every translated string is in the given language of ours."""
    return translation.override(django_code(code))
