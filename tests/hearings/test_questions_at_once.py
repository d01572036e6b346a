"""Endorsements in the same moment, on both databases: each person counts once, whatever is merged meanwhile."""

import pytest

from consultations.hearings.models import Endorsement, LiveQuestion
from consultations.hearings.services import endorsements, mergers, questions
from journal.models import Entry, Journal
from journal.verify import verify
from tests.hearings import hearing as scene
from tests.security.test_at_once import at_once
from tests.world import World


@pytest.fixture
def world(transactional_db):
    return World()


def test_a_crowd_presses_twice_while_questions_are_merged_and_the_number_is_that_of_people(world):
    item = scene.item(scene.running(world))
    first = questions.put(by=world.bob, item=item, text="Who pays?")
    second = questions.put(by=world.dora, item=item, text="Who is to pay?")
    crowd = [world.member(f"reader{number}") for number in range(8)]

    results = at_once(
        *(
            lambda member=member, one=one: endorsements.endorse(by=member, question=one)
            for member in crowd
            for one in (first, second)
        ),
        lambda: mergers.merge(by=world.alice, question=second, into=first),
    )

    assert [result for result in results if isinstance(result, Exception)] == []
    counted = LiveQuestion.objects.get(number=1)
    assert counted.endorsement_count == len(crowd) + 1  # and Dora, who asked the same
    people = Endorsement.objects.values("member").distinct().count()
    assert people == len(crowd)
    endorsements.tell_due()
    told = Entry.objects.filter(verb="asked.counted", journal=item.hearing.journal)
    assert told.count() <= 3
    assert Entry.objects.filter(verb="asked.endorsed", audience="everyone").count() == 0
    assert verify(Journal.objects.get(pk=item.hearing.journal.pk)) is None
