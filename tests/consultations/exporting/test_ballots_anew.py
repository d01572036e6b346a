"""The checker counts ballots anew: as the house does, from the votes alone, and finds one that was changed."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations import tally
from consultations.exporting import verify
from consultations.services import ballots, voting
from tests.consultations.exporting import records
from tests.consultations.exporting.records import check, put

ranking = st.permutations("ABCD").flatmap(lambda one: st.integers(1, 4).map(lambda length: list(one)[:length]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ranking, min_size=1, max_size=9))
def test_the_checker_and_the_house_count_rankings_alike(ranked):
    papers = [(1, tuple((letter,) for letter in ballot)) for ballot in ranked]

    assert set(verify.beatpath("ABCD", ranked)) == set(tally.schulze("ABCD", papers).winners)
    assert set(verify.runoff("ABCD", ranked)) == set(tally.irv("ABCD", papers).winners)


KINDS = {
    "no quorum": {"kind": "choice", "options": ["May", "June"], "quorum": "1/1"},
    "no majority": {"kind": "choice", "options": ["May", "June"], "majority": "two_thirds"},
    "two thirds": {"kind": "yes_no", "majority": "two_thirds", "quorum": "1/2"},
    "secret": {"kind": "choice", "options": ["May", "June"], "is_secret": True},
    "several": {"kind": "approval", "options": ["May", "June"], "most": 2},
    "ranking": {"kind": "ranking", "options": ["May", "June", "July"], "method": "irv"},
    "score": {"kind": "score", "options": ["May", "June"], "most": 5},
}


VOTES = {"yes_no": ("yes", "no"), "choice": ("A", "B"), "approval": ("A, B", "B"), "ranking": ("C>A", "A>B"),
         "score": ("A=5 B=1", "A=2 B=3")}  # fmt: skip


@pytest.fixture
def counted(world, consultation, tmp_path):
    """The folder of an archive with one ballot of each kind, counted."""
    for fields in KINDS.values():
        closes_at = timezone.now() + timedelta(hours=1)
        ballot = ballots.open_ballot(
            by=world.alice, workspace=consultation.workspace, title=f"When? {fields}", closes_at=closes_at, **fields
        )
        for member, said in zip((world.bob, world.dora), VOTES[fields["kind"]], strict=True):
            voting.vote(member=member, ballot=ballot, text=said)
        ballots.count(ballot, at=closes_at)
    return records.export(consultation, tmp_path)


def test_ballots_of_every_kind_are_counted_anew(counted):
    result = check(counted)

    assert result.returncode == 0, result.stderr
    page = (counted / "ballots.html").read_text(encoding="utf-8")
    assert "Quorum 3 of 3: not met by 2." in page
    assert "Dora" in page
    assert "7 ballots with the totals and the outcome" in result.stdout


def test_a_changed_vote_is_found(counted):
    journal = verify.Journal(verify.Folder(counted))
    for ballot in json.loads((counted / "data/ballots.json").read_text(encoding="utf-8")):
        about = f"ballot:{ballot['id']}"
        recorded, opened = journal.counts[about], journal.ballots[about]
        values = [value for _who, value in ballot["votes"]]

        assert verify.check_outcome("it", ballot, values, recorded, opened)

        for forged in ([values[0], values[0]], ["Z", values[1]]):
            # Where the quorum is missed nobody wins, whatever a ranking holds; the totals tell the rest.
            with pytest.raises(verify.Fault):
                verify.check_outcome("it", ballot, forged, recorded, opened)


def test_what_a_ballot_asked_cannot_be_changed_afterwards(counted):
    original = (counted / "data/ballots.json").read_text(encoding="utf-8")
    for change, said in (
        (lambda ballot: ballot["labels"].reverse(), "does not say what the journal says: labels"),
        (lambda ballot: ballot["rules"].update(quorum=""), "does not say what the journal says: quorum"),
        (lambda ballot: ballot.update(title="Never?"), "does not ask what it asked"),
        (lambda ballot: ballot.update(closes="2099-01-01T00:00:00Z"), "does not close when"),
        (lambda ballot: ballot["votes"].pop(), "votes of ballot"),
        (lambda ballot: ballot["votes"].append(["AAAA-BBBB-CCCC", "A"]), "votes of ballot"),
    ):
        told = json.loads(original)
        change(told[0])
        put(counted, "data/ballots.json", json.dumps(told))
        with pytest.raises(verify.Fault, match=said):
            list(verify.check(counted))


def test_an_instant_runoff_with_more_ties_than_can_be_followed_holds():
    letters = [chr(65 + place) for place in range(26)]
    ballot, votes = {"options": letters}, [f"{one}>{other}" for one, other in zip(letters, letters[::-1], strict=True)]
    recorded = dict.fromkeys(("quorum", "opening"))
    recorded |= {"kind": "ranking", "method": "irv", "is_complete": False, "winners": []}

    assert verify.check_outcome("it", ballot, votes, recorded)

    with pytest.raises(verify.Fault, match="and a winner all the same"):
        verify.check_outcome("it", ballot, votes, recorded | {"winners": ["A"]})
