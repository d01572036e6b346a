"""Live ballots: closed by a deed, counted at once or after the minutes promised to mail; hands and straw polls."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations import clock, keeping
from consultations.letters import ballots as letters
from consultations.models import Ballot, Elector
from consultations.services import ballots, counting, voting
from consultations.wording import ballots as wording
from core.access import Refused
from notifications import addresses, inbound
from notifications import letters as mails
from notifications.models import Letter
from tests.notifications.intake.postman import words


def live(world, majority=None, **held):
    closes_at = timezone.now() + timedelta(hours=12)
    return ballots.open_ballot(
        by=world.alice,
        workspace=world.workspace,
        title="Do we break for lunch?",
        closes_at=closes_at,
        majority=majority,
        live=keeping.Live(**held),
    )


def test_the_chair_closes_a_live_ballot_and_its_result_is_there(world):
    ballot = live(world)
    ballots.vote(member=world.bob, ballot=ballot, text="yes")

    with pytest.raises(Refused, match="Only a moderator"):
        ballots.close(by=world.bob, ballot=ballot)
    closed = ballots.close(by=world.alice, ballot=ballot)
    with pytest.raises(Refused, match="is not open"):
        ballots.close(by=world.alice, ballot=ballot)
    with pytest.raises(Refused, match=r"closed on .* before your vote came"):
        ballots.vote(member=world.dora, ballot=ballot, text="no")

    assert closed.counted_at >= closed.closes_at
    assert counting.final(closed).facts["for"] == 1
    verbs = list(world.workspace.journal.entries.values_list("verb", flat=True))[-2:]
    assert verbs == ["ballot.closed", "ballot.counted"]


def test_a_ballot_with_a_timetable_is_not_closed_by_hand_and_a_live_one_not_extended(world, ballot):
    with pytest.raises(Refused, match="closes by itself"):
        ballots.close(by=world.alice, ballot=ballot)
    with pytest.raises(Refused, match="until the chair closes it"):
        ballots.extend(
            by=world.alice,
            ballot=live(world),
            closes_at=timezone.now() + timedelta(days=9),
            authority="Me",
            reason="Why not",
        )


def test_mail_that_came_before_the_close_is_waited_for_as_long_as_was_promised(world, postman, english):
    now = timezone.now()
    ballot = live(world, settling=10, mail_until=now + timedelta(minutes=20))
    letters.write_due()
    letter = Letter.objects.get(member=english, subject__startswith="Vote by mail until")
    with pytest.raises(Refused, match="votes by mail are taken until"):
        ballots.close(by=world.alice, ballot=ballot)

    Ballot.objects.update(opens_at=now - timedelta(minutes=30), mail_until=now)
    closed = ballots.close(by=world.alice, ballot=ballot)
    envelope = inbound.Envelope(recipient=addresses.reply(letter.code), sender="dora@example.org", door="lmtp")
    unread = inbound.accept(postman.answer(letter, "no"), envelope)
    unread.received_at = closed.closes_at - timedelta(seconds=1)
    unread.save()
    clock.tick(now=closed.closes_at + timedelta(minutes=9))
    waited = Ballot.objects.get().counted_at is None
    inbound.process(unread)
    clock.tick(now=closed.closes_at + timedelta(seconds=30))
    at_doors = Ballot.objects.get().counted_at is None
    clock.tick(now=closed.closes_at + timedelta(seconds=61))

    assert waited
    assert at_doors
    assert counting.of(Ballot.objects.get()).facts["order"] == [["no", 1], ["yes", 0], ["abstain", 0]]
    assert "A mail that comes to us by" in words(mails.text_of(letter))


def test_a_mail_nobody_reads_keeps_the_result_back_for_the_promised_minutes_and_no_longer(world, postman):
    closes_at = ballots.close(by=world.alice, ballot=live(world, settling=10)).closes_at
    to = "plenary@reply.example.org"
    unread = inbound.accept(
        postman.mail(world.dora, to, "?"), inbound.Envelope(recipient=to, sender="dora@example.org", door="lmtp")
    )
    type(unread).objects.update(received_at=closes_at - timedelta(seconds=1))

    clock.tick(now=closes_at + timedelta(minutes=9, seconds=59))
    before = Ballot.objects.get().counted_at
    clock.tick(now=closes_at + timedelta(minutes=10))

    assert before is None
    assert Ballot.objects.get().counted_at


def test_when_all_have_voted_nobody_is_waited_for(world):
    ballot = live(world, settling=10, mail_until=timezone.now() + timedelta(minutes=20))
    for member in (world.alice, world.bob, world.dora):
        ballots.vote(member=member, ballot=ballot, text="yes")

    assert ballots.close(by=world.alice, ballot=ballot).closes_at <= timezone.now()


def test_hands_count_with_votes_and_never_make_more_than_the_roll(world):
    ballot = live(world)
    ballots.vote(member=world.bob, ballot=ballot, text="no")
    Ballot.objects.update(hall={"yes": 2, "no": 0, "abstain": 0})

    with pytest.raises(Refused, match="as many have voted as are on the roll"):
        ballots.vote(member=world.dora, ballot=ballot, text="no")
    ballots.vote(member=world.bob, ballot=ballot, text="abstain")
    facts = counting.final(ballots.close(by=world.alice, ballot=ballot)).facts

    assert (facts["votes"], facts["present"], facts["for"], facts["adopted"]) == (3, 3, 2, True)
    said = wording.result(ballot, facts)
    assert said.startswith("Adopted: 2 for, 0 against, 1 abstaining.")
    assert "Of these in the hall: yes: 2; no: 0; abstention: 0." in said


def test_a_straw_poll_says_so_wherever_it_stands(world):
    ballot = live(world, is_straw=True, majority="")
    ballots.vote(member=world.bob, ballot=ballot, text="yes")
    page = world.sign_in(world.bob).get(f"/ballots/{ballot.pk}/").content.decode()
    closed = ballots.close(by=world.alice, ballot=ballot)

    assert "Straw poll: it binds nobody." in page
    assert "open until the chair closes it" in page
    assert wording.result(closed, counting.final(closed).facts).startswith("Straw poll: it binds nobody. 1 vote.")
    letters.write_due()
    assert not Letter.objects.filter(about=ballot.reference).exists()


def test_what_was_said_aloud_is_written_down_for_who_said_it(world):
    ballot = live(world, is_called=True)
    row = Elector.objects.get(ballot=ballot, member=world.dora)

    vote = voting.enter(
        by=world.alice, ballot=ballot, elector=row, value="yes", channel="called", moment=timezone.now()
    )
    with pytest.raises(Refused, match="Write nothing but"):
        voting.enter(by=world.alice, ballot=ballot, elector=row, value="B", channel="called", moment=timezone.now())

    assert (vote.member, vote.entered_by, vote.value) == (world.dora, world.alice, "yes")
