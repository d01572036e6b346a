"""What may stand before a vote: whose vote it is, and the receipt code of the secret vote it replaces. Pure."""

import re
import secrets

from consultations.words.votes import fold

ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # no letter and digit that look alike
EXAMPLE = "K7QF-M2XP-9TRA"
GROUPS, SIZE = 3, 4  # 30 ** 12 codes, 58 bits
_CODE = re.compile(r"(?<![a-z0-9])([a-z0-9]{4})[ -]?([a-z0-9]{4})[ -]?([a-z0-9]{4})(?![a-z0-9])")
_NAMED = re.compile(r"\s*(\S.{0,300}?)\s*[:：=]\s*(.*)")


def new_code():
    """A receipt code, drawn at random: `K7QF-M2XP-9TRA`."""
    letters = ""
    while not _is_mixed(letters):
        letters = "".join(secrets.choice(ALPHABET) for _ in range(GROUPS * SIZE))
    return "-".join(letters[at : at + SIZE] for at in range(0, len(letters), SIZE))


def code_in(text):
    """(receipt code, the rest of the text), or ("", text) when none stands in it."""
    rows = text.splitlines()
    for place, row in enumerate(rows):
        words = fold(row)
        for found in _CODE.finditer(words):
            code = "-".join(found.groups()).upper()
            if set(code) <= {*ALPHABET, "-"} and _is_mixed(code):
                rest = words[: found.start()] + words[found.end() :]
                return code, "\n".join([*rows[:place], rest.strip(" ,:;-"), *rows[place + 1 :]]).strip()
    return "", text


def tidy(code):
    """A code as it is stored, however it was typed; "" when it is none."""
    found = _CODE.fullmatch(fold(code).strip())
    return "-".join(found.groups()).upper() if found else ""


def addressed(text, names):
    """[(place of a name or None, text)]: the parts of a text that begin with `Name: `; all of it where none does."""
    places = {fold(name): place for place, name in enumerate(names)}
    parts = []
    for row in text.splitlines():
        found = _NAMED.fullmatch(row)
        place = places.get(fold(found[1])) if found else None
        if place is not None:
            parts.append((place, found[2]))
        elif parts:
            parts[-1] = (parts[-1][0], f"{parts[-1][1]}\n{row}")
        elif row.strip():
            return [(None, text)]
    return parts or [(None, text)]


def _is_mixed(code):
    """Letters and digits: three words of four letters are no code, nor is a telephone number."""
    return any(sign.isdigit() for sign in code) and any(sign.isalpha() for sign in code)
