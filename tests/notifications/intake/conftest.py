"""`postman` brings mail in; `door` is the LMTP door on a free port."""

import pytest

from forum.services import threads
from tests.notifications.intake.postman import Door, Postman


@pytest.fixture
def postman():
    return Postman()


@pytest.fixture
def door(transactional_db):
    with Door() as door:
        yield door


@pytest.fixture
def three(world):
    """Three threads of the workspace."""
    return [
        threads.start(author=world.alice, workspace=world.workspace, title=f"Thread {name}", text="What do you think?")
        for name in ("one", "two", "three")
    ]


@pytest.fixture
def english(world):
    """Dora, who reads English in these tests."""
    world.dora.language = "en"
    world.dora.save()
    return world.dora
