"""Who may speak: the member from their own addresses; others are held, and only the member hears of it."""

import re

import pytest

from forum.models import Post, Thread
from notifications import addresses, inbound
from notifications.models import Arrival, Letter

OURS = "mx.example.org"


def test_another_sender_is_held_and_only_the_member_hears_of_it(world, postman, english, client):
    letter = postman.letter(english, world.answer)
    arrival = postman.replies(letter, "Me too!", sender="cousin@example.net")

    assert (arrival.state, arrival.outcome) == (Arrival.State.HELD, "wrong_sender")
    assert Post.objects.filter(channel="mail").count() == 0
    assert set(Letter.objects.filter(kind="answer").values_list("recipient", flat=True)) == {"dora@example.org"}
    link = re.search(r"http://localhost:8000(/mail/confirm/\S+)", postman.told(english)[0])[1]

    shown = client.get(link)
    assert "Me too!" in shown.content.decode()
    assert Post.objects.filter(channel="mail").count() == 0

    client.post(link, {"answer": "yes"})
    client.post(link, {"answer": "yes"})
    assert Post.objects.get(channel="mail").author == english


def test_the_member_may_say_that_a_mail_is_not_theirs(world, postman, english, client):
    letter = postman.letter(english, world.answer)
    arrival = postman.replies(letter, "Buy this!", sender="cousin@example.net")
    link = re.search(r"(/mail/confirm/\S+)", postman.told(english)[0])[1]

    client.post(link, {"answer": "no"})
    client.post(link, {"answer": "yes"})

    assert Arrival.objects.get(pk=arrival.pk).outcome == "disowned"
    assert Post.objects.filter(channel="mail").count() == 0


def test_yes_by_mail_confirms_too(world, postman, english):
    letter = postman.letter(english, world.answer)
    postman.replies(letter, "Me too!", sender="cousin@example.net")
    question = Letter.objects.get(kind=Letter.Kind.ANSWER)

    stranger = postman.replies(question, "yes", sender="cousin@example.net")
    assert stranger.outcome == "wrong_sender"
    postman.replies(question, "Yes, it was me")
    inbound.process_due()

    assert Post.objects.get(channel="mail").text == "Me too!"


def test_a_confirmed_alias_is_the_members_own_address(world, postman, english):
    english.emailaddress_set.create(email="dora@village.example", verified=True)
    english.emailaddress_set.create(email="dora@claimed.example", verified=False)
    letter = postman.letter(english, world.answer)

    own = postman.replies(letter, "From the village", sender="Dora@Village.example")
    claimed = postman.replies(letter, "From elsewhere", sender="dora@claimed.example")

    assert own.outcome == "posted"
    assert claimed.outcome == "wrong_sender"


@pytest.mark.parametrize(
    ("lines", "is_taken"),
    [
        ([f"{OURS}; spf=pass; dmarc=pass header.from=example.org"], True),
        ([f"{OURS}; dmarc=fail (p=reject) header.from=example.org"], False),
        ([f"{OURS} 1; dkim=none;\r\n dmarc=fail"], False),
        (["elsewhere.example; dmarc=fail"], True),
        ([f"{OURS}; dmarc=fail", f"{OURS}; dmarc=pass"], False),  # the sender's own line stands below ours
        ([f"{OURS}; dkim=pass", f"{OURS}; dmarc=fail"], False),
        ([f"{OURS}; dmarc=none"], True),
        ([f"(dmarc=fail) {OURS}; spf=pass (dmarc=fail)"], True),
        ([], True),
    ],
)
def test_our_mail_server_decides_whether_a_mail_is_forged(world, postman, settings, lines, is_taken):
    settings.AUTHSERV_ID = OURS
    letter = postman.letter(world.dora, world.answer)
    headers = "".join(f"Authentication-Results: {line}\r\n" for line in lines).encode()

    arrival = postman.brings(headers + postman.answer(letter, "Chez nous aussi"), to=addresses.reply(letter.code))

    assert (arrival.outcome == "posted") is is_taken
    assert Post.objects.filter(channel="mail").exists() is is_taken


def test_two_from_fields_are_nobody(world, postman):
    letter = postman.letter(world.dora, world.answer)
    raw = b"From: dora@example.org\r\n" + postman.answer(letter, "Moi ?", sender="cousin@example.net")

    assert postman.brings(raw, to=addresses.reply(letter.code)).outcome == "wrong_sender"


def test_a_stranger_at_a_workspace_hears_nothing(world, postman):
    arrival = postman.brings(postman.mail("stranger@example.net", "plenary@reply.example.org", "Hi", subject="Hi"))

    assert (arrival.state, arrival.outcome) == (Arrival.State.HELD, "unknown_sender")
    assert not Letter.objects.exists()
    assert Thread.objects.count() == 1
