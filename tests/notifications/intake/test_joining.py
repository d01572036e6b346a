"""Fatou has only a mailbox and is no member yet: she asks for a seat, or is invited, and needs no page for it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forum.models import Invitation, JoinRequest
from forum.services import seats, workspaces
from members.models import Member
from notifications import letters, notices
from notifications.models import Letter
from notifications.reading import tongues

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


def test_moderators_who_decide_read_what_she_wrote_when_she_asked(world, postman):
    asks(postman, text="I keep the rain gauge of our village.")
    answers(postman, sent().get(), "YES")

    assert JoinRequest.objects.get().text == "I keep the rain gauge of our village."


# -- In her language ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("subject", "text", "code"),
    [
        ("вступить", "Здравствуйте, хочу участвовать.", "ru"),
        ("", "أريد المشاركة من فضلكم", "ar"),
        ("加入", "你好，我想参加。", "zh"),
        ("Bonjour", "Je voudrais participer, merci.", "fr"),
        ("Hola", "Quisiera participar, gracias.", "es"),
        ("Hello", "I would like to take part.", "en"),
    ],
)
def test_who_asks_in_her_language_is_answered_in_it_though_she_answers_with_our_word(
    world, postman, subject, text, code
):
    asks(postman, text=text, subject=subject)
    answers(postman, sent().get(), "YES")

    assert tongues.guess(letters.text_of(sent().first())) == code
    assert Member.objects.get(email=FATOU).language == code


@pytest.mark.parametrize(("word", "code"), [("Oui !", "fr"), ("نعم", "ar"), ("Да", "ru"), ("sí", "es"), ("ok", "en")])
def test_an_empty_mail_says_nothing_and_the_word_she_answers_with_does(world, postman, word, code):
    workspaces.change(by=world.alice, workspace=world.workspace, joining="open")
    asks(postman, subject="")
    answers(postman, sent().get(), word)

    fatou = Member.objects.get(email=FATOU)
    assert fatou.language == code
    [welcome] = postman.told(fatou)
    assert tongues.guess(welcome) == code
    assert "plenary@reply.example.org" in welcome


# -- How to begin ------------------------------------------------------------------------------------------


def test_who_asks_how_it_works_is_told_and_joins_by_answering(world, postman):
    workspaces.change(by=world.alice, workspace=world.workspace, joining="open", visibility="public")
    world.room("secret", visibility="private")
    asks(postman, "help@reply.example.org", "AIDE", subject="")
    told = letters.text_of(sent().get())
    assert "JOIN plenary" in told
    assert "secret" not in told

    assert answers(postman, sent().get(), "JOIN plenary").outcome == "join_asked"
    answers(postman, sent().last(), "OUI")

    assert world.workspace.seats.filter(member__email=FATOU).exists()


def test_a_stranger_who_asks_nothing_in_a_command_is_left_to_a_person(world, postman):
    arrival = asks(postman, "help@reply.example.org", "Dear friend, I have an offer for you.", subject="Offer")

    assert arrival.outcome == "unknown_sender"
    assert not sent().exists()


def test_what_a_stranger_writes_beside_a_command_waits_for_a_person(world, postman):
    arrival = asks(postman, "help@reply.example.org", "HELP\n\nMy old address was closed.", subject="Hello")

    assert arrival.outcome == "unknown_sender"
    assert sent().count() == 1


def test_a_greeting_beside_a_command_keeps_nobody_busy(world, postman):
    arrival = asks(postman, "help@reply.example.org", "Bonjour", subject="AIDE")

    assert arrival.outcome == "asked"
    assert sent().count() == 1


def test_a_yes_to_the_mail_on_how_it_works_makes_nobody_a_member(world, postman):
    asks(postman, "help@reply.example.org", "HELP", subject="")
    answers(postman, sent().get(), "YES")

    assert not Member.objects.filter(email=FATOU).exists()
