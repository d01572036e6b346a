"""What did I miss? Told from the journal since an hour of the room, on a light page and as the text of a mail."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from consultations.hearings import missed
from consultations.hearings.models import LiveQuestion, Speaker
from consultations.hearings.services import agenda, floor, hearings, points, speakers
from consultations.hearings.words import missed as words
from core.access import Refused
from notifications import answers
from notifications.models import Letter
from tests.hearings import hearing as scene
from tests.notifications.intake.postman import Postman


def address(hearing, query=""):
    return f"/hearings/{hearing.year}/H{hearing.number}/missed/{query}"


def test_bob_reads_what_happened_since_he_left_by_item_and_decisions_first(world, hearing, item):
    before = timezone.now()
    speakers.request(member=world.bob, item=item)
    floor.give(by=world.alice, hearing=hearing)
    point = points.raise_point(member=world.dora, item=item, point="The map is upside down")
    points.rule(by=world.alice, speaker=point, ruling="upheld")
    agenda.open_item(by=world.alice, item=scene.item(hearing, "3"))

    page = world.client.get(address(hearing, f"?since={before.isoformat().replace('+', '%2B')}")).content.decode()

    assert page.index("Decided:") < page.index("3. Who decides") < page.index("2. The state of the springs</a></h2>")
    assert "Bob has the floor" in page
    assert re.search(r"since \w{3} \d\d:\d\d ", missed.since(hearing, before - timedelta(days=2), "en"))
    text = missed.since(hearing, before, "en")
    assert text.index("Decided:") < text.index("Bob has the floor")
    assert all(len(line) <= 80 for line in text.splitlines() if "://" not in line)


def test_a_long_day_stays_within_the_bytes_of_page_and_mail(world, hearing, item):
    before = timezone.now() - timedelta(minutes=1)
    for _turn in range(22):
        agenda.open_item(by=world.alice, item=scene.item(hearing, "3"))
        agenda.open_item(by=world.alice, item=item)

    page = world.client.get(address(hearing)).content
    text = missed.since(hearing, before, "ar", budget=3_000)

    assert len(page) < 15_000
    assert len(text.encode()) <= 3_000
    assert missed.gather(hearing, before).left_out > 0


def test_since_when_is_an_hour_of_the_room_an_item_or_a_moment(world, hearing, item):
    hearing.timezone = "Africa/Nairobi"  # UTC+3
    noon = datetime(2026, 5, 3, 12, 0, tzinfo=UTC)

    def at(said):
        return missed.moment(hearing, said, now=noon)

    assert at("11:05") == datetime(2026, 5, 3, 8, 5, tzinfo=UTC)
    assert at("16.30") == datetime(2026, 5, 2, 13, 30, tzinfo=UTC)  # of yesterday: in the room it is 15:00
    assert at("2") == item.opened_at
    assert at("2026-05-03T09:00") == datetime(2026, 5, 3, 6, 0, tzinfo=UTC)
    kathmandu = ZoneInfo("Asia/Kathmandu")  # UTC+5:45
    assert missed.moment(hearing, "17:00", noon, kathmandu) == datetime(2026, 5, 3, 11, 15, tzinfo=UTC)
    assert missed.moment(hearing, "0:30", noon + timedelta(hours=7), kathmandu) == datetime(
        2026, 5, 3, 18, 45, tzinfo=UTC
    )
    assert [at(said) for said in ("", "25:00", "yesterday", "2026-13-45T00:00", "9", "\x00")] == [None] * 6


def test_what_only_moderators_heard_is_not_told(world):
    hearing = scene.prepared(world)

    assert missed.gather(hearing, timezone.now() - timedelta(hours=1)).groups == []


def test_dora_asks_by_mail_and_is_told_in_her_language(world, hearing, item):
    speakers.request(member=world.bob, item=item)
    floor.give(by=world.alice, hearing=hearing)

    taken = answers.find(world.dora, item.reference).take(answers.Said("MANQUÉ DEPUIS 00:00", "mail:1"))

    letter = Letter.objects.get(member=world.dora, key="missed:mail:1")
    assert taken.note
    assert "Bob" in letter.raw.decode()
    with pytest.raises(Refused, match="11:05"):
        answers.find(world.dora, item.reference).take(answers.Said("MISSED SINCE 9.9.9", "mail:2"))


def test_whoever_asks_the_help_address_hears_of_the_hearing_that_is_on_or_which_there_are(world):
    postman, hidden = Postman(), scene.prepared(world, slug="hidden")
    world.dora.language = "en"
    world.dora.save()

    def asks(text, **fields):
        postman.brings(postman.mail(world.dora, "help@reply.example.org", text, **fields))
        return postman.told(world.dora)[-1]

    assert "No hearing is on.\n" in asks("MISSED")
    first = scene.running(world)
    speakers.request(member=world.bob, item=scene.item(first))
    floor.give(by=world.alice, hearing=first)
    assert "Bob has the floor" in asks("Missed since item 2")
    assert "Bob has the floor" in asks("", subject="ПРОПУЩЕНО")
    issue = postman.issue(world.dora, world.thread, scene.item(first))
    postman.replies(Letter.objects.get(issue=issue), "MANQUÉ DEPUIS 00:00")
    told = Letter.objects.filter(member=world.dora, kind="answer").latest("pk")
    assert (told.about, told.shows) == (first.reference, [first.reference])
    postman.replies(told, "ASK: Who measures?")
    assert LiveQuestion.objects.get().item == scene.item(first)

    second = scene.running(world, slug="wells")
    which = asks("MISSED")
    assert "Several hearings are on" in which
    assert which.count("MISSED ALP/") == 2
    assert f"in {second.code} since" in asks(f"MISSED {second.code}")
    assert "nothing under this reference" in asks(f"MISSED {hidden.code}")
    assert "as 11:05" in asks(f"MISSED {second.code} SINCE 9.9.9")
    floor.end(by=world.alice, speaker=Speaker.objects.get())
    for hearing in (first, second):
        hearings.end(by=world.alice, hearing=hearing)
    assert f"The last one, {second.code}" in " ".join(asks("MISSED").split())
    assert "Bob has the floor" in asks(f"MISSED {first.code} since 0:00")


@pytest.mark.parametrize(
    ("said", "since"),
    [
        ("SINCE 11:05", "11:05"),
        ("since item 3", "3"),
        ("depuis 9h30", "9:30"),
        ("depuis 9 h", "9:00"),
        ("since 3.15 pm", "15:15"),
        ("since 12 am", "0:00"),
        ("منذ ١١:٠٥", "11:05"),
        ("自11：05", "11:05"),
        ("с 9 ч", "9:00"),
        ("since item 3.1", "3.1"),
        ("since 25:99", "25:99"),
        ("自 14:05", "14:05"),
        ("since 2026-05-03T09:00", "2026-05-03T09:00"),
        ("the bus", ""),
    ],
)
def test_the_hour_is_found_behind_the_word(said, since):
    assert words.since(said) == since
