"""Hands counted in the hall and votes by phone: they count when two officers have written down the same."""

import pytest

from consultations.hearings import state
from consultations.hearings.models import Sheet
from consultations.hearings.services import sheets, votes
from consultations.models import Ballot, Elector, Vote
from consultations.services import ballots, counting
from core.access import Refused
from journal.verify import verify
from tests.hearings import hearing as scene
from tests.hearings import voting
from tests.notifications.intake.postman import words
from tests.security.test_at_once import at_once
from tests.world import World

HANDS = {"yes": 1, "no": 1, "abstain": 0}


@pytest.fixture
def nadia(world, hearing):
    return voting.note_taker(world, hearing)


@pytest.fixture
def motion(world, item):
    return voting.put(world, item, manner="hall")


def row(motion, member):
    return Elector.objects.get(ballot=motion.ballot, member=member)


def test_hands_count_when_a_second_officer_has_counted_the_same(world, hearing, nadia, motion):
    sheet = sheets.count_hall(by=nadia, motion=motion, figures=HANDS)

    with pytest.raises(Refused, match="You entered these votes yourself"):
        sheets.confirm(by=nadia, sheet=sheet, figures=HANDS)
    with pytest.raises(Refused, match="Only a moderator"):
        sheets.confirm(by=world.bob, sheet=sheet, figures=HANDS)
    with pytest.raises(Refused, match="1 sheet wait"):
        votes.close(by=world.alice, motion=motion)
    waiting = state.of(hearing, "en", ["confirm"], moderators=True)["confirm"]
    assert Ballot.objects.get(pk=motion.ballot.pk).hall is None
    sheets.confirm(by=world.alice, sheet=sheet, figures=HANDS)
    closed = votes.close(by=world.alice, motion=motion)

    assert [(one["entered_by"], one["is_disputed"]) for one in waiting] == [("Nadia", False)]
    assert "figures" not in waiting[0]
    facts = counting.final(closed.ballot).facts
    assert (facts["votes"], facts["hall"], facts["adopted"], facts["is_tied"]) == (2, HANDS, False, True)
    confirmed = hearing.journal.entries.get(verb="motion.confirmed")
    assert confirmed.audience == "everyone"
    assert (confirmed.data["entered_by"], confirmed.data["confirmed_by"]) == (nadia.reference, world.alice.reference)
    page = words(world.client.get(motion.get_absolute_url()).content.decode())
    assert "Counted in the hall by <bdi>Nadia</bdi> and <bdi>Alice</bdi>" in page
    assert verify(scene.fresh(hearing).journal) is None


def test_where_two_count_differently_nothing_counts_and_both_are_told(world, hearing, nadia, motion):
    sheet = sheets.count_hall(by=nadia, motion=motion, figures=HANDS)
    address = f"{motion.get_absolute_url()}enter/"
    client = world.sign_in(world.alice)
    blind = client.get(address).content.decode()
    client.post(f"{address}{sheet.pk}/confirm/", {"yes": 2, "no": 1, "abstain": 0})
    after = words(client.get(address).content.decode())

    assert "Nadia</bdi>: yes" not in words(blind)
    assert "You did not write down the same" in after
    assert "<bdi>Nadia</bdi>: yes: <strong>1</strong>" in after
    assert "<bdi>Alice</bdi>: yes: <strong>2</strong>" in after
    assert state.of(hearing, "en", ["confirm"], moderators=True)["confirm"][0]["is_disputed"]
    assert hearing.journal.entries.get(verb="motion.disputed").audience == "moderators"
    assert Ballot.objects.get(pk=motion.ballot.pk).hall is None
    sheets.count_hall(by=nadia, motion=motion, figures=HANDS | {"yes": 2})
    sheets.confirm(by=world.alice, sheet=sheet, figures=HANDS | {"yes": 2})
    assert Ballot.objects.get(pk=motion.ballot.pk).hall == HANDS | {"yes": 2}


def test_a_recount_replaces_the_hands_once_it_is_confirmed(world, nadia, motion):
    for figures in (HANDS, {"yes": 3, "no": 0, "abstain": 0}):
        sheet = sheets.count_hall(by=nadia, motion=motion, figures=figures)
        with pytest.raises(Refused, match="waits for a second officer"):
            sheets.count_hall(by=world.alice, motion=motion, figures=figures)
        sheets.confirm(by=world.alice, sheet=sheet, figures=figures)

    assert list(motion.sheets.values_list("state", flat=True)) == ["replaced", "confirmed"]
    assert Ballot.objects.get(pk=motion.ballot.pk).hall["yes"] == 3


