"""What the mail door tells those who only ask: nothing about rooms they may not see."""

import pytest

from forum.models import Workspace
from notifications.models import Arrival
from tests.world import World


@pytest.fixture
def world(transactional_db, client):
    world = World(client)
    world.board = world.room("board", visibility="private")
    return world


def answers(door, sender, *recipients):
    with door.client() as client:
        client.ehlo_or_helo_if_needed()
        client.mail(sender)
        return [client.rcpt(address)[0] for address in recipients]


BOARD = ("board@reply.example.org", "Board+Join@reply.example.org", "board+moderators@reply.example.org")


def test_a_private_room_is_no_address_for_those_who_may_not_see_it(world, door):
    assert answers(door, "bob@example.org", *BOARD) == [250, 250, 250]
    assert answers(door, "sekou@example.org", *BOARD) == [250, 250, 250]

    for sender in ("carol@example.org", "eve@evil.example", ""):
        assert answers(door, sender, *BOARD, "nothing@reply.example.org") == [550, 550, 550, 550]
        assert answers(door, sender, "plenary@reply.example.org") == [250]


def test_who_loses_the_seat_loses_the_address(world, door):
    assert answers(door, "bob@example.org", BOARD[0]) == [250]

    world.board.seats.filter(member=world.bob).delete()

    assert answers(door, "bob@example.org", BOARD[0]) == [550]


def test_a_room_that_becomes_private_is_soon_hidden(world, door, monkeypatch):
    monkeypatch.setattr("notifications.doors.lmtp.Memory.__contains__", lambda memory, key: False)
    assert answers(door, "eve@evil.example", "plenary@reply.example.org") == [250]

    Workspace.objects.filter(slug="plenary").update(visibility="private")

    assert answers(door, "eve@evil.example", "plenary@reply.example.org") == [550]


def test_one_mail_goes_to_a_hundred_recipients_at_most(world, door):
    codes = answers(door, "bob@example.org", *["plenary@reply.example.org"] * 150)

    assert (codes.count(250), codes.count(452)) == (100, 50)
    assert not Arrival.objects.exists()
