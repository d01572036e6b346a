"""Instant-runoff: the same as its definition and as a published implementation, every way through every tie."""

from collections import Counter
from fractions import Fraction

from hypothesis import given, settings
from votelib.evaluate.sequential import TransferableVoteSelector

from consultations import tally
from consultations.counting import irv
from tests.consultations.tally.elections import ballots, elections, first_votes, irv_winners, ranking

many = settings(max_examples=500, deadline=None)


@many
@given(elections(most_options=6))
def test_winners_are_those_of_the_definition(election):
    options, cast = election

    outcome = tally.irv(options, cast)

    assert set(outcome.winners) == irv_winners(options, cast)
    assert sorted(option for tied in outcome.order for option in tied) == sorted(options)
    assert outcome.winners in ((), outcome.order[0])


@many
@given(elections(most_options=5, most_ballots=12, equal_ranks=False))
def test_the_winner_is_that_of_a_published_implementation_where_it_meets_no_tie(election):
    options, cast = election
    votes = Counter()
    for count, ranks in cast:
        if count and ranks:
            votes[tuple(rank[0] for rank in ranks)] += count

    try:
        theirs = TransferableVoteSelector(quota_function="droop").evaluate(votes, 1) if votes else []
    except NotImplementedError:  # a tie for last, which it does not follow
        return

    assert list(tally.irv(options, cast).winners) == theirs


@many
@given(elections(most_options=6))
def test_the_rounds_are_one_way_through(election):
    options, cast = election

    outcome = tally.irv(options, cast)

    left = list(options)
    for step in outcome.rounds:
        votes = first_votes(left, cast)
        assert step.votes == votes
        assert sum(votes.values()) + step.exhausted == outcome.ballots == sum(count for count, _ranks in cast)
        last = [option for option in left if votes[option] == min(votes.values())]
        assert set(step.out) <= set(last)
        assert step.tied == (tuple(last) if len(last) > 1 and votes[last[0]] else ())
        left = [option for option in left if option not in step.out]
    assert len(left) == 1 or not outcome.winners
    if not any(step.tied for step in outcome.rounds):
        assert outcome.order[1:] == tuple(step.out for step in reversed(outcome.rounds) if step.out)


def test_the_count_goes_on_past_a_majority_to_the_last_option():
    outcome = tally.irv("ABCD", ballots("6 A, 2 B, 1 CB, 1 CD, 1 DC"))

    assert [step.out for step in outcome.rounds] == [("D",), ("B",), ("C",)]
    assert outcome.order == (("A",), ("C",), ("B",), ("D",))


def test_options_without_votes_leave_together():
    outcome = tally.irv("ABCDE", ballots("3 AC, 2 BD"))

    assert outcome.rounds[0].out == ("C", "D", "E")
    assert outcome.order == (("A",), ("B",), ("C", "D", "E"))


def test_exhausted_ballots_count_for_nobody():
    outcome = tally.irv("ABC", ballots("4 A, 3 B, 2 C"))

    assert [step.exhausted for step in outcome.rounds] == [0, 2]
    assert outcome.winners == ("A",)


def test_equal_ranks_share_the_one_ballot_in_exact_fractions():
    outcome = tally.irv("ABC", ballots("3 (ABC), 1 A, 1 B(AC)"))

    assert outcome.rounds[0].votes == {"A": 2, "B": 2, "C": 1}
    assert outcome.rounds[1].votes == {"A": Fraction(5, 2), "B": Fraction(5, 2)}
    assert outcome.winners == ("A", "B")


def test_a_tie_for_last_is_followed_every_way():
    # Out with B, and its ballots make C win; out with C, and B wins: A never does.
    outcome = tally.irv("ABC", ballots("4 A, 3 BC, 3 CB"))

    assert outcome.winners == ("B", "C")
    assert outcome.order == (("B", "C"), ("A",))
    assert outcome.rounds[0].tied == ("B", "C")


def test_each_option_stands_at_the_best_place_that_one_of_the_ways_gives_it():
    outcome = tally.irv("ABC", ballots("5 A, 2 B, 2 C"))

    assert outcome.winners == ("A",)
    assert outcome.order == (("A",), ("B", "C"))


def test_where_nobody_ranks_anything_nobody_wins():
    for cast in ([], [(4, ())], [(0, ranking("A"))]):
        outcome = tally.irv("ABC", cast)

        assert outcome.winners == ()
        assert outcome.order == (("A", "B", "C"),)


def test_a_dozen_options_all_tied_are_followed_through_and_forty_are_not():
    tied = [f"option {number}" for number in range(40)]

    within = tally.irv(tied[:12], [(1, ((option,),)) for option in tied[:12]])
    beyond = tally.irv([*tied, "nobody's"], [(1, ((option,),)) for option in tied])

    assert within.is_complete
    assert within.winners == tuple(tied[:12])
    assert not beyond.is_complete
    assert beyond.winners == ()
    assert beyond.order == (tuple(tied), ("nobody's",))
    assert "No winner is named" in tally.explain(beyond)


def test_without_ties_any_number_of_options_is_counted():
    options = [f"option {number}" for number in range(200)]
    cast = [(number + 1, ((option,),)) for number, option in enumerate(options)]

    outcome = irv.irv(options, cast, most_work=1)

    assert outcome.winners == ("option 199",)
    assert len(outcome.rounds) == 199
