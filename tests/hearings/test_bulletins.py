"""When an item is concluded its bulletin goes out: once, in each reader's language, in at most twenty lines."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.utils import timezone

from consultations.hearings.letters import bulletins as letters
from consultations.hearings.models import Bulletin, Delivery, Speaker
from consultations.hearings.services import agenda, speakers
from consultations.hearings.wording import bulletins as wording
from core.languages import LANGUAGES
from notifications.models import Letter, Subscription
from notifications.wrapping import columns, wrap


def spoken(item, *members):
    """They have had the floor on the item, three minutes each."""
    for number, member in enumerate(members, 1):
        speaker = Speaker.objects.create(
            item=item, number=number, place=number, member=member, announced_as=str(member), state="spoke"
        )
        started = timezone.now().replace(microsecond=0)
        Delivery.objects.create(
            speaker=speaker, hearing=item.hearing, started_at=started, allotted=180, ended_at=timezone.now()
        )


def follows(member, room, cadence="each"):
    Subscription.objects.update_or_create(member=member, workspace=room, thread=None, defaults={"cadence": cadence})


def conclude(world, item):
    agenda.close(by=world.alice, item=item)
    while letters.write_due():
        pass


@pytest.mark.django_db
def test_those_who_follow_get_the_bulletin_of_a_concluded_item_once(world, hearing, item):
    follows(world.bob, hearing.workspace)
    follows(world.dora, hearing.workspace)
    spoken(item, world.bob, world.dora)

    conclude(world, item)
    conclude(world, item)

    sent = {letter.member: letter for letter in Letter.objects.filter(about=item.reference)}
    assert set(sent) == {world.bob, world.dora}
    text = message_from_bytes(sent[world.bob].stored, policy=policy.default).get_content()
    assert "Spoke (2): bob, dora" in text.lower().replace("spoke", "Spoke")
    assert len(text.splitlines()) <= 20
    assert Bulletin.objects.get().journal.entries.filter(verb="bulletin.sent").count() == 1
    page = world.client.get(f"/hearings/{hearing.year}/H{hearing.number}/bulletins/1/")
    assert "Bob" in page.content.decode()


def test_a_bulletin_has_twenty_lines_in_every_language_however_many_spoke_and_voted(world, hearing, item, monkeypatch):
    votes = [SimpleNamespace(pk=number) for number in range(30)]
    told = "Vote, “Springs of a very distant valley”: adopted by 30 to 12, with 7 abstentions. 表决通过。" * 3
    monkeypatch.setattr(
        wording, "_votes", lambda facts, room, draw=wording._votes: draw(replace(facts, motions=votes), room)
    )
    monkeypatch.setattr(wording, "vote", lambda motion, figures: told)
    many = [world.member(f"speaker-of-a-very-distant-valley-{number}") for number in range(40)]
    spoken(item, *many)

    conclude(world, item)

    bulletin = Bulletin.objects.get()
    for language in LANGUAGES:
        lines = [line for paragraph in bulletin.lines(language) for line in wrap(paragraph)]
        assert len(lines) <= 20, language
        assert all(columns(line) <= 76 for line in lines if "://" not in line), language
        assert told[:40] in " ".join(lines), language


def test_an_item_taken_up_again_gets_a_bulletin_of_what_is_new(world, hearing, item):
    spoken(item, world.bob)
    conclude(world, item)

    agenda.open_item(by=world.alice, item=item)
    conclude(world, item)

    first, second = Bulletin.objects.all()
    assert "Bob" in " ".join(first.lines("en"))
    assert "Nobody spoke." in second.lines("en")


def test_dora_reads_it_in_her_digest_by_her_own_clock(world, hearing, item):
    world.dora.timezone = "Asia/Kathmandu"
    world.dora.save()
    follows(world.dora, hearing.workspace, "daily")
    conclude(world, item)

    call_command("send_digests", member=world.dora.email, verbosity=0)

    issue = Letter.objects.filter(member=world.dora, kind="issue").latest("pk")
    assert "Bulletin 1" in str(issue.raw)
    assert "UTC+5:45" in str(issue.raw)
    assert "(UTC)" in Bulletin.objects.get().lines("en")[1]
    assert not Letter.objects.filter(about=item.reference).exists()


def test_who_asked_by_mail_hears_at_once_whatever_mail_they_chose(world, hearing, item):
    follows(world.dora, hearing.workspace, "weekly")
    follows(world.bob, hearing.workspace, "weekly")
    for member, channel in ((world.dora, "mail"), (world.bob, "web")):
        speakers.request(member=member, item=item, channel=channel)

    conclude(world, item)

    assert [letter.member for letter in Letter.objects.filter(about=item.reference)] == [world.dora]


def test_what_was_long_ago_is_no_news(world, hearing, item):
    agenda.close(by=world.alice, item=item, at=timezone.now() - timedelta(days=9))

    letters.write_due()

    assert not Bulletin.objects.exists()
