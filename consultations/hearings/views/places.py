"""Places on the pages of a hearing and of an item of its agenda that several nouns fill, each with a line in `ours.py`.

A section of a page (the speakers, the documents, the motions), a tool of those who preside (the console), a deed on one
item. What registers is asked with the member who looks, in a bounded number of queries.
"""

from collections.abc import Callable

from consultations.views.places import Link

__all__ = ["Link"]

_hearing_sections: dict[str, tuple[int, Callable]] = {}
_item_sections: dict[str, tuple[int, Callable]] = {}
_tools: dict[str, tuple[int, Callable]] = {}
_item_tools: dict[str, tuple[int, Callable]] = {}


def register_hearing_section(name, draw, *, rank=50):
    """`draw(member, hearing, request)` returns HTML that a template made, with a heading of its own, or "". Sections
    stand in the order of their rank, under the agenda.
    """
    _add(_hearing_sections, name, draw, rank)


def register_item_section(name, draw, *, rank=50):
    """`draw(member, item, request)`: the same for the page of an item of the agenda, under its words."""
    _add(_item_sections, name, draw, rank)


def register_tools(name, offer, *, rank=50):
    """`offer(member, hearing)` returns Links; asked for everyone who sees the hearing, so ask your rule first."""
    _add(_tools, name, offer, rank)


def register_item_tools(name, offer, *, rank=50):
    """`offer(member, item)` returns Links to what this member may do with the item, on its page and over its thread."""
    _add(_item_tools, name, offer, rank)


def hearing_sections(member, hearing, request):
    return [drawn for draw in _ranked(_hearing_sections) if (drawn := draw(member, hearing, request))]


def item_sections(member, item, request):
    return [drawn for draw in _ranked(_item_sections) if (drawn := draw(member, item, request))]


def tools(member, hearing):
    return [link for offer in _ranked(_tools) for link in offer(member, hearing)]


def item_tools(member, item):
    return [link for offer in _ranked(_item_tools) for link in offer(member, item)]


def _ranked(places):
    return [function for _, function in sorted(places.values(), key=lambda place: place[0])]


def _add(places, name, function, rank):
    if name in places:
        raise ValueError(f"The place {name} is taken twice.")
    places[name] = (rank, function)
