"""Postfix, configured as docs/operate-mail.md prints it: mail goes out through it, and answers come back in."""

import smtplib

import pytest
from django.core import mail

from forum.models import Post
from forum.services import seats
from notifications import addresses, inbound, outbox
from notifications.models import Arrival, Bounce, Letter
from tests.patience import until
from tests.world import World


@pytest.fixture
def world(transactional_db, client):
    return World(client)


@pytest.fixture
def outgoing(settings, postfix):
    """Letters leave through this Postfix."""
    settings.EMAIL_URL = f"smtp://127.0.0.1:{postfix.port}"
    settings.AUTHSERV_ID = "mail.example.org"
    outbox.close()
    yield postfix
    outbox.close()


def work():
    while inbound.process_due():
        pass


def test_a_letter_goes_out_through_postfix_and_its_answer_comes_back_in(world, postman, outgoing, sink):
    letter = postman.letter(world.dora, world.answer)
    outbox.send_due()
    until(lambda: sink.mails, outgoing.log)

    [(envelope_sender, recipients, raw)] = sink.mails
    assert (envelope_sender, recipients) == (addresses.bounce(letter.code), ["dora@example.org"])
    assert addresses.reply(letter.code).encode() in raw
    forged = b"Authentication-Results: mail.example.org; dmarc=pass\r\n"
    forged += b"authentication-results: (a)\r\n mail.example.org;\r\n dmarc=pass\r\n"
    others = b"Authentication-Results: elsewhere.example; dmarc=pass\r\n"
    with outgoing.client() as client:
        answer = forged + others + postman.answer(letter, "Chez nous aussi.\n.\nÀ bientôt")
        client.sendmail("dora@example.org", [addresses.reply(letter.code)], answer, ["BODY=8BITMIME"])
    until(Arrival.objects.exists, outgoing.log)

    arrival = Arrival.objects.get()
    assert b"mail.example.org; dmarc" not in bytes(arrival.raw)
    assert b"mail.example.org;\r\n dmarc" not in bytes(arrival.raw)
    assert others in bytes(arrival.raw)
    assert (arrival.envelope_sender, arrival.door) == ("dora@example.org", "lmtp")
    work()
    assert Post.objects.get(channel="mail").text == "Chez nous aussi.\n.\nÀ bientôt"


def test_what_nobody_has_is_refused_while_the_sender_listens(world, postman, outgoing):
    letter = postman.letter(world.dora, world.answer)
    world.room("council", visibility="private")
    right = addresses.reply(letter.code)
    wrong = right.replace(right[8:12], "zzzz")

    with outgoing.client() as client:
        client.ehlo()
        client.mail("carol@example.org")
        carols = [client.rcpt(to)[0] for to in (right, wrong, "nobody@reply.example.org", "council@reply.example.org")]
        client.rset()
        client.mail("bob@example.org")
        bobs = [client.rcpt(to)[0] for to in (right, wrong, "nobody@reply.example.org", "council@reply.example.org")]
        client.rset()
        too_large = client.mail("bob@example.org", ["size=25000001"])[0]

    assert (carols, bobs, too_large) == ([250, 550, 550, 550], [250, 550, 550, 250], 552)
    assert not Arrival.objects.exists()


def test_a_letter_to_nobody_comes_back_and_is_counted(world, postman, outgoing):
    gone = world.member("gone")
    seats.give(by=world.sekou, workspace=world.workspace, member=gone)
    letter = postman.letter(gone, world.answer)

    outbox.send_due()
    until(Arrival.objects.exists, outgoing.log)
    work()

    arrival = Arrival.objects.get()
    assert (arrival.recipient, arrival.envelope_sender) == (addresses.bounce(letter.code), "")
    assert (arrival.klass, arrival.outcome, arrival.letter) == ("bounce", "bounce", letter)
    bounce = Bounce.objects.get()
    assert (bounce.member, bounce.letter, bounce.is_hard, bounce.status) == (gone, letter, True, "5.1.1")


def test_while_the_door_is_shut_mail_is_put_off_and_nothing_lost(world, postman, outgoing, asked_door, monkeypatch):
    letter = postman.letter(world.dora, world.answer)
    raw = postman.answer(letter, "Chez nous aussi.")

    def full(arrivals):
        raise inbound.DatabaseError("database or disk is full")

    with monkeypatch.context() as broken, outgoing.client() as client:
        broken.setattr(inbound, "_store", full)
        client.sendmail("dora@example.org", [addresses.reply(letter.code)], raw)
        until(lambda: "status=deferred" in outgoing.log(), outgoing.log)
    until(Arrival.objects.exists, outgoing.log)

    work()
    assert Post.objects.filter(channel="mail").count() == 1


def test_who_sent_too_much_hears_it_from_postfix(world, postman, outgoing, settings):
    settings.MAX_MAILS_PER_HOUR = 1
    for number in range(2):  # the second is put off after Postfix has it
        with outgoing.client() as client:
            raw = postman.mail(world.bob, "plenary@reply.example.org", f"Text {number}", subject="Title")
            client.sendmail("bob@example.org", ["plenary@reply.example.org"], raw)
    until(lambda: "status=deferred" in outgoing.log(), outgoing.log)

    with outgoing.client() as client, pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        client.sendmail("bob@example.org", ["plenary@reply.example.org"], raw)

    assert refused.value.recipients["plenary@reply.example.org"][0] == 451


def test_a_sign_in_code_goes_out_through_postfix(world, outgoing, sink):
    mail.send_mail("Your code", "123456", None, ["dora@example.org"])
    outbox.send_due()
    until(lambda: sink.mails, outgoing.log)

    assert b"123456" in sink.mails[0][2]
    assert Letter.objects.get().state == Letter.State.SENT
