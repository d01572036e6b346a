"""How a mail ends: a closing line and the name of its writer are no part of a speech or a question. Pure."""

import re

from consultations.words.votes import is_polite
from notifications.reading import signatures

MOST_SHOWN = 120  # characters of what was cut
# Who closes a speech with thanks means it.
_THANKS = re.compile(r"thank|merci|gracias|شكر|谢|謝|спасибо|благодар", re.IGNORECASE)

_PARTS = re.compile(r"[\n,،，.。!！]")


def cut(text, name=""):
    """(text without the closing at its end, what that was, in one line). name: its writer's.

    Thanks stay, unless the name stands in the same line: when in doubt the words are the writer's.
    """
    rows = text.splitlines()
    kept = len(signatures.without_closing(rows, name))
    while kept < len(rows) and (not rows[kept].strip() or _is_thanks(rows[kept], name)):
        kept += 1
    left = " ".join(" ".join(rows[kept:]).split())
    shown = left if len(left) <= MOST_SHOWN else f"{left[:MOST_SHOWN]}…"
    return ("\n".join(rows[:kept]).rstrip(), shown) if left else (text, "")


def is_greeting(text, name=""):
    """Does somebody say no more than hello, thanks and their name?"""
    return all(is_polite(part, name) for part in _PARTS.split(text))


def _is_thanks(row, name):
    """Thanks that do not end with the name of their writer."""
    is_signed = any(is_polite(part, name) and not is_polite(part, "") for part in _PARTS.split(row))
    return bool(_THANKS.search(row)) and not is_signed
