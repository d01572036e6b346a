"""Fatou has only a mailbox and is no member yet: she asks for a seat, or is invited, and needs no page for it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forum.models import Invitation, JoinRequest
from forum.services import seats, workspaces
from members.models import Member
from notifications import letters, notices
from notifications.models import Letter

FATOU = "fatou@village.example"


def asks(postman, to="plenary+join@reply.example.org", text="", **fields):
    return postman.brings(postman.mail(f"Fatou Ba <{FATOU}>", to, text, **fields))


def sent(address=FATOU):
    return Letter.objects.filter(recipient=address).order_by("pk")


def answers(postman, letter, text, sender=f"Fatou Ba <{FATOU}>"):
    return postman.replies(letter, text, sender=sender)


def test_a_mail_to_the_join_address_makes_a_member_once_it_is_confirmed(world, postman):
    workspaces.change(by=world.alice, workspace=world.workspace, joining="open")
    asked = asks(postman)
    assert asked.outcome == "join_asked"
    assert not Member.objects.filter(email=FATOU).exists()

    answers(postman, sent().get(), "YES")

    fatou = Member.objects.get(email=FATOU)
    assert (fatou.name, fatou.owns(FATOU), fatou.has_usable_password()) == ("Fatou Ba", True, False)
    assert world.workspace.seats.filter(member=fatou).exists()
    told = "\n".join(postman.told(fatou))
    assert "Welcome" in told
    assert "You now have a seat in" in told


def test_a_line_in_a_mail_to_help_does_the_same(world, postman):
    workspaces.change(by=world.alice, workspace=world.workspace, joining="open")
    asks(postman, "help@reply.example.org", "JOIN plenary", subject="Hello")
    answers(postman, sent().get(), "yes please")

    assert world.workspace.seats.filter(member__email=FATOU).exists()


@pytest.mark.parametrize("text", ["NO", "Who are you?"])
def test_anything_but_a_yes_makes_nobody_a_member(world, postman, text):
    asks(postman)
    answers(postman, sent().get(), text)

    assert not Member.objects.filter(email=FATOU).exists()
    assert sent().count() == 1


def test_a_yes_from_another_address_is_nobodys(world, postman):
    asks(postman)
    arrival = answers(postman, sent().get(), "YES", sender="thief@example.net")

    assert arrival.outcome == "unknown_sender"
    assert not Member.objects.filter(email__in=[FATOU, "thief@example.net"]).exists()


def test_one_mail_a_day_however_often_somebody_asks_in_her_name(world, postman):
    for _time in range(3):
        asks(postman)

    assert sent().count() == 1


def test_nobody_learns_by_asking_that_a_private_workspace_is_there(world, postman):
    world.room("secret", visibility="private")
    asks(postman, "help@reply.example.org", "JOIN secret")
    first = letters.text_of(sent().get())
    answers(postman, sent().get(), "YES")

    fatou = Member.objects.get(email=FATOU)
    assert "Secret" not in first
    assert "There is no workspace" in "\n".join(postman.told(fatou))


def test_a_closed_site_holds_the_mail_for_a_person(world, postman, settings):
    settings.SIGNUP_OPEN = False

    assert asks(postman).outcome == "unknown_sender"
    assert not sent().exists()


def test_an_invitation_is_accepted_by_answering_it_even_on_a_closed_site(world, postman, settings):
    settings.SIGNUP_OPEN = False
    private = world.room("secret", visibility="private")
    seats.invite(by=world.alice, workspace=private, email=FATOU, name="Fatou")
    notices.write_due()

    answers(postman, sent().get(), "Oui, avec plaisir")

    assert private.seats.filter(member__email=FATOU).exists()
    assert Invitation.objects.get().accepted_by.email == FATOU


def test_an_old_invitation_says_so_and_gives_no_seat(world, postman):
    invitation = seats.invite(by=world.alice, workspace=world.workspace, email="carol@example.org")
    notices.write_due()
    Invitation.objects.filter(pk=invitation.pk).update(created_at=timezone.now() - timedelta(days=400))

    postman.replies(sent("carol@example.org").get(), "YES", sender="carol@example.org")

    assert not world.workspace.seats.filter(member=world.carol).exists()
    assert "has expired" in "\n".join(postman.told(world.carol))


def test_where_seats_are_asked_for_the_moderators_decide(world, postman):
    asks(postman)
    answers(postman, sent().get(), "YES")

    assert not world.workspace.seats.filter(member__email=FATOU).exists()
    assert JoinRequest.objects.get().member.email == FATOU
