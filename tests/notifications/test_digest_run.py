"""The digest run: any number of workers, one bad member, answers told, receipts in the next issue."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from forum.models import Post
from forum.services import posts, seats, workspaces
from notifications import subscriptions
from notifications.digests import run, write
from notifications.models import Answer, Arrival, Edition, Issue, Letter, MailProfile
from tests.security.test_at_once import at_once
from tests.world import World

NOW = timezone.now() + timedelta(days=1)


def send(now=NOW):
    call_command("send_digests", now=now, verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_many_workers_write_each_issue_once(monkeypatch):
    monkeypatch.setattr(run, "BATCH", 3)
    world = World(Client())
    for number in range(20):
        seats.give(by=world.sekou, workspace=world.workspace, member=world.member(f"reader{number}"))
    posts.reply(author=world.bob, thread=world.thread, text="For everyone.")
    run.prepare(force=True)

    def work():
        while run.due(NOW).exists():
            run.write_due(now=NOW)

    assert at_once(*[work] * 4) == [None] * 4
    owners = list(Issue.objects.values_list("member", flat=True))
    assert len(owners) == len(set(owners)) == 23  # Alice, Bob, Dora and twenty more
    assert Letter.objects.filter(kind="issue").count() == 23


def test_a_member_whose_issue_cannot_be_written_does_not_stop_the_others(world, monkeypatch, caplog):
    compose = write.compose

    def fail_for_dora(batch, reader, *args):
        if reader.member == world.dora:
            raise ValueError("broken")
        return compose(batch, reader, *args)

    monkeypatch.setattr(write, "compose", fail_for_dora)

    send()
    monkeypatch.undo()
    send(NOW + timedelta(hours=2))

    assert "could not be written" in caplog.text
    assert Issue.objects.filter(member=world.bob).count() == 1
    assert "twice a year" in Issue.objects.get(member=world.dora).text


def test_an_issue_that_cannot_be_stored_does_not_stop_the_others(world, caplog):
    run.prepare(force=True)
    Issue.objects.create(
        member=world.dora, number=1, edition=Edition.objects.create()
    )  # its number is taken, whoever took it

    send()

    assert "could not be stored" in caplog.text
    assert Issue.objects.filter(member=world.bob).count() == 1
    assert MailProfile.objects.get(member=world.dora).next_issue_at > NOW


def answered(world, item, state="taken"):
    arrival = Arrival.objects.create(raw=b"", size=0, recipient="", fingerprint=str(item.number), sha256="")
    return Answer.objects.create(
        arrival=arrival,
        member=world.dora,
        code=str(item.number),
        about=item.about,
        text="Yes",
        state=state,
        key=str(item.number),
    )


def test_the_next_issue_tells_which_answers_were_received_and_only_it(world):
    world.dora.language = "en"
    world.dora.save()
    send()
    answer = answered(world, Issue.objects.get(member=world.dora).items[0])

    send(NOW + timedelta(days=1))
    send(NOW + timedelta(days=2))

    _first, second = Issue.objects.filter(member=world.dora).order_by("number")
    assert "1 answer received: #11." in second.text
    answer.refresh_from_db()
    assert answer.told_in == second
    assert answer.told_at is not None


def test_a_weekly_reader_hears_of_answers_weekly(world):
    send()
    subscriptions.follow(member=world.dora, workspace=world.workspace, cadence="weekly")
    answered(world, Issue.objects.get(member=world.dora).items[0])

    for day in range(1, 8):
        send(NOW + timedelta(days=day))

    assert Issue.objects.filter(member=world.dora).count() == 2


def test_an_author_hears_what_a_moderator_decided(world):
    workspaces.change(by=world.alice, workspace=world.workspace, moderation="all")
    send()
    first = posts.reply(author=world.bob, thread=world.thread, text="Please.")
    second = posts.reply(author=world.bob, thread=world.thread, text="Buy my maps.")
    posts.approve(by=world.alice, post=first)
    posts.decline(by=world.alice, post=second, reason="No adverts here")

    send(NOW + timedelta(days=1))

    text = Issue.objects.get(member=world.bob, number=2).text.replace("\n", " ")
    assert "A moderator published your post in “Water above 3,000 m”." in text
    assert "No adverts here" in text
    assert "No adverts here" not in Issue.objects.get(member=world.dora, number=2).text


def test_an_archive_that_is_imported_is_no_news(world):
    send()
    post = posts.reply(author=world.bob, thread=world.thread, text="From 1998.")
    world.workspace.journal.entries.filter(about=post.reference).update(verb="post.imported")

    send(NOW + timedelta(days=1))

    assert Post.objects.filter(pk=post.pk).exists()
    assert Issue.objects.filter(member=world.dora).count() == 1


def test_a_run_in_a_pretended_future_does_not_put_off_the_real_one(world):
    send(timezone.now() + timedelta(days=400))
    posts.reply(author=world.bob, thread=world.thread, text="Today's news.")

    run.prepare(force=True)

    assert MailProfile.objects.get(member=world.dora).next_issue_at < timezone.now() + timedelta(days=2)


def test_one_member_can_be_written_to_at_once(world):
    call_command("send_digests", member="dora@example.org", verbosity=0)

    assert Issue.objects.get().member == world.dora
    assert Letter.objects.get(member=world.dora).state == "sent"
