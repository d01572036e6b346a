"""The list of speakers: who asks, in which order they stand, and what the chair does with it."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from consultations.hearings.minutes import sheet
from consultations.hearings.models import Hearing, Item, Speaker
from consultations.hearings.services import lists, queues, speakers
from consultations.hearings.wording import speakers as wording
from core.access import Refused
from journal.models import Entry
from members.models import Mandate, Region
from members.services import mandates
from tests.consultations import consulting
from tests.hearings import hearing as scene


def names(item):
    return [speaker.name for speaker in Speaker.objects.filter(item=item, queue="list").waiting()]


def test_they_stand_in_the_order_in_which_they_asked_also_by_mail(world, item):
    now = timezone.now()
    speakers.request(member=world.bob, item=item)
    speakers.request(member=world.carol, item=item, announced_as="Dr Carol")
    speakers.request(member=world.dora, item=item, channel="mail", came_at=now - timedelta(minutes=5))

    assert names(item) == ["Dora", "Bob", "Dr Carol"]
    again = speakers.request(member=world.bob, item=item, announced_as="Bob the Elder")
    assert (again.number, names(item)[1]) == (1, "Bob the Elder")


def test_the_chair_moves_somebody_and_says_why(world, item):
    rows = [speakers.request(member=member, item=item) for member in (world.bob, world.carol, world.dora)]

    with pytest.raises(Refused, match="why"):
        speakers.move(by=world.alice, speaker=rows[2], to=1, reason=" ")
    with pytest.raises(Refused, match="moderator"):
        speakers.move(by=world.bob, speaker=rows[2], to=1, reason="Me first")
    speakers.move(by=world.alice, speaker=rows[2], to=1, reason="She leaves at noon")
    speakers.prioritise(by=world.alice, speaker=rows[1], priority=2, reason="The host")
    assert names(item) == ["Carol", "Dora", "Bob"]
    moved = Entry.objects.filter(verb="speaker.moved").order_by("seq").first()
    assert (moved.data["from"], moved.data["place"], moved.data["reason"]) == (3, 1, "She leaves at noon")


def test_a_region_is_one_in_whatever_language_its_speakers_ask(world, item):
    region = Region.objects.create(code="andes", name="The Andes", names={"fr": "Les Andes"})
    puna = consulting.organisation(world, "Puna", world.bob, region=region)
    with translation.override("fr"):
        speaker = speakers.request(member=world.bob, item=item, organisation=puna)
        told = wording.adds(speaker, ["region"]), sheet.said_group("region", speaker.region)

    assert speaker.region == "The Andes"
    assert all("Les Andes" in said for said in told)
    assert "The Andes" in wording.adds(speaker, ["region"])


def test_a_mail_that_came_before_the_close_is_in_time(world, item):
    lists.close(by=world.alice, item=item)
    closed = Item.objects.get(pk=item.pk).list_closed_at

    with pytest.raises(Refused, match="closed on") as refused:
        speakers.request(member=world.bob, item=item, note="Please")
    assert refused.value.text == "Please"
    speakers.request(member=world.dora, item=item, channel="mail", came_at=closed - timedelta(seconds=1))
    speakers.enter(by=world.alice, item=item, announced_as="The mayor, who is here")
    assert names(item) == ["Dora", "The mayor, who is here"]
    lists.open_list(by=world.alice, item=item)
    assert speakers.request(member=world.bob, item=item).state == "listed"


def test_lists_open_and_close_when_their_time_comes(world, hearing):
    now = timezone.now()
    item = scene.item(hearing, "3")
    Item.objects.filter(pk=item.pk).update(
        list_opens_at=now + timedelta(hours=1), list_closes_at=now + timedelta(hours=2)
    )

    with pytest.raises(Refused, match="opens on"):
        speakers.request(member=world.bob, item=item)
    told = [lists.tell(now=now + timedelta(minutes=minutes)) for minutes in (0, 61, 62, 121, 122)]
    assert told == [0, 1, 0, 1, 0]
    verbs = Entry.objects.filter(about=item.reference, verb__startswith="list.").order_by("seq")
    assert list(verbs.values_list("verb", flat=True)) == ["list.opened", "list.closed"]


def test_an_organisation_has_as_many_speakers_as_the_hearing_says(world, item):
    alps = consulting.organisation(world, "Alpine Springs", world.bob, world.dora)
    first = speakers.request(member=world.bob, item=item, organisation=alps)

    with pytest.raises(Refused, match=r"Bob\. That is as many"):
        speakers.request(member=world.dora, item=item, organisation=alps)
    with pytest.raises(Refused, match="mandate"):
        speakers.request(member=world.carol, item=item, organisation=alps)
    speakers.withdraw(by=world.dora, speaker=first)  # the other focal point may
    assert speakers.request(member=world.dora, item=item, organisation=alps).category == "ngo"


def test_who_succeeds_a_delegate_in_mid_list_has_their_place(world, hearing, item):
    springs = consulting.organisation(world, "Alpine Springs", world.bob)
    Hearing.objects.filter(pk=hearing.pk).update(most_per_organisation=1)
    row = speakers.request(member=world.bob, item=item, organisation=springs, announced_as="Bob, Minister")
    speakers.request(member=world.carol, item=item)
    mandates.end(by=world.sekou, mandate=Mandate.objects.get(member=world.bob))
    mandates.give(by=world.sekou, member=world.dora, organisation=springs)

    with pytest.raises(Refused, match="Only the speaker"):
        speakers.withdraw(by=world.bob, speaker=row)
    taken = speakers.request(member=world.dora, item=item, organisation=springs)

    assert (taken.pk, names(item)) == (row.pk, ["Dora", "Carol"])
    assert Entry.objects.get(verb="speaker.changed").data["name"] == "Dora"
    assert speakers.withdraw(by=world.dora, speaker=row).state == Speaker.State.WITHDRAWN


def test_who_has_to_confirm_keeps_the_place_of_their_request(world):
    hearing = scene.running(world, confirms=True)
    item = scene.item(hearing)
    bob, carol = (speakers.request(member=member, item=item) for member in (world.bob, world.carol))

    assert names(item) == []
    speakers.confirm(by=world.carol, speaker=carol)
    with pytest.raises(Refused):
        speakers.confirm(by=world.carol, speaker=bob)
    assert queues.rank(speakers.confirm(by=world.bob, speaker=bob)) == 1


def test_where_only_the_invited_speak_their_one_organisation_is_understood(world):
    hearing = scene.running(world, is_by_invitation=True)
    alps = consulting.organisation(world, "Alpine Springs", world.bob)
    consulting.organisation(world, "Sea Winds", world.dora)
    hearing.invitees.create(organisation=alps)

    assert speakers.request(member=world.bob, item=scene.item(hearing)).organisation == alps
    with pytest.raises(Refused, match="only invited"):
        speakers.request(member=world.dora, item=scene.item(hearing))
