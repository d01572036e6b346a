"""Slots: the places in a text that is laid out once for many readers where each reader's own words go. Pure.

A slot is a sign of the private use area, which nothing that people wrote may contain (`clean` takes it out). While
lines are wrapped, a number's sign stands there as often as the number has digits, so that the lines are true for every
number of that length.
"""

import re
from typing import NamedTuple

from notifications.wrapping import GLUE

ITEM = "\ue001"  # around the place of an item in the issue: its number
ISSUE = "\ue002"  # the number of the issue
LAST = "\ue003"  # the number of the issue before it
NEWS = "\ue004"  # what only this reader is told, with the empty lines before it
STOP = "\ue005"  # the web address that stops these mails
BORDER = "\ue006"  # between two parts of an issue, each of which is a mail of its own
BEGIN, END = "\ue007", "\ue008"  # around the words of one post, with its reference, so that they can be erased

_PRIVATE = re.compile("[\ue000-\ue00f]")
_MARKS = re.compile(f"{BEGIN}[^{BEGIN}]*{BEGIN}|{END}")
_SLOT = re.compile(f"({ITEM}\\d+{ITEM}|[{ISSUE}-{STOP}])")


class Values(NamedTuple):
    """What goes into the slots of one reader's issue."""

    issue: int
    last: int
    first_item: int
    news: str = ""
    stop: str = ""


def clean(text):
    """The text without any sign that could pass for a slot; what glues words together becomes a space."""
    return _PRIVATE.sub("", text.replace(GLUE, " "))


def width(text):
    """The bytes a text takes on the wire when every sign in it stands for one digit or one space."""
    return len(_PRIVATE.sub("0", text).encode()) + text.count("\n")


def item(place):
    """The slot of the number of the item at this place of the issue, 0 for the first."""
    return f"{ITEM}{place}{ITEM}"


def marked(reference, words):
    """The words of a post, marked as such."""
    return f"{BEGIN}{reference}{BEGIN}{words}{END}" if reference and words else words


def without(template, reference, instead):
    """The template without the words of one post."""
    return re.sub(f"({BEGIN}{re.escape(reference)}{BEGIN})[^{END}]*", lambda found: found[1] + instead, template)


def split(template):
    """A template in pieces, for `fill`: every second one is a slot."""
    return _SLOT.split(_MARKS.sub("", template))


def fill(pieces, values):
    """The text of one reader; the same values always give the same text."""
    filled = list(pieces)
    for place in range(1, len(filled), 2):
        slot = filled[place]
        if slot[0] == ITEM:
            filled[place] = str(values.first_item + int(slot[1:-1]))
        else:
            filled[place] = str(values[_FIELDS[slot]])
    return "".join(filled)


_FIELDS = {ISSUE: 0, LAST: 1, NEWS: 3, STOP: 4}
