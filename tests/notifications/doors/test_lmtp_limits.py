"""How the LMTP door refuses: at RCPT wherever it can, 451 for what may come later, and floods without harm."""

import smtplib
import socket
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from forum.models import Workspace
from members.services import members
from notifications import addresses, inbound, subscriptions
from notifications.doors import lmtp
from notifications.intake import limits
from notifications.models import Arrival, Letter
from tests.patience import PATIENCE
from tests.world import World


@pytest.fixture
def world(transactional_db, client):
    limits.spent.forget()
    yield World(client)
    limits.spent.forget()


def answers(door, *recipients, sender="dora@example.org"):
    """What the door says to each recipient of one mail."""
    with door.client() as client:
        client.ehlo_or_helo_if_needed()
        client.mail(sender)
        return [client.rcpt(recipient) for recipient in recipients]


def status(found):
    return [code for code, _said in found]


def sent_days_ago(letter, days):
    Letter.objects.filter(pk=letter.pk).update(created_at=timezone.now() - timedelta(days=days))


def codes(door, postman, count, *, sender="bob@example.org", writer=None, to="plenary@reply.example.org", **fields):
    """Bring so many mails; what the door said to each, at whichever command."""
    found = []
    for number in range(count):
        raw = postman.mail(writer or sender or "daemon@mx.example", to, f"Text {number}", subject="Title", **fields)
        try:
            door.sends(raw, to, sender=sender)
            found.append(250)
        except smtplib.SMTPResponseException as refused:
            found.append(refused.smtp_code)
        except smtplib.SMTPRecipientsRefused as refused:
            found.append(next(iter(refused.recipients.values()))[0])
    return found


# -- Tokens ------------------------------------------------------------------------------------------------


def test_an_old_address_is_explained_for_a_while_and_then_refused(world, postman, door):
    fresh, old, ancient = (postman.letter(world.dora, world.answer) for _letter in range(3))
    sent_days_ago(old, 200)
    sent_days_ago(ancient, 400)

    found = answers(door, *(addresses.reply(letter.code) for letter in (fresh, old, ancient)))

    assert status(found) == [250, 250, 550]
    assert b"too old" in found[2][1]
    assert postman.replies(old, "Trop tard ?").outcome == "expired"
    assert len(postman.told(world.dora)) == 1


def test_revoked_addresses_are_refused_and_newer_ones_are_not(world, postman, door):
    before = postman.letter(world.dora, world.answer)
    others = postman.letter(world.bob, world.answer)
    subscriptions.revoke_addresses(member=world.dora)
    after = postman.letter(world.dora, world.answer)

    found = answers(door, *(addresses.reply(letter.code) for letter in (before, others, after)))

    assert status(found) == [550, 250, 250]
    assert postman.replies(before, "Encore moi").outcome == "expired"


def test_a_closed_account_has_no_answer_addresses_but_its_bounces_are_taken(world, postman, door):
    letter = postman.letter(world.dora, world.answer)
    assert status(answers(door, addresses.reply(letter.code))) == [250]

    members.deactivate(by=world.sekou, member=world.dora)
    other = postman.letter(world.dora, world.post)

    assert status(answers(door, addresses.reply(other.code), addresses.bounce(letter.code))) == [550, 250]


def test_a_token_of_a_letter_that_is_not_here_is_refused(world, door):
    assert status(answers(door, addresses.reply(123), addresses.bounce(123))) == [550, 250]


def test_a_reply_address_is_no_bounce_address(world, postman, door):
    letter = postman.letter(world.dora, world.answer)
    swapped = addresses.reply(letter.code).replace("reply+", "bounce+")

    assert status(answers(door, swapped, addresses.reply(letter.code).upper())) == [550, 250]


# -- Rates and sizes ---------------------------------------------------------------------------------------


def test_who_sent_too_much_hears_so_before_the_next_mail(world, postman, door, settings):
    settings.MAX_MAILS_PER_HOUR = 2

    assert codes(door, postman, 4) == [250, 250, 451, 451]
    with door.client() as client:
        client.ehlo_or_helo_if_needed()
        assert client.mail("BOB@example.org")[0] == 451
        assert client.mail("dora@example.org")[0] == 250


