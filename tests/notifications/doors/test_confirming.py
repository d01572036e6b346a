"""Held mails: the member says yes or no, in any of the languages, and may add the address, once it is proven theirs."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from forum.models import Post
from notifications import addresses, inbound, letters
from notifications.intake import confirming
from notifications.models import Arrival, Letter
from tests.notifications.doors.nameserver import sign

COUSIN = "cousin@example.org"
OURS = "mx.example.org"


@pytest.fixture
def held(world, postman, settings):
    """A function that brings an answer of Dora's from her cousin's address, which our mail server says this of."""
    settings.AUTHSERV_ID = OURS
    letter = postman.letter(world.dora, world.answer)

    def bring(says="pass", text="Chez nous aussi.", sender=COUSIN):
        line = f"Authentication-Results: {OURS}; dmarc={says} header.from=example.org\r\n".encode()
        return postman.brings(line + postman.answer(letter, text, sender=sender), to=addresses.reply(letter.code))

    return bring


def question(member):
    return Letter.objects.filter(member=member, kind=Letter.Kind.ANSWER).latest("pk")


def owns(member, address=COUSIN):
    return EmailAddress.objects.filter(user=member, email=address, verified=True).exists()


@pytest.mark.parametrize(
    "word",
    ["YES", "yes.", "> \n\nYes", "Oui !", "oui, c'est moi", "SÍ", "si", "نَعَم", "نعم", "是的。", "是", "ДА", "Да,"],
)
def test_yes_in_any_language_takes_the_mail_and_adds_nothing(world, postman, held, word):
    arrival = held()

    postman.replies(question(world.dora), word)
    inbound.process(Arrival.objects.get(pk=arrival.pk))

    assert Post.objects.get(channel="mail").author == world.dora
    assert not owns(world.dora)


@pytest.mark.parametrize("word", ["No", "non", "нет", "不是", "لا"])
def test_no_lets_it_go(world, postman, held, word):
    arrival = held()

    answer = postman.replies(question(world.dora), word)

    arrival.refresh_from_db()
    assert (answer.outcome, arrival.state, arrival.outcome) == ("denied", "done", "disowned")
    assert not Post.objects.filter(channel="mail").exists()


@pytest.mark.parametrize(
    "words", ["YES ADD", "yes, add it", "OUI AJOUTER", "Sí, añadir", "نعم أضف", "是，添加", "Да, добавить", "add"]
)
def test_yes_add_adds_an_address_our_server_vouches_for(world, postman, held, words):
    held()

    postman.replies(question(world.dora), words)

    assert owns(world.dora)
    told = postman.told(world.dora)[-1]
    assert COUSIN in told
    assert held(text="Encore").outcome == "posted"


def test_a_second_mail_adds_the_address_of_a_mail_confirmed_before(world, postman, held):
    held()
    asked = question(world.dora)

    postman.replies(asked, "oui")
    postman.replies(asked, "oui ajouter")

    assert owns(world.dora)


def test_an_address_nobody_vouches_for_is_asked_itself(world, postman, held, settings):
    held(says="none")
    postman.replies(question(world.dora), "YES ADD")
    assert not owns(world.dora)
    there = Letter.objects.get(recipient=COUSIN)

    stranger = postman.replies(there, "YES", sender="stranger@example.org")
    member = postman.replies(there, "YES")
    assert (stranger.outcome, owns(world.dora)) == ("wrong_sender", False)
    assert member.outcome != "confirmed"
    right = postman.replies(there, "oui", sender=COUSIN)

    assert (right.outcome, owns(world.dora)) == ("confirmed", True)


def test_the_link_sent_to_the_address_adds_it_by_its_button_only(world, postman, held):
    held(says="none")
    postman.replies(question(world.dora), "YES ADD")
    text = letters.text_of(Letter.objects.get(recipient=COUSIN))
    path = "/mail/address/" + "".join(text.split("/mail/address/")[1].split("\n")[0].split()) + ""
    visitor = Client()

    page = visitor.get(path)
    assert (page.status_code, owns(world.dora)) == (200, False)
    assert visitor.post(path).status_code == 302

    assert owns(world.dora)
    assert visitor.get(path[:-6] + "xxxxx/").status_code == 404


def test_an_address_of_somebody_else_is_not_added(world, postman, held):
    held(sender="bob@example.org")

    postman.replies(question(world.dora), "YES ADD")

    assert not owns(world.dora, "bob@example.org")
    assert "bob@example.org" in postman.told(world.dora)[-1]


def test_only_a_few_addresses_are_asked_in_a_day(world, postman, held):
    for number in range(5):
        held(says="none", sender=f"cousin{number}@example.org", text=f"Texte {number}")
        postman.replies(question(world.dora), "YES ADD")

    assert Letter.objects.filter(recipient__startswith="cousin").count() == confirming.MOST_ASKED_A_DAY


def test_a_signature_vouches_where_there_is_no_server(world, postman, names, key):
    letter = postman.letter(world.dora, world.answer)
    raw = sign(postman.answer(letter, "Chez nous aussi.", sender=COUSIN), key[0])
    postman.brings(raw, to=addresses.reply(letter.code), door="imap")

    postman.replies(question(world.dora), "YES ADD")

    assert owns(world.dora)


def test_the_page_offers_to_add_the_address_as_well(world, postman, held):
    held()
    path = letters.text_of(question(world.dora)).split("/mail/confirm/")[1].split("\n")[0]
    visitor = Client()
    page = visitor.get(f"/mail/confirm/{path}").content.decode()

    visitor.post(f"/mail/confirm/{path}", {"answer": "add"})

    assert 'value="add"' in page
    assert owns(world.dora)
    assert Post.objects.filter(channel="mail").exists()


def test_a_mail_that_may_be_forged_offers_no_address(world, postman, held):
    held(says="fail", sender="dora@example.org")

    assert "YES ADD" not in letters.text_of(question(world.dora))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yes", (True, False)),
        ("yes add", (True, True)),
        ("Address: 4 Main Street", (None, False)),
        ("yesterday", (None, False)),
        ("add-ons are fine", (None, False)),
        ("No problem, take it", (None, False)),
        ("", (None, False)),
    ],
)
def test_words_are_read_whole(text, expected):
    assert confirming.read(text) == expected
