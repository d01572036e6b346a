"""Mail settings on the web, and the one click that stops mail."""

import re
from datetime import timedelta
from email import message_from_bytes

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from forum.services import posts
from notifications import addresses, letters, subscriptions
from notifications.doors import gate
from notifications.models import Letter, MailProfile, Subscription

SETTINGS = {"hour": 19, "weekday": 2, "size": 50_000, "form": "html"}


def cadence(member, workspace):
    return subscriptions.cadence_of(member, workspace=workspace)[0]


def test_bob_changes_when_and_how_often_mail_comes(world):
    world.sign_in(world.bob)

    answer = world.client.post("/mail/", SETTINGS | {f"cadence-{world.workspace.pk}": "weekly"})

    assert answer.status_code == 302
    profile = MailProfile.objects.get(member=world.bob)
    assert (profile.hour, profile.weekday, profile.size, profile.form) == (19, 2, 50_000, "html")
    assert profile.next_issue_at.hour == 19
    assert cadence(world.bob, world.workspace) == "weekly"


def test_what_is_wrong_is_said_and_nothing_is_saved(world):
    world.sign_in(world.bob)

    answer = world.client.post("/mail/", SETTINGS | {"hour": 25, f"cadence-{world.workspace.pk}": "hourly"})

    assert answer.status_code == 422
    assert cadence(world.bob, world.workspace) == "daily"


def test_bob_pauses_and_comes_back(world):
    world.sign_in(world.bob)
    data = SETTINGS | {f"cadence-{world.workspace.pk}": "daily"}
    day = timezone.localdate() + timedelta(days=5)

    world.client.post("/mail/", data | {"paused_until": day.isoformat()})
    paused = MailProfile.objects.get(member=world.bob).paused_until
    world.client.post("/mail/", data | {"paused_until": ""})

    assert paused.date() == day
    assert MailProfile.objects.get(member=world.bob).paused_until <= timezone.now()


def test_a_thread_shows_and_changes_its_cadence(world):
    world.sign_in(world.bob)

    world.client.post(f"/mail/threads/{world.thread.pk}/", {"cadence": "each"})
    page = world.client.get(f"/threads/{world.thread.pk}/").content.decode()
    world.client.post(f"/mail/threads/{world.thread.pk}/", {"cadence": ""})

    assert f'<a href="/mail/threads/{world.thread.pk}/">Each post at once</a>' in page
    assert not Subscription.objects.filter(thread=world.thread).exists()


def test_carol_has_no_seat_and_so_no_mail_to_choose(world):
    world.sign_in(world.carol)

    answer = world.client.post("/mail/workspaces/plenary/", {"cadence": "each"})

    assert answer.status_code == 422
    assert not Subscription.objects.filter(member=world.carol).exists()
    assert "/mail/workspaces/" not in world.client.get("/workspaces/plenary/").content.decode()


@pytest.fixture
def digest_of_dora(world):
    world.dora.language = "en"
    world.dora.save()
    call_command("send_digests", now=timezone.now() + timedelta(days=1), verbosity=0)
    return Letter.objects.get(member=world.dora, kind="issue")


def stop_path(letter):
    links = message_from_bytes(bytes(letter.raw))["List-Unsubscribe"]
    return "/mail/stop/" + re.search(r"/mail/stop/(\w+/)", links)[1]


def test_one_click_turns_digests_off_without_cookie_or_redirect(world, digest_of_dora):
    posts.reply(author=world.bob, thread=world.thread, text="One more thing.")
    program = Client(enforce_csrf_checks=True)
    path = stop_path(digest_of_dora)

    answers = [program.post(path, {"List-Unsubscribe": "One-Click"}) for _ in range(2)]
    call_command("send_digests", now=timezone.now() + timedelta(days=2), verbosity=0)
    call_command("send_digests", now=timezone.now() + timedelta(days=9), verbosity=0)

    assert [answer.status_code for answer in answers] == [200, 200]
    assert cadence(world.dora, world.workspace) == "none"
    last = world.dora.issues.get(number=2)
    assert "One more thing." in last.text
    assert "This was your last" in last.text.replace("\n", " ")
    assert "answer SET WEEKLY" in last.text.replace("\n", " ")


def test_opening_the_link_stops_nothing(world, digest_of_dora):
    answer = Client().get(stop_path(digest_of_dora))

    assert b"<button" in answer.content
    assert cadence(world.dora, world.workspace) == "daily"
    assert not MailProfile.objects.get(member=world.dora).stopping


def test_one_click_on_a_letter_stops_that_workspace_only(world):
    valley = world.room("valley")
    subscriptions.follow(member=world.dora, workspace=world.workspace, cadence="each")
    posts.reply(author=world.bob, thread=world.thread, text="Once more.")
    call_command("work", once=True, verbosity=0)

    Client().post(stop_path(Letter.objects.get(member=world.dora, kind="post")))

    assert cadence(world.dora, world.workspace) == "none"
    assert cadence(world.dora, valley) == "daily"


@pytest.mark.parametrize("token", ["forged", "a" * 30, "cqaaaaaawyaugaithrsc3r4n"])
def test_a_forged_link_leads_nowhere(db, token):
    assert Client().post(f"/mail/stop/{token}/").status_code == 404


def test_bob_makes_the_addresses_of_his_old_mails_useless(world):
    client = world.sign_in(world.bob)
    old = letters.compose(member=world.bob, subject="A post", text="Hello", about=world.post.reference)
    assert gate.ask(addresses.reply(old.code), "bob@example.org").is_open

    client.post("/mail/revoke/")

    assert not gate.ask(addresses.reply(old.code), "bob@example.org").is_open
    new = letters.compose(member=world.bob, subject="A post", text="Hello", about=world.post.reference)
    assert gate.ask(addresses.reply(new.code), "bob@example.org").is_open


@pytest.mark.parametrize(
    ("language", "size"), [("en", "25 KB"), ("fr", "25\xa0Ko"), ("ar", "25 كيلوبايت"), ("ru", "25 КБ")]
)
def test_the_sizes_to_choose_from_are_said_in_the_members_language(world, language, size):
    world.sign_in(world.bob)
    type(world.bob).objects.filter(pk=world.bob.pk).update(language=language)

    page = world.client.get("/mail/").content.decode()

    assert f">{size}</option>" in page