def test_a_loop_that_changes_its_envelope_is_stopped_by_its_from(world, postman, door, settings):
    settings.MAX_MAILS_PER_HOUR = 3

    found = [
        code for n in range(5) for code in codes(door, postman, 1, sender=f"loop-{n}@list.example", writer=world.bob)
    ]

    assert found == [250, 250, 250, 451, 451]
    assert codes(door, postman, 1, sender="dora@example.org") == [250]


def test_a_loop_that_changes_every_address_is_stopped_by_whom_it_writes_to(world, postman, door, settings):
    settings.MAX_MAILS_PER_HOUR = 3
    letter, other = (postman.letter(world.dora, thing) for thing in (world.answer, world.post))
    to = addresses.reply(letter.code)

    found = [code for n in range(5) for code in codes(door, postman, 1, sender=f"a{n}@x.example", to=to)]

    assert found == [250, 250, 250, 451, 451]
    assert status(answers(door, to, addresses.reply(other.code), sender="new@x.example")) == [451, 250]


def test_bounces_of_a_large_provider_are_not_held_against_each_other(world, postman, door, settings):
    settings.MAX_MAILS_PER_HOUR = 2
    found = []
    for _letter in range(5):
        letter = postman.letter(world.dora, world.answer)
        found += codes(door, postman, 1, sender="", to=addresses.bounce(letter.code))

    assert found == [250] * 5


def test_strangers_cannot_fill_the_disk_and_members_still_get_in(world, postman, door, settings):
    settings.MAX_UNKNOWN_BYTES_PER_DAY = 30_000
    text = "x" * 70 + "\n"
    large = postman.mail("a@x.example", "plenary@reply.example.org", text * 200)
    found = []
    for number in range(4):
        try:
            door.sends(large + b"%d" % number, "plenary@reply.example.org", sender=f"a{number}@x.example")
            found.append(250)
        except smtplib.SMTPDataError as refused:
            found.append(refused.smtp_code)

    assert found == [250, 250, 451, 451]
    assert codes(door, postman, 1, sender="bob@example.org") == [250]
    limits.spent.forget()  # another process adds up what is stored
    with pytest.raises(smtplib.SMTPDataError):
        door.sends(large + b"again", "plenary@reply.example.org", sender="b@x.example")


def test_a_member_cannot_either(world, postman, settings):
    settings.MAX_UNKNOWN_BYTES_PER_DAY, settings.MAX_MAIL_BYTES = 50_000, 25_000
    raws = [postman.mail(world.bob, "x", "x" * 22_000 + str(number)) for number in range(13)]
    envelope = inbound.Envelope(recipient="plenary@reply.example.org", sender="bob@example.org")

    results = [inbound.accept_all([(raw, envelope)])[0] for raw in raws]

    assert [type(result) for result in results[-3:]] == [type(None), inbound.OverLimit, inbound.OverLimit]


def test_a_size_named_beforehand_is_refused_at_mail(world, door, settings):
    settings.MAX_MAIL_BYTES = 100_000
    with door.client() as client:
        client.ehlo_or_helo_if_needed()
        assert client.mail("bob@example.org", ["size=100001"])[0] == 552
        assert client.mail("bob@example.org", ["size=99999"])[0] == 250


def test_the_hundred_and_first_recipient_is_to_have_a_mail_of_their_own(world, door):
    found = answers(door, *["plenary@reply.example.org"] * (lmtp.MOST_RECIPIENTS + 1))

    assert status(found) == [250] * lmtp.MOST_RECIPIENTS + [452]


# -- Floods ------------------------------------------------------------------------------------------------


def test_more_connections_than_there_is_room_for_are_sent_away_and_the_others_served(world, postman, door, monkeypatch):
    monkeypatch.setattr(lmtp, "MOST_CONNECTIONS", 5)
    silent = [socket.create_connection(("127.0.0.1", door.port)) for _connection in range(4)]
    for opened in silent:
        assert opened.recv(200).startswith(b"220")
    with door.client() as client:
        client.ehlo_or_helo_if_needed()
        too_many = socket.create_connection(("127.0.0.1", door.port))
        assert too_many.recv(200).startswith(b"421 4.3.2")
        assert too_many.recv(200) == b""
        too_many.close()
        raw = postman.mail(world.bob, "plenary@reply.example.org", "Text", subject="Title")
        assert client.sendmail("bob@example.org", ["plenary@reply.example.org"], raw) == {}
    for opened in silent:
        opened.close()

    assert Arrival.objects.count() == 1


