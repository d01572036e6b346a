"""Answers come in while the door, the workers and the disk fail: each is posted exactly once."""

import pytest

from forum.models import Post
from notifications import addresses
from notifications.models import Arrival
from tests.faults.house import House, bring_while_killing
from tests.faults.sender import answers_of
from tests.notifications.intake.postman import Postman
from tests.world import World

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world():
    return World()


def answers(world, count):
    letter = Postman().letter(world.dora, world.answer)
    return list(answers_of(world.dora, addresses.reply(letter.code), count))


def posted(world):
    return sorted(Post.objects.filter(author=world.dora).values_list("text", flat=True))


def test_door_and_workers_are_killed_and_each_answer_is_posted_once(world, tmp_path):
    mails = answers(world, 120)
    with House(tmp_path) as house:
        house.open_sink()  # what Dora is told leaves through it
        bring_while_killing(house, mails, kills=4)
        house.finish()

    assert posted(world) == sorted(f"Answer number {number} of many." for number in range(120))
    assert not Arrival.objects.exclude(state=Arrival.State.DONE).exists()
