"""Digests: what Dora reads, what she does not, and that the next issue starts where the last one ended."""

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from django.core.management import call_command
from django.utils import timezone

from forum.services import posts, seats, threads
from notifications import letters, subscriptions
from notifications.models import Issue, Letter, MailProfile, Subscription
from tests.world import World


@pytest.fixture
def tomorrow():
    """The next day at seven in the morning, UTC: past everybody's hour."""
    return (timezone.now() + timedelta(days=1)).replace(hour=7, minute=0, second=0, microsecond=0)


def send(now):
    call_command("send_digests", now=now, verbosity=0)


def issues_of(member):
    return list(Issue.objects.filter(member=member).order_by("number"))


def parsed(issue):
    return message_from_bytes(bytes(issue.letter.raw), policy=policy.default)


def test_dora_gets_one_issue_with_what_was_said(world, tomorrow):
    send(tomorrow)

    (issue,) = issues_of(world.dora)
    mail = parsed(issue)
    text = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert issue.text == text == letters.text_of(issue.letter)
    assert "[#11] Water above 3,000 m\n" in text
    assert "Who measures the springs?" in text
    assert "We do, twice a year." in text
    head = world.workspace.journal
    head.refresh_from_db()
    assert text.splitlines()[4:].count(f"== Plenary, record {head.mark}") == 1 or head.mark in text
    assert mail["To"].addresses[0].addr_spec == "dora@example.org"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert len(bytes(issue.letter.raw)) <= 25_000


def test_the_next_issue_starts_where_the_last_one_ended(world, tomorrow):
    send(tomorrow)
    posts.reply(author=world.bob, thread=world.thread, text="In May and in October.")

    send(tomorrow + timedelta(days=1))

    first, second = issues_of(world.dora)
    assert (first.number, second.number) == (1, 2)
    assert "In May and in October." in second.text
    assert "We do, twice a year." not in second.text
    assert second.first_item == first.last_item + 1


def test_there_is_no_empty_issue_and_none_twice_a_day(world, tomorrow):
    send(tomorrow)

    send(tomorrow + timedelta(hours=3))
    send(tomorrow + timedelta(days=1))

    assert len(issues_of(world.dora)) == 1


def test_nobody_is_sent_their_own_words(world, tomorrow):
    send(tomorrow)

    (issue,) = issues_of(world.bob)
    assert "Who measures the springs?" in issue.text
    assert "We do, twice a year." not in issue.text


def test_who_lost_the_seat_gets_nothing_and_who_kept_it_does(world, tomorrow):
    send(tomorrow - timedelta(days=0))
    posts.reply(author=world.alice, thread=world.thread, text="Only for those in the room.")
    seats.dismiss(by=world.alice, seat=world.workspace.seat_of(world.dora), reason="Moved on")

    send(tomorrow + timedelta(days=1))

    assert len(issues_of(world.dora)) == 1
    assert "Only for those in the room." in issues_of(world.bob)[-1].text


def test_a_hidden_post_is_not_sent(world, tomorrow):
    posts.hide(by=world.alice, post=world.answer, reason="Off topic")

    send(tomorrow)

    (issue,) = issues_of(world.dora)
    assert "We do, twice a year." not in issue.text
    assert "Who measures the springs?" in issue.text


def test_an_issue_that_waits_is_withdrawn_when_the_seat_is_lost(world, tomorrow, settings):
    settings.EMAIL_URL = "smtp://127.0.0.1:1"  # nobody listens there, so letters wait
    other = world.room("valley")
    threads.start(author=world.alice, workspace=other, title="Elsewhere", text="This is for the valley.")
    send(tomorrow)
    seats.dismiss(by=world.alice, seat=world.workspace.seat_of(world.dora), reason="Moved on")
    settings.EMAIL_URL = "memory"

    call_command("work", once=True, verbosity=0)
    send(tomorrow + timedelta(days=1))

    withdrawn, again = issues_of(world.dora)
    assert withdrawn.letter.state == Letter.State.WITHDRAWN
    assert "This is for the valley." in again.text
    assert "springs" not in again.text
    assert Letter.objects.filter(member=world.bob, kind="issue").first().state == Letter.State.SENT


def test_dora_reads_weekly_on_her_day(world):
    monday = datetime(2031, 3, 3, 7, tzinfo=UTC)
    subscriptions.follow(member=world.dora, workspace=world.workspace, cadence="weekly")
    Subscription.objects.filter(member=world.dora).update(cursor=0)
    MailProfile.objects.filter(member=world.dora).update(weekday=3, last_day=monday.date() - timedelta(days=1))

    for day in range(7):
        send(monday + timedelta(days=day))

    (issue,) = issues_of(world.dora)
    assert issue.created_at == monday + timedelta(days=3)