def test_hands_and_votes_are_never_more_than_the_roll(world, nadia, motion):
    ballots.vote(member=world.dora, ballot=motion.ballot, text="no")
    three = {"yes": 3, "no": 0, "abstain": 0}
    sheet = sheets.count_hall(by=nadia, motion=motion, figures=three)

    with pytest.raises(Refused, match=r"Hands: 3; cast .*: 1; on the roll: 3\."):
        sheets.confirm(by=world.alice, sheet=sheet, figures=three)
    sheets.discard(by=world.alice, sheet=sheet, reason="Dora had voted by mail")
    sheet = sheets.count_hall(by=nadia, motion=motion, figures=HANDS)
    sheets.confirm(by=world.alice, sheet=sheet, figures=HANDS)
    with pytest.raises(Refused, match="as many have voted as are on the roll"):
        ballots.vote(member=world.bob, ballot=motion.ballot, text="yes")

    assert counting.final(votes.close(by=world.alice, motion=motion).ballot).facts["votes"] == 3


def test_a_vote_by_phone_counts_for_who_called_once_two_heard_it(world, hearing, nadia, motion):
    sheet = sheets.phone(by=nadia, motion=motion, elector=row(motion, world.dora), value="no")
    assert not Vote.objects.exists()

    disputed = sheets.confirm(by=world.alice, sheet=sheet, value="yes")
    assert disputed.is_disputed
    assert not Vote.objects.exists()
    sheets.confirm(by=world.alice, sheet=sheet, value="no")

    vote = Vote.objects.get()
    assert (vote.member, vote.value, vote.channel, vote.entered_by) == (world.dora, "no", "phone", nadia)
    voted = hearing.journal.entries.get(verb="ballot.voted")
    assert (voted.actor, voted.audience, voted.data["sheet"]) == (world.dora.reference, world.dora.reference, sheet.pk)
    assert hearing.journal.entries.get(verb="motion.confirmed").data["figures"] is None


def test_who_votes_after_their_call_and_before_a_second_officer_confirms_it_has_voted_later(world, nadia, motion):
    sheet = sheets.phone(by=nadia, motion=motion, elector=row(motion, world.dora), value="no")
    ballots.vote(member=world.dora, ballot=motion.ballot, text="yes")

    with pytest.raises(Refused, match=r"^Dora voted after this, on [^:]*:[^:]*, so that later vote stands\.$"):
        sheets.confirm(by=world.alice, sheet=sheet, value="no")

    assert Vote.objects.get().value == "yes"


def test_nobody_enters_votes_into_a_secret_ballot_or_a_roll_call(world, hearing, nadia, item):
    for manner in ("secret", "roll_call"):
        motion = voting.put(world, item, manner=manner)
        with pytest.raises(Refused, match="taken in another way"):
            sheets.phone(by=nadia, motion=motion, elector=row(motion, world.dora), value="no")
        with pytest.raises(Refused, match="taken in another way"):
            sheets.count_hall(by=nadia, motion=motion, figures=HANDS)


def test_nothing_is_entered_or_confirmed_after_the_close(world, nadia, motion):
    sheet = sheets.phone(by=nadia, motion=motion, elector=row(motion, world.dora), value="no")
    sheets.discard(by=world.alice, sheet=sheet)
    votes.close(by=world.alice, motion=motion)

    with pytest.raises(Refused, match="No vote is being taken"):
        sheets.count_hall(by=nadia, motion=motion, figures=HANDS)
    with pytest.raises(Refused, match="wait for nobody any more"):
        sheets.confirm(by=world.alice, sheet=sheet, value="no")


def test_two_officers_who_confirm_at_once_confirm_once(transactional_db):
    world = World()
    hearing = scene.running(world)
    motion = voting.put(world, scene.item(hearing), manner="hall")
    sheet = sheets.count_hall(by=voting.note_taker(world, hearing), motion=motion, figures=HANDS)

    results = at_once(
        *(lambda by=by: sheets.confirm(by=by, sheet=sheet, figures=HANDS) for by in (world.alice, world.sekou)),
        *(
            lambda member=member: ballots.vote(member=member, ballot=motion.ballot, text="yes")
            for member in (world.alice, world.bob, world.dora)
        ),
    )
    closed = None
    if Sheet.objects.filter(state="waiting").exists():
        sheets.discard(by=world.alice, sheet=sheet)
    closed = votes.close(by=world.alice, motion=motion)

    assert not [one for one in results if isinstance(one, Exception) and not isinstance(one, Refused)], results
    facts = counting.final(closed.ballot).facts
    assert facts["votes"] <= facts["roll"] == 3
    assert hearing.journal.entries.filter(verb="motion.confirmed").count() <= 1
