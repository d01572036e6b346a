"""Requests and the floor in the same moment, on both databases: each is done once or refused, and the list adds up."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.hearings.models import Delivery, Item, Speaker
from consultations.hearings.services import floor, lists, speakers
from core.access import Refused
from forum.models import Seat
from journal.models import Journal
from journal.verify import verify
from tests.hearings import hearing as scene
from tests.security.test_at_once import at_once
from tests.world import World


@pytest.fixture
def world(transactional_db):
    world = World()
    yield world
    assert [fault for fault in map(verify, Journal.objects.all()) if fault] == []


def test_fifty_requests_at_the_closing_instant_and_two_who_give_the_floor(world):
    """Each is listed in its order or refused: mails that came within a tenth of a millisecond around the close, handled
    in any order while the chair closes.
    """
    hearing = scene.running(world)
    item, closes_at = scene.item(hearing), timezone.now() - timedelta(seconds=1)
    Item.objects.filter(pk=item.pk).update(list_closes_at=closes_at)
    crowd = [world.member(f"speaker{number}") for number in range(49)]
    Seat.objects.bulk_create(Seat(workspace=hearing.workspace, member=member) for member in crowd)
    came = [closes_at + timedelta(microseconds=4 * (number - 25)) for number in range(49)]
    order = random.Random(7).sample(range(49), 49)

    results = at_once(
        *(
            lambda number=number: speakers.request(
                member=crowd[number], item=item, channel="mail", came_at=came[number]
            )
            for number in order
        ),
        lambda: lists.close(by=world.alice, item=item, at=closes_at),
    )

    assert {type(result) for result in results} <= {Speaker, Item, Refused}
    listed = list(Speaker.objects.filter(item=item).waiting())
    assert [speaker.requested_at for speaker in listed] == [at for at in came if at < closes_at]
    assert sorted(speaker.number for speaker in listed) == list(range(1, len(listed) + 1))
    assert sum(isinstance(result, Refused) for result in results) == 49 - len(listed)

    # Then two officers give the floor, and end it, in the same moment.
    results = at_once(
        lambda: floor.give(by=world.alice, hearing=hearing), lambda: floor.give(by=world.sekou, hearing=hearing)
    )
    [refused] = [result for result in results if isinstance(result, Refused)]
    assert str(refused.reason).startswith(f"{listed[0].name} has the floor")
    assert Delivery.objects.get().speaker == listed[0]
    at_once(*(lambda: floor.end(by=world.alice, speaker=Delivery.objects.get().speaker) for _press in range(2)))
    assert hearing.journal.entries.filter(verb="floor.ended").count() == 1
