"""`postman` brings mail in; `ballot` is an open choice between three forms of a survey."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.services import ballots
from tests.consultations import consulting
from tests.notifications.intake.postman import Postman


@pytest.fixture
def postman():
    return Postman()


@pytest.fixture
def ballot(world):
    """Which form? A) One page, B) Two pages, C) None at all; open for two days."""
    return ballots.open_ballot(
        by=world.alice,
        workspace=world.workspace,
        title="Which form for the spring survey?",
        text="It is filled in standing, in wind, with a pencil on a string.",
        kind="choice",
        options=["One page", "Two pages", "None at all"],
        closes_at=timezone.now() + timedelta(days=2),
    )


@pytest.fixture
def english(world):
    """Dora, who reads English in these tests."""
    world.dora.language = "en"
    world.dora.save()
    return world.dora


@pytest.fixture
def consultation(world):
    """“Water in dry valleys”, published, in a room Alice moderates and Bob and Dora sit in; two questions are open for
    two more days, since yesterday.
    """
    return consulting.running(world)


@pytest.fixture
def question(consultation):
    """Its first question: “What dries up first?”"""
    return consultation.questions.get(number=1)
