"""Time zones as people write them: `Asia/Kathmandu`, `kathmandu`, `+5:45`; and the offset beside an hour.

The names are those of the IANA database; which of them lie in a country, and how their cities are called in the six
languages, is in the CLDR, through Babel.
"""

import re
import unicodedata
import zoneinfo
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches
from functools import lru_cache

from babel import Locale
from babel.core import get_global
from django.utils import timezone

from core.languages import LANGUAGES
from members import countries

MOST = 5  # names that are suggested
LONGEST = 60  # letters of what is looked at; no name has so many
_OFFSET = re.compile(r"(?:utc|gmt)?\s?([+-])\s?(\d{1,2})(?::?([0-5]\d))?", re.IGNORECASE)
_SIGNS = str.maketrans("−–—﹣", "----")
_APART = re.compile(r"[\s_/-]+")
_MORE = re.compile(r"[,،(（].*")  # `Kathmandu, Nepal`


def choices():
    """Every zone for a form: (name, as it is shown). Two of the database are no places."""
    names = sorted(zoneinfo.available_timezones() - {"Factory", "localtime"})
    return [(name, name.replace("_", " ")) for name in names]


@dataclass(frozen=True)
class Found:
    """What somebody means: `name` when that is certain, else up to MOST `likely` names."""

    name: str = ""
    likely: tuple = ()


def find(words, *, country=""):
    """The zone somebody means by a name in any case, a city or country alone, or an offset, as Found.

    country: that of whoever asks. Only there an offset stands for a zone, and only where one alone has it now.
    """
    words = " ".join(words[:LONGEST].translate(_SIGNS).split())
    if not words:
        return Found()
    if offset := _OFFSET.fullmatch(words):
        return _by_offset(_span(*offset.groups()), country)
    exact, by_name, by_city = _names()
    place = _MORE.sub("", words).strip() or words
    name = exact.get(words.casefold()) or by_name.get(_fold(place))
    if name:
        return Found(name)
    likely = by_city.get(_fold(place)) or _within(countries.code(place))
    chosen = _only(likely, _within(country)) or _only(likely, _everywhere())
    return Found(chosen) if chosen else Found(likely=(likely or _close(_fold(place)) or _within(country))[:MOST])


def offset(at):
    """How far the clock of an aware datetime is from UTC, in hours and minutes: `UTC`, `UTC+5:45`, `UTC-3`."""
    minutes = int(at.utcoffset().total_seconds() // 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '-'}{hours}" + (f":{rest:02}" if rest else "")


def _span(sign, hours, minutes):
    span = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return -span if sign == "-" else span


def _by_offset(span, country):
    now = timezone.now()

    def having(names):
        return tuple(name for name in names if now.astimezone(zoneinfo.ZoneInfo(name)).utcoffset() == span)

    there = having(_within(country))
    if len(there) == 1:
        return Found(there[0])
    return Found(likely=(there or having(_everywhere()))[:MOST])


def _only(names, among):
    left = [name for name in names if name in among]
    return left[0] if len(left) == 1 else names[0] if len(names) == 1 else ""


def _close(folded):
    _exact, by_name, by_city = _names()
    names = []
    for close in get_close_matches(folded, [*by_city, *by_name], n=3 * MOST, cutoff=0.78):
        names += by_city.get(close, ()) or [by_name[close]]
    own = [name for name in names if name in _everywhere()]
    return tuple(dict.fromkeys(own or names))[:MOST]  # rather Asia/Kathmandu than its old spelling beside it


def _fold(name):
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    return _APART.sub(" ", plain.casefold()).strip()


@lru_cache(maxsize=1)
def _names():
    """Every zone by its name in small letters, by that with spaces, and the zones of each city."""
    names = dict.fromkeys(sorted(zoneinfo.available_timezones()))  # which reads the directory, each time
    by_city = {}
    for name in names:
        if "/" in name and not name.startswith("Etc/"):
            by_city.setdefault(_fold(name.rpartition("/")[2]), []).append(name)
    for city, name in _cities():
        if name in names and name not in by_city.setdefault(_fold(city), []):
            by_city[_fold(city)].append(name)
    cities = {city: tuple(zones) for city, zones in by_city.items()}
    return {name.casefold(): name for name in names}, {_fold(name): name for name in names}, cities


def _cities():
    """(the name of a city in one of the six languages, its zone) for all of them."""
    newer = get_global("zone_aliases")
    for language in LANGUAGES:
        for name, known in Locale.parse("zh_Hans" if language == "zh" else language).time_zones.items():
            if "city" in known:
                yield known["city"], newer.get(name, name)


@lru_cache(maxsize=300)
def _within(country):
    known, _by_name, _by_city = _names()
    return tuple(sorted(name for name in get_global("territory_zones").get(country, ()) if name.casefold() in known))


@lru_cache(maxsize=1)
def _everywhere():
    return tuple(sorted(set().union(*map(_within, get_global("territory_zones")))))
