"""The LMTP door, through real sockets: what is accepted is on disk, what is not is said in the protocol."""

import smtplib

import pytest
from django.db import OperationalError, connection

from forum.models import Post
from notifications import addresses, inbound
from notifications.doors import lmtp
from notifications.models import Arrival
from tests.security.test_at_once import at_once
from tests.world import World


@pytest.fixture
def world(transactional_db, client):
    return World(client)


def work():
    while inbound.process_due():
        pass


def test_a_mail_is_stored_as_it_came_and_then_posted(world, postman, door):
    letter = postman.letter(world.dora, world.answer)
    raw = postman.answer(letter, "Chez nous aussi.\n.\n.. deux points")

    door.sends(raw, addresses.reply(letter.code), sender=world.dora.email)

    arrival = Arrival.objects.get()
    assert bytes(arrival.raw) == raw
    assert (arrival.envelope_sender, arrival.door, arrival.state) == ("dora@example.org", "lmtp", "new")
    work()
    assert Post.objects.latest("pk").text.startswith("Chez nous aussi.")


def test_a_wrong_token_is_refused_at_rcpt_and_nothing_is_kept(world, postman, door):
    letter = postman.letter(world.dora, world.answer)
    right = addresses.reply(letter.code)
    wrong = right.replace(right[8:12], "zzzz")

    with door.client() as client:
        client.ehlo_or_helo_if_needed()
        client.mail("dora@example.org")
        answers = [client.rcpt(address)[0] for address in (right, wrong, "nobody@reply.example.org", "a@b.example")]

    assert answers == [250, 550, 550, 550]
    assert not Arrival.objects.exists()


def test_every_recipient_hears_of_their_own_copy(world, postman, door, monkeypatch):
    raw = postman.mail(world.bob, "plenary@reply.example.org", "Bonjour", subject="Springs")

    with door.client() as client:
        client.ehlo_or_helo_if_needed()
        client.mail("bob@example.org")
        client.rcpt("plenary@reply.example.org")
        client.rcpt("help@reply.example.org")
        client.putcmd("data")
        assert client.getreply()[0] == 354
        client.send(raw + b"\r\n.\r\n")
        answers = [client.getreply()[0], client.getreply()[0]]

    assert answers == [250, 250]
    assert Arrival.objects.count() == 2


def test_a_workspace_made_a_moment_ago_has_its_address(world, door, postman):
    world.room("springs")

    refused = door.sends(postman.mail(world.bob, "x", "Text", subject="Title"), "springs@reply.example.org")

    assert refused == {}


def test_a_mail_too_large_is_refused_with_the_limit(world, postman, door, settings):
    settings.MAX_MAIL_BYTES = 100_000
    raw = postman.mail(world.bob, "plenary@reply.example.org", "x" * 70 + "\n" * 1 + "y" * 120_000)

    with door.client() as client, pytest.raises(smtplib.SMTPSenderRefused) as refused:
        client.sendmail("bob@example.org", ["plenary@reply.example.org"], raw)

    assert refused.value.smtp_code == 552


def test_a_mail_that_hides_its_size_is_refused_after_data_for_each_recipient(world, postman, door, settings):
    settings.MAX_MAIL_BYTES = 100_000
    with door.client() as client:
        client.ehlo_or_helo_if_needed()
        client.mail("bob@example.org")
        client.rcpt("plenary@reply.example.org")
        client.rcpt("help@reply.example.org")
        client.putcmd("data")
        client.getreply()
        client.send(b"Subject: x\r\n\r\n" + b"line\r\n" * 30_000 + b".\r\n")

        assert [client.getreply()[0], client.getreply()[0]] == [552, 552]
        assert client.noop()[0] == 250


def test_a_text_of_one_very_long_line_is_taken(world, postman, door):
    letter = postman.letter(world.dora, world.answer)
    raw = postman.mail(world.dora, "x", "mot " * 100_000)

    door.sends(raw, addresses.reply(letter.code), sender=world.dora.email)
    work()

    assert Post.objects.latest("pk").author == world.dora


def test_the_sender_of_too_many_mails_is_asked_to_come_later(world, postman, door, settings):
    settings.MAX_MAILS_PER_HOUR = 3
    codes = []
    for number in range(5):
        try:
            door.sends(
                postman.mail(world.bob, "x", f"Text {number}", subject="Title"),
                "plenary@reply.example.org",
                sender="bob@example.org",
            )
            codes.append(250)
        except smtplib.SMTPResponseException as error:  # after the mail, then before it
            codes.append(error.smtp_code)

    assert codes == [250, 250, 250, 451, 451]
    assert Arrival.objects.count() == 3


