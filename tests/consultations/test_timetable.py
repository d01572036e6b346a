"""The timetable on the page, in the calendar file and in the feed: notices stand in all of them."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from consultations.services import phases
from tests.consultations import consulting

HOUR = timedelta(hours=1)


@pytest.fixture
def extend(world, consultation):
    """A function that lets the open phase close later, by notice."""

    def change(hours, reason="Floods cut the lines."):
        phase = consultation.phases.get()
        closes_at = phase.closes_at + hours * HOUR
        return phases.change_window(
            by=world.alice, phase=phase, closes_at=closes_at, authority="The co-chairs", reason=reason
        )

    return change


def calendar_of(world, consultation):
    answer = world.client.get(f"{consultation.get_absolute_url()}calendar.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    return answer, Calendar.from_ical(answer.content)


def test_a_notice_stands_on_the_page_with_authority_and_reason(world, consultation, extend):
    notice = extend(24)

    page = world.sign_out().get(consultation.get_absolute_url()).content.decode()

    assert f"Notice {notice.number}" in page
    assert "The co-chairs" in page
    assert "Floods cut the lines." in page
    assert "First announced close" in page


def test_the_calendar_file_holds_each_phase_and_when_it_closes(world, consultation):
    phase = consultation.timetable[0]

    answer, calendar = calendar_of(world, consultation)
    window, close = calendar.walk("VEVENT")

    assert ".ics" in answer["Content-Disposition"]
    assert (window.decoded("dtstart"), window.decoded("dtend")) == (
        phase.opens_at.replace(microsecond=0),
        phase.closes_at.replace(microsecond=0),
    )
    assert close.decoded("dtstart") == phase.closes_at.replace(microsecond=0)
    assert "Water in dry valleys" in window["summary"]


def test_each_notice_raises_the_sequence_of_the_same_entry(world, consultation, extend):
    _, before = calendar_of(world, consultation)
    extend(24, reason="Floods\x0bcut the lines.\r\nATTACH:file:///etc/passwd")
    extend(48)

    answer, after = calendar_of(world, consultation)

    assert [event["uid"] for event in before.walk("VEVENT")] == [event["uid"] for event in after.walk("VEVENT")]
    assert [event["sequence"] for event in before.walk("VEVENT")] == [0, 0]
    assert [event["sequence"] for event in after.walk("VEVENT")] == [2, 2]
    assert "The co-chairs" in after.walk("VEVENT")[0]["description"]
    assert b"\nATTACH" not in answer.content
    assert b"\x0b" not in answer.content


def test_the_feed_tells_of_notices_and_contributions(world, consultation, question, extend):
    consulting.answer(world.bob, question, "The upper <b>spring</b> & the lower.")
    extend(24)

    answer = world.sign_out().get(f"{consultation.get_absolute_url()}feed/")
    feed = answer.content.decode()

    assert answer["Content-Type"].startswith("application/atom+xml")
    assert f"{consultation.code}/1 Bob" in feed
    assert "Notice 1" in feed
    assert feed.index("Notice 1") < feed.index("/1 Bob")
