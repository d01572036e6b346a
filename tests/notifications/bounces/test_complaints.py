"""Complaints: whoever calls our mail unwanted gets no more digests, and the secretariat hears of it."""

from notifications import addresses, letters
from notifications.models import Letter, Subscription
from tests.notifications.bounces.conftest import left

COMPLAINT = """\
From: <fbl@provider.example>
To: {to}
Subject: Abuse report
Message-ID: <complaint.1@provider.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="X"

--X
Content-Type: text/plain

This is an email abuse report.

--X
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Provider/1.0
Version: 1

--X
Content-Type: message/rfc822

From: Plenary <{reply}>
Message-ID: {message_id}
Subject: A post

Text.

--X--
"""


def complaint(letter, to, reply):
    return COMPLAINT.format(to=to, reply=reply, message_id=letter.message_id).replace("\n", "\r\n").encode()


def test_a_complaint_stops_bulk_mail_at_once_and_the_secretariat_is_told(world, postman):
    letter = left(postman.letter(world.bob, world.post))
    waiting = postman.letter(world.bob, world.answer)
    Subscription.objects.create(member=world.bob, workspace=world.workspace, cadence="daily")

    to = addresses.bounce(letter.code)
    postman.brings(complaint(letter, to, addresses.reply(letter.code)), to=to, sender="")

    assert set(Subscription.objects.filter(member=world.bob).values_list("cadence", flat=True)) == {"none"}
    assert Letter.objects.get(pk=waiting.pk).state == Letter.State.WITHDRAWN
    told = Letter.objects.get(member=world.sekou, subject__contains="spam")
    assert "Bob" in letters.text_of(told)
    assert "bob@example.org" not in letters.text_of(told)


def test_a_forged_complaint_stops_nothing(world, postman):
    letter = left(postman.letter(world.bob, world.post))
    Subscription.objects.create(member=world.bob, workspace=world.workspace, cadence="daily")

    postman.brings(
        complaint(letter, "help@localhost", "reply+forged@localhost"), to=addresses.help_address(), sender=""
    )

    assert Subscription.objects.get(member=world.bob).cadence == "daily"
    assert not Letter.objects.filter(member=world.sekou).exists()
