"""How sending goes: the page and the command show it, at the same cost however many letters there are."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from notifications.models import Destination, Letter, MailProfile
from notifications.outbox import Outbox, destinations, progress, smtp

Priority = Letter.Priority


@pytest.fixture
def traffic(world, server, hands, write):
    """Three digests left, two wait, one is put off, one failed; a domain asked for a pause."""
    server.says["RCPT", "nobody@example.org"] = "550 5.1.1 no such user"
    for name in ("alice", "bob", "dora", "nobody"):
        write(name, priority=Priority.BULK)
    hands.send_due()
    write("reader1", priority=Priority.BULK)
    write("reader2", priority=Priority.BULK)
    later = write("reader3", priority=Priority.BULK)
    Letter.objects.filter(pk=later.pk).update(due_at=timezone.now() + timedelta(hours=1))
    destinations.hold("strict.example", "451 4.7.28 less, please")


def test_the_figures_are_those_of_the_table(world, traffic):
    MailProfile.objects.update(next_issue_at=None)
    MailProfile.objects.filter(member=world.dora).update(next_issue_at=timezone.now())
    seen = progress.look()

    bulk = next(line for line in seen.lines if line.name == Priority.BULK.label)
    assert (bulk.waiting, bulk.later, bulk.sending, bulk.failed, bulk.sent) == (2, 1, 0, 1, 3)
    assert seen.total.waiting == 2
    assert 0 < seen.rate <= 3 / progress.SHORTEST.total_seconds()
    assert seen.oldest <= seen.at < seen.ends_at
    assert seen.digests_due == MailProfile.objects.filter(next_issue_at__lte=timezone.now()).count()
    assert seen.digests_waiting == 3
    assert [place.domain for place in seen.held] == ["strict.example"]


def test_the_page_is_the_secretariats_and_sends_to_a_held_domain_again(world, traffic, write, hands, state):
    letter = write("dora@strict.example")
    hands.send_due()
    assert state(letter) == "queued"
    assert world.sign_in(world.bob).get("/mail/sending/").status_code == 403

    page = world.sign_in(world.sekou).get("/mail/sending/?watch")
    assert "strict.example" in page.content.decode()
    assert "less, please" in page.content.decode()
    assert page["Refresh"] == "10"
    world.client.post(f"/mail/sending/domains/{Destination.objects.get().pk}/release/")
    hands.send_due()

    assert state(letter) == "sent"


def test_looking_costs_as_many_queries_with_many_letters_as_with_few(world, write):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            progress.look()
        return len(captured)

    for number in range(3):
        write(f"reader{number}")
        destinations.hold(f"place{number}.example", "451 4.7.1 slower")
    few = queries()
    for number in range(3, 30):
        write(f"reader{number}", priority=Priority.BULK)
        destinations.hold(f"place{number}.example", "451 4.7.1 slower")

    assert queries() == few <= 6


def test_while_the_mail_server_is_away_no_end_is_promised_and_the_error_named(world, server, hands, write, capsys):
    write("alice")
    hands.send_due()
    left = Letter.objects.get().sent_at
    away = Outbox(smtp.Smtp(host="127.0.0.1", port=1))
    write("bob")
    before = progress.look()

    away.send_due()
    write("dora", priority=Priority.NOW)  # goes first, and was not tried yet
    seen = progress.look()
    page = world.sign_in(world.sekou).get("/mail/sending/").content.decode()
    call_command("sending", "status")

    assert before.ends_at
    assert not before.problem
    assert (seen.ends_at, seen.last_sent_at) == (None, left)
    assert "127.0.0.1:1" in seen.problem
    assert "All will have left" not in page
    assert "127.0.0.1:1" in page
    printed = capsys.readouterr().out
    assert "Nothing has left since" in printed
    assert "127.0.0.1:1" in printed

    hands.send_due()
    write("carol")
    assert progress.look().ends_at
    assert not progress.look().problem


def test_an_error_of_a_letter_that_others_have_overtaken_is_no_absence(world, server, hands, write, due_now):
    server.says["RCPT", "nobody@example.org"] = "450 4.2.1 try later"
    write("nobody")
    hands.send_due()
    write("alice")
    hands.send_due()
    due_now()

    assert progress.look().ends_at
    assert not progress.look().problem


def test_the_command_prints_the_same(world, traffic, capsys):
    call_command("sending", "status")

    printed = capsys.readouterr().out
    assert "in bulk" in printed
    assert "strict.example is held until" in printed
    assert "digests:" in printed

    call_command("sending", "release", "strict.example")
    assert not progress.look().held
