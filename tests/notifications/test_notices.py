"""Notices: invitations, decisions, and what waits for a moderator."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from forum.models import Post, Workspace
from forum.services import posts, seats, workspaces
from notifications import letters, shows
from notifications.models import Letter
from tests.notifications.intake.postman import Postman, words


def work():
    call_command("work", once=True, verbosity=0)


def told(**lookup):
    return [letters.text_of(letter) for letter in Letter.objects.filter(kind="notice", **lookup).order_by("pk")]


def test_an_invited_address_gets_the_link_that_seats_its_owner(world):
    eve = world.member("eve")
    seats.invite(by=world.alice, workspace=world.workspace, email="eve@example.org", text="Your maps would help us.")

    work()
    work()

    (text,) = told(recipient="eve@example.org")
    assert "Your maps would help us." in text
    path = re.search(r"http://localhost:8000(/invitations/\S+)", text)[1]
    world.sign_in(eve).post(path)
    assert Workspace.objects.get(pk=world.workspace.pk).seat_of(eve) is not None


def test_whoever_asked_for_a_seat_hears_what_was_decided_and_why(world):
    workspaces.change(by=world.alice, workspace=world.workspace, joining="request")
    request = seats.request_seat(member=world.carol, workspace=world.workspace, text="I measure springs.")
    work()
    assert "I measure springs." in told(member=world.alice)[0]

    seats.decline(by=world.alice, request=request, reason="The room is full.")
    work()

    assert "The room is full." in told(member=world.carol)[0].replace("\n", " ")


def test_moderators_hear_of_posts_that_wait_and_nobody_else_does(world):
    workspaces.change(by=world.alice, workspace=world.workspace, moderation="all")
    for number in range(3):
        posts.reply(author=world.bob, thread=world.thread, text=f"Waiting {number}.")

    work()

    (text,) = told(member=world.alice)
    assert "3 posts wait" in text
    assert "Waiting 2." in text
    assert told(member=world.dora) == []


def test_a_moderator_decides_by_answering_what_waits_and_nobody_else_can(world):
    workspaces.change(by=world.alice, workspace=world.workspace, moderation="all")
    texts = ("One *whole* spring.", "Buy my\n\n> filters!", "SHOW P1")
    first, second, third = (posts.reply(author=world.bob, thread=world.thread, text=text) for text in texts)
    work()
    [letter], postman = Letter.objects.filter(member=world.alice), Postman()
    assert f"SHOW P{first.pk}, P{second.pk}" in words(letters.text_of(letter))
    postman.replies(letter, f"GET P{second.pk}")
    whole = Letter.objects.filter(member=world.alice, kind="answer").get()
    assert "> > filters!" in letters.text_of(whole)
    postman.replies(whole, f"show P{first.pk}\nDECLINE P{second.pk}: 2 of these\nare enough.\n\nAlice\nSHOW P99999")
    postman.replies(letter, f"SHOW P{first.pk}")
    postman.brings(postman.answer(letter, f"SHOW P{third.pk}", sender=world.dora))
    postman.replies(letter, "Thank you")

    states = list(world.thread.posts.filter(author=world.bob).order_by("pk").values_list("state", "state_reason"))
    assert states[-3:] == [("published", ""), ("declined", "2 of these are enough."), ("pending", "")]
    at_once = [words(told) for told in postman.told(world.alice)[1:]]
    assert "No post P99999 waits here. > SHOW P99999" in at_once[0]
    assert "not waiting for a decision any more" in at_once[1]
    assert "DECLINE P13 …" in at_once[-1]
    postman.brings(postman.mail(world.sekou, "help@reply.example.org", f"GET P{third.pk}"))
    of_sekou = Letter.objects.filter(member=world.sekou).get()
    assert shows.unreadable([letter, of_sekou]) == set()
    seats.appoint(by=world.sekou, seat=world.workspace.seat_of(world.bob), role="moderator")
    seats.appoint(by=world.bob, seat=world.workspace.seat_of(world.alice), role="member")
    postman.replies(letter, f"SHOW P{third.pk}")
    assert Post.objects.get(pk=third.pk).state == "pending"
    assert shows.unreadable([letter, of_sekou]) == {letter.pk}


def test_who_lost_a_seat_hears_why(world):
    seats.dismiss(by=world.alice, seat=world.workspace.seat_of(world.bob), reason="You asked for it.")

    work()

    assert "You asked for it." in told(member=world.bob)[0].replace("\n", " ")


@pytest.mark.parametrize(("age", "count"), [(timedelta(hours=1), 1), (timedelta(days=30), 0)])
def test_what_lies_far_back_is_no_news(world, age, count):
    seats.invite(by=world.alice, workspace=world.workspace, email="eve@example.org")
    world.workspace.journal.entries.filter(verb="seat.invited").update(at=timezone.now() - age)

    work()

    assert len(told(recipient="eve@example.org")) == count
