"""The agenda: its numbers follow its tree, and what is published stays on it."""

import pytest

from consultations.hearings.services import agenda
from core.access import Refused
from tests.hearings import hearing as scene


def test_numbers_follow_when_an_item_moves_under_another(world):
    hearing = scene.prepared(world)
    third, second = scene.item(hearing, "3"), scene.item(hearing, "2")

    agenda.move(by=world.alice, item=third, parent=second, place=0)

    labels = list(hearing.items.values_list("label", "title"))
    assert labels == [("1", scene.ITEMS[0]), ("2", scene.ITEMS[1]), ("2.1", scene.ITEMS[2])]
    with pytest.raises(Refused, match="under itself"):
        agenda.move(by=world.alice, item=second, parent=third, place=0)


def test_bob_does_not_write_on_the_agenda(world):
    hearing = scene.prepared(world)

    with pytest.raises(Refused):
        agenda.add(by=world.bob, hearing=hearing, wordings={"en": ("Mine", "")})
    assert hearing.items.count() == 3


def test_an_item_stays_on_a_published_agenda(world):
    hearing = scene.announced(world)

    with pytest.raises(Refused, match="published"):
        agenda.drop(by=world.alice, item=scene.item(hearing))
    assert scene.item(hearing).thread.title == "2. The state of the springs"
