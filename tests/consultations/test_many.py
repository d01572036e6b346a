"""Many members and many ballots cost as many queries as few, in digests, in notices and on pages."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultations.digests import ballots as digests
from consultations.letters import ballots as letters
from consultations.models import Ballot, Vote
from consultations.services import ballots
from forum.models import Seat
from notifications.digests import plan, run
from notifications.models import Letter, MailProfile


@pytest.fixture
def crowd(world):
    """More members with a seat."""

    def come(count):
        for number in range(count):
            member = world.member(f"member{number}")
            Seat.objects.create(workspace=world.workspace, member=member)

    return come


def queries_of(deed):
    with CaptureQueriesContext(connection) as captured:
        deed()
    return len(captured)


def gathered(now):
    run.prepare(force=True)
    profiles = list(MailProfile.objects.select_related("member"))
    batch = plan.plan(profiles, now=now, everything=True)
    with CaptureQueriesContext(connection) as captured:
        material = digests.gather(batch)
        for reader in batch.readers:
            digests.items(material, reader)
            digests.news(material, reader)
    return len(captured)


def test_a_digest_run_asks_as_often_for_many_readers_and_ballots_as_for_few(world, ballot, crowd):
    few = gathered(timezone.now())

    crowd(40)
    for number in range(10):
        ballots.open_ballot(
            by=world.alice,
            workspace=world.workspace,
            title=f"Question {number}",
            closes_at=timezone.now() + timedelta(days=number + 2),
        )
    ballots.vote(member=world.bob, ballot=ballot, text="A")

    assert gathered(timezone.now()) == few <= 4


def test_readers_who_are_shown_the_same_ballot_share_its_words(world, ballot):
    run.prepare(force=True)
    batch = plan.plan(list(MailProfile.objects.select_related("member")), now=timezone.now(), everything=True)

    material = digests.gather(batch)
    voices = {id(item.voices[0]) for reader in batch.readers for item in digests.items(material, reader)}

    assert len(voices) == 1


def test_a_notice_to_many_asks_as_often_as_one_to_few(world, ballot, crowd):
    def extend(days):
        ballots.extend(
            by=world.alice,
            ballot=ballot,
            closes_at=ballot.closes_at + timedelta(days=days),
            authority="The co-chairs",
            reason="A holiday",
        )

    letters.write_due()
    extend(1)
    few = queries_of(letters.write_due)
    crowd(20)
    extend(2)

    assert queries_of(letters.write_due) == few
    assert Letter.objects.filter(about=ballot.reference).count() == 3 + 23


def test_the_votes_of_many_come_in_pages(world, ballot, crowd, django_assert_max_num_queries):
    crowd(120)
    now = timezone.now()
    members = [seat.member_id for seat in Seat.objects.filter(workspace=world.workspace)]
    Vote.objects.bulk_create(Vote(ballot=ballot, member_id=member, value="A", cast_at=now) for member in members)
    Ballot.objects.update(opens_at=now - timedelta(days=1), closes_at=now)
    ballots.count(ballot)

    with django_assert_max_num_queries(12):
        page = world.client.get(f"/ballots/{ballot.pk}/").content.decode()
    rest = world.client.get(f"/ballots/{ballot.pk}/?page=2").content.decode()

    assert page.count("<bdi>Member") + rest.count("<bdi>Member") == 120
    assert 'rel="next"' in page
    assert 'rel="prev"' in rest


def test_the_roll_and_the_list_of_receipts_ask_as_often_for_many_as_for_few(world, crowd):
    def asked(count):
        crowd_of = [world.alice, world.bob, world.dora][:count]
        closes_at = timezone.now() + timedelta(days=2)
        secret = ballots.open_ballot(
            by=world.alice, workspace=world.workspace, title="Who chairs?", is_secret=True, closes_at=closes_at
        )
        for member in crowd_of:
            ballots.vote(member=member, ballot=secret, text="yes")
        now = timezone.now()
        Ballot.objects.filter(pk=secret.pk).update(opens_at=now - timedelta(days=1), closes_at=now)
        ballots.count(secret)
        pages = (f"/ballots/{secret.pk}/roll/", f"/ballots/{secret.pk}/receipts/", f"/ballots/{secret.pk}/")
        return [queries_of(lambda page=page: world.client.get(page)) for page in pages]

    few = asked(1)
    crowd(40)

    assert asked(3) == few
