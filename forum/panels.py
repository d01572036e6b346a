"""Panels: what the floors above show on the page of a workspace, over its threads (an open ballot, a consultation).

An app registers a function in `AppConfig.ready`; it gets the member who looks and the workspace, which that member may
read, and returns HTML that a template made, or "" when there is nothing to show.
"""

from collections.abc import Callable

_panels: dict[str, Callable] = {}


def register(name, draw):
    """Add a panel: `draw(member, workspace, request)`; a bounded number of queries, whatever there is to show."""
    if name in _panels:
        raise ValueError(f"The panel {name} is registered twice.")
    _panels[name] = draw


def draw_all(member, workspace, request=None):
    """Every panel that has something to show, in the order of their registration."""
    return [drawn for draw in _panels.values() if (drawn := draw(member, workspace, request))]
