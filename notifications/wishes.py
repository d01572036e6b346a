"""Wishes: what somebody asks for in words of a floor above, of no letter and no item: `MISSED SINCE 11:05`.

Whoever understands such words registers here. They are looked for where nothing else says what a text is about: in a
mail to the help address, and in an answer to a digest beside its numbers.
"""

from collections.abc import Callable

_takers: list[Callable] = []


def register(take):
    """`take(member, text)`: a list of what is told about it (see intake.told); None for words of others."""
    _takers.append(take)


def take(member, text):
    """What is told about a wish; [] where it is none."""
    return next((told for one in _takers if (told := one(member, text))), [])
