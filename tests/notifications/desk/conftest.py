"""`postman` brings mail in; `english` is Dora, who reads English in these tests."""

import pytest

from tests.notifications.intake.postman import Postman


@pytest.fixture
def postman():
    return Postman()


@pytest.fixture
def english(world):
    world.dora.language = "en"
    world.dora.save()
    return world.dora
