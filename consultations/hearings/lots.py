"""The lot that begins a roll call: which name is called first. Pure.

The names are called in alphabetical order, beginning with the one drawn by lot (A/520, rule 87 a). The lot is no
secret of ours: it is made from the digest of the journal as it stood when the vote was opened, which nobody could
choose, and from the reference of the motion. Both stand in the journal, so whoever has it can draw again.
"""

import hashlib
import unicodedata
from typing import NamedTuple


class Lot(NamedTuple):
    """`seed`: 64 hexadecimal digits; `drawn`: the place of the first name, counted from 0, in the alphabetical list."""

    seed: str
    drawn: int


def draw(digest, reference, names):
    """Draw one of so many names. digest: hexadecimal, of the last entry of the journal; reference: of the motion."""
    seed = hashlib.sha256(f"{digest} {reference}".encode()).hexdigest()
    return Lot(seed, int(seed, 16) % names)


def alphabetical(names):
    """The places of these names in alphabetical order, whatever their case and accents; equal ones keep their order."""
    return sorted(range(len(names)), key=lambda place: (_plain(names[place]), names[place], place))


def turned(rows, drawn):
    """The rows from the one that was drawn to the end, then those before it."""
    return [*rows[drawn:], *rows[:drawn]]


def _plain(name):
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
