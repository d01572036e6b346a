"""`postman` brings mail in; `english` is Dora, who reads English in these tests."""

import pytest

from notifications import addresses
from tests.notifications.bounces.conftest import left, report
from tests.notifications.intake.postman import Postman


@pytest.fixture
def postman():
    return Postman()


@pytest.fixture
def english(world):
    world.dora.language = "en"
    world.dora.save()
    return world.dora


@pytest.fixture
def bounced(world, postman):
    """`bounced(member)`: a letter to a member came back; returns the report's arrival."""

    def comes_back(member):
        letter = left(postman.letter(member, world.post))
        return postman.brings(report(letter), to=addresses.bounce(letter.code), sender="")

    return comes_back
