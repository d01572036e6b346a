"""References that people write: `ALP/2026/C3/14`. Whoever gives things such names registers here how to find them.

`GET ALP/2026/C3/14` brings what a reference names, and a line `ALP/2026/C3/14: associate` does something with it. A
reference is written in any case, its digits in any script.
"""

import re
from collections.abc import Callable

from django.utils.translation import gettext as _

from core.access import Refused
from notifications import answers

_SPACES = re.compile(r"\s+")

_finders: list[Callable] = []
_deeds: dict[str, Callable] = {}


def register(find):
    """`find(member, reference)`: what it names, as answers know it ("contribution:5"), or "" for what is not theirs."""
    _finders.append(find)


def register_deed(name, deed):
    """`deed(member, thing, name, attempt, prove)` does it and returns the sentence on it; raises Refused.

    name: what the line says beside it, as for which organisation. attempt: how the wish came in (keepers.Attempt);
    prove(): when it was provably sent, or None.
    """
    if name in _deeds:
        raise ValueError(f"The deed {name} is registered twice.")
    _deeds[name] = deed


def find(member, reference):
    """What a reference names for this member, as `answers.Found`; None when there is nothing."""
    wanted = _SPACES.sub(" ", reference).strip().upper().replace("Q ", "Q")
    about = next((about for look in _finders if (about := look(member, wanted))), "")
    return answers.find(member, about) if about else None


def do(name, member, thing, words, attempt, prove):
    """Do a deed with what was found; returns the sentence on it."""
    if name not in _deeds:
        raise Refused(_("This cannot be done by mail. HELP says what can."))
    return _deeds[name](member, thing, words, attempt, prove)
