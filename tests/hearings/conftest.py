"""What tests of hearings may ask for besides `world`."""

import pytest

from tests.hearings import hearing as scene


@pytest.fixture
def hearing(world):
    """In session, with item 2 before it; see tests/hearings/hearing.py."""
    return scene.running(world)


@pytest.fixture
def item(hearing):
    """The item before the hearing."""
    return scene.item(hearing)
