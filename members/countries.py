"""Countries by their ISO 3166-1 code, named in the language that is active (from the CLDR, through Babel)."""

from functools import lru_cache

from babel import Locale
from django.utils.translation import get_language

from core.languages import LANGUAGES, own_code


@lru_cache(maxsize=8)
def _names(language):
    territories = Locale.parse("zh_Hans" if language == "zh" else language).territories
    return {
        code: name for code, name in territories.items() if len(code) == 2 and code.isalpha() and code not in NO_STATE
    }


# CLDR codes that are not countries or territories with inhabitants a member could come from.
NO_STATE = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AQ", "BV", "HM", "TF", "CP", "DG", "EA", "IC", "AC", "TA", "CQ"}


def name(code):
    """A country's name, or the code itself when it is unknown."""
    return _names(own_code(get_language())).get(code, code)


@lru_cache(maxsize=1)
def codes():
    """{name in any of the six languages, in lower case: code}."""
    named = [(country.casefold(), code) for language in LANGUAGES for code, country in _names(language).items()]
    return dict(reversed(named))  # the first language has the last word


def code(words):
    """The code of the country with this name in one of the six languages; "" when there is none."""
    return codes().get(words.strip().casefold(), "")


def choices():
    """Choices for a form: nothing, then every country by name."""
    return [("", "—"), *sorted(_names(own_code(get_language())).items(), key=lambda pair: pair[1])]
