"""Clocks of speakers: whatever is done to them, no time is lost and none is made."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from consultations.hearings.clocks import Clock, Impossible, whole

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DEEDS = some.lists(
    some.tuples(some.sampled_from(["pause", "resume", "extend", "end"]), some.floats(0, 400)), max_size=30
)


@given(DEEDS)
def test_what_was_used_and_what_stood_still_is_the_time_since_the_start(deeds):
    clock, now, stood, given_besides = Clock(NOON, 180), NOON, 0, 0
    for deed, wait in deeds:
        before, now = now, now + timedelta(seconds=wait)
        passed = int((whole(now) - whole(before)).total_seconds())
        stood += passed if clock.paused_at else 0
        ended = clock.ended_at
        try:
            if deed == "extend":
                clock, given_besides = clock.extend(60), given_besides + 60
            else:
                clock = getattr(clock, deed)(now)
        except Impossible:
            pass
        if ended is None and clock.ended_at is None:
            elapsed = int((whole(now) - NOON).total_seconds())
            assert clock.used_at(now) + stood == elapsed
        assert clock.left_at(now) == 180 + given_besides - clock.used_at(now)


@given(DEEDS, some.floats(0, 10_000))
def test_nothing_moves_a_clock_that_has_ended(deeds, later):
    clock = Clock(NOON, 180).end(NOON + timedelta(seconds=65.9))
    for deed, wait in deeds:
        with pytest.raises(Impossible):
            clock.extend(wait) if deed == "extend" else getattr(clock, deed)(NOON + timedelta(seconds=wait))
    assert clock.used_at(NOON + timedelta(seconds=later)) == 65


def test_one_that_stands_still_ends_when_it_began_to():
    clock = Clock(NOON, 180).pause(NOON + timedelta(seconds=50)).end(NOON + timedelta(seconds=500))

    assert (clock.used_at(NOON + timedelta(hours=1)), clock.ended_at) == (50, NOON + timedelta(seconds=50))
