"""Places on the pages of a consultation that several nouns fill, each with a line in `ours.py`.

A section of the page of a consultation (a draft text, a ballot), a tool of its facilitators (a board, a queue), a deed
on one contribution (associate, accept). What registers is asked with the member who looks, in a bounded number of
queries.
"""

from collections.abc import Callable
from dataclasses import dataclass

_sections: dict[str, Callable] = {}
_outcomes: dict[str, Callable] = {}
_tools: dict[str, Callable] = {}
_deeds: dict[str, Callable] = {}
_ways: dict[str, Callable] = {}


@dataclass(frozen=True)
class Link:
    url: str
    label: str


def register_section(name, draw):
    """`draw(member, consultation, request)` returns HTML that a template made, with a heading of its own, or ""."""
    _add(_sections, name, draw)


def register_outcome(name, draw):
    """The same for what came of it, which stands above what was asked."""
    _add(_outcomes, name, draw)


def register_tools(name, offer):
    """`offer(member, consultation)` returns Links; asked only for those who facilitate the consultation."""
    _add(_tools, name, offer)


def register_deeds(name, offer):
    """`offer(member, contribution)` returns Links to what this member may do with the contribution."""
    _add(_deeds, name, offer)


def register_ways(name, offer):
    """`offer(member, question)` returns Links to other ways of answering a question than writing into its thread."""
    _add(_ways, name, offer)


def sections(member, consultation, request):
    return [drawn for draw in _sections.values() if (drawn := draw(member, consultation, request))]


def outcomes(member, consultation, request):
    return [drawn for draw in _outcomes.values() if (drawn := draw(member, consultation, request))]


def tools(member, consultation):
    return [link for offer in _tools.values() for link in offer(member, consultation)]


def deeds(member, contribution):
    return [link for offer in _deeds.values() for link in offer(member, contribution)]


def ways(member, question):
    return [link for offer in _ways.values() for link in offer(member, question)]


def _add(places, name, function):
    if name in places:
        raise ValueError(f"The place {name} is taken twice.")
    places[name] = function
