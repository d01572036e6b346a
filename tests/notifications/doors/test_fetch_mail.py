"""The mailbox door, against a real IMAP server: stored first, removed afterwards, nothing lost and nothing twice."""

import io
import threading

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from forum.models import Post
from notifications import addresses, inbound
from notifications.doors import imap
from notifications.models import Arrival
from tests.patience import until
from tests.world import World


@pytest.fixture
def world(transactional_db, client, names):
    return World(client)


def fetch(**options):
    out = io.StringIO()
    call_command("fetch_mail", once=True, stdout=out, **options)
    return out.getvalue()


def test_an_answer_in_the_mailbox_is_stored_as_it_came_then_deleted_and_posted(world, postman, mailbox):
    letter = postman.letter(world.dora, world.answer)
    raw = b"Return-Path: <dora@example.org>\r\n" + postman.answer(letter, "Chez nous aussi.")
    mailbox.put(raw)

    assert "1 mails taken in" in fetch()

    arrival = Arrival.objects.get()
    assert bytes(arrival.raw) == raw
    assert (arrival.door, arrival.envelope_sender, arrival.state) == ("imap", "dora@example.org", "new")
    assert mailbox.folder() == []
    inbound.process_due()
    assert Post.objects.get(channel="mail").text == "Chez nous aussi."


def test_the_recipient_is_whom_the_servers_name_before_whom_the_sender_wrote(world, postman, mailbox):
    letter = postman.letter(world.dora, world.answer)
    reply = addresses.reply(letter.code)
    minus = reply.replace("+", "-")
    texts = {
        f"Delivered-To: {reply}\r\n": "one",
        f"Delivered-To: catch-all@provider.example\r\nX-Original-To: {minus}\r\n": "two",
        f"Envelope-To: <{reply.upper()}>\r\n": "three",
        "Delivered-To: catch-all@provider.example\r\n": "four",
    }
    mailbox.put(*(head.encode() + postman.mail(world.dora, reply, text) for head, text in texts.items()))
    mailbox.put(postman.mail(world.dora, f'"Plenary" <plenary@reply.example.org>, {reply}', "five"))

    fetch()

    assert sorted(Arrival.objects.values_list("recipient", flat=True)) == sorted(
        [reply, reply, reply, reply, minus, "plenary@reply.example.org"]
    )
    assert mailbox.folder() == []


def test_what_is_not_for_us_or_forged_is_put_aside_and_a_bounce_is_taken(world, postman, mailbox):
    letter = postman.letter(world.dora, world.answer)
    wrong = addresses.reply(letter.code)[:-30] + "zzzz" + addresses.reply(letter.code)[-26:]
    for_nobody = [postman.mail("spam@elsewhere.example", to, "Buy") for to in ("info@elsewhere.example", wrong, "")]
    bounce = b"Return-Path: <>\r\n" + postman.mail("MAILER-DAEMON@mx.example", addresses.bounce(letter.code), "No")
    mailbox.put(*for_nobody, bounce)

    fetch()

    assert len(mailbox.folder("Alphorn-aside")) == 3
    assert [(found.envelope_sender, found.door) for found in Arrival.objects.all()] == [("", "imap")]


def test_taken_mail_is_kept_in_a_folder_where_the_operator_wants_it(world, postman, mailbox, settings):
    settings.IMAP_TAKEN = "Taken"
    mailbox.put(postman.mail(world.bob, "plenary@reply.example.org", "Text", subject="Title"))

    fetch()

    assert (len(mailbox.folder()), len(mailbox.folder("Taken")), Arrival.objects.count()) == (0, 1, 1)


def test_whoever_is_killed_between_storing_and_deleting_stores_it_once(world, postman, mailbox, monkeypatch):
    mailbox.put(postman.mail(world.bob, "plenary@reply.example.org", "Text", subject="Title"))

    def killed(self, uids, folder):
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(imap.Mailbox, "_put_away", killed)
        with pytest.raises(KeyboardInterrupt):
            fetch()
    assert (Arrival.objects.count(), len(mailbox.folder())) == (1, 1)
    fetch()

    assert (Arrival.objects.count(), len(mailbox.folder())) == (1, 0)


def test_without_a_database_the_mail_stays_in_the_mailbox(world, postman, mailbox, monkeypatch):
    mailbox.put(postman.mail(world.bob, "plenary@reply.example.org", "Text", subject="Title"))

    def full(arrivals):
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(inbound, "_store", full)
        with pytest.raises(CommandError, match="still there"):
            fetch()
    assert len(mailbox.folder()) == 1
    fetch()

    assert (Arrival.objects.count(), len(mailbox.folder())) == (1, 0)