def test_without_a_database_the_mail_is_to_come_again(world, postman, door, monkeypatch):
    letter = postman.letter(world.dora, world.answer)
    raw = postman.answer(letter, "Chez nous aussi.")

    def full(*args, **kwargs):
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(inbound, "_store", full)
        with pytest.raises(smtplib.SMTPDataError) as refused:
            door.sends(raw, addresses.reply(letter.code))
    door.sends(raw, addresses.reply(letter.code))

    assert refused.value.smtp_code == 451
    assert Arrival.objects.count() == 1


def test_a_mail_the_table_will_not_have_keeps_no_other_out(world, postman, door, monkeypatch):
    store = inbound._store

    def picky(arrivals):
        if any(b"poison" in arrival.raw for arrival in arrivals):
            raise inbound.DataError("no")
        return store(arrivals)

    monkeypatch.setattr(inbound, "_store", picky)
    mails = [(postman.mail(world.bob, "x", text), "plenary@reply.example.org") for text in ("one", "poison", "two")]

    results = inbound.accept_all([(raw, inbound.Envelope(recipient=to)) for raw, to in mails])

    assert [type(result) for result in results] == [type(None), inbound.NotStored, type(None)]
    assert Arrival.objects.count() == 2


def test_the_same_mail_twenty_times_and_eight_workers_make_one_post(world, postman, door):
    letter = postman.letter(world.dora, world.answer)
    plus = addresses.reply(letter.code)
    raw = postman.answer(letter, "Une seule fois.")
    for number in range(20):
        received = b"Received: from hop%d by mx.example.org; Mon, 2 Mar 2026 07:00:00 +0000\r\n" % number
        door.sends(received + raw, plus if number % 2 else plus.replace("+", "-"))

    assert at_once(*[work] * 8) == [None] * 8

    assert Arrival.objects.count() == 2  # one for each spelling of the address
    assert Post.objects.filter(author=world.dora).count() == 1
    assert Arrival.objects.exclude(state="done").count() == 0


def test_one_arrival_processed_by_eight_workers_at_once_makes_one_post(world, postman):
    letter = postman.letter(world.dora, world.answer)
    raw = postman.answer(letter, "Une seule fois.")
    arrival = inbound.accept(raw, inbound.Envelope(recipient=addresses.reply(letter.code), sender="d@example.org"))

    results = at_once(*[lambda: inbound.process(Arrival.objects.get(pk=arrival.pk))] * 8)

    assert not any(isinstance(result, Exception) for result in results), results
    assert Post.objects.filter(author=world.dora).count() == 1
    assert Arrival.objects.get().answers.count() == 1


def test_two_members_who_answer_at_once_get_two_posts_with_different_numbers(world, postman, door):
    letters = [postman.letter(member, world.answer) for member in (world.bob, world.dora)]
    for letter in letters:
        door.sends(postman.answer(letter, f"From {letter.member.name}"), addresses.reply(letter.code))

    assert at_once(work, work) == [None, None]

    numbers = world.thread.posts.filter(number__gt=2).values_list("number", flat=True)
    assert sorted(numbers) == [3, 4]


def test_the_door_stores_what_it_has_before_it_closes(world, postman):
    writer = lmtp.Writer()
    writer.start()
    raw = postman.mail(world.bob, "x", "Text")
    loop = FakeLoop()
    writer.waiting.put(((raw, inbound.Envelope(recipient="plenary@reply.example.org")), FakeFuture(), loop))
    writer.stop()

    assert Arrival.objects.count() == 1
    assert loop.results == [None]


class FakeLoop:
    def __init__(self):
        self.results = []

    def call_soon_threadsafe(self, call, done, result):
        self.results.append(result)


class FakeFuture:
    pass


@pytest.mark.postgres_only
def test_a_lost_connection_costs_one_try_and_no_mail(world, postman, door):
    raws = [postman.mail(world.bob, "x", f"Text {number}", subject=f"Title {number}") for number in range(3)]
    door.sends(raws[0], "plenary@reply.example.org")

    with connection.cursor() as cursor:
        others = "pid <> pg_backend_pid() AND datname = current_database()"
        cursor.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
    with pytest.raises(smtplib.SMTPDataError) as refused:
        door.sends(raws[1], "plenary@reply.example.org")
    for raw in raws[1:]:
        door.sends(raw, "plenary@reply.example.org")

    assert refused.value.smtp_code == 451
    assert Arrival.objects.count() == 3


@pytest.mark.sqlite_only
def test_a_database_without_its_tables_is_451_and_not_a_crash(world, postman, door):
    raw = postman.mail(world.bob, "x", "Text", subject="Title")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE notifications_arrival RENAME TO away")
        try:
            with pytest.raises(smtplib.SMTPDataError) as refused:
                door.sends(raw, "plenary@reply.example.org")
        finally:
            cursor.execute("ALTER TABLE away RENAME TO notifications_arrival")
    assert refused.value.smtp_code == 451

    door.sends(raw, "plenary@reply.example.org")

    assert Arrival.objects.count() == 1
