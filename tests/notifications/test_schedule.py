"""When digests are due: once a day, at the hour, in every time zone and across every change of clocks."""

import itertools
import zoneinfo
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notifications import schedule

ZONES = sorted(zoneinfo.available_timezones())
MOMENTS = st.datetimes(datetime(1995, 1, 1), datetime(2037, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001


def walk(start, days, hour, zone):
    """The moments at which a member of this zone is looked at, as the digest run does it."""
    now, last_day = start, None
    for _day in range(days):
        now = schedule.next_after(now, hour=hour, zone=zone, last_day=last_day)
        today = schedule.day_reached(now, hour=hour, zone=zone)
        yield now, today, last_day
        last_day = today


@settings(max_examples=400, deadline=None)
@given(MOMENTS, st.integers(0, 23), st.sampled_from(ZONES))
def test_every_local_day_has_one_issue_at_its_hour(start, hour, name):
    zone = zoneinfo.ZoneInfo(name)
    days = []

    for now, today, last_day in walk(start, 40, hour, zone):
        local = now.astimezone(zone)
        assert today == local.date()
        if local.hour != hour:  # only where clocks jump over the hour
            back = (local.replace(tzinfo=None) - now.astimezone(UTC).replace(tzinfo=None)) - zone.utcoffset(
                datetime.combine(today, datetime.min.time())
            )
            assert timedelta(0) < back <= timedelta(hours=24)
        assert last_day is None or today - last_day in (timedelta(days=1), timedelta(days=2))
        days.append(today)

    assert len(set(days)) == len(days)
    skipped = [day for day, after in itertools.pairwise(days) if after - day > timedelta(days=1)]
    assert len(skipped) <= 1  # Samoa, Kiribati, Tokelau: a day that nobody there has lived


@settings(max_examples=300, deadline=None)
@given(MOMENTS, st.integers(0, 23), st.integers(0, 6), st.sampled_from(ZONES))
def test_every_week_has_one_weekly_and_every_month_one_monthly(start, hour, weekday, name):
    zone = zoneinfo.ZoneInfo(name)
    weekly, monthly = [], []

    for _now, today, last_day in walk(start, 100, hour, zone):
        due = schedule.cadences_due(today, last_day=last_day, weekday=weekday)
        assert "daily" in due
        weekly += [today] if "weekly" in due else []
        monthly += [today] if "monthly" in due else []

    first = walk(start, 1, hour, zone)
    _now, begin, _last = next(first)
    weeks = {(day + timedelta(days=6 - weekday)).isocalendar()[:2] for day in weekly}
    assert len(weeks) == len(weekly) >= 13
    assert {(day.year, day.month) for day in monthly} >= months_between(begin, begin + timedelta(days=97))
    assert len({(day.year, day.month) for day in monthly}) == len(monthly)


def months_between(begin, end):
    """The months whose first day lies after `begin` and up to `end`."""
    days = (begin + timedelta(days=number) for number in range(1, (end - begin).days + 1))
    return {(day.year, day.month) for day in days if day.day == 1}


def test_what_was_missed_in_an_outage_is_due_afterwards():
    due = schedule.cadences_due(date(2026, 11, 20), last_day=date(2026, 10, 28), weekday=0)

    assert due == {"daily", "weekly", "monthly"}


def test_a_day_that_was_dealt_with_is_not_due_again():
    assert schedule.cadences_due(date(2026, 11, 20), last_day=date(2026, 11, 20), weekday=4) == frozenset()


@pytest.mark.parametrize(
    ("zone", "hour", "day", "expected"),
    [
        ("Europe/Paris", 2, date(2026, 3, 29), "2026-03-29T01:00:00+00:00"),  # 2:00 does not exist
        ("Europe/Paris", 2, date(2026, 10, 25), "2026-10-25T00:00:00+00:00"),  # 2:00 comes twice
        ("Asia/Kathmandu", 6, date(2026, 11, 21), "2026-11-21T00:15:00+00:00"),
        ("Pacific/Kiritimati", 6, date(2026, 11, 21), "2026-11-20T16:00:00+00:00"),
    ],
)
def test_the_hour_is_the_members(zone, hour, day, expected):
    assert schedule.moment(day, hour, zoneinfo.ZoneInfo(zone)) == datetime.fromisoformat(expected)
