"""When it is somebody's turn, and whom a chair might call before others; reckoned without a database."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from consultations.hearings import balance, estimates, placing
from consultations.hearings.balance import Voice

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DAY = [(NOON, NOON + timedelta(hours=1)), (NOON + timedelta(hours=3), NOON + timedelta(hours=6))]


def test_who_does_not_fit_before_lunch_speaks_after_it():
    waiting = [(number, 300) for number in range(50)]

    found = estimates.turns(waiting, starts_at=NOON, left=90, gap=10, sittings=DAY)
    assert [found[0], found[1]] == [NOON + timedelta(seconds=100), NOON + timedelta(seconds=410)]
    assert found[12] == NOON + timedelta(hours=3, seconds=100 + 12 * 310 - 3600)
    assert found[49] is None


@given(some.lists(some.integers(10, 900), max_size=40), some.integers(0, 600), some.floats(0.5, 2))
def test_nobody_speaks_before_those_who_stand_before_them_nor_outside_a_session(seconds, left, pace):
    found = estimates.turns(list(enumerate(seconds)), starts_at=NOON, left=left, pace=pace, sittings=DAY)
    known = [at for at in found.values() if at]

    assert known == sorted(known)
    assert list(found.values())[len(known) :] == [None] * (len(found) - len(known))
    assert all(any(begins <= at < ends for begins, ends in DAY) for at in known)


def test_the_pace_is_measured_and_never_absurd():
    assert estimates.pace([], 180) == 1
    assert estimates.pace([(180, 270)] * 3, 180) == 1.25
    assert estimates.pace([(180, 9_000)] * 9, 180) == estimates.HIGHEST
    assert estimates.rounded(NOON + timedelta(minutes=33, seconds=10)) == NOON + timedelta(minutes=35)


def test_voices_not_heard_yet_are_suggested_with_the_reason():
    heard = [Voice(90, "government", "Africa")] * 3
    waiting = [
        Voice(1, "government", "Africa"),
        Voice(2, "government", "Africa"),
        Voice(3, "youth", "Asia", is_first_time=True),
        Voice(4, "government", "Europe"),
    ]

    found = balance.suggest(waiting, heard)
    assert [(one.key, one.place, one.now) for one in found] == [(3, 1, 3), (4, 2, 4)]
    assert found[0].reasons == ("category", "region", "first_time")
    assert balance.suggest([waiting[0], waiting[1], waiting[3]._replace(priority=1), waiting[2]], heard) == []


VOICES = some.lists(
    some.builds(
        Voice,
        key=some.just(0),
        category=some.sampled_from(["", "ngo", "youth"]),
        region=some.sampled_from(["", "Asia", "Africa"]),
        gender=some.sampled_from(["", "f", "m"]),
        is_first_time=some.booleans(),
        priority=some.sampled_from([0, 0, 0, 1]),
    ),
    max_size=30,
)


@given(VOICES)
def test_a_suggestion_never_lets_anybody_wait_much_longer(voices):
    voices = [voice._replace(key=key) for key, voice in enumerate(voices)]
    order = [voice.key for voice in voices]
    for one in balance.suggest(voices):
        order = placing.moved(order, one.key, one.place - 1)

    assert sorted(order) == [voice.key for voice in voices]
    held = max((place for place, voice in enumerate(voices, 1) if voice.priority), default=0)
    assert order[:held] == [voice.key for voice in voices[:held]]
    assert all(order.index(key) - key <= balance.MOST_LATER for key in order)
