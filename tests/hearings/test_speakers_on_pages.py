"""Speakers on the web: asking, one's place, one's text; and the chair's list, whose every deed is a plain form."""

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from consultations.hearings import state
from consultations.hearings.models import Session, Speaker, Speech
from consultations.hearings.screens.speakers import PLACES
from consultations.hearings.services import floor, points, speakers, waiting
from consultations.hearings.views import live
from tests.consultations import consulting
from tests.hearings import hearing as scene

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def page(world, path, **fields):
    response = world.client.post(path, fields, follow=True) if fields else world.client.get(path)
    return response.content.decode()


def test_bob_asks_for_the_floor_and_hands_in_his_text(world, hearing, item):
    consulting.organisation(world, "Alpine Springs", world.bob)
    at = f"/hearings/{hearing.year}/H{hearing.number}/items/{item.pk}/"
    assert "Ask to speak" in page(world, at)
    world.sign_in(world.bob)
    told = page(world, f"{at}speakers/ask/", announced_as="Bob of the Alps", gender="man", note="Early, please")
    assert "number 1 on the list of item 2" in told
    speaker = Speaker.objects.get()
    own = f"/hearings/{hearing.year}/H{hearing.number}/speakers/{speaker.pk}/"
    page(world, f"{own}text/", text="We measure *twice*.", language="en")

    assert "Your turn is at about" in page(world, at)
    assert "only the speaker and the officers read this" in page(world, own)
    assert "Early, please" in page(world, own)
    world.sign_in(world.dora)
    assert "measure" not in page(world, own)
    assert "Early, please" not in page(world, own)
    floor.give(by=world.alice, hearing=hearing)
    floor.end(by=world.alice, speaker=speaker)
    world.sign_in(world.alice)
    page(world, f"{own}said/", text="We measure *daily*.", language="en")
    assert "<del>twice</del><ins>daily</ins>" in page(world, own)
    assert Speech.objects.count() == 2


def test_who_stands_far_behind_is_told_place_and_time_like_everybody(world, hearing, item, monkeypatch):
    Session.objects.update(ends_at=timezone.now() + timedelta(hours=9))
    alps = consulting.organisation(world, "Alpine Springs", world.bob)
    for number in range(5):
        organisation = alps if number == 3 else None
        speakers.enter(by=world.alice, item=item, announced_as=f"Guest {number}", organisation=organisation)
    Speaker.objects.filter(announced_as="Guest 2").update(seconds=300)
    dora = speakers.request(member=world.dora, item=item)
    hearing.seconds_by_kind = {alps.category: 60}
    hearing.save()
    item, now = scene.item(hearing), timezone.now()
    turns = waiting.turns(item, now)
    assert [waiting.of(turn.speaker, now) for turn in turns] == turns

    for places in (PLACES, 2):
        monkeypatch.setattr("consultations.hearings.screens.speakers.PLACES", places)
        shown = state.of(hearing, "en", live.NEEDED)
        own = live.mine(world.dora, hearing, shown)
        assert (shown["next"]["count"], own["place"]) == (6, 6)
        assert abs(parse_datetime(own["at"]) - turns[-1].at) < timedelta(minutes=15)
    assert live.mine(world.bob, hearing, shown)["place"] == 0
    with CaptureQueriesContext(connection) as asked:
        waiting.of(dora)
    assert len(asked) <= 4


def test_the_chair_takes_a_suggestion_and_conducts_with_plain_forms(world, hearing, item):
    at = f"/hearings/{hearing.year}/H{hearing.number}/"
    alps = consulting.organisation(world, "Alpine Springs", world.bob)
    for number in range(2):
        speakers.enter(by=world.alice, item=item, announced_as=f"Guest {number}")
    bob = speakers.request(member=world.bob, item=item, organisation=alps)
    world.sign_in(world.alice)
    shown = page(world, f"{at}items/{item.pk}/speakers/")
    assert "nobody of this group was heard yet: Non-governmental organisations; speaks for the first time" in shown

    moved = {"to": "1", "reason": "A group not heard", "is_suggested": "on"}
    claimed = world.client.post(f"{at}speakers/{bob.pk}/move/", moved | {"to": "2"})
    assert (claimed.status_code, "This is not there any more" in claimed.content.decode()) == (403, True)
    page(world, f"{at}speakers/{bob.pk}/move/", **moved)
    refused = world.client.post(f"{at}speakers/{bob.pk}/move/", {"to": "2", "reason": ""})
    assert refused.status_code == 422
    world.client.post(f"{at}items/{item.pk}/speakers/next/")
    points.raise_point(member=world.dora, item=item, point="No quorum")
    shown = page(world, f"{at}items/{item.pk}/speakers/")
    assert shown.index("Who has the floor") < shown.index("No quorum") < shown.index("Guest 0")
    again = world.client.post(f"{at}items/{item.pk}/speakers/next/")
    assert again.status_code == 302  # the point of order is next
    page(world, f"{at}speakers/{Speaker.objects.get(queue='point').pk}/rule/", ruling="overruled")
    page(world, f"{at}speakers/{bob.pk}/resume/", next=at)
    page(world, f"{at}speakers/{bob.pk}/end/", next=at)
    assert Speaker.objects.get(pk=bob.pk).state == "spoke"
    page(world, f"{at}shared-times/", name="Women", minutes="10")
    assert "10:00 left of 10:00" in page(world, f"{at}items/{item.pk}/speakers/")


def test_a_long_list_is_shown_a_hundred_at_a_time_and_everybody_finds_their_own_place(
    world, hearing, item, django_assert_max_num_queries
):
    rows = [
        Speaker(item=item, number=n, place=n, announced_as=f"Valley {n}.", requested_at=LONG_AGO) for n in range(120)
    ]
    Speaker.objects.bulk_create(rows)
    own = speakers.request(member=world.bob, item=item)
    path = f"/hearings/{hearing.year}/H{hearing.number}/items/{item.pk}/speakers/"
    world.sign_in(world.bob)

    with django_assert_max_num_queries(30):
        first = page(world, path)
    second = page(world, f"{path}?page=2")

    assert [shown.count('id="s') for shown in (first, second)] == [100, 21]
    assert "100. <bdi>Valley 99." in first
    assert "101. <bdi>Valley 100." in second
    assert all(f'href="{own.get_absolute_url()}"' in shown for shown in (first, second))
