"""Scores: what is counted against an address, what is not, and when it is suspended."""

from datetime import timedelta

import pytest
from django.utils import timezone

from journal.models import Entry
from notifications import addresses, subscriptions
from notifications.bounces import scores
from notifications.models import Arrival, Bounce, Letter
from tests.notifications.bounces.conftest import left, report


def profile(member):
    return subscriptions.profile_of(member)


def test_three_hard_bounces_suspend_an_address_and_two_do_not(world, bounced):
    bounced(world.dora, 2)
    assert profile(world.dora).suspended_at is None

    bounced(world.dora)

    suspended = profile(world.dora)
    assert suspended.suspended_address == "dora@example.org"
    assert "no such user" in suspended.suspended_for
    assert Entry.objects.filter(verb="mail.suspended", about=world.dora.reference).count() == 1
    assert profile(world.bob).suspended_at is None


@pytest.mark.parametrize(
    ("fields", "hard"),
    [
        ({"status": "5.1.1", "words": "550 user unknown"}, True),
        ({"status": "5.2.2", "words": "552 mailbox full"}, False),
        ({"status": "5.7.1", "words": "554 message blocked by policy"}, False),
        ({"status": "4.4.7", "words": "delivery time expired"}, False),
    ],
)
def test_a_full_mailbox_a_policy_and_a_time_out_are_soft(world, bounced, fields, hard):
    bounced(world.dora, **fields)

    assert Bounce.objects.get().is_hard is hard


def test_a_warning_of_a_delay_counts_nothing(world, bounced):
    bounced(world.dora, 6, action="delayed", status="4.4.1", words="will be tried again")

    assert Bounce.objects.count() == 0
    assert profile(world.dora).suspended_at is None


def test_a_server_that_blocks_us_suspends_nobody(world, bounced):
    blocked = {"status": "5.7.1", "words": "554 5.7.1 your network is on our block list"}
    bounced(world.dora, 7, **blocked)
    assert profile(world.dora).suspended_at is None

    bounced(world.dora, status="5.1.1")

    assert profile(world.dora).suspended_at is not None


def test_a_letter_bounces_once_however_many_reports_come(world, postman):
    letter = left(postman.letter(world.dora, world.post))

    for number in range(4):
        raw = report(letter).replace(b"report.", b"report.%d." % number)
        postman.brings(raw, to=addresses.bounce(letter.code), sender="")

    assert Bounce.objects.get().points == 2


def test_a_bounce_is_forgotten_after_thirty_days(world, bounced):
    bounced(world.dora, 2)
    Bounce.objects.update(at=timezone.now() - timedelta(days=31))

    bounced(world.dora)

    assert profile(world.dora).suspended_at is None


# -- Forgeries -------------------------------------------------------------------------------------------------


def test_a_report_to_any_other_address_counts_nothing_without_proof(world, postman, settings):
    settings.AUTHSERV_ID = "mx.our.example"
    sure, letter = (left(postman.letter(world.dora, world.post)) for _ in range(2))

    for to in ("help@localhost", addresses.reply(letter.code), "plenary@localhost", "bounce+forged@localhost"):
        postman.brings(report(letter, sender=f"MAILER-DAEMON@{to[:3]}.evil.example", to=to), to=to, sender="")
    assert Bounce.objects.count() == 0

    postman.brings(report(sure), to=addresses.bounce(sure.code), sender="")
    assert Bounce.objects.get().letter == sure


def test_the_recipients_own_domain_is_believed_when_it_is_proven(world, postman, settings):
    settings.AUTHSERV_ID = "mx.our.example"
    letter = left(postman.letter(world.dora, world.post))
    passes = b"Authentication-Results: mx.our.example; dmarc=pass header.from=example.org\r\n"
    fails = b"Authentication-Results: mx.other.example; dmarc=pass header.from=example.org\r\n"

    postman.brings(fails + report(letter, to="help@localhost"), to="help@localhost", sender="")
    assert Bounce.objects.count() == 0

    postman.brings(
        passes + report(letter, to="help@localhost").replace(b"report.", b"second."), to="help@localhost", sender=""
    )
    assert Bounce.objects.get().letter == letter


def test_a_letter_that_never_left_or_is_old_cannot_bounce(world, postman):
    waiting = postman.letter(world.dora, world.post)
    old = left(postman.letter(world.dora, world.post))
    Letter.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=40))

    for letter in (waiting, old):
        arrival = postman.brings(report(letter), to=addresses.bounce(letter.code), sender="")
        assert (arrival.state, arrival.outcome) == (Arrival.State.DONE, "bounce")

    assert Bounce.objects.count() == 0


# -- Refusals and providers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "text", "points"),
    [
        (550, "5.1.1 <dora@example.org>: Recipient address rejected: User unknown", 2),
        (550, "No such user here", 2),
        (552, "5.2.2 mailbox full", 1),
        (554, "5.7.1 Message rejected as spam", 1),
        (535, "5.7.8 Authentication failed", None),
        (503, "5.5.1 Bad sequence of commands", None),
        (451, "4.3.0 Try again later", None),
    ],
)
def test_a_refusal_at_the_door_counts_by_what_it_means(world, postman, code, text, points):
    letter = postman.letter(world.dora, world.post)
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.SENDING)
    letter.refresh_from_db()

    bounce = scores.refused(letter, code, text)

    assert (bounce.points if bounce else None) == points


@pytest.mark.parametrize(
    ("event", "reason", "points"),
    [("bounced", "invalid", 2), ("bounced", "spam", 1), ("deferred", "", None), ("opened", "", None)],
)
def test_an_event_of_a_provider_counts(world, postman, event, reason, points):
    letter = left(postman.letter(world.dora, world.post))

    bounce = scores.reported(letter, event, reason=reason)

    assert (bounce.points if bounce else None) == points
