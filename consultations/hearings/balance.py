"""Suggestions for a balanced list of speakers. Pure; the chair decides, and taking one is a move with its reason.

An order is built from the front: next is whoever adds most that was not heard yet on the item (a category, a region, a
gender if declared) or speaks for the first time, as long as that keeps nobody waiting for more than a few places longer
than the order of requests would. Who was given a priority, and everybody before them, stays.
"""

from collections import Counter
from typing import NamedTuple

FIRST_TIME, CATEGORY, REGION, GENDER = "first_time", "category", "region", "gender"
WEIGHTS = {FIRST_TIME: 2, CATEGORY: 3, REGION: 3, GENDER: 2}
MOST_LATER = 4  # places that a suggestion lets anybody wait longer
MOST_SHOWN = 40  # of the list that are looked at


class Voice(NamedTuple):
    """One who waits, or who spoke; what is not known is ""."""

    key: int
    category: str = ""
    region: str = ""
    gender: str = ""
    is_first_time: bool = False
    priority: int = 0


class Suggestion(NamedTuple):
    """`place` and `now`, from 1; reasons: what they add, of the names above, the weightiest first."""

    key: int
    place: int
    now: int
    reasons: tuple


def suggest(waiting, heard=()):
    """The Suggestions of an order, first to last: only those that stand before their place now, with the reasons.

    waiting: Voices in the order of the list; heard: those who spoke on the item already.
    """
    waiting = list(waiting[:MOST_SHOWN])
    heard_of = {aspect: Counter() for aspect in WEIGHTS}
    for voice in heard:
        _hear(heard_of, voice)
    held = max((place for place, voice in enumerate(waiting, 1) if voice.priority), default=0)
    order, left = list(waiting[:held]), list(waiting[held:])
    for voice in order:
        _hear(heard_of, voice)
    places = {voice.key: place for place, voice in enumerate(waiting, 1)}
    found = []
    while left:
        place = len(order) + 1
        late = next((voice for voice in left if place - places[voice.key] >= MOST_LATER), None)
        chosen = late or max(left, key=lambda voice: (_gain(heard_of, voice), -places[voice.key]))
        reasons = _reasons(heard_of, chosen)
        if places[chosen.key] > place and reasons:
            found.append(Suggestion(chosen.key, place, places[chosen.key], reasons))
        left.remove(chosen)
        order.append(chosen)
        _hear(heard_of, chosen)
    return found


def _values(voice):
    yield CATEGORY, voice.category
    yield REGION, voice.region
    yield GENDER, voice.gender.strip().casefold()
    yield FIRST_TIME, "yes" if voice.is_first_time else ""


def _hear(heard_of, voice):
    for aspect, value in _values(voice):
        if value:
            heard_of[aspect][value] += 1


def _gain(heard_of, voice):
    """What it adds: all of the weight for what was never heard, less for each that was heard before; the first time
    counts always.
    """
    total = 0
    for aspect, value in _values(voice):
        if value:
            times = 0 if aspect == FIRST_TIME else heard_of[aspect][value]
            total += WEIGHTS[aspect] / (1 + times) if times <= 1 else 0
    return total


def _reasons(heard_of, voice):
    new = [
        aspect for aspect, value in _values(voice) if value and (aspect == FIRST_TIME or not heard_of[aspect][value])
    ]
    return tuple(sorted(new, key=lambda aspect: -WEIGHTS[aspect]))
