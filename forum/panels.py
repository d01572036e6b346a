"""Panels: what the floors above show on the page of a workspace, over its threads, and on the home page (an open
ballot, a consultation).

An app registers a function in `AppConfig.ready`; it gets the member who looks and the workspace, which that member may
read (None on the home page), and returns HTML that a template made, or "" when there is nothing to show.
"""

from collections.abc import Callable

_panels: dict[str, Callable] = {}
_at_home: dict[str, Callable] = {}


def register(name, draw):
    """Add a panel: `draw(member, workspace, request)`; a bounded number of queries, whatever there is to show."""
    _add(_panels, name, draw)


def register_at_home(name, draw):
    """Add a panel to the home page: `draw(member, None, request)`."""
    _add(_at_home, name, draw)


def draw_all(member, workspace, request=None):
    """Every panel that has something to show, in the order of their registration; those of home without a room."""
    panels = _panels if workspace is not None else _at_home
    return [drawn for draw in panels.values() if (drawn := draw(member, workspace, request))]


def _add(panels, name, draw):
    if name in panels:
        raise ValueError(f"The panel {name} is registered twice.")
    panels[name] = draw
