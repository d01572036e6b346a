"""A hundred at the closing instant, on both databases: each counts once or is refused with the time, and none that came
after the close is there without its mark.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.models import Contribution, Phase
from consultations.models.contributions import Stamp
from consultations.services import phases
from core.access import Refused
from forum.keepers import Attempt
from forum.services import posts
from journal.models import Journal
from journal.verify import verify
from tests.consultations import consulting
from tests.security.test_at_once import at_once
from tests.world import World


@pytest.fixture
def world(transactional_db):
    world = World()
    yield world
    assert [fault for fault in map(verify, Journal.objects.all()) if fault] == []


@pytest.fixture
def question(world):
    """Of a consultation whose phase closes now."""
    consultation = consulting.running(world)
    now = timezone.now()
    Phase.objects.update(closes_at=now, first_closes_at=now)
    return consultation.questions.get(number=1)


def answering(world, question, number, came):
    """Answer so many microseconds after the close, in words that may come twice."""
    at = question.consultation.phases.get().closes_at + timedelta(microseconds=came)
    return lambda: posts.reply(
        author=world.bob, thread=question.thread, text=f"{number}", key=f"close:{number}", attempt=Attempt(at=at)
    )


def numbers():
    return list(Contribution.objects.order_by("number").values_list("number", flat=True))


def test_a_hundred_at_the_closing_instant_count_once_or_are_refused_with_the_time(world, question):
    # Each of fifty is sent twice, within a tenth of a millisecond around the close.
    results = at_once(*(answering(world, question, number // 2, came=number - 50) for number in range(100)))

    taken = {result.pk for result in results if not isinstance(result, Exception)}
    refused = [result for result in results if isinstance(result, Refused)]
    assert len([result for result in results if isinstance(result, Exception)]) == len(refused) == 50
    assert all("closed on" in str(result.reason) for result in refused)
    assert Contribution.objects.count() == len(taken) == 25
    assert numbers() == list(range(1, 26))
    closes_at = question.consultation.phases.get().closes_at
    assert all(row.moment < closes_at and row.stamp == Stamp.ORIGINAL for row in Contribution.objects.all())
    assert question.thread.posts.count() == 25 + 1
    told = question.consultation.workspace.journal.entries.filter(verb="contribution.received")
    assert told.count() == 25


def test_an_extension_in_the_same_moment_stamps_what_comes_after_the_first_close(world, question):
    phase = question.consultation.phases.get()
    first = phase.closes_at
    deeds = [answering(world, question, number, came=number - 12) for number in range(25)]

    def extend():
        """Said in time, and done whenever its turn comes."""
        return phases.change_window(
            by=world.alice,
            phase=phase,
            closes_at=first + timedelta(days=1),
            authority="The chairs",
            reason="Floods.",
            at=first - timedelta(microseconds=1),
        )

    extended, *results = at_once(extend, *deeds[:24])
    deeds[24]()

    assert not isinstance(extended, Exception)
    for came, result in enumerate(results, -12):
        assert not isinstance(result, Exception) or (isinstance(result, Refused) and came >= 0)
    for row in Contribution.objects.all():
        assert row.stamp == (Stamp.ORIGINAL if row.moment < first else Stamp.EXTENDED)
    assert numbers() == list(range(1, Contribution.objects.count() + 1))
    assert Contribution.objects.filter(stamp=Stamp.EXTENDED).exists()
