"""`postman` brings mail in; `door` is the LMTP door on a free port."""

import pytest

from tests.notifications.intake.postman import Door, Postman


@pytest.fixture
def postman():
    return Postman()


@pytest.fixture
def door(transactional_db):
    with Door() as door:
        yield door
