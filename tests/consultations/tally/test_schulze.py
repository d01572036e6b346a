"""Schulze's method: the same as its definition and as a published implementation, on thousands of small elections."""

from collections import Counter

from hypothesis import given, settings
from votelib.convert import RankedToCondorcetVotes
from votelib.evaluate.condorcet import Schulze

from consultations import tally
from tests.consultations.tally.elections import above, ballots, elections, ranking, schulze_paths

many = settings(max_examples=500, deadline=None)


@many
@given(elections(most_options=5))
def test_pairs_and_paths_are_those_of_the_definition(election):
    options, cast = election

    outcome = tally.schulze(options, cast)

    pairs, paths = above(options, cast), schulze_paths(options, cast)
    assert {(a, b): number for a, row in outcome.pairwise.items() for b, number in row.items()} == pairs
    assert {(a, b): number for a, row in outcome.paths.items() for b, number in row.items()} == paths
    unbeaten = [a for a in options if all(paths[a, b] >= paths[b, a] for b in options if a != b)]
    assert list(outcome.winners) == (unbeaten if any(count and ranks for count, ranks in cast) else [])


@many
@given(elections(most_options=6, most_ballots=12))
def test_paths_are_those_of_a_published_implementation(election):
    options, cast = election
    votes = Counter()
    for count, ranks in cast:
        votes[tuple(rank[0] if len(rank) == 1 else frozenset(rank) for rank in ranks)] += count
    named = [option for option in options if any(option in rank for _count, ranks in cast for rank in ranks)]

    theirs = Schulze.widest_paths(RankedToCondorcetVotes().convert(votes))

    ours = tally.schulze(named, cast).paths if named else {}
    assert {(a, b): number for a, row in ours.items() for b, number in row.items() if number} == {
        pair: number for pair, number in theirs.items() if number
    }


@many
@given(elections(most_options=6))
def test_each_layer_of_the_order_is_beaten_by_none_of_those_that_are_left(election):
    options, cast = election

    outcome = tally.schulze(options, cast)

    left = set(options)
    assert sorted(option for layer in outcome.order for option in layer) == sorted(options)
    for layer in outcome.order:
        unbeaten = {a for a in left if all(outcome.paths[a][b] >= outcome.paths[b][a] for b in left if a != b)}
        assert set(layer) == unbeaten
        left -= unbeaten
    assert outcome.winners in ((), outcome.order[0])


@many
@given(elections())
def test_an_option_that_beats_every_other_one_to_one_wins_alone(election):
    options, cast = election
    votes = above(options, cast)

    beats_all = [a for a in options if len(options) > 1 and all(votes[a, b] > votes[b, a] for b in options if a != b)]

    assert not beats_all or tally.schulze(options, cast).winners == tuple(beats_all)


def test_ballots_that_are_alike_may_be_counted_together_or_one_by_one():
    together = [(3, ranking("AB")), (2, ranking("CB(A)"))]
    apart = [(1, ranking("AB"))] * 3 + [(1, ranking("CBA"))] * 2

    assert tally.schulze("ABC", together) == tally.schulze("ABC", apart)


def test_ranked_stands_above_unranked_and_unranked_options_are_equal():
    outcome = tally.schulze("ABCD", ballots("2 A, 1 B(CD)"))

    assert outcome.pairwise["A"] == {"B": 2, "C": 2, "D": 2}
    assert outcome.pairwise["B"] == {"A": 1, "C": 1, "D": 1}
    assert outcome.pairwise["C"] == {"A": 1, "B": 0, "D": 0}
    assert outcome.order == (("A",), ("B",), ("C", "D"))


def test_where_nobody_ranks_anything_nobody_wins():
    for cast in ([], [(4, ())], [(0, ranking("A"))], [(2, ((), ()))]):
        outcome = tally.schulze("ABC", cast)

        assert outcome.winners == ()
        assert outcome.order == (("A", "B", "C"),)


def test_all_ranked_equal_is_a_tie_of_all():
    assert tally.schulze("ABC", ballots("3 (ABC)")).winners == ("A", "B", "C")


def test_counts_that_fill_many_bytes_do_not_run_into_each_other():
    outcome = tally.schulze("ABC", [(10**15, ranking("ABC")), (10**15 - 1, ranking("CBA")), (255, ranking("B"))])

    assert outcome.pairwise["A"] == {"B": 10**15, "C": 10**15}
    assert outcome.pairwise["B"] == {"A": 10**15 + 254, "C": 10**15 + 255}
    assert outcome.pairwise["C"] == {"A": 10**15 - 1, "B": 10**15 - 1}
