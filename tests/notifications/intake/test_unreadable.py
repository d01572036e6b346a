"""What cannot be read, or cannot be handled: kept, told of, and left to a person."""

import base64

import pytest
from django.utils import timezone

from forum.models import Post
from forum.services import writing
from notifications import addresses, inbound
from notifications.models import Arrival, Letter
from tests.notifications.intake.postman import words

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def test_an_encrypted_mail_is_held_and_plain_text_asked_for(world, postman, english):
    letter = postman.letter(english, world.answer)
    body = "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n"

    arrival = postman.brings(postman.mail(english, "x", body), to=addresses.reply(letter.code))

    assert (arrival.state, arrival.outcome) == (Arrival.State.HELD, "encrypted")
    assert "without encryption" in words(postman.told(english)[0])


def test_pictures_alone_are_held_and_text_asked_for(world, postman, english):
    letter = postman.letter(english, world.answer)
    raw = postman.mail(english, "x", "").replace(b"text/plain; charset=utf-8", b'image/png; name="scan.png"')
    raw = raw.replace(b"8bit", b"base64") + base64.b64encode(PNG)

    arrival = postman.brings(raw, to=addresses.reply(letter.code))

    assert (arrival.state, arrival.outcome) == (Arrival.State.HELD, "picture_only")
    assert "pictures" in postman.told(english)[0]


HOSTILE = {
    "empty": b"",
    "one null": b"\0",
    "noise": bytes(range(256)) * 200,
    "no header": b"\r\n\r\njust text\r\n",
    "only line ends": b"\r\n" * 50_000,
    "long header": b"Subject: " + b"x" * 3_000_000 + b"\r\n\r\ntext",
    "many headers": b"X-A: b\r\n" * 200_000 + b"\r\ntext",
    "deep": b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (level, level) for level in range(2_000)
    ),
    "many parts": b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n' + b"--x\r\n\r\na\r\n" * 50_000,
    "html nested": b"Content-Type: text/html\r\n\r\n" + b"<div><blockquote>" * 100_000,
    "bad base64": b"Content-Transfer-Encoding: base64\r\n\r\n" + b"\xff=" * 100_000,
    "unknown charset": b"Content-Type: text/plain; charset=\xff\xfe\x00klingon\r\n\r\n\xff\xfetext",
    "quotes": b"\r\n" + b">" * 500_000,
    "tags": b"\r\n" + b"#11: a\r\n" * 50_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("has_sender", [True, False])
def test_hostile_bytes_get_an_outcome_and_are_kept(world, postman, three, kind, has_sender):
    issue = postman.issue(world.dora, *three)
    head = b"From: dora@example.org\r\nDate: Mon, 2 Mar 2026 07:00:00 +0000\r\n" if has_sender else b""
    raw = head + HOSTILE[kind]

    arrival = postman.brings(raw, to=addresses.reply(issue.letter.code), sender="dora@example.org")

    assert arrival.state in (Arrival.State.DONE, Arrival.State.HELD)
    assert arrival.error == ""
    assert bytes(Arrival.objects.get().raw) == raw
    told_or_posted = Letter.objects.filter(kind="answer", member=world.dora).exists() or Post.objects.filter(
        channel="mail"
    )
    assert told_or_posted


def test_bytes_that_are_no_mail_wait_for_a_person_and_the_member_is_told(world, postman, english):
    letter = postman.letter(english, world.answer)

    arrival = postman.brings(b"\0\xff\xfe", to=addresses.reply(letter.code), sender="dora@example.org")

    assert (arrival.state, arrival.outcome) == (Arrival.State.HELD, "unreadable")
    assert "a person will look at it" in words(postman.told(english)[0])


def test_a_very_long_text_is_cut_and_the_sender_told(world, postman, english):
    letter = postman.letter(english, world.answer)

    arrival = postman.replies(letter, "Line after line.\n" * 10_000)

    assert arrival.outcome == "posted"
    assert "64 KB" in postman.told(english)[0]


def test_what_cannot_be_handled_is_tried_again_then_left_to_a_person(world, postman, english, monkeypatch):
    letter = postman.letter(english, world.answer)
    raw = postman.answer(letter, "Chez nous aussi")
    with monkeypatch.context() as broken:
        broken.setattr(writing, "append", lambda *args, **kwargs: 1 / 0)
        arrival = postman.brings(raw, to=addresses.reply(letter.code), sender="dora@example.org")
        assert (arrival.state, arrival.attempts) == (Arrival.State.READ, 1)
        assert arrival.claimed_until > timezone.now()
        for _attempt in range(3):
            inbound.process(arrival)
    failed = Arrival.objects.get()
    assert (failed.state, failed.attempts) == (Arrival.State.FAILED, 4)
    assert "ZeroDivisionError" in failed.error
    assert "a person will look at it" in words(postman.told(english)[0])

    world.sign_in(world.sekou).post(f"/mail/desk/arrivals/{failed.pk}/retry/")

    assert Arrival.objects.get().outcome == "posted"
    assert Post.objects.get(channel="mail").text == "Chez nous aussi"
