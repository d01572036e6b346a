"""The pipe door: the exit status tells the mail server whether it may forget the mail."""

import io
import sys

import pytest
from django.core.management import call_command
from django.db import OperationalError

from forum.models import Post
from notifications import addresses, inbound
from notifications.models import Arrival


@pytest.fixture
def pipe(monkeypatch):
    """A function that gives the command bytes on standard input and returns its exit status."""
    for name in ("ORIGINAL_RECIPIENT", "RECIPIENT", "SENDER"):
        monkeypatch.delenv(name, raising=False)

    def run(raw, **options):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        try:
            call_command("receive_mail", stderr=io.StringIO(), **options)
        except SystemExit as end:
            return end.code
        return 0

    return run


def test_a_mail_is_stored_and_posted(world, postman, pipe):
    letter = postman.letter(world.dora, world.answer)
    raw = postman.answer(letter, "Chez nous aussi")

    assert pipe(raw, to=addresses.reply(letter.code)) == 0

    inbound.process_due()
    assert bytes(Arrival.objects.get().raw) == raw
    assert Post.objects.get(channel="mail").text == "Chez nous aussi"


def test_a_mail_that_comes_by_pipe_and_by_lmtp_is_the_same_mail(world, postman, pipe):
    letter = postman.letter(world.dora, world.answer)
    raw = postman.answer(letter, "Une fois")

    pipe(raw.replace(b"\r\n", b"\n"), to=addresses.reply(letter.code))
    inbound.accept(raw, inbound.Envelope(recipient=addresses.reply(letter.code), sender="dora@example.org"))

    assert Arrival.objects.count() == 1


def test_the_recipient_comes_from_the_environment_or_the_mail(world, postman, pipe, monkeypatch):
    letter = postman.letter(world.dora, world.answer)
    address = addresses.reply(letter.code)

    assert pipe(b"Delivered-To: " + address.encode() + b"\r\n" + postman.answer(letter, "One")) == 0
    monkeypatch.setenv("ORIGINAL_RECIPIENT", address)
    assert pipe(postman.answer(letter, "Two")) == 0
    monkeypatch.delenv("ORIGINAL_RECIPIENT")
    assert pipe(postman.answer(letter, "Three")) == 64

    assert {arrival.recipient for arrival in Arrival.objects.all()} == {address}


def test_an_unknown_address_is_67(world, postman, pipe):
    assert pipe(b"From: a@b.example\r\n\r\ntext", to="nobody@reply.example.org") == 67
    assert not Arrival.objects.exists()


def test_a_mail_too_large_is_69(world, pipe, settings):
    settings.MAX_MAIL_BYTES = 1_000

    assert pipe(b"From: a@b.example\r\n\r\n" + b"x" * 1_000, to="plenary@reply.example.org") == 69


def test_a_mail_that_cannot_be_stored_is_75(world, postman, pipe, monkeypatch):
    raw = postman.mail(world.bob, "plenary@reply.example.org", "Text")

    def full(arrivals):
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(inbound, "_store", full)
        assert pipe(raw, to="plenary@reply.example.org") == 75
    assert pipe(raw, to="plenary@reply.example.org") == 0
    assert Arrival.objects.count() == 1


def test_a_sender_over_the_limit_is_75(world, postman, pipe, settings):
    settings.MAX_MAILS_PER_HOUR = 1

    codes = [
        pipe(postman.mail(world.bob, "x", text), to="plenary@reply.example.org", sender="bob@example.org")
        for text in ("one", "two")
    ]

    assert codes == [0, 75]
