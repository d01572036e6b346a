"""Calendars follow a hearing: the same entries, in the time of the room, with a higher sequence after each change."""

from datetime import timedelta

from django.utils import timezone
from icalendar import Calendar

from consultations.hearings.services import hearings, sessions
from tests.hearings import hearing as scene


def entries(world, hearing):
    answer = world.client.get(f"{hearing.get_absolute_url()}calendar.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    return calendar, calendar.walk("VEVENT")


def test_a_session_is_an_entry_that_keeps_its_name_when_it_moves_and_when_it_is_called_off(world):
    hearing = scene.announced(world, timezone="Asia/Kathmandu", place="Hall 2")
    session = hearing.sessions.get()
    calendar, [before] = entries(world, hearing)
    starts_at = timezone.now().replace(microsecond=0) + timedelta(days=3)
    sessions.reschedule(
        by=world.alice, session=session, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), reason="Snow."
    )
    [moved] = entries(world, hearing)[1]
    sessions.cancel(by=world.alice, session=session, reason="More snow.")
    [off] = entries(world, hearing)[1]

    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Kathmandu"]
    assert before["uid"] == moved["uid"] == off["uid"]
    assert [int(one["sequence"]) for one in (before, moved, off)] == [0, 1, 2]
    assert [str(one["status"]) for one in (before, moved, off)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert ["(cancelled)" in one["summary"] for one in (before, moved, off)] == [False, False, True]
    assert off["transp"] == "TRANSPARENT"
    assert moved.start == starts_at
    assert str(moved["dtstart"].params["TZID"]) == "Asia/Kathmandu"
    assert "2. The state of the springs" in before["description"]
    assert before["location"] == "Hall 2"


def test_another_place_raises_the_sequence_and_another_allotment_does_not(world):
    hearing = scene.announced(world, timezone="Europe/Zurich")
    hearings.change(by=world.alice, hearing=hearing, seconds=120)
    calendar, [same] = entries(world, hearing)
    hearings.change(by=world.alice, hearing=hearing, place="Hall 3")
    [moved] = entries(world, hearing)[1]

    assert (int(same["sequence"]), int(moved["sequence"])) == (0, 1)
    [zone] = calendar.walk("VTIMEZONE")
    assert len(zone.subcomponents) <= 2  # winter and summer time at most, those of the days of the hearing
    assert b"RDATE" not in zone.to_ical()


def test_the_feed_tells_what_happened_from_publication_on_to_those_who_may_read(world):
    hearing = scene.running(world, visibility="members")
    feed = world.sign_in(world.carol).get(f"{hearing.get_absolute_url()}feed/").content.decode()

    assert "Item 2. The state of the springs was taken up" in feed
    assert "scheduled" not in feed
    assert world.sign_out().get(f"{hearing.get_absolute_url()}feed/").status_code == 404