def test_mail_over_the_hourly_limit_waits_in_the_mailbox(world, postman, mailbox, settings):
    settings.MAX_MAILS_PER_HOUR = 2
    mailbox.put(*(postman.mail(world.bob, "plenary@reply.example.org", f"Text {number}") for number in range(4)))

    fetch()
    assert (Arrival.objects.count(), len(mailbox.folder())) == (2, 2)
    settings.MAX_MAILS_PER_HOUR = 10
    fetch()

    assert (Arrival.objects.count(), len(mailbox.folder())) == (4, 0)


def test_a_mail_too_large_is_put_aside_unread_and_its_writer_hears_the_limit(world, postman, mailbox, settings):
    settings.MAX_MAIL_BYTES = 20_000
    letter = postman.letter(world.dora, world.answer)
    large = postman.mail(world.dora, addresses.reply(letter.code), "x\n" * 20_000)
    mailbox.put(large, postman.mail("stranger@elsewhere.example", "plenary@reply.example.org", "y\n" * 20_000))

    fetch()
    fetch()

    mine, strangers = Arrival.objects.order_by("pk")
    assert (mine.state, mine.outcome, mine.size, mine.member) == ("held", "too_large", len(large), world.dora)
    assert len(bytes(mine.raw)) < 1_000
    assert strangers.member is None
    [told] = postman.told(world.dora)
    assert "20,0" in told or "20\xa0" in told or "19,5" in told
    assert len(mailbox.folder("Alphorn-aside")) == 2


def test_a_private_room_is_an_address_only_to_its_members(world, postman, mailbox):
    world.room("council", visibility="private")
    mailbox.put(
        postman.mail(world.bob, "council@reply.example.org", "Text", subject="Title"),
        postman.mail(world.carol, "council@reply.example.org", "Text", subject="Title"),
    )

    fetch()

    assert [arrival.from_address for arrival in Arrival.objects.all()] == ["bob@example.org"]
    assert len(mailbox.folder("Alphorn-aside")) == 1


@pytest.mark.parametrize("kind", ["mailbox", "mailbox_without_idle"])
def test_what_comes_while_it_looks_is_taken_and_a_lost_connection_opened_again(
    world, postman, kind, request, settings, monkeypatch
):
    settings.IMAP_SECONDS = 0.2
    monkeypatch.setattr(imap, "PAUSES", (0.1, 1))
    monkeypatch.setattr(imap, "STOP_SECONDS", 0.2)
    server = request.getfixturevalue(kind)
    stop = threading.Event()

    def look():
        try:
            imap.keep_looking(imap.place_from(server.url), stop.is_set, say=lambda text: None)
        finally:
            connection.close()

    looking = threading.Thread(target=look)
    looking.start()
    try:
        server.put(postman.mail(world.bob, "plenary@reply.example.org", "One", subject="Title"))
        until(lambda: Arrival.objects.count() == 1)
        server.put(postman.mail(world.bob, "plenary@reply.example.org", "Two", subject="Title"))
        until(lambda: Arrival.objects.count() == 2)
        server.stop()
        server.start()
        server.put(postman.mail(world.bob, "plenary@reply.example.org", "Three", subject="Title"))
        until(lambda: Arrival.objects.count() == 3)
        until(lambda: server.folder() == [])
    finally:
        stop.set()
        looking.join(20)

    assert not looking.is_alive()


@pytest.mark.parametrize("url", ["", "pop3://user:password@host/", "imaps://host/INBOX"])
def test_an_address_that_names_no_mailbox_is_explained(url, settings):
    settings.IMAP_URL = url

    with pytest.raises(ImproperlyConfigured, match="imaps://"):
        imap.place_from(url)
    with pytest.raises(CommandError, match="imaps://"):
        call_command("fetch_mail")


def test_a_wrong_password_is_told_without_it(world, mailbox, settings):
    settings.IMAP_URL = mailbox.url.replace("secret", "hidden-words")

    with pytest.raises(CommandError) as told:
        fetch()

    assert "hidden-words" not in str(told.value)


def test_the_address_of_a_mailbox_is_read_with_its_signs():
    place = imap.place_from("imaps://reply%40example.org:p%2Fw@imap.example.org/Box%20A")

    assert (place.user, place.password, place.folder, place.port) == ("reply@example.org", "p/w", "Box A", 993)
