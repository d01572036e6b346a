"""Windows as a property: for every order of opening, close, sending and arrival, in every zone and over every change of
the clocks, what counts is what the rule says, and no page promises more time than there is.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from consultations.models import Consultation, Phase
from consultations.models.contributions import Stamp
from consultations.models.phases import PhaseState
from consultations.rules import contributions as rules
from consultations.services import contributions
from consultations.wording import times
from forum.keepers import Attempt

ZONES = ("UTC", "Europe/Zurich", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia", "Australia/Lord_Howe")
SECOND = timedelta(seconds=1)
# Around the changes of the clocks in spring and autumn, on both halves of the earth.
EDGES = [
    datetime(2026, 3, 29, 1, tzinfo=UTC),
    datetime(2026, 10, 25, 1, tzinfo=UTC),
    datetime(2026, 4, 4, 15, tzinfo=UTC),
]
moments = st.builds(
    lambda edge, seconds: edge + timedelta(seconds=seconds),
    st.sampled_from(EDGES),
    st.one_of(st.integers(-100_000, 100_000), st.sampled_from([-3600, -1, 0, 1, 3600])),
)
spans = st.integers(1, 200_000).map(lambda seconds: timedelta(seconds=seconds))


def phase_of(opens_at, closes_at, first_closes_at=None, grace=24):
    return Phase(
        consultation=Consultation(grace_hours=grace),
        kind="questions",
        opens_at=opens_at,
        closes_at=closes_at,
        first_closes_at=first_closes_at or closes_at,
    )


@given(moments, spans, spans, moments, st.none() | moments, st.none() | moments, st.integers(0, 72))
def test_what_counts_is_what_came_in_the_window_or_in_its_grace(opens, long, longer, at, proven, started, grace):
    closes, first = opens + long + longer, opens + long
    phase = phase_of(opens, closes, first, grace)
    proven = min(proven, at) if proven else None
    attempt = Attempt(at=at, proven_at=proven, started_at=started)

    counts = bool(rules.in_window(phase, attempt))

    by_mail = proven is not None and proven < closes and at < closes + timedelta(hours=grace)
    on_the_web = started is not None and opens <= started < closes and at < closes + timedelta(minutes=15)
    assert counts == (at >= opens and (at < closes or by_mail or on_the_web))
    if counts:
        stamp = contributions.stamp(phase, attempt)
        assert stamp == (Stamp.GRACE if at >= closes else Stamp.EXTENDED if at >= first else Stamp.ORIGINAL)
        assert contributions.counts_as_of(phase, attempt) < closes


@given(moments, spans)
def test_the_close_itself_is_outside_and_the_opening_inside(opens, long):
    phase = phase_of(opens, opens + long)

    assert phase.state_at(opens) == PhaseState.OPEN
    assert phase.state_at(opens - SECOND) == PhaseState.COMING
    assert phase.state_at(phase.closes_at - timedelta(microseconds=1)) == PhaseState.OPEN
    assert phase.state_at(phase.closes_at) == PhaseState.CLOSED


@given(moments, st.sampled_from(ZONES))
def test_a_moment_is_the_same_in_every_zone_and_says_how_far_it_is_from_utc(at, zone):
    local = at.astimezone(ZoneInfo(zone))
    phase = phase_of(local, (at + SECOND).astimezone(ZoneInfo(zone)))

    with translation.override("en"), timezone.override(zone):
        said = times.moment(at)

    assert phase.state_at(at) == PhaseState.OPEN
    offset = local.utcoffset()
    hours, minutes = divmod(abs(int(offset.total_seconds())) // 60, 60)
    if offset:
        assert f"{hours}" in said.rpartition("(")[2]
        assert not minutes or f"{minutes:02d}" in said.rpartition("(")[2]
    assert f"{local:%M}" in said


@given(st.integers(0, 10_000_000))
def test_nobody_is_told_of_more_time_than_there_is(seconds):
    span = timedelta(seconds=seconds)

    with translation.override("en"):
        number, unit = times.left(span).replace("\xa0", " ").split(" ")

    length = {"day": 86_400, "hour": 3_600, "minute": 60}[unit.rstrip("s")]
    assert int(number) * length <= seconds
    assert seconds < (int(number) + 1) * length
