"""Voting on the web: who may, until when, what stands, and what is shown before and after the close."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations import clock
from consultations.models import Ballot
from consultations.services import ballots
from consultations.views import votes as votes_view
from core import rates
from core.access import Refused
from forum.models import Seat
from tests.consultations.balloting import close, values
from tests.notifications.intake.postman import words


def test_bob_votes_and_changes_his_mind_and_carol_has_no_vote(world, ballot):
    world.sign_in(world.bob)
    world.client.post(f"/ballots/{ballot.pk}/vote/", {"text": "A"})
    answer = world.client.post(f"/ballots/{ballot.pk}/vote/", {"text": "B"}, follow=True)
    refused = world.sign_in(world.carol).post(f"/ballots/{ballot.pk}/vote/", {"text": "C"})

    assert values(ballot) == {"Bob": "B"}
    assert "Your vote is counted: B) Two pages." in answer.content.decode()
    assert refused.status_code == 403
    said = world.workspace.journal.entries.filter(verb="ballot.voted")
    assert [entry.data["value"] for entry in said] == ["A", "B"]
    assert {entry.audience for entry in said} == {world.bob.reference}


def test_who_presses_without_end_is_told_when_to_come_back_and_what_stood_stands(world, ballot, monkeypatch):
    monkeypatch.setattr(votes_view, "A_MINUTE", 1)
    monkeypatch.setattr(rates, "time", lambda: 1_000_000_000)  # all in one minute
    client, address = world.sign_in(world.bob), f"/ballots/{ballot.pk}/vote/"

    client.post(address, {"text": "A"})
    too_often = client.post(address, {"text": "B"})
    Ballot.objects.filter(pk=ballot.pk).update(is_secret=True)
    in_secret = client.post(address, {"text": "C", "code": "K7QF-M2XP-9TRA"})
    other = world.sign_in(world.dora).post(address, {"text": "C"}).status_code

    assert [answer.status_code for answer in (too_often, in_secret)] == [429, 429]
    assert [answer["Retry-After"] for answer in (too_often, in_secret)] == ["21", "21"]
    assert "in 21 seconds" in words(too_often.content.decode())
    assert values(ballot) == {"Bob": "A"}
    assert other == 200


def test_an_observer_has_no_vote_and_keeps_what_they_wrote(world, ballot):
    Seat.objects.filter(member=world.bob).update(role="observer")

    refused = world.sign_in(world.bob).post(f"/ballots/{ballot.pk}/vote/", {"text": "B"})

    assert refused.status_code == 403
    assert "for reading only" in refused.content.decode()
    assert values(ballot) == {}


def test_before_the_close_only_the_number_of_votes_is_shown_and_after_the_count_who_voted_how(world, ballot):
    for member, vote in ((world.alice, "A"), (world.bob, "B"), (world.dora, "B")):
        ballots.vote(member=member, ballot=ballot, text=vote)

    before = world.sign_in(world.carol).get(f"/ballots/{ballot.pk}/").content.decode()
    close(ballot, ago=timedelta(hours=1))
    waiting = world.client.get(f"/ballots/{ballot.pk}/").content.decode()
    clock.tick()
    after = world.client.get(f"/ballots/{ballot.pk}/").content.decode()

    assert "3 votes cast" in before
    assert "Dora" not in before + waiting
    assert "The result will stand here" in waiting
    assert "<bdi>Dora</bdi>" in after
    assert words(after).index('<td dir="auto">B) Two pages</td> <td>2</td>') > 0
    counted = world.workspace.journal.entries.get(verb="ballot.counted")
    assert counted.data["order"] == [["B", 2], ["A", 1], ["C", 0]]


def test_a_vote_counts_before_the_close_and_not_at_it(world, ballot):
    closes_at = Ballot.objects.get(pk=ballot.pk).closes_at

    ballots.vote(member=world.bob, ballot=ballot, text="A", came_at=closes_at - timedelta(microseconds=1))
    with pytest.raises(Refused, match="closed on"):
        ballots.vote(member=world.dora, ballot=ballot, text="A", came_at=closes_at)

    assert values(ballot) == {"Bob": "A"}


def test_a_ballot_opens_by_itself(world):
    now = timezone.now()
    ballot = ballots.open_ballot(
        by=world.alice,
        workspace=world.workspace,
        title="Shall we meet?",
        opens_at=now + timedelta(hours=1),
        closes_at=now + timedelta(days=1),
    )
    with pytest.raises(Refused, match="opens on"):
        ballots.vote(member=world.bob, ballot=ballot, text="yes")

    Ballot.objects.update(opens_at=now - timedelta(minutes=1))
    clock.tick()
    ballots.vote(member=world.bob, ballot=ballot, text="yes")
    clock.tick()

    assert values(ballot) == {"Bob": "yes"}
    assert world.workspace.journal.entries.filter(verb="ballot.opened").count() == 1


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"title": " "}, "needs a question"),
        ({"kind": "choice", "options": ["One"]}, "at least two options"),
        ({"kind": "ranking", "options": ["One page", "one  Page"]}, "the same"),
        ({"closes_at": timezone.now() - timedelta(days=1)}, "not in the past"),
    ],
)
def test_a_ballot_that_cannot_be_is_refused_with_the_reason(world, given, reason):
    fields = {"title": "Shall we meet?", "closes_at": timezone.now() + timedelta(days=1), **given}

    with pytest.raises(Refused, match=reason):
        ballots.open_ballot(by=world.alice, workspace=world.workspace, **fields)

    assert not Ballot.objects.exists()


def test_alice_opens_a_ballot_in_her_own_time_zone_and_the_room_shows_it(world):
    world.alice.timezone = "Asia/Kathmandu"
    world.alice.save()
    form = {"title": "Which?", "kind": "ranking", "options": "One\n\nTwo\n", "closes_at": "2099-05-03T18:00"}

    world.sign_in(world.alice).post("/workspaces/plenary/ballots/open/", form)
    room = world.sign_in(world.carol).get("/workspaces/plenary/").content.decode()

    ballot = Ballot.objects.get()
    assert ballot.closes_at.isoformat() == "2099-05-03T12:15:00+00:00"
    assert [str(option) for option in ballot.choices] == ["A) One", "B) Two"]
    assert f'href="/ballots/{ballot.pk}/"' in room
    assert "Open a ballot" not in room
