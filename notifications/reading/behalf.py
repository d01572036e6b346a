"""Blocks of a focal point: `FOR: Maria` or `FOR: A7` on a line of its own begins what that person says.

The block lasts until the next such line or the end of the mail; right under a number (`#312:`), until the next number.
`FOR: ME`, or the writer's own name, goes back to the writer's words. So that "for: the school" in a sentence stays
text, a word of a script with capitals counts in capitals or with a code ("for: A7"). The words stand in
`languages.toml`, fields `behalf` and `myself`.
"""

import re

from . import languages, tags

LONGEST_NAME = 60  # characters
MOST_WORDS = 6  # a name with more is a sentence
CODE = re.compile(r"[^\W\d_]{0,4}[-. ]?\d{1,5}$")
COLON = re.compile(r"[:：︰﹕]")
TAG = re.compile(r"[\[(]?\s?[#＃№]\s?\d")
TRIM = " \t\xa0*_\"'«»“”‘’<>[]()（）.,;،；。-–"


def mark(rows, own_name=""):
    """Give each new line the `person` for whom it speaks, "" for the writer; lines that only name one are `person`."""
    person, own = "", languages.fold(own_name).strip(TRIM)
    number, before = None, None  # the line above, where it is nothing but a number; for whom it was before
    for line in rows:
        if line.kind != "new":
            continue
        tag = tags.explicit(line.head, frozenset())
        if tag and before is not None:
            person, before = before, None
        found = label(line.head)
        if found:
            name, rest = found
            folded = languages.fold(name)
            before = (person if before is None else before) if number else None
            person = "" if folded == own or folded in languages.rows("myself") else name
            if number:
                number.person = person
            if rest:
                line.text = rest
            else:
                line.kind, line.why = (
                    "person",
                    f"from here on for {person}" if person else "the writer's own words again",
                )
        line.person = person
        number = line if tag and not tag[1].strip() else None


def label(head):
    """(name or code, what follows on the line) when a line begins a block, else None."""
    colon = COLON.search(head[:80])
    if not colon:
        return None
    word, after = head[: colon.start()].strip(TRIM), head[colon.end() :]
    if languages.fold(word) in languages.rows("behalf"):
        return _named(word, after)
    word, _space, code = word.rpartition(" ")  # "FOR A7: yes"
    if languages.fold(word) in languages.rows("behalf") and CODE.match(code) and _is_loud(word):
        return code, after.strip()
    return None


def introduced(text):
    """(name, the text below) when a text begins with such a line, in capitals or not; else None.

    For those who know whether the name means something: in itself "For: the school" is text.
    """
    head, _line_end, rest = text.strip().partition("\n")
    colon = COLON.search(head[:80])
    if (
        not colon
        or not rest.strip()
        or languages.fold(head[: colon.start()].strip(TRIM)) not in languages.rows("behalf")
    ):
        return None
    name = head[colon.end() :].strip(TRIM)
    return (name, rest.strip("\n")) if name and len(name) <= LONGEST_NAME else None


def _named(word, after):
    tag = TAG.search(after)  # "FOR: A7 #312: yes"
    name, rest = (after[: tag.start()], after[tag.start() :]) if tag else (after, "")
    name = name.strip(TRIM)
    if not name or len(name) > LONGEST_NAME or len(name.split()) > MOST_WORDS or name[-1] in "?!？！؟":
        return None
    return (name, rest) if _is_loud(word) or CODE.match(name) else None


def _is_loud(word):
    return word == word.upper()