def test_a_command_without_an_end_is_not_gathered(world, door):
    with socket.create_connection(("127.0.0.1", door.port), timeout=PATIENCE) as client:
        client.recv(200)
        for _piece in range(50):
            client.sendall(b"A" * 10_000)
        client.sendall(b"\r\nNOOP\r\n")
        heard = b""
        while heard.count(b"\r\n") < 2:
            heard += client.recv(1_000)

    assert heard.startswith(b"5")
    assert b"250" in heard


def test_who_says_nothing_or_drips_is_let_go(world, postman, door, monkeypatch):
    monkeypatch.setattr(lmtp, "COMMAND_TIMEOUT", 1)
    begun = time.monotonic()
    with pytest.raises(OSError), socket.create_connection(("127.0.0.1", door.port), timeout=PATIENCE) as client:
        client.recv(200)
        for line in (b"LHLO x\r\n", b"MAIL FROM:<bob@example.org>\r\n", b"RCPT TO:<plenary@reply.example.org>\r\n"):
            client.sendall(line)
            client.recv(1_000)
        client.sendall(b"DATA\r\n")
        client.recv(200)
        while time.monotonic() - begun < PATIENCE:
            client.sendall(b"line\r\n")
            time.sleep(0.05)

    assert not Arrival.objects.exists()


def test_idle_chatter_is_ended(world, door):
    with door.client() as client:
        client.ehlo_or_helo_if_needed()
        found = [client.noop()[0] for _call in range(lmtp.CALLS["NOOP"] + 1)]

    assert found == [250] * lmtp.CALLS["NOOP"] + [421]


# -- Asked by Postfix --------------------------------------------------------------------------------------


def ask(door, **asked):
    with socket.create_connection(("127.0.0.1", door.policy_port), timeout=PATIENCE) as client:
        lines = {"request": "smtpd_access_policy", "protocol_state": "RCPT", **asked}
        client.sendall("".join(f"{name}={value}\n" for name, value in lines.items()).encode() + b"\n")
        return client.recv(1_000).decode()


def test_postfix_hears_what_the_door_would_say(world, postman, asked_door, settings):
    letter = postman.letter(world.dora, world.answer)
    right = addresses.reply(letter.code)
    Workspace.objects.filter(pk=world.workspace.pk).update(visibility="private")

    assert ask(asked_door, sender="x@y.example", recipient=right) == "action=DUNNO\n\n"
    assert ask(asked_door, sender="", recipient=addresses.bounce(1)) == "action=DUNNO\n\n"
    assert ask(asked_door, sender="x@y.example", recipient="somebody@elsewhere.example") == "action=DUNNO\n\n"
    assert ask(asked_door, recipient=right.replace("reply+", "reply+aa")).startswith("action=550 5.1.1")
    assert ask(asked_door, sender="bob@example.org", recipient="plenary@reply.example.org") == "action=DUNNO\n\n"
    assert ask(asked_door, sender="x@y.example", recipient="plenary@reply.example.org").startswith("action=550 5.1.1")
    assert ask(asked_door, recipient=right, size="99999999999").startswith("action=552 5.3.4")


def test_postfix_is_asked_to_wait_without_a_database(world, asked_door, monkeypatch):
    def away(*args, **kwargs):
        raise inbound.DatabaseError("gone")

    monkeypatch.setattr(Workspace.objects, "filter", away)

    assert ask(asked_door, sender="bob@example.org", recipient="plenary@reply.example.org").startswith("action=451")


@pytest.mark.parametrize("noise", [b"\x00\xff" * 5_000, b"a=b\n" * 500, b"\n", b"x" * 100_000, b"GET / HTTP/1.0\n"])
def test_noise_does_the_port_no_harm(world, asked_door, noise):
    with socket.create_connection(("127.0.0.1", asked_door.policy_port), timeout=PATIENCE) as client:
        client.sendall(noise)

    assert ask(asked_door, sender="", recipient="help@reply.example.org") == "action=DUNNO\n\n"