def test_a_thread_goes_before_its_workspace(world, tomorrow):
    second = threads.start(author=world.alice, workspace=world.workspace, title="Huts", text="Who repairs the huts?")
    subscriptions.follow(member=world.dora, workspace=world.workspace, cadence="none")
    subscriptions.follow(member=world.dora, thread=second, cadence="daily")
    posts.reply(author=world.bob, thread=second, text="The club does.")
    posts.reply(author=world.bob, thread=world.thread, text="And the springs?")

    send(tomorrow)

    (issue,) = issues_of(world.dora)
    assert "The club does." in issue.text
    assert "And the springs?" not in issue.text


def test_what_was_written_before_dora_took_her_seat_is_not_sent(world, tomorrow):
    eve = world.member("eve")
    seats.give(by=world.sekou, workspace=world.workspace, member=eve)
    posts.reply(author=world.bob, thread=world.thread, text="Now Eve is here.")

    send(tomorrow)

    (issue,) = issues_of(eve)
    assert "Now Eve is here." in issue.text
    assert "twice a year" not in issue.text


def test_digests_that_are_turned_off_end_with_one_last_issue(world, tomorrow):
    subscriptions.stop_digests(member=world.dora)

    send(timezone.now() + timedelta(minutes=1))
    posts.reply(author=world.bob, thread=world.thread, text="Too late for Dora.")
    send(tomorrow + timedelta(days=1))

    (issue,) = issues_of(world.dora)
    assert "twice a year" in issue.text
    assert not Subscription.objects.filter(member=world.dora).exclude(cadence="none").exists()


def test_after_a_pause_one_issue_tells_what_was_missed(world, tomorrow):
    send(tomorrow)
    subscriptions.pause(member=world.dora, until=tomorrow + timedelta(days=10))
    for day in range(1, 10):
        posts.reply(author=world.bob, thread=world.thread, text=f"Day {day}.")
        send(tomorrow + timedelta(days=day))

    send(tomorrow + timedelta(days=11))

    _first, second = issues_of(world.dora)
    assert all(f"Day {day}." in second.text for day in range(1, 10))


@pytest.mark.parametrize("size", [10_000, 25_000, 100_000])
@pytest.mark.parametrize("form", ["text", "html"])
def test_the_budget_holds_for_the_true_bytes(world, tomorrow, size, form):
    for number in range(30):
        thread = threads.start(
            author=world.bob, workspace=world.workspace, title=f"Subject {number}", text="水源的测量应当公开。" * 60
        )
        for place in range(4):
            posts.reply(author=world.alice, thread=thread, text=f"Reply {place}. " + "The springs dry up. " * 30)
    subscriptions.set_profile(member=world.dora, size=size, form=form)

    send(tomorrow)

    (issue,) = issues_of(world.dora)
    carried = list(issue.letters.order_by("part"))
    assert 1 < len(carried) <= 4  # thirty-one items are more than one mail takes
    assert 0.6 * size < len(carried[0].raw)
    assert all(len(letter.raw) <= size for letter in carried)
    shown = [re.findall(r"^\[#(\d+)\] ", letters.text_of(letter), re.MULTILINE) for letter in carried]
    assert max(map(len, shown)) <= 25
    assert [int(number) for part in shown for number in part] == [item.number for item in issue.items]
    assert size == 100_000 or "GET " in issue.text  # a hundred thousand bytes hold all that was said
    for letter in carried:
        mail = message_from_bytes(letter.raw, policy=policy.default)
        html, text = mail.get_body(("html",)), letters.text_of(letter)
        assert mail.get_body(("plain",)).get_content().replace("\r\n", "\n") == text
        assert (html is not None) == (form == "html")
        if html:
            assert len(html.get_content().encode()) <= 2 * len(text.encode())
            assert not re.search(r"<img|http-equiv|src=|style=", html.get_content())


def test_no_line_is_longer_than_66_columns_and_none_looks_like_a_signature(world, tomorrow):
    posts.reply(
        author=world.bob,
        thread=world.thread,
        text="One\n\n-- \nBob\n\n[#99] Not an item\n\n> quoted\n\n#12: no tag " * 20,
    )

    send(tomorrow)

    (issue,) = issues_of(world.dora)
    assert all(len(line) <= 66 for line in issue.text.splitlines())
    assert not any(line.startswith(("--", ">")) for line in issue.text.splitlines())
    assert "[#99]" not in issue.text


def test_as_many_queries_for_forty_members_as_for_four(db, client, settings, django_assert_max_num_queries, tomorrow):
    settings.EMAIL_URL = "smtp://127.0.0.1:1"  # only the writing is counted
    world = World(client)
    counts = []
    for amount in (4, 40):
        for number in range(amount):
            member = world.member(f"reader{amount}-{number}")
            seats.give(by=world.sekou, workspace=world.workspace, member=member)
        posts.reply(author=world.bob, thread=world.thread, text=f"For all {amount}.")
        now = tomorrow + timedelta(days=amount)
        with django_assert_max_num_queries(80) as captured:
            send(now)
        counts.append(len(captured))

    # The first run pretended another day, from which its members are called back one by one.
    assert counts[1] - counts[0] <= 15
