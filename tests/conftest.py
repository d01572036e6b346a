"""What every test may ask for. `world` is the cast in its scene; `live`, `page` and `new_page` are real processes."""

import pytest

from tests.world import World

pytest_plugins = ["tests.plugins.browser", "tests.plugins.live", "tests.plugins.strictness"]


@pytest.fixture
def world(db, client):
    """Alice moderates, Bob takes part, Carol is outside, Dora has only email. See tests/world.py."""
    return World(client)
