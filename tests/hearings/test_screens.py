"""Screens of a hearing are whole without a script, light on the line, and ask the database a few times only."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.hearings import live, state
from consultations.hearings.models import Speaker
from consultations.hearings.services import floor, points, questions, speakers
from consultations.hearings.views import screens
from journal.models import Entry
from tests.hearings import hearing as scene
from tests.hearings import voting

COLD, AGAIN, SCRIPTS = 14_600, 5_000, 8_192  # bytes on the wire, compressed


def at(hearing, screen):
    return f"/hearings/{hearing.year}/H{hearing.number}/{screen}/"


def packed(content):
    return len(gzip.compress(content, 6))


def busy(world, hearing, item, count=12):
    """Somebody speaks, others wait, some ask, and a vote is being taken."""
    for number in range(count):
        member = world.member(f"speaker{number}")
        speakers.request(member=member, item=item)
        questions.put(by=member, item=item, text=f"Who measures the spring number {number}, and who pays for it?")
    floor.give(by=world.alice, hearing=hearing)
    voting.put(world, item)


def test_bob_sees_who_speaks_and_his_own_place_without_a_script(world, hearing, item):
    speakers.request(member=world.dora, item=item)
    floor.give(by=world.alice, hearing=hearing)
    speakers.request(member=world.bob, item=item)
    world.sign_in(world.bob)

    page = world.client.get(at(hearing, "live")).content.decode()

    assert 'data-say="floor.speaker.name">Dora<' in page
    assert 'data-say="mine.place">1<' in page
    assert '<noscript><meta http-equiv="refresh" content="20"></noscript>' in page
    assert "refresh" not in world.client.get(at(hearing, "live") + "?still").content.decode()


@pytest.mark.sqlite_only
@pytest.mark.parametrize("screen", ["live", "console", "projector", "follow"])
def test_a_busy_screen_keeps_its_budget(world, hearing, item, screen):
    busy(world, hearing, item)
    world.sign_in(world.alice)

    page = world.client.get(at(hearing, screen)).content

    files = re.findall(r'(?:src|href)="/static/([^"]+)"', page.decode())
    sent = {name: packed((Path(settings.BASE_DIR) / "static" / name).read_bytes()) for name in files}
    assert packed(page) + sum(sent.values()) <= COLD
    assert packed(page) <= AGAIN
    assert sum(size for name, size in sent.items() if name.endswith(".js")) <= SCRIPTS


def test_a_screen_asks_as_often_for_thirty_speakers_as_for_three(world, hearing, item):
    world.sign_in(world.bob)
    counted = []
    for count in (3, 27):
        for number in range(count):
            speakers.request(member=world.member(f"member{count}-{number}"), item=item)
        with CaptureQueriesContext(connection) as queries:
            world.client.get(at(hearing, "live"))
        counted.append(len(queries))

    assert counted[0] == counted[1] <= 45


def test_entries_are_drawn_with_the_state_they_changed_and_that_is_built_once(world, hearing, item):
    after = hearing.journal.seq
    for name in "abcdefgh":
        speakers.request(member=world.member(name), item=item)
    floor.give(by=world.alice, hearing=hearing)
    entries = list(Entry.objects.filter(journal=hearing.journal).since(after))

    with CaptureQueriesContext(connection) as queries:
        drawn = live.draw(entries, ["en", "ar"], {hearing.pk})

    assert len(queries) < 30
    frames = [json.loads(one.texts["en"]) for one in drawn]
    assert [frame["seq"] for frame in frames] == [entry.seq for entry in entries]
    assert frames[-1]["state"]["floor"]["speaker"]["name"] == "A"
    assert sum("next" in frame.get("state", {}) for frame in frames) == 1
    assert all("requests" not in frame.get("state", {}) for frame in frames)
    assert "requests" in json.loads(drawn[-1].moderators["en"])["state"]


def test_every_section_is_plain_json_when_nothing_happens(world):
    hearing = scene.announced(world)

    for language in ("en", "ar"):
        assert json.dumps(state.of(hearing, language, moderators=True))
    assert set(state.of(hearing, "en")) < set(state.of(hearing, "en", moderators=True))


def test_the_public_page_is_the_same_for_all_and_costs_little_when_nothing_changed(world, hearing, item, monkeypatch):
    monkeypatch.setattr(screens, "FRESH_SECONDS", 10**9)
    first = world.client.get(at(hearing, "follow"))
    with CaptureQueriesContext(connection) as queries:
        same = world.client.get(at(hearing, "follow"))
    assert len(queries) <= 3
    assert same.content == first.content
    again = world.client.get(at(hearing, "follow"), headers={"If-None-Match": first["ETag"]})
    assert "public" in first["Cache-Control"]
    assert again.status_code == 304

    speakers.request(member=world.bob, item=item)

    changed = world.client.get(at(hearing, "follow"), headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    world.sign_in(world.bob)
    assert "private" in world.client.get(at(hearing, "follow"))["Cache-Control"]


def test_the_chair_gives_the_floor_and_a_refusal_says_why(world, hearing, item):
    speaker = speakers.request(member=world.bob, item=item)
    world.sign_in(world.alice)

    given = world.client.post(at(hearing, "console"), {"deed": "give", "speaker": speaker.pk})
    refused = world.client.post(at(hearing, "console"), {"deed": "give", "speaker": speaker.pk})
    told = world.client.post(
        at(hearing, "console"), {"deed": "give", "speaker": speaker.pk}, headers={"Accept": "application/json"}
    )

    assert given.status_code == 302
    assert refused.status_code == told.status_code == 403
    assert told.json()["refused"] in refused.content.decode()
    assert Speaker.objects.get().state == "speaking"


def test_the_next_speaker_follows_with_one_press_but_a_point_of_order_is_ruled_on_first(world, hearing, item):
    bob = speakers.request(member=world.bob, item=item)
    dora = speakers.request(member=world.dora, item=item)
    world.sign_in(world.alice)

    def press(speaker=""):
        return world.client.post(at(hearing, "console"), {"deed": "next", "speaker": speaker})

    press()
    press(bob.pk)

    assert [Speaker.objects.get(pk=one.pk).state for one in (bob, dora)] == ["spoke", "speaking"]
    point = points.raise_point(member=world.bob, item=item, point="The map is upside down")
    floor.give(by=world.alice, hearing=hearing, speaker=point)
    assert press(point.pk).status_code == 403
    world.client.post(at(hearing, "console"), {"ruling": "upheld", "speaker": point.pk, "reason": "It is."})
    assert Speaker.objects.get(pk=point.pk).ruling == "upheld"


def test_bob_asks_endorses_and_withdraws_and_carol_is_told_what_she_wrote(world, hearing, item):
    world.sign_in(world.bob)
    json_please = {"Accept": "application/json"}

    world.client.post(at(hearing, "live"), {"deed": "speak"})
    asked = world.client.post(at(hearing, "live"), {"deed": "ask", "text": "Is it open?"}, headers=json_please)
    other = questions.put(by=world.dora, item=item, text="Who reads them?")
    endorsed = world.client.post(
        at(hearing, "live"), {"deed": "endorse", "question": other.number}, headers=json_please
    )
    assert asked.json()["done"]
    assert endorsed.json()["mine"]["endorsed"] == [other.number]
    world.client.post(at(hearing, "live"), {"deed": "withdraw", "speaker": Speaker.objects.get().pk})

    assert Speaker.objects.get().state == "withdrawn"
    empty = world.client.post(at(hearing, "live"), {"deed": "ask", "text": "x" * 1500})
    assert empty.status_code == 403
    assert "x" * 1500 in empty.content.decode()
    assert world.client.post(at(hearing, "live"), {"deed": "give"}).status_code == 404
