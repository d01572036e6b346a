"""Workspaces by mail: what is open to one, a seat taken, asked for and given back, and a word to the moderators."""

import pytest

from forum.models import JoinRequest, Post, Seat
from forum.services import seats
from notifications import letters, notices
from notifications.models import Arrival, Letter, Subscription
from tests.notifications.intake.postman import words

HELP = "help@reply.example.org"


@pytest.fixture
def carol(world):
    """Carol, who has no seat; the plenary is open to all who sign in."""
    world.workspace.joining = "open"
    world.workspace.save()
    return world.carol


def asks(postman, member, line, to=HELP):
    """The answer to one line."""
    postman.brings(postman.mail(member, to, line, subject=""))
    return words(postman.told(member)[-1])


@pytest.mark.parametrize("name", ["plenary", "PLENARY", "Plenary", "plenary@reply.example.org"])
def test_carol_takes_a_seat_by_the_workspaces_name_or_address(world, postman, carol, name):
    told = asks(postman, carol, f"JOIN {name}")

    assert Seat.objects.filter(member=carol, workspace=world.workspace).exists()
    assert "You now have a seat in “Plenary”" in told
    assert "plenary@reply.example.org" in told


def test_a_second_time_is_as_good_as_the_first(world, postman, carol):
    asks(postman, carol, "JOIN plenary")

    assert "You have a seat in “Plenary” already" in asks(
        postman, carol, "JOIN plenary", "plenary+join@reply.example.org"
    )
    assert asks(postman, carol, "LEAVE plenary").startswith("Done: LEAVE plenary You have left “Plenary”")
    assert not Seat.objects.filter(member=carol).exists()


def test_where_moderators_decide_carol_asks_and_hears_of_it_by_mail(world, postman):
    told = asks(postman, world.carol, "JOIN plenary")
    assert "have been asked to give you a seat" in told
    assert "You have asked for a seat in “Plenary”" in asks(postman, world.carol, "STATUS")

    seats.admit(by=world.alice, request=JoinRequest.objects.get())
    notices.write_due()

    assert "You have a seat in “Plenary” now" in [
        letter.subject for letter in Letter.objects.filter(member=world.carol)
    ]


def test_a_mistyped_name_brings_those_that_are_like_it_and_visible(world, postman, carol):
    world.room("watershed")
    world.room("water-shed-secret", visibility="private")

    told = asks(postman, carol, "JOIN watrshed")

    assert "Did you mean: watershed?" in told
    assert "secret" not in told


def test_a_private_workspace_is_as_if_it_were_not(world, postman, carol):
    world.room("inner", visibility="private")

    hidden, absent = asks(postman, carol, "JOIN inner"), asks(postman, carol, "JOIN outer")

    assert hidden.replace("inner", "outer") == absent


def test_the_last_moderator_hears_why_she_cannot_leave(world, postman):
    told = asks(postman, world.alice, "", "plenary+leave@reply.example.org")

    assert told.startswith("Not done: LEAVE plenary You are the only moderator here.")
    assert Seat.objects.filter(member=world.alice).exists()


def test_the_list_has_what_one_may_see_and_the_addresses_that_join(world, postman, carol):
    world.room("water")
    world.room("inner", visibility="private")
    world.room("closed-circle", joining="invitation")

    told = asks(postman, carol, "LIST")

    assert "- Plenary (plenary) Take a seat: plenary+join@reply.example.org" in told
    assert "- Water (water) Ask for a seat: water+join@reply.example.org" in told
    assert "- Closed-Circle (closed-circle) By invitation only." in told
    assert "inner" not in told
    assert "- Plenary (plenary) You have a seat. Start a thread: plenary@reply.example.org" in asks(
        postman, world.bob, "LIST"
    )


def test_commands_in_a_mail_to_the_moderators_are_done_and_its_words_go_to_them(world, postman):
    to = "plenary+moderators@reply.example.org"

    only = postman.brings(postman.mail(world.bob, to, "", subject="STATUS"))
    postman.brings(postman.mail(world.bob, to, "Please look at the second post.", subject="Tone"))

    assert only.outcome == "asked"
    [note] = Letter.objects.filter(member=world.alice)
    assert "Please look at the second post." in note.raw.decode()


def test_a_stranger_learns_of_public_workspaces_only(world, postman):
    world.room("guild", visibility="members")
    arrival = postman.brings(postman.mail("stranger@example.net", HELP, "LIST\nFIND springs", subject=""))

    assert (arrival.state, arrival.outcome) == (Arrival.State.DONE, "asked")
    told = letters.text_of(Letter.objects.get(recipient="stranger@example.net"))
    assert "JOIN plenary" in told
    assert "guild" not in told.lower()


def test_carol_joins_and_leaves_by_mail(world, postman):
    world.workspace.joining = "open"
    world.workspace.save()

    postman.brings(postman.mail(world.carol, "plenary+join@reply.example.org", ""))
    assert Seat.objects.filter(member=world.carol).exists()
    postman.brings(postman.mail(world.carol, "plenary+leave@reply.example.org", ""))

    assert not Seat.objects.filter(member=world.carol).exists()
    assert len(postman.told(world.carol)) == 2


def test_carol_asks_for_a_seat_where_moderators_decide(world, postman):
    postman.brings(postman.mail(world.carol, "plenary+join@reply.example.org", "I measure springs."))

    assert world.workspace.join_requests.get().text == "I measure springs."
    assert "have been asked" in words(postman.told(world.carol)[0])


def test_a_cadence_is_chosen_by_mail_and_refused_without_a_seat(world, postman):
    postman.brings(postman.mail(world.bob, "plenary+weekly@reply.example.org", ""))
    refused = postman.brings(postman.mail(world.carol, "plenary+weekly@reply.example.org", ""))

    assert Subscription.objects.get(member=world.bob).cadence == "weekly"
    assert refused.outcome == "refused"
    assert not Subscription.objects.filter(member=world.carol).exists()


def test_a_message_to_the_moderators_can_be_answered_and_shows_no_address(world, postman):
    postman.brings(
        postman.mail(world.bob, "plenary+moderators@reply.example.org", "Please look at #2.", subject="Tone")
    )
    [note] = Letter.objects.filter(member=world.alice)
    assert b"bob@example.org" not in bytes(note.raw)

    postman.replies(note, "I have.")

    [back] = Letter.objects.filter(member=world.bob)
    assert b"I have." in bytes(back.raw)
    assert b"alice@example.org" not in bytes(back.raw)
    assert not Post.objects.filter(channel="mail").exists()


@pytest.mark.parametrize(("joining", "is_offered"), [("open", True), ("request", True), ("invitation", False)])
def test_who_writes_to_a_workspace_without_a_seat_is_told_how_to_take_one_by_mail(world, postman, joining, is_offered):
    world.workspace.joining = joining
    world.workspace.save()

    postman.brings(postman.mail(world.carol, "plenary@reply.example.org", "How deep are the springs?"))

    [told] = postman.told(world.carol)
    assert "> How deep are the springs?" in told
    assert ("  JOIN plenary\n" in told) == is_offered
    if joining == "open":
        postman.replies(Letter.objects.get(member=world.carol), "JOIN plenary")
        assert Seat.objects.filter(member=world.carol).exists()
