"""A hundred at the closing instant, on both databases: each counts once or is refused with the time, and none that came
after the close is there without its mark.
"""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.models import Contribution, Phase
from consultations.models.contributions import Stamp
from consultations.services import phases
from core.access import Refused
from forum.services import posts
from journal.models import Journal
from journal.verify import verify
from tests.consultations import consulting
from tests.security.test_at_once import at_once
from tests.world import World

MANY = 100


@pytest.fixture
def world(transactional_db):
    world = World()
    yield world
    assert [fault for fault in map(verify, Journal.objects.all()) if fault] == []


def closing(consultation, left):
    """Let the phase close in a moment; returns when."""
    closes_at = timezone.now() + left
    Phase.objects.update(closes_at=closes_at, first_closes_at=closes_at)
    return closes_at


def answering(world, question, number, pause=0.0):
    def answer():
        time.sleep(pause)
        return posts.reply(author=world.bob, thread=question.thread, text=f"{number}", key=f"close:{number}")

    return answer


def numbers():
    return list(Contribution.objects.order_by("number").values_list("number", flat=True))


def test_a_hundred_at_the_closing_instant_count_once_or_are_refused_with_the_time(world):
    consultation = consulting.running(world)
    question = consultation.questions.get(number=1)
    closes_at = closing(consultation, timedelta(seconds=0.6))

    # Each of fifty is sent twice; they come around the close.
    deeds = [answering(world, question, number // 2, pause=number / MANY) for number in range(MANY)]
    results = at_once(*deeds)

    taken = {result.pk for result in results if not isinstance(result, Exception)}
    refused = [result for result in results if isinstance(result, Refused)]
    assert len([result for result in results if isinstance(result, Exception)]) == len(refused)
    assert all("closed on" in str(result.reason) for result in refused)
    assert Contribution.objects.count() == len(taken)
    assert numbers() == list(range(1, len(taken) + 1))
    assert all(row.moment < closes_at and row.stamp == Stamp.ORIGINAL for row in Contribution.objects.all())
    assert question.thread.posts.count() == len(taken) + 1
    told = consultation.workspace.journal.entries.filter(verb="contribution.received")
    assert told.count() == len(taken)


def test_an_extension_in_the_same_moment_stamps_what_comes_after_the_first_close(world):
    consultation = consulting.running(world)
    question = consultation.questions.get(number=1)
    first = closing(consultation, timedelta(seconds=0.4))
    phase = consultation.phases.get()

    def extend():
        closes_at = first + timedelta(days=1)
        return phases.change_window(
            by=world.alice, phase=phase, closes_at=closes_at, authority="The chairs", reason="Floods."
        )

    results = at_once(extend, *(answering(world, question, number, pause=number / 30) for number in range(24)))

    assert not isinstance(results[0], Exception)
    for row in Contribution.objects.all():
        assert row.stamp == (Stamp.ORIGINAL if row.moment < first else Stamp.EXTENDED)
    assert numbers() == list(range(1, Contribution.objects.count() + 1))
    assert Contribution.objects.filter(stamp=Stamp.EXTENDED).exists()
