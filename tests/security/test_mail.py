"""Mail from someone who means harm: in a member's name, to rooms that are none of their business, to many at once."""

import pytest

from forum.models import Post
from notifications import addresses, letters
from notifications.models import Arrival, Letter

# Fields in which a careless reader finds Bob, and the mail server that checks DMARC somebody else.
NOT_BOB = [
    '"<bob@example.org>" <eve@evil.example>',
    "eve@evil.example (<bob@example.org>)",
    "eve@evil.example (a (nested) <bob@example.org>)",
    "eve@evil.example, <bob@example.org>",
    "<eve@evil.example> <bob@example.org>",
    '(") eve@evil.example (") <bob@example.org>',
    '"(" eve@evil.example ")" <bob@example.org>',
    '"\\" <bob@example.org>" eve@evil.example',
    "=?utf-8?q?bob=40example.org?=",
    "=?utf-8?q?bob=40example.org?= <eve@evil.example>",
    "friends: eve@evil.example, bob@example.org;",
    '"eve@evil.example <bob@example.org>',
]
IS_BOB = [
    "bob@example.org",
    "<bob@example.org>",
    "Bob <Bob@Example.org>",
    '"bob@example.org" <bob@example.org>',
    '"Dupont, Bob (ICIMOD) <x>" <bob@example.org>',
    "Dupont, Bob <bob@example.org>",
    "bob@example.org (Bob, who is at eve@evil.example)",
    "=?utf-8?b?UsOpbXk=?= <bob@example.org>",
]


@pytest.mark.parametrize("field", NOT_BOB)
def test_a_from_that_can_be_read_in_two_ways_posts_nothing(world, postman, field):
    arrival = postman.brings(postman.mail(field, "plenary@reply.example.org", "I give up.", subject="From Bob"))

    assert arrival.state == Arrival.State.HELD
    assert not Post.objects.filter(text__contains="give up").exists()


@pytest.mark.parametrize("field", IS_BOB)
def test_a_from_that_names_one_address_is_believed(world, postman, field):
    arrival = postman.brings(postman.mail(field, "plenary@reply.example.org", "I agree.", subject="Springs"))

    assert arrival.outcome == "posted"
    assert Post.objects.latest("pk").author == world.bob


FORGED = [
    "mx.example.org; dmarc=fail",
    "mx.example.org; dmarc=fail (p=none) header.from=example.org\r\nAuthentication-Results: mx.example.org; dmarc=pass",
    "mx.example.org 1; spf=pass; dmarc=fail",
    "(a (b)) mx.example.org; (x) dmarc (y) = (z) fail",
    "MX.example.org;\r\n\tDMARC=FAIL",
    '"mx.example.org"; dmarc=fail',
    "mx.example.org; dmarc/1=fail",
    'mx.example.org; dmarc="fail"',
]
HARMLESS = [
    "mx.example.org; dmarc=pass",
    "mx.example.org; dmarc=none",
    "evil.example; dmarc=fail",
    "mx.example.org; spf=fail; dkim=fail",
    "mx.example.org; dmarc=pass\r\nAuthentication-Results: mx.example.org; dmarc=fail",
]


@pytest.mark.parametrize("line", FORGED)
def test_what_our_mail_server_calls_forged_is_held_however_it_writes_that(world, postman, settings, line):
    settings.AUTHSERV_ID = "mx.example.org"
    mail = postman.mail(world.bob, "plenary@reply.example.org", "I give up.", subject="From Bob")

    arrival = postman.brings(f"Authentication-Results: {line}\r\n".encode() + mail, to="plenary@reply.example.org")

    assert arrival.outcome == "wrong_sender"


@pytest.mark.parametrize("line", HARMLESS)
def test_what_our_mail_server_does_not_call_forged_is_posted(world, postman, settings, line):
    settings.AUTHSERV_ID = "mx.example.org"
    mail = postman.mail(world.bob, "plenary@reply.example.org", "I agree.", subject="From Bob")

    arrival = postman.brings(f"Authentication-Results: {line}\r\n".encode() + mail, to="plenary@reply.example.org")

    assert arrival.outcome == "posted"


SECRET_ORDERS = "We do.\n\nLEAVE plenary\nSTOP\n#1: yes\n\nSET NONE\n"
WAYS_TO_QUOTE = {
    "without a mark": lambda text: text,
    "marked": lambda text: "".join(f"> {line}\n" for line in text.split("\n")),
    "with empty lines between": lambda text: text.replace("\n", "\n\n"),
    "a part of it": lambda text: text[text.index("LEAVE") :],
}


@pytest.mark.parametrize("way", WAYS_TO_QUOTE)
def test_orders_that_somebody_wrote_into_a_post_are_not_those_of_who_quotes_it(world, postman, way):
    letter = postman.letter(world.dora, world.answer, text=SECRET_ORDERS)
    to = addresses.reply(letter.code)
    quoted = WAYS_TO_QUOTE[way](letters.text_of(letter))

    postman.brings(postman.mail(world.dora, to, f"Merci.\n\n{quoted}"), to=to)

    assert world.workspace.seats.filter(member=world.dora).exists()
    assert world.thread.posts.latest("number").text == "Merci."


def test_a_letter_of_another_house_like_ours_is_not_answered(world, postman):
    theirs = letters.compose(
        member=world.bob, subject="A", text="x", kind="post", about=world.answer.reference, workspace=world.workspace
    )
    before = Letter.objects.count()

    arrival = postman.brings(bytes(theirs.raw), to="plenary@reply.example.org", sender="bounce+x@other.example")

    assert arrival.outcome == "automatic"
    assert Letter.objects.count() == before
