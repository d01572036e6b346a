"""Letters about single posts: for those who read post by post, once each, and never to who wrote it."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core.management import call_command
from django.utils import timezone

from forum.services import posts, seats, threads
from notifications import addresses, subscriptions
from notifications.models import Letter


@pytest.fixture
def dora_reads_each(world):
    subscriptions.follow(member=world.dora, workspace=world.workspace, cadence="each")
    return world


def work():
    call_command("work", once=True, verbosity=0)


def letters_about_posts(member):
    return list(Letter.objects.filter(member=member, kind="post").order_by("pk"))


def test_dora_gets_each_post_once_and_can_answer_it(dora_reads_each):
    world = dora_reads_each
    post = posts.reply(author=world.bob, thread=world.thread, text="> Who?\n\nThe **club** does.", parent=world.post)

    work()
    work()

    (letter,) = letters_about_posts(world.dora)
    mail = message_from_bytes(bytes(letter.raw), policy=policy.default)
    assert letter.about == post.reference
    assert letter.state == Letter.State.SENT
    assert mail["From"].addresses[0].display_name == "Bob via Plenary"
    assert mail["Subject"] == "Re: Water above 3,000 m"
    assert "> Who?\n\nThe **club** does.\n" in mail.get_content().replace("\r\n", "\n")
    assert addresses.discussion_id(world.thread) in mail["References"]


def test_nobody_gets_a_letter_about_their_own_post(dora_reads_each):
    world = dora_reads_each
    subscriptions.follow(member=world.bob, workspace=world.workspace, cadence="each")
    posts.reply(author=world.dora, thread=world.thread, text="From Dora.")

    work()

    assert letters_about_posts(world.dora) == []
    assert len(letters_about_posts(world.bob)) == 1


def test_answers_hang_under_the_letter_they_answer(dora_reads_each):
    world = dora_reads_each
    first = posts.reply(author=world.bob, thread=world.thread, text="One.")
    work()
    posts.reply(author=world.alice, thread=world.thread, text="Two.", parent=first)

    work()

    one, two = letters_about_posts(world.dora)
    assert message_from_bytes(bytes(two.raw))["In-Reply-To"] == one.message_id


def test_who_lost_the_seat_gets_no_letter_not_even_a_waiting_one(dora_reads_each, settings):
    world = dora_reads_each
    subscriptions.follow(member=world.bob, workspace=world.workspace, cadence="each")
    settings.EMAIL_URL = "smtp://127.0.0.1:1"  # nobody listens there, so letters wait
    posts.reply(author=world.alice, thread=world.thread, text="For the room only.")
    work()
    seats.dismiss(by=world.alice, seat=world.workspace.seat_of(world.dora), reason="Moved on")

    settings.EMAIL_URL = "memory"
    work()

    assert letters_about_posts(world.dora)[0].state == Letter.State.WITHDRAWN
    assert letters_about_posts(world.bob)[0].state == Letter.State.SENT


def test_a_post_hidden_before_its_letter_left_is_not_sent(dora_reads_each, settings):
    world = dora_reads_each
    settings.EMAIL_URL = "smtp://127.0.0.1:1"
    post = posts.reply(author=world.bob, thread=world.thread, text="Rude words.")
    work()

    posts.hide(by=world.alice, post=post, reason="Rude")
    settings.EMAIL_URL = "memory"
    work()

    assert letters_about_posts(world.dora)[0].state == Letter.State.WITHDRAWN


def test_one_thread_of_a_room_can_be_read_post_by_post(world):
    other = threads.start(author=world.alice, workspace=world.workspace, title="Huts", text="Who repairs them?")
    subscriptions.follow(member=world.dora, thread=other, cadence="each")
    posts.reply(author=world.bob, thread=world.thread, text="About springs.")
    posts.reply(author=world.bob, thread=other, text="About huts.")

    work()

    (letter,) = letters_about_posts(world.dora)
    assert "About huts." in bytes(letter.raw).decode()
    assert "/mail/stop/" in bytes(letter.raw).decode()


def test_what_was_said_before_each_was_chosen_comes_in_a_last_issue(world):
    subscriptions.open_for_new_seats()
    subscriptions.follow(member=world.dora, workspace=world.workspace, cadence="each")
    posts.reply(author=world.bob, thread=world.thread, text="Afterwards.")
    work()

    call_command("send_digests", now=timezone.now() + timedelta(days=1), verbosity=0)

    (issue,) = world.dora.issues.all()
    assert "twice a year" in issue.text
    assert "Afterwards." not in issue.text
    assert len(letters_about_posts(world.dora)) == 1


def test_a_paused_member_gets_no_letters_but_one_issue_afterwards(dora_reads_each):
    world = dora_reads_each
    subscriptions.pause(member=world.dora, until=timezone.now() + timedelta(days=3))
    posts.reply(author=world.bob, thread=world.thread, text="While she was away.")
    work()

    call_command("send_digests", now=timezone.now() + timedelta(days=4), verbosity=0)

    assert letters_about_posts(world.dora) == []
    assert "While she was away." in world.dora.issues.last().text
