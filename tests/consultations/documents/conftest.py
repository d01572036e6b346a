"""`version`: the published text of tests/consultations/documents/drafting.py, open for comments since yesterday."""

import pytest

from tests.consultations.documents import drafting


@pytest.fixture
def version(world):
    return drafting.drafted(world)[1]
