"""The pause switch: no mail leaves while it is on but sign-in codes, and nothing is lost by it."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.access import Refused
from journal.models import Entry
from notifications import subscriptions
from notifications.digests import run
from notifications.models import Issue, Letter, MailProfile, Pause
from notifications.outbox import marks, pauses

Priority = Letter.Priority


def verbs():
    return list(Entry.objects.filter(verb__startswith="sending.").order_by("pk").values_list("verb", "actor"))


def test_a_pause_holds_all_but_sign_in_codes_until_it_ends(world, server, hands, write, state):
    digest, answer = write("dora", priority=Priority.BULK), write("bob", priority=Priority.NEXT)
    code = write("carol", priority=Priority.NOW)
    world.sign_in(world.sekou).post("/mail/sending/pause/", {"reason": "The server moves."})

    hands.send_due()
    assert [state(letter) for letter in (digest, answer, code)] == ["queued", "queued", "sent"]

    world.client.post("/mail/sending/resume/")
    hands.send_due()
    assert {state(letter) for letter in (digest, answer, code)} == {"sent"}
    who = world.sekou.reference
    assert verbs() == [("sending.paused", who), ("sending.resumed", who)]


def test_a_digest_is_not_written_before_the_pause_ends(world):
    subscriptions.profile_of(world.dora)
    MailProfile.objects.filter(member=world.dora).update(next_issue_at=timezone.now())
    pauses.pause(by=None, reason="A long weekend.")

    run.write_due()
    assert not Issue.objects.exists()

    pauses.resume(by=None)
    run.write_due()
    assert Issue.objects.filter(member=world.dora).count() == 1


def test_the_switch_is_the_secretariats(world):
    for member in (world.bob, world.alice):
        response = world.sign_in(member).post("/mail/sending/pause/", {"reason": "I would like to."})
        assert response.status_code == 403
        with pytest.raises(Refused):
            pauses.resume(by=member)

    assert not Pause.objects.exists()


def test_a_pause_needs_a_reason_and_there_is_one_at_most(world):
    page = world.sign_in(world.sekou).post("/mail/sending/pause/", {"reason": " "}, follow=True)
    assert "Say why" in page.content.decode()

    pauses.pause(by=world.sekou, reason="The server moves.")
    with pytest.raises(Refused, match="already"):
        pauses.pause(by=None, reason="Twice.")

    assert Pause.objects.count() == 1


def test_days_of_a_pause_are_not_among_the_five(world, server, hands, write, state, due_now):
    server.says["RCPT", "dora@example.org"] = "451 4.2.2 full"
    letter = write("dora")
    hands.send_due()
    paused = pauses.pause(by=None, reason="A long weekend.")
    week = timedelta(days=7)
    Letter.objects.filter(pk=letter.pk).update(tried_at=timezone.now() - week)
    Pause.objects.filter(pk=paused.pk).update(began_at=timezone.now() - week + timedelta(minutes=1))

    pauses.resume(by=None)
    due_now()
    hands.send_due()

    assert state(letter) == "queued"
    assert timezone.now() - letter.tried_at < marks.GIVE_UP


def test_the_console_has_the_switch_too(world, capsys):
    call_command("sending", "pause", "The server moves.", "--by", "sekou@example.org")
    assert pauses.current().began_by == world.sekou
    with pytest.raises(CommandError, match="already"):
        call_command("sending", "pause", "Twice.")
    call_command("sending", "status")
    assert "PAUSED" in capsys.readouterr().out

    call_command("sending", "resume")

    assert pauses.current() is None
    assert verbs() == [("sending.paused", world.sekou.reference), ("sending.resumed", "")]
    with pytest.raises(CommandError, match="No active member"):
        call_command("sending", "pause", "Who am I?", "--by", "nobody@example.org")
    with pytest.raises(CommandError, match="secretariat"):
        call_command("sending", "pause", "Who am I?", "--by", "bob@example.org")
