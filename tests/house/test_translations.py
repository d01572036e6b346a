"""The catalogues keep up: every message of the source stands in every language, translated, with all it carries."""

import io
import re
from collections import Counter
from functools import cache
from gettext import c2py

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

from core.languages import LANGUAGES
from notifications.reading import commands
from tests.house import house

LOCALES = [to_locale(django_code) for code, (_, _, django_code) in LANGUAGES.items() if code != "en"]
KEYWORDS = DEFAULT_KEYWORDS | {
    name: DEFAULT_KEYWORDS[name.rpartition("_")[0]]
    for name in ("gettext_lazy", "gettext_noop", "ngettext_lazy", "pgettext_lazy", "npgettext_lazy")
}
PLACE = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
COUNTED = re.compile(r"%\((?:count|length|minutes|most|parts|posts|total)\)s [a-z]+s\b")
TAG = re.compile(r"<[^>]+>|&\w+;")
# What a member is told to send is read as it stands there: `GET 312`, `SET DAILY`, `#312:`.
TYPED = re.compile(rf"#\d+:?|(?<![A-Za-z])(?:{'|'.join([*commands.VERBS, *commands.SETTINGS])})(?![A-Za-z])")


@cache
def catalogue(locale):
    with open(house.ROOT / "locale" / locale / "LC_MESSAGES" / "django.po", "rb") as file:
        return read_po(file, locale=locale, abort_invalid=True)


@cache
def source():
    """Every message that the source asks a translation of, as (context, message)."""
    return {
        (context, message)
        for path in house.files()
        if path.relative_to(house.ROOT).parts[0] in {*house.FLOORS, "templates"}
        and path.suffix in {".html", ".py", ".txt"}
        for _line, message, _comments, context in extract("python", python(path), KEYWORDS)
    }


def python(path):
    """A file as Python, the way makemessages reads it: of a template only the calls of gettext are left."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    return io.BytesIO(text.encode())


def pairs(locale):
    """Each text of the source, what stands for it, and whether that is a plural's form for one number alone."""
    form_of = c2py(catalogue(locale).plural_expr)
    uses = Counter(form_of(number) for number in range(1000))
    for message in catalogue(locale):
        if message.pluralizable:
            yield from ((message.id[-1], form, uses[place] == 1) for place, form in enumerate(message.string))
        elif message.id:
            yield message.id, message.string, False


@pytest.mark.parametrize("locale", LOCALES)
def test_every_message_of_the_source_is_in_the_catalogue(locale):
    known = {(message.context, message.id) for message in catalogue(locale)}

    assert sorted(source() - known, key=str) == []


def test_messages_are_marked_by_names_that_the_extraction_knows():
    """Under another name than these, gettext's functions mark nothing: the message would stay English for ever."""
    alias = re.compile(r"import n?p?gettext(?:_lazy|_noop)? as (?!_\b)\w+")

    strange = [path.name for path in house.modules(*house.FLOORS) if alias.search(path.read_text(encoding="utf-8"))]

    assert strange == []


def test_whatever_is_counted_has_plural_forms():
    """Somewhere `%(count)s posts` is one post, and in Arabic and Russian two posts are not as five."""
    flat = [message.id for message in catalogue("ar") if not message.pluralizable and COUNTED.search(message.id)]

    assert flat == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_message_is_translated(locale):
    untranslated = [message.id for message in catalogue(locale) if message.id and not is_translated(message, locale)]

    assert untranslated == []


def is_translated(message, locale):
    forms = message.string if message.pluralizable else (message.string,)
    needed = catalogue(locale).num_plurals if message.pluralizable else 1
    return not message.fuzzy and all(forms) and len(forms) == needed


@pytest.mark.parametrize("locale", LOCALES)
def test_a_translation_has_the_places_of_its_message(locale):
    changed = [
        (original, translated)
        for original, translated, is_for_one in pairs(locale)
        if not fills(Counter(PLACE.findall(translated)), Counter(PLACE.findall(original)), is_for_one)
    ]

    assert changed == []


@pytest.mark.parametrize("locale", LOCALES)
def test_make_has_nothing_to_complain_of_in_a_catalogue(locale):
    """`make demo` prints whatever Babel finds when it compiles: a plural's form wants the places of its own form."""
    complaints = [(message.id, errors) for message, errors in catalogue(locale).check() if message.id]

    assert complaints == []


def fills(found, wanted, is_for_one):
    """A form for one number alone may say it in words, as the Arabic dual does."""
    return found <= wanted and (wanted - found).total() <= is_for_one


@pytest.mark.parametrize("what", [TAG, TYPED], ids=["tags", "words to type"])
@pytest.mark.parametrize("locale", LOCALES)
def test_a_translation_keeps(locale, what):
    changed = [
        (original, translated)
        for original, translated, _is_for_one in pairs(locale)
        if sorted(what.findall(original)) != sorted(what.findall(translated))
    ]

    assert changed == []
