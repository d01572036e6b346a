"""`told`: a hearing that is over, with what a record tells of."""

import pytest

from tests.hearings.record import telling
from tests.notifications.intake.postman import Postman


@pytest.fixture
def told(world):
    return telling.told(world)


@pytest.fixture
def postman():
    return Postman()
