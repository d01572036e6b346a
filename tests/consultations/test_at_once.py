"""Votes in the same moment, on both databases: each counts once or is refused, and the numbers always add up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.models import Ballot, Vote, WindowChange
from consultations.services import ballots
from core.access import Refused
from journal.models import Journal
from journal.verify import verify
from notifications import addresses, inbound
from notifications.models import Answer, Arrival
from tests.notifications.intake.postman import Postman
from tests.security.test_at_once import at_once
from tests.world import World


@pytest.fixture
def world(transactional_db):
    world = World()
    yield world
    assert [fault for fault in map(verify, Journal.objects.all()) if fault] == []


def open_ballot(world):
    closes_at = timezone.now() + timedelta(days=2)
    return ballots.open_ballot(by=world.alice, workspace=world.workspace, title="Shall we meet?", closes_at=closes_at)


def test_two_workers_read_one_mail_and_it_votes_once(world):
    ballot, postman = open_ballot(world), Postman()
    letter = postman.issue(world.dora, ballot).letter
    envelope = inbound.Envelope(recipient=addresses.reply(letter.code), sender="dora@example.org", door="lmtp")
    arrival = inbound.accept(postman.answer(letter, "#11: yes"), envelope)

    at_once(*[lambda: inbound.process(Arrival.objects.get(pk=arrival.pk))] * 3)

    assert Vote.objects.get().value == "yes"
    assert Answer.objects.get().state == Answer.State.TAKEN
    assert world.workspace.journal.entries.filter(verb="ballot.voted").count() == 1


def test_one_member_who_votes_often_at_once_has_one_vote(world):
    ballot = open_ballot(world)

    results = at_once(
        *(
            lambda text=text: ballots.vote(member=world.bob, ballot=ballot, text=text)
            for text in ("yes", "no", "abstain")
        )
    )

    assert not [result for result in results if isinstance(result, Exception) and not isinstance(result, Refused)]
    said = world.workspace.journal.entries.filter(verb="ballot.voted").order_by("seq")
    assert Vote.objects.get().value == said.last().data["value"]


def test_a_vote_and_the_count_at_once_agree(world):
    ballot = open_ballot(world)
    came_at = timezone.now()
    Ballot.objects.update(opens_at=came_at - timedelta(days=1), closes_at=came_at + timedelta(microseconds=1))

    voted, _counted = at_once(
        lambda: ballots.vote(member=world.bob, ballot=ballot, text="yes", came_at=came_at),
        lambda: ballots.count(ballot),
    )

    counted = world.workspace.journal.entries.get(verb="ballot.counted")
    assert counted.data["votes"] == Vote.objects.count() == (0 if isinstance(voted, Refused) else 1)


def test_two_extensions_at_once_have_two_numbers(world):
    first, second = open_ballot(world), open_ballot(world)
    closes_at = timezone.now() + timedelta(days=9)

    at_once(
        *(
            lambda ballot=ballot: ballots.extend(
                by=world.alice, ballot=ballot, closes_at=closes_at, authority="The co-chairs", reason="A holiday"
            )
            for ballot in (first, second)
        )
    )

    assert list(WindowChange.objects.values_list("number", flat=True)) == [1, 2]
