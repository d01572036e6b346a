"""The roll: frozen at the opening, one vote for each row of it, of members or of organisations; in a phase, too."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from consultations import clock
from consultations.models import Ballot, Elector, Phase, Vote
from consultations.models.consultations import Participation
from consultations.services import ballots, consultations, counting, phases
from core.access import Refused
from forum.services import seats
from members.services import mandates
from notifications import answers
from notifications.digests import run
from notifications.models import Issue
from tests.consultations import consulting

HOUR = timedelta(hours=1)


def opened(world, **fields):
    fields = {"title": "Shall we meet?", "closes_at": timezone.now() + timedelta(days=2)} | fields
    return ballots.open_ballot(by=world.alice, workspace=world.workspace, **fields)


def names(ballot):
    return [row.name for row in Elector.objects.filter(ballot=ballot).named()]


def in_phase(world, *, opens=-HOUR, closes=2 * HOUR, published=True, **fields):
    """A consultation whose ballot phase is open, and a ballot in it."""
    consultation = consulting.prepared(world, **fields)
    now = timezone.now()
    phase = phases.schedule(
        by=world.alice, consultation=consultation, kind="ballot", opens_at=now + opens, closes_at=now + closes
    )
    if published:
        consultations.publish(by=world.alice, consultation=consultation)
    phase = Phase.objects.get(pk=phase.pk)
    return ballots.open_ballot(by=world.alice, phase=phase, title="Do we adopt the text?")


def test_who_comes_after_the_opening_has_no_vote_and_who_leaves_stays_on_the_roll(world):
    ballot = opened(world)
    seats.give(by=world.sekou, workspace=world.workspace, member=world.carol)
    seats.leave(member=world.dora, workspace=world.workspace)

    with pytest.raises(Refused, match="not on it"):
        ballots.vote(member=world.carol, ballot=ballot, text="yes")
    with pytest.raises(Refused, match="no seat"):
        ballots.vote(member=world.dora, ballot=ballot, text="yes")
    page = world.sign_in(world.carol).get(f"/ballots/{ballot.pk}/").content.decode()
    roll = world.client.get(f"/ballots/{ballot.pk}/roll/").content.decode()

    assert names(ballot) == ["Alice", "Bob", "Dora"]
    assert "you are not on it" in page
    assert "<bdi>Dora</bdi>" in roll
    assert "voted" not in roll.split("<table>")[1]


def test_a_ballot_that_opens_later_has_the_roll_of_that_moment(world):
    ballot = opened(world, opens_at=timezone.now() + HOUR)
    before = names(ballot)
    seats.give(by=world.sekou, workspace=world.workspace, member=world.carol)

    Ballot.objects.update(opens_at=timezone.now())
    clock.tick()

    assert before == []
    assert "Carol" in names(ballot)


def test_a_prepared_ballot_is_taken_back_and_an_open_one_is_not(world):
    prepared, running = opened(world, opens_at=timezone.now() + HOUR), opened(world)
    world.sign_in(world.alice)

    world.client.post(f"/ballots/{prepared.pk}/drop/")
    refused = world.client.post(f"/ballots/{running.pk}/drop/")

    assert refused.status_code == 403
    assert list(Ballot.objects.all()) == [running]


def test_an_organisation_has_one_vote_that_any_of_its_people_cast_and_change(world):
    springs = consulting.organisation(world, "Alpine Springs", world.bob, world.dora)
    ballot = opened(world, roll_of="organisations")

    ballots.vote(member=world.bob, ballot=ballot, text="yes")
    ballots.vote(member=world.dora, ballot=ballot, text="no")
    with pytest.raises(Refused, match="no mandate"):
        ballots.vote(member=world.alice, ballot=ballot, text="yes")
    page = world.sign_in(world.bob).get(f"/ballots/{ballot.pk}/").content.decode()

    vote = Vote.objects.get()
    assert (vote.organisation, vote.member, vote.value) == (springs, world.dora, "no")
    assert counting.turnout(ballot) == (1, 1, 1)
    assert "The vote of <bdi>Alpine Springs</bdi>" in page


def test_whose_mandate_ended_cannot_change_the_vote(world):
    springs = consulting.organisation(world, "Alpine Springs", world.bob)
    ballot = opened(world, roll_of="organisations")
    ballots.vote(member=world.bob, ballot=ballot, text="yes")

    mandates.end(by=world.sekou, mandate=springs.mandates.get())

    with pytest.raises(Refused, match="no mandate"):
        ballots.vote(member=world.bob, ballot=ballot, text="no")
    assert Vote.objects.get().value == "yes"


def test_who_speaks_for_two_says_whose_vote_it_is(world, postman, english):
    for name in ("Alpine Springs", "Glacier Union"):
        consulting.organisation(world, name, world.bob, english)
    ballot = opened(world, roll_of="organisations")
    issue = postman.issue(english, ballot)

    asked = postman.replies(issue.letter, f"#{issue.first_item}: yes")
    told = postman.told(english)[0]
    postman.replies(issue.letter, f"#{issue.first_item}:\nAlpine Springs: abstain\nGlacier Union: no")
    postman.replies(issue.letter, f"FOR: Alpine Springs\n#{issue.first_item}: yes")
    union = Elector.objects.get(organisation__name="Glacier Union").organisation
    world.sign_in(world.bob).post(f"/ballots/{ballot.pk}/vote/", {"text": "abstain", "organisation": union.pk})

    assert asked.outcome == "refused"
    assert "Alpine Springs: " in told
    votes = {str(vote.organisation): vote.value for vote in Vote.objects.all()}
    assert votes == {"Alpine Springs": "yes", "Glacier Union": "abstain"}


def test_a_digest_asks_those_on_the_roll_until_all_their_votes_are_cast(world, english):
    springs = consulting.organisation(world, "Alpine Springs", english)
    ballot = opened(world, roll_of="organisations")

    asked = Issue.objects.get(pk=run.write_now(english).issue_id).text_of(1)
    other = Issue.objects.get(pk=run.write_now(world.bob).issue_id).text_of(1)

    assert "Shall we meet?" in asked
    assert "Shall we meet?" not in other
    assert springs.electors.get().ballot == ballot


def test_the_ballot_of_a_phase_has_its_window_and_moves_with_it(world):
    ballot = in_phase(world)
    phase = ballot.phase

    with pytest.raises(Refused, match="window of the phase"):
        ballots.extend(
            by=world.alice, ballot=ballot, closes_at=ballot.closes_at + HOUR, authority="The chair", reason="A holiday"
        )
    phases.change_window(
        by=world.alice, phase=phase, closes_at=phase.closes_at + HOUR, authority="The chair", reason="A holiday"
    )

    ballot.refresh_from_db()
    assert (ballot.opens_at, ballot.closes_at) == (phase.opens_at, phase.closes_at + HOUR)
    assert ballot.grace_hours == 24
    assert names(ballot) == ["Alice", "Bob", "Dora"]


def test_the_ballot_of_an_unpublished_consultation_is_seen_by_its_facilitators_and_does_not_open(world):
    ballot = in_phase(world, opens=HOUR, closes=3 * HOUR, published=False)
    Ballot.objects.update(opens_at=timezone.now() - HOUR)

    clock.tick()
    others = world.sign_in(world.bob).get(f"/ballots/{ballot.pk}/")
    hers = world.sign_in(world.alice).get(f"/ballots/{ballot.pk}/")

    assert Ballot.objects.get().announced_at is None
    assert (others.status_code, hers.status_code) == (404, 200)


def test_where_organisations_take_part_organisations_vote(world):
    consulting.organisation(world, "Alpine Springs", world.bob)

    ballot = in_phase(world, participation=Participation.ORGANISATIONS)

    assert names(ballot) == ["Alpine Springs"]


def test_only_a_phase_for_ballots_takes_one(world, consultation):
    with pytest.raises(Refused, match="no phase for ballots"):
        ballots.open_ballot(by=world.alice, phase=consultation.timetable[0], title="Do we adopt?")


def test_alice_chooses_the_phase_in_the_form(world):
    consultation = in_phase(world).phase.consultation
    world.sign_in(world.alice)

    form = world.client.get(f"/workspaces/{consultation.workspace.slug}/ballots/open/?kind=yes_no").content.decode()
    world.client.post(
        f"/workspaces/{consultation.workspace.slug}/ballots/open/",
        {"kind": "yes_no", "title": "And this?", "majority": "two_thirds", "phase": consultation.phases.get().pk},
    )

    assert 'name="phase"' in form
    assert Ballot.objects.get(title="And this?").closes_at == consultation.phases.get().closes_at


@pytest.mark.parametrize(
    ("came", "proven", "counts"), [(HOUR, -HOUR, True), (25 * HOUR, -HOUR, False), (HOUR, HOUR / 2, False)]
)
def test_a_vote_provably_sent_before_the_close_has_its_grace_and_is_marked(world, came, proven, counts):
    ballot = opened(world, grace_hours=24)
    now = timezone.now()
    closed = now - 30 * HOUR
    Ballot.objects.update(opens_at=now - 90 * HOUR, closes_at=closed)
    sent = {"came_at": closed + came, "proven_at": closed + proven}

    if not counts:
        with pytest.raises(Refused, match="closed on"):
            ballots.vote(member=world.bob, ballot=ballot, text="yes", channel="mail", **sent)
        return
    ballots.vote(member=world.bob, ballot=ballot, text="yes", channel="mail", **sent)

    ballots.count(ballot)
    page = world.client.get(f"/ballots/{ballot.pk}/").content.decode()
    vote = Vote.objects.get()
    assert (vote.in_grace, vote.cast_at) == (True, closed + proven)
    assert "sent before the close, came after it" in page


def test_the_page_of_the_consultation_lists_its_ballots_and_its_facilitators_open_more(world):
    ballot = in_phase(world)
    address = ballot.phase.consultation.get_absolute_url()

    bobs = world.sign_in(world.bob).get(address).content.decode()
    hers = world.sign_in(world.alice).get(address).content.decode()

    assert f'href="/ballots/{ballot.pk}/"' in bobs
    assert "ballots/open/" not in bobs
    assert "ballots/open/" in hers


def test_nothing_of_a_ballot_is_seen_before_its_consultation_is_published(world):
    ballot = in_phase(world, opens=HOUR, closes=3 * HOUR, published=False)
    workspace = ballot.workspace
    world.sign_in(world.bob)

    room = world.client.get(workspace.get_absolute_url()).content.decode()
    listed = world.client.get(f"/workspaces/{workspace.slug}/ballots/").content.decode()

    assert ballot.title not in room + listed
    assert workspace.journal.entries.get(verb="ballot.prepared").audience == "moderators"


def test_ballots_of_the_time_before_rolls_get_one_and_their_rankings_are_counted_by_schulze(world):
    ballot = opened(world, kind="ranking", options=["One", "Two"])
    ballots.vote(member=world.bob, ballot=ballot, text="B>A")
    Elector.objects.all().delete()
    Ballot.objects.update(method="")

    import_module("consultations.migrations.0004_rolls_of_earlier_ballots").fill(apps, None)

    assert names(ballot) == ["Alice", "Bob", "Dora"]
    assert Elector.objects.get(has_voted=True).member == world.bob
    assert Ballot.objects.get().method == "schulze"


def test_who_speaks_for_two_is_there_for_both(world):
    for name in ("Alpine Springs", "Glacier Union"):
        consulting.organisation(world, name, world.bob)
    ballot = opened(world, roll_of="organisations", opening_quorum="1/1")

    world.sign_in(world.bob).post(f"/ballots/{ballot.pk}/attend/")

    assert counting.turnout(ballot) == (2, 0, 2)


@pytest.mark.parametrize(("proven", "counts"), [(-HOUR, True), (None, False)])
def test_a_late_mail_with_proof_is_told_that_it_counts_and_one_without_that_it_came_too_late(world, proven, counts):
    ballot = opened(world, grace_hours=24)
    closed = timezone.now() - HOUR
    Ballot.objects.update(opens_at=closed - HOUR, closes_at=closed)
    prove = (lambda: closed + proven) if proven else None
    said = answers.Said(text="yes", key="mail:1", received_at=closed + HOUR / 2, prove=prove)
    found = answers.find(world.bob, ballot.reference)

    if not counts:
        with pytest.raises(Refused, match="closed on"):
            found.take(said)
        return
    taken = found.take(said)

    assert "sent before the close and came after it" in taken.note
    assert Vote.objects.get().in_grace
