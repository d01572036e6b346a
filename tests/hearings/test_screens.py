"""Screens of a hearing are whole without a script, light on the line, and ask the database a few times only."""

import json
import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.hearings import live, state
from consultations.hearings.minutes import floor as minutes
from consultations.hearings.models import Motion, Speaker
from consultations.hearings.screens import speakers as of_speakers
from consultations.hearings.services import accounts, captions, floor, hearings, points, questions, sessions, speakers
from consultations.hearings.views import screens
from core import statics
from journal.models import Entry
from tests.consultations import consulting
from tests.hearings import hearing as scene
from tests.hearings import voting

COLD, AGAIN, SCRIPTS = 13_500, 5_000, 8_192  # bytes on the wire, compressed: all of a screen, its page, its scripts
ROOMIER = {"console": (14_600, 5_400)}  # for those who do things there


def at(hearing, screen):
    return f"/hearings/{hearing.year}/H{hearing.number}/{screen}/"


def packed(content):
    return len(brotli.compress(content))


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
    live_page = at(hearing, "live")
    assert f'?next={live_page}">Sign in to take part<' in world.sign_out().get(live_page).content.decode()


def test_a_request_tells_of_few_lists_however_long_the_agenda_is(world, hearing, item, monkeypatch):
    monkeypatch.setattr(of_speakers, "LISTS", 1)

    assert [row["id"] for row in state.of(hearing, "en", ["list"])["list"]] == [item.pk]


@pytest.mark.sqlite_only
@pytest.mark.parametrize("screen", ["live", "console", "projector", "follow"])
def test_a_busy_screen_keeps_its_budget(world, hearing, item, screen):
    busy(world, hearing, item)
    world.sign_in(world.alice)

    page = world.client.get(at(hearing, screen)).content

    files = re.findall(r'(?:src|href)="/static/([^"]+)"', page.decode())
    sent = {name: packed(statics.lighter(name, Path(settings.BASE_DIR, "static", name).read_bytes())) for name in files}
    cold, again = ROOMIER.get(screen, (COLD, AGAIN))
    assert packed(page) + sum(sent.values()) <= cold
    assert packed(page) <= again
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
        drawn = live.draw(entries, ["en", "ar"], {hearing.pk}, moderators={"en"})

    assert len(queries) < 30
    frames = [json.loads(one.texts["en"]) for one in drawn]
    assert [frame["seq"] for frame in frames] == [entry.seq for entry in entries]
    assert frames[-1]["state"]["floor"]["speaker"]["name"] == "A"
    assert sum("next" in frame.get("state", {}) for frame in frames) == 1
    assert all("requests" not in frame.get("state", {}) for frame in frames)
    assert "requests" in json.loads(drawn[-1].moderators["en"])["state"]
    assert "ar" not in drawn[-1].moderators


def test_an_entry_is_drawn_with_few_questions_to_the_database(world, hearing, item):
    after = hearing.journal.seq
    busy(world, hearing, item)
    captions.say(by=world.alice, hearing=hearing, lines=[captions.Line(text="We measured eleven springs.")])
    last = {entry.verb: entry for entry in Entry.objects.filter(journal=hearing.journal).since(after)}

    asked = {}
    for verb in ("caption.said", "asked.put", "speaker.requested", "floor.given", "ballot.opened"):
        with CaptureQueriesContext(connection) as queries:
            live.draw([last[verb]], ["en"], {hearing.pk}, moderators=["en"])
        asked[verb] = len(queries)

    most = {"caption.said": 4, "asked.put": 5, "speaker.requested": 13, "floor.given": 15, "ballot.opened": 11}
    assert all(asked[verb] <= most[verb] for verb in most), asked


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
    assert len([key for key in cache._cache if f"follow:{hearing.pk}:" in key]) == 1
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
    group = accounts.share(by=world.alice, hearing=hearing, name="Women", seconds=60)
    accounts.correct(by=world.alice, account=group, seconds=-60, reason="All used")
    speakers.allot(by=world.alice, speaker=dora, account=group)
    used_up = press(bob.pk)
    speakers.allot(by=world.alice, speaker=dora)
    press(bob.pk)

    assert "Their time has ended. The time of “Women” is used up." in used_up.content.decode()
    assert [Speaker.objects.get(pk=one.pk).state for one in (bob, dora)] == ["spoke", "speaking"]
    point = points.raise_point(member=world.bob, item=item, point="The map is upside down")
    floor.give(by=world.alice, hearing=hearing, speaker=point)
    assert press(point.pk).status_code == 403
    world.client.post(at(hearing, "console"), {"ruling": "upheld", "speaker": point.pk, "reason": "It is."})
    assert Speaker.objects.get(pk=point.pk).ruling == "upheld"


