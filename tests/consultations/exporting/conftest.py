"""`told`: a consultation with everything a record tells of its answers; `out`: the folder of its unpacked archive."""

from datetime import timedelta

import pytest

from consultations.services import phases
from forum.keepers import Attempt
from forum.models.workspaces import Moderation
from forum.services import posts
from tests.consultations import consulting
from tests.consultations.exporting import records


@pytest.fixture
def told(world, consultation, question):
    """The consultation with answers of all stamps, a position, an extension, and something private."""
    club = consulting.organisation(world, "Alpine Springs", world.dora)
    consulting.answer(world.bob, question, "The spring at Gurtnellen, in July.")
    consulting.answer(world.dora, question, "=SUM(A1) is no formula, it’s the fourth spring.", organisation=club)
    phase, hour = consultation.timetable[0], timedelta(hours=1)
    first = phase.closes_at
    phases.schedule(
        by=world.alice, consultation=consultation, kind="results", opens_at=first, closes_at=first + 9 * hour
    )
    change = {"authority": "Chairs", "reason": "Floods.", "move_later": True}  # of two phases
    phases.change_window(by=world.alice, phase=phase, closes_at=first + hour, **change)
    for came, proven in ((first + hour / 2, None), (first + 2 * hour, first)):
        attempt = Attempt(at=came, proven_at=proven)
        posts.reply(author=world.bob, thread=question.thread, text=f"At {came}.", attempt=attempt, at=came + hour / 60)
    room = consultation.workspace
    room.moderation = Moderation.ALL
    room.save()
    consulting.answer(world.dora, question, "Nobody let this appear.")
    return consulting.fresh(consultation)


@pytest.fixture
def out(told, tmp_path):
    return records.export(told, tmp_path)
