"""Again: an issue that did not arrive comes once more, in the same words, and only what may be read."""

import re
from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from forum.services import posts, seats, threads
from notifications import letters, subscriptions
from notifications.digests import again
from notifications.models import Issue, Letter

NOW = timezone.now() + timedelta(days=1)


def send(now=NOW):
    call_command("send_digests", now=now, verbosity=0)


def test_dora_gets_her_issues_again_word_for_word(world):
    send()
    posts.reply(author=world.bob, thread=world.thread, text="In May and in October.")
    send(NOW + timedelta(days=1))

    made = again.send_again(member=world.dora, first=1, last=2)
    call_command("work", once=True, verbosity=0)

    first, second = Issue.objects.filter(member=world.dora).order_by("number")
    assert [letter.issue for letter in made.letters] == [first, second]
    assert [letters.text_of(letter) for letter in made.letters] == [first.text, second.text]
    assert made.refused == []
    old, new = first.letters.order_by("pk")
    assert new.state == Letter.State.SENT
    assert new.message_id != old.message_id
    assert f"References: {old.message_id}" in new.raw.decode()
    assert old.raw.partition(b"\r\n\r\n")[2] == new.raw.partition(b"\r\n\r\n")[2]


def test_once_a_day_and_nothing_that_is_not_there(world):
    send()
    again.send_again(member=world.dora, first=1, last=1)

    made = again.send_again(member=world.dora, first=1, last=2)

    assert made.letters == []
    assert [number for number, _why in made.refused] == [1, 2]
    assert "today already" in made.refused[0][1]


def test_at_most_ten_issues_at_a_time(world):
    made = again.send_again(member=world.dora, first=1, last=10**9)

    assert len(made.refused) == 11
    assert "At most 10" in made.refused[-1][1]


def test_what_dora_may_not_read_any_more_is_not_sent_again(world):
    send()
    other = world.room("valley")
    threads.start(author=world.alice, workspace=other, title="Elsewhere", text="This is for the valley.")
    send(NOW + timedelta(days=1))
    seats.dismiss(by=world.alice, seat=world.workspace.seat_of(world.dora), reason="Moved on")

    made = again.send_again(member=world.dora, first=1, last=2)

    assert [letter.issue.number for letter in made.letters] == [2]
    assert [number for number, _why in made.refused] == [1]


def test_a_hidden_post_is_not_sent_again_by_a_letter_that_waits(world, settings):
    send()
    settings.EMAIL_URL = "smtp://127.0.0.1:1"  # nobody listens there, so it waits
    [copy] = again.send_again(member=world.dora, first=1, last=1).letters
    posts.hide(by=world.alice, post=world.answer, reason="Off topic")
    settings.EMAIL_URL = "memory"

    call_command("work", once=True, verbosity=0)

    copy.refresh_from_db()
    assert copy.state == Letter.State.WITHDRAWN
    assert Issue.objects.filter(member=world.dora).count() == 1


def test_an_issue_that_came_back_is_named_in_the_next_with_how_to_get_it(world):
    world.dora.language = "en"
    world.dora.save()
    send()
    Letter.objects.filter(member=world.dora, kind="issue").update(state=Letter.State.FAILED)
    posts.reply(author=world.bob, thread=world.thread, text="In May.")

    send(NOW + timedelta(days=1))

    of_dora, of_alice = (Issue.objects.get(member=member, number=2).text for member in (world.dora, world.alice))
    assert "answer MISSING 1." in of_dora
    assert "MISSING" not in of_alice


def test_after_a_pause_one_mail_says_since_when_it_tells(world):
    world.dora.language = "en"
    world.dora.save()
    send()
    subscriptions.pause(member=world.dora, until=NOW + timedelta(days=20))
    for number in range(40):
        threads.start(
            author=world.bob, workspace=world.workspace, title=f"Subject {number}", text="Springs dry up. " * 300
        )

    send(NOW + timedelta(days=21))

    issue = Issue.objects.get(member=world.dora, number=2)
    assert re.search(r"Your last issue is of \d+ \w+ \d{4}\.|Your last issue is of \w+ \d+, \d{4}\.", issue.text)
    assert issue.letters.count() == 1
    assert len(issue.letter.raw) <= 25_000
    assert "more items did not fit" in " ".join(issue.text.split())
