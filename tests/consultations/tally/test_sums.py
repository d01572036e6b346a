"""Plurality, approval and score: numbers add up, ties stay ties, and nobody wins without a vote."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from consultations import tally
from tests.consultations.tally.elections import NAMES, ballots, elections, first_votes, ranking

many = settings(max_examples=200, deadline=None)


@many
@given(elections())
def test_plurality_counts_the_first_rank_and_shares_it_exactly(election):
    options, cast = election

    outcome = tally.plurality(options, cast)

    assert outcome.numbers == first_votes(options, cast)
    most = max(outcome.numbers.values())
    assert list(outcome.winners) == [option for option in options if outcome.numbers[option] == most > 0]
    assert sum(outcome.numbers.values()) + outcome.empty == outcome.ballots


def test_equal_firsts_share_one_ballot():
    outcome = tally.plurality("ABC", ballots("1 (ABC), 1 (AB)C, 1 CA"))

    assert outcome.numbers == {"A": Fraction(5, 6), "B": Fraction(5, 6), "C": Fraction(4, 3)}
    assert outcome.order == (("C",), ("A", "B"))
    assert tally.as_dict(outcome)["rounds"][0]["votes"] == {"A": "5/6", "B": "5/6", "C": "4/3"}


@many
@given(st.lists(st.tuples(st.integers(0, 4), st.sets(st.sampled_from(NAMES))), max_size=12))
def test_approval_counts_who_approves(cast):
    outcome = tally.approval(NAMES, cast)

    for option in NAMES:
        assert outcome.numbers[option] == sum(count for count, approved in cast if option in approved)
    most = max(outcome.numbers.values())
    assert list(outcome.winners) == [option for option in NAMES if outcome.numbers[option] == most > 0]


@many
@given(st.lists(st.tuples(st.integers(0, 4), st.dictionaries(st.sampled_from(NAMES), st.integers(-5, 5))), max_size=12))
def test_score_adds_up_and_unrated_is_nothing(cast):
    outcome = tally.score(NAMES, cast)

    for option in NAMES:
        assert outcome.numbers[option] == sum(count * rated.get(option, 0) for count, rated in cast)
    most = max(outcome.numbers.values())
    rated = any(count and scores for count, scores in cast)
    assert list(outcome.winners) == [option for option in NAMES if rated and outcome.numbers[option] == most]


def test_nobody_wins_where_nobody_votes():
    assert tally.plurality("AB", [(3, ())]).winners == ()
    assert tally.approval("AB", [(3, ())]).winners == ()
    assert tally.score("AB", [(3, {})]).winners == ()
    assert tally.explain(tally.approval("AB", [(3, ())])).startswith("No winner: nobody voted")


def test_a_ballot_that_nobody_could_have_cast_is_refused():
    for cast, reason in (
        ([(1, ranking("AA"))], "“A” stands twice on one ballot"),
        ([(1, ranking("A(BA)"))], "“A” stands twice on one ballot"),
        ([(1, ranking("AX"))], "“X” is on a ballot, but is none of the 2 options"),
        ([(-1, ranking("A"))], "negative: -1"),
        ([(1.5, ranking("A"))], "whole number, not “1.5”"),
        ([(True, ranking("A"))], "whole number"),
    ):
        for method in (tally.plurality, tally.schulze, tally.irv):
            assert reason in refusal(method, "AB", cast)
    assert "offered twice" in refusal(tally.irv, "AA", [])
    assert "no options" in refusal(tally.schulze, "", [])
    assert "“A” stands twice" in refusal(tally.approval, "AB", [(1, "AA")])
    assert "“X” is on a ballot" in refusal(tally.score, "AB", [(1, {"X": 2})])
    assert "score must be a whole number" in refusal(tally.score, "AB", [(1, {"A": 0.5})])


def refusal(method, options, cast):
    try:
        method(options, cast)
    except tally.Malformed as error:
        return str(error)
    return "nothing was refused"
