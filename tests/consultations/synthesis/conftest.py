"""`synthesis` is Alice's, on two contributions in a consultation whose questions are closed; it is not published."""

import pytest

from consultations.services import sentences, syntheses
from tests.consultations import consulting

TEXT = """# Water

Springs run dry in July [1 "in July"].
Nobody agrees who decides [2].

Meters cost too much."""


@pytest.fixture
def synthesis(world, consultation, question):
    consulting.answer(world.bob, question, "The spring at Gurtnellen,\n in July.")
    club = consulting.organisation(world, "Alpine Springs", world.dora)
    consulting.answer(world.dora, question, "The village decides, and the goats drink.", organisation=club)
    consultation = consulting.close(consultation)
    made = syntheses.begin(by=world.alice, consultation=consultation, title="Dry valleys", language="en")
    sentences.save(by=world.alice, synthesis=made, base=[], text=TEXT)
    return made


@pytest.fixture
def published(world, synthesis):
    return syntheses.publish(by=world.alice, synthesis=synthesis, because="From the price list.")
