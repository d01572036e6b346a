"""Sources: what can stand in a digest. Threads are one; ballots and questions register theirs from the floor above.

A source fetches once for a whole batch of members, in a number of queries that does not grow with them, and then
says for each member what there is.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """gather(batch) fetches for all members of a batch; items(gathered, reader) lists the Items of one of them.

    news(gathered, reader), if given, lists pairs (id of the workspace, line) on what is no item: the member's own
    things (a waiting post was published), notices. An issue with such a line is lost with the seat in that workspace.
    near(now), if given, the ids of the workspaces where something comes: their readers are told in time, though nothing
    has happened there since their last issue.
    """

    gather: Callable
    items: Callable
    news: Callable | None = None
    near: Callable | None = None


_sources: dict[str, Source] = {}


def register_source(name, source):
    """Add a source of items; they can be answered when `answers` knows how (see notifications/answers.py)."""
    if name in _sources:
        raise ValueError(f"The source {name} is registered twice.")
    _sources[name] = source


def rooms_with_dates(now):
    """The ids of the workspaces of which some source has to tell, whether anything happened there or not."""
    return {room for source in _sources.values() if source.near for room in source.near(now)}


def all_sources():
    """Every source, in the order in which they were registered."""
    return list(_sources.values())
