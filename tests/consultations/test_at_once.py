"""Votes in the same moment, on both databases: each counts once or is refused, and the numbers always add up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.models import Ballot, Elector, Vote, WindowChange
from consultations.services import ballots, urns
from core.access import Refused
from forum.models import Seat
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


def open_ballot(world, **fields):
    fields = {"title": "Shall we meet?", "closes_at": timezone.now() + timedelta(days=2)} | fields
    return ballots.open_ballot(by=world.alice, workspace=world.workspace, **fields)


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


@pytest.mark.parametrize("is_secret", [False, True])
def test_a_hundred_votes_at_the_closing_instant_count_once_or_are_refused_with_the_time(world, is_secret):
    """They come within a tenth of a millisecond around the close, each voter once or twice, in any order."""
    crowd = [world.member(f"voter{number}") for number in range(66)]
    Seat.objects.bulk_create(Seat(workspace=world.workspace, member=member) for member in crowd)
    ballot = open_ballot(world, is_secret=is_secret)
    closes_at = timezone.now()
    Ballot.objects.update(opens_at=closes_at - timedelta(days=1), closes_at=closes_at)
    moments = [closes_at + timedelta(microseconds=(37 * number) % 100 - 50) for number in range(100)]
    attempts = [(crowd[number % 66], moment) for number, moment in enumerate(moments)]

    results = at_once(
        *(
            lambda member=member, moment=moment: ballots.vote(member=member, ballot=ballot, text="yes", came_at=moment)
            for member, moment in attempts
        )
    )
    facts = ballots.count(ballot)

    late = [result for (_, moment), result in zip(attempts, results, strict=True) if moment >= closes_at]
    early = [result for (_, moment), result in zip(attempts, results, strict=True) if moment < closes_at]
    assert all(isinstance(result, Refused) and "closed on" in str(result) for result in late), late
    assert all(not isinstance(result, Exception) or isinstance(result, Refused) for result in early), early
    assert not [result for result in early if isinstance(result, Refused) and "closed" in str(result)]
    in_time = {member.pk for member, moment in attempts if moment < closes_at}
    voted = set(Elector.objects.filter(ballot=ballot, has_voted=True).values_list("member", flat=True))
    assert voted == in_time
    assert facts["votes"] == dict(map(tuple, facts["order"]))["yes"] == len(voted)
    assert facts["roll"] == len(voted) + Elector.objects.filter(ballot=ballot, has_voted=False).count() == 69
    if is_secret:
        receipts = {result.receipt for result in early if not isinstance(result, Refused)}
        assert receipts == {code for code, _value in urns.published(ballot)}
    else:
        assert set(Vote.objects.values_list("member", flat=True)) == voted


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