def test_the_chair_changes_the_order_from_the_console_and_each_change_keeps_its_reason(world, hearing, item):
    alps, sea = consulting.organisation(world, "Alps", world.bob), consulting.organisation(world, "Sea", world.dora)
    sea.category = "government"
    sea.save()
    bob = speakers.request(member=world.bob, item=item, organisation=alps)
    floor.give(by=world.alice, hearing=hearing)
    rows = [speakers.request(member=world.member(name), item=item) for name in "abc"]
    dora = speakers.request(member=world.dora, item=item, organisation=sea)
    world.sign_in(world.alice)

    def press(deed, speaker, **fields):
        fields |= {"deed": deed, "speaker": speaker.pk}
        answer = world.client.post(at(hearing, "console"), fields, headers={"Accept": "application/json"})
        return answer.json().get("refused", "")

    def told():
        return state.of(scene.fresh(hearing), "en", ["order"], moderators=True)["order"]

    assert [row["said"] for row in told()["waiting"]] == ["–", "1. A", "2. B", "3. C", "4. Dora (Sea)"]
    assert told()["suggested"]["said"].startswith("Dora (Sea), 4 → 1: nobody of this group was heard yet")
    assert press("take_suggestion", dora, to=2).startswith("This is not there any more")
    assert press("take_suggestion", dora, to=1) == ""
    assert press("move", dora) == "Say why: it is told to the speaker and stands in the record."
    assert press("move", dora, reason="Is on the telephone") == ""
    assert press("move", rows[2], to="x", reason="Her train leaves") == "Say to which place on the list."
    assert press("move", rows[2], to="1", reason="Her train leaves") == ""
    assert press("move", rows[1], reason="Later") == "Nobody waits behind them."
    assert press("absent", bob) == ""

    assert [row["said"] for row in told()["waiting"][1:]] == ["1. C", "2. A", "3. Dora (Sea)", "4. B", "5. Bob (Alps)"]
    moved = Entry.objects.filter(verb="speaker.moved").order_by("seq")
    assert [(entry.data["reason"], entry.data["suggested"]) for entry in moved][1:] == [
        ("Is on the telephone", False),
        ("Her train leaves", False),
    ]
    assert moved[0].data["suggested"]


def test_a_ruling_is_appealed_against_on_the_phone_put_to_the_vote_on_the_console_and_overruled(world, hearing, item):
    point = points.raise_point(member=world.dora, item=item, point="There is no quorum")
    alice = world.sign_in(world.alice)
    world.sign_out()
    bob = world.sign_in(world.bob)

    def ruling():
        return state.of(scene.fresh(hearing), "en", ["ruling"])["ruling"]

    assert ruling() is None
    alice.post(at(hearing, "console"), {"ruling": "overruled", "speaker": point.pk, "reason": "We are enough"})
    assert (ruling()["may_appeal"], ruling()["may_put"]) == (True, False)
    bob.post(at(hearing, "live"), {"deed": "appeal", "speaker": point.pk})
    assert (ruling()["may_appeal"], ruling()["may_put"]) == (False, True)
    alice.post(at(hearing, "console"), {"deed": "put_appeal", "speaker": point.pk})
    motion = Motion.objects.get()
    alice.post(at(hearing, "console"), {"deed": "annul_vote", "motion": motion.number, "reason": "Pressed too early"})
    assert ruling()["may_put"]
    alice.post(at(hearing, "console"), {"deed": "put_appeal", "speaker": point.pk})
    for client in (alice, bob):
        client.post(at(hearing, "live"), {"deed": "vote", "motion": 2, "answer": "yes"})
    assert "It stands unless the hearing votes" in ruling()["said"]
    alice.post(at(hearing, "console"), {"deed": "close_vote", "motion": 2})

    said = "point of order of Dora: not upheld. We are enough. On appeal, the hearing overruled the ruling."
    assert ruling()["said"].endswith(said)
    told = [row.facts for row in minutes.tell(hearing) if row.kind == "point"]
    assert [row["is_overruled"] for row in told] == [True]
    assert "On appeal, the hearing overruled the ruling." in alice.get(point.get_absolute_url()).content.decode()


def test_a_hearing_that_is_over_offers_no_floor_and_gives_back_what_an_older_page_sends(world, hearing):
    sessions.close_session(by=world.alice, session=hearing.sessions.get())
    hearings.end(by=world.alice, hearing=hearing)
    bob = world.sign_in(world.bob)

    shown = bob.get(at(hearing, "live")).content.decode()
    answer = bob.post(at(hearing, "live"), {"deed": "point", "text": "There is no quorum"}).content.decode()

    assert "Ask for the floor" not in shown
    assert "Propose a motion" not in shown
    assert 'value="There is no quorum"' in answer


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
    for deed, place in (("ask", 'auto">%s</textarea>'), ("point", 'value="%s"')):
        fields = {"deed": deed, "text": "x" * 1500, "item": scene.item(hearing, "1").pk}
        refused = world.client.post(at(hearing, "live"), fields)
        assert refused.status_code == 403
        assert place % ("x" * 1500) in refused.content.decode()
    questions.close_asking(by=world.alice, item=item)
    late = world.client.post(at(hearing, "live"), {"deed": "ask", "text": "Late?"}).content.decode()
    assert 'auto">Late?</textarea>' in late
    assert 'data-show="questions.is_open"' not in late  # in which it would be hidden
    assert world.client.post(at(hearing, "live"), {"deed": "give"}).status_code == 404
