"""The pace of each receiving domain: one that is slow or strict holds up no other."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from notifications.models import Destination, Letter
from notifications.outbox import destinations, warmup
from tests.security.test_at_once import at_once

SLOWER = "451 4.7.28 we want less of your mail"
Priority = Letter.Priority


def place(domain="strict.example"):
    return Destination.objects.get(domain=domain)


def test_a_domain_that_asks_for_less_waits_and_the_others_go_on(server, hands, write, state):
    server.says["RCPT", "strict.example"] = SLOWER
    strict = [write(f"reader{number}@strict.example") for number in range(5)]
    others = [write(f"reader{number}") for number in range(5)]

    hands.send_due()
    hands.send_due()

    assert {state(letter) for letter in others} == {"sent"}
    assert {state(letter) for letter in strict} == {"queued"}
    assert sum(letter.attempts for letter in strict) == 0  # none was more than named
    assert timedelta(seconds=50) < place().held_until - timezone.now() <= timedelta(seconds=60)
    assert place().last_error == SLOWER
    assert {letter.due_at for letter in strict[2:]} == {place().held_until}


def test_a_full_mailbox_holds_up_nobody_else_of_its_domain(server, hands, write, state):
    server.says["RCPT", "dora@example.org"] = "452 4.2.2 mailbox full"
    full, other = write("dora"), write("bob")

    hands.send_due()

    assert (state(full), state(other)) == ("queued", "sent")
    assert not Destination.objects.exists()


def test_the_pause_doubles_while_it_goes_on_and_is_forgotten_afterwards(server, hands, write, due_now):
    server.says["RCPT", "strict.example"] = [SLOWER, SLOWER, SLOWER]
    letter, pauses = write("dora@strict.example"), []

    for _try in range(3):
        hands.send_due()
        pauses.append((place().held_until - timezone.now()).total_seconds())
        Destination.objects.update(held_until=timezone.now())
        due_now()
    hands.send_due()

    assert [round(pause, -1) for pause in pauses] == [60, 120, 240]
    assert Letter.objects.get(pk=letter.pk).state == "sent"
    assert (place().failures, place().held_until) == (0, None)


def test_a_pause_is_an_hour_at_most_and_two_workers_that_hear_the_same_double_it_once(db):
    destinations.hold("strict.example", SLOWER)
    destinations.hold("strict.example", SLOWER)
    assert place().failures == 1

    for _time in range(20):
        Destination.objects.update(held_until=timezone.now())
        until = destinations.hold("strict.example", SLOWER)

    assert until - timezone.now() <= timedelta(hours=1)


def test_a_sign_in_code_does_not_wait_for_its_domain(server, hands, write, state, settings):
    settings.WARM_UP_SINCE = timezone.now().date()
    destinations.hold("strict.example", SLOWER)
    code = write("new@strict.example", priority=Priority.NOW)
    digest = write("dora@strict.example", priority=Priority.BULK)

    hands.send_due()

    assert (state(code), state(digest)) == ("sent", "queued")


def test_three_domains_that_refuse_in_a_row_are_the_servers_fault(server, hands, write, state):
    server.says["RCPT", "*"] = "421 4.7.0 try again later"
    written = [write(f"dora@example{number}.org") for number in range(10)]

    hands.send_due()
    tried = [letter for letter in written if state(letter) == "queued" and letter.last_error.startswith("421")]
    again = hands.send_due()
    hands.away_until = 0
    hands.send_due()

    assert len(tried) == 3
    assert again == 0
    assert hands.failures == 2  # it is left alone for longer
    assert {letter.claimed_until for letter in written} == {None}


def test_a_lost_letter_of_a_busy_server_is_not_the_domains_fault(server, hands, write):
    server.says["END", "*"] = ["451 4.3.0 queue file write error"]
    write("dora@strict.example")
    write("bob@strict.example")

    hands.send_due()

    assert server.recipients == ["bob@strict.example"]
    assert not Destination.objects.exists()


def test_a_letter_left_half_way_waits_for_its_domain_like_any_other(server, hands, write, state):
    letter = write("dora@strict.example")
    Letter.objects.update(state="sending", claimed_until=timezone.now() - timedelta(minutes=1))
    destinations.hold("strict.example", SLOWER)

    assert hands.send_due() == 1
    assert hands.send_due() == 0

    assert (state(letter), letter.unanswered, letter.due_at) == ("queued", 1, place().held_until)


# -- At once -----------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("most", [1, 2])
def test_no_more_letters_are_under_way_to_a_domain_than_it_may_have(server, connect, write, settings, most):
    settings.SENDING_PER_DOMAIN = most
    for number in range(20):
        write(f"reader{number}@strict.example")
        write(f"reader{number}@example{number % 5}.org")

    def work():
        hands = connect(server)
        while Letter.objects.filter(state__in=("queued", "sending")).exists():
            hands.send_due(limit=10)
            with transaction.atomic():  # passing over what another locks, or two would wait for each other
                waiting = Letter.objects.filter(state="queued", claimed_until=None)
                free = waiting.select_for_update(skip_locked=True).values_list("pk", flat=True)
                Letter.objects.filter(pk__in=list(free)).update(due_at=timezone.now())

    assert at_once(*[work] * 4) == [None] * 4
    assert len(set(server.recipients)) == len(server.taken) == 40
    assert server.busiest["strict.example"] <= most
    assert place().leases == {}
    assert place().full_until is None


def test_letters_of_a_busy_domain_are_left_to_those_who_send_there(server, hands, write, state, settings):
    settings.SENDING_PER_DOMAIN = 1
    waiting, other = write("dora@strict.example"), write("bob")
    until = timezone.now() + timedelta(seconds=60)
    Destination.objects.create(
        domain="strict.example", leases={"other": until.timestamp()}, full_until=until, failures=0
    )

    hands.send_due()
    assert (state(waiting), waiting.claimed_until, state(other)) == ("queued", None, "sent")

    # The other worker was killed: its place is free when its time is up.
    Destination.objects.update(leases={"other": timezone.now().timestamp() - 1}, full_until=timezone.now())
    hands.send_due()
    assert state(waiting) == "sent"


# -- Warm-up -----------------------------------------------------------------------------------------------


def test_the_cap_doubles_every_day_for_two_weeks():
    since = date(2026, 11, 21)

    assert [warmup.cap(since, since + timedelta(days=day)) for day in (0, 1, 5, 13)] == [50, 100, 1600, 409_600]
    assert warmup.cap(since, since + timedelta(days=14)) is None
    assert warmup.cap(since, since - timedelta(days=1)) == 50
    assert warmup.cap(None, since) is None


def test_while_a_domain_is_new_only_digests_wait_for_tomorrow(server, hands, write, state, settings, monkeypatch):
    monkeypatch.setattr(warmup, "FIRST_DAY", 3)
    settings.WARM_UP_SINCE = timezone.now().astimezone(UTC).date()
    posts = [write(f"post{number}", priority=Priority.SOON) for number in range(2)]
    digests = [write(f"digest{number}", priority=Priority.BULK) for number in range(4)]
    elsewhere = write("dora@example.net", priority=Priority.BULK)

    hands.send_due()

    assert {state(letter) for letter in posts} == {"sent"}
    assert sorted(state(letter) for letter in digests) == ["queued"] * 3 + ["sent"]
    assert state(elsewhere) == "sent"
    late = next(letter for letter in digests if letter.state == "queued")
    tomorrow = settings.WARM_UP_SINCE + timedelta(days=1)
    assert late.due_at == datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=UTC)
    assert place("example.org").sent_today == 3


def test_what_was_refused_is_not_counted_as_sent(server, hands, write, settings):
    settings.WARM_UP_SINCE = timezone.now().astimezone(UTC).date()
    server.says["RCPT", "dora@example.org"] = "550 5.1.1 no such user"
    for name in ("dora", "bob", "carol"):
        write(name)

    hands.send_due()

    assert place("example.org").sent_today == 2


@pytest.mark.parametrize("paced", [False, True])
def test_a_batch_takes_as_many_queries_however_many_domains_it_has(server, hands, write, settings, paced):
    settings.SENDING_PER_DOMAIN = 2 if paced else 0

    def queries(count):
        letters = [write(f"dora@place{number}-{count}.example") for number in range(count)]
        with CaptureQueriesContext(connection) as captured:
            share = destinations.admit(letters, worker="one", seconds=60)
            share.end(Counter(letter.domain for letter in letters))
        return len(captured)

    assert queries(30) == queries(3)
