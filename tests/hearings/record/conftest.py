"""`told`: a hearing that is over, with what a record tells of."""

import pytest

from tests.hearings.record import telling


@pytest.fixture
def told(world):
    return telling.told(world)
