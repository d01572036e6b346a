"""Machines are counted: never posted, never answered."""

import pytest

from forum.models import Post
from notifications import addresses
from notifications.models import Arrival, Letter

MACHINES = [
    [("Auto-Submitted", "auto-replied")],
    [("Precedence", "bulk")],
    [("List-Id", "<list.example.org>")],
    [("X-Autoreply", "yes")],
    [("X-Alphorn-Loop", "reply.example.org")],
]


@pytest.mark.parametrize("headers", MACHINES)
def test_machines_are_counted_never_posted_and_never_answered(world, postman, headers):
    letter = postman.letter(world.dora, world.answer)

    arrival = postman.replies(letter, "I am away until Monday.", headers=headers)

    assert (arrival.state, arrival.outcome) == (Arrival.State.DONE, "automatic")
    assert Letter.objects.count() == 1
    assert Post.objects.filter(channel="mail").count() == 0


def test_a_mail_with_an_empty_return_path_is_a_machines(world, postman):
    letter = postman.letter(world.dora, world.answer)

    arrival = postman.brings(postman.answer(letter, "Away"), to=addresses.reply(letter.code), sender="")

    assert arrival.outcome == "automatic"


def test_a_bounce_is_kept_on_the_letter_that_came_back(world, postman):
    letter = postman.letter(world.dora, world.answer)
    report = (
        "This is the mail system.\n\n--b\nContent-Type: text/plain\n\nNo such user.\n\n--b\n"
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n"
        "Final-Recipient: rfc822; dora@example.org\nAction: failed\nStatus: 5.1.1\n\n--b--\n"
    )
    raw = postman.mail(
        "MAILER-DAEMON@example.org",
        letter.sender,
        "",
        subject="Undelivered Mail Returned to Sender",
    )
    kind = b'multipart/report; report-type=delivery-status; boundary="b"'
    raw = raw.replace(b"text/plain; charset=utf-8", kind) + report.replace("\n", "\r\n").encode()

    arrival = postman.brings(raw, to=letter.sender, sender="")

    assert (arrival.outcome, arrival.letter, arrival.problems) == ("bounce", letter, ["hard", "5.1.1"])
    assert "5.1.1" in Letter.objects.get().last_error
    assert Letter.objects.count() == 1


def test_nothing_sent_to_a_bounce_address_is_answered(world, postman):
    letter = postman.letter(world.dora, world.answer)

    arrival = postman.brings(postman.mail(world.dora, letter.sender, "What is this address?"))

    assert arrival.outcome == "automatic"
    assert Letter.objects.count() == 1


THROUGH_A_LIST = [("List-Id", "<list.example.org>"), ("In-Reply-To", "<question.1@list.example.org>")]


def test_a_workspace_subscribed_to_a_list_does_not_get_its_traffic(world, postman):
    raw = postman.mail(world.bob, "plenary@reply.example.org", "I agree.", subject="Re: Barley", headers=THROUGH_A_LIST)

    assert postman.brings(raw).outcome == "automatic"
    assert Post.objects.filter(channel="mail").count() == 0


def test_an_answer_to_a_letter_of_ours_is_posted_though_it_came_through_a_list(world, postman):
    letter = postman.letter(world.dora, world.answer)

    assert postman.replies(letter, "I agree.", headers=THROUGH_A_LIST).outcome == "posted"
