"""Counting: totals equal the votes, the order of the votes does not matter, and a tie stays a tie."""

from hypothesis import given
from hypothesis import strategies as st

from consultations import points

OPTIONS = ("A", "B", "C", "D")
rankings = st.lists(
    st.permutations(OPTIONS).flatmap(lambda order: st.integers(1, 4).map(lambda end: order[:end])), max_size=40
)


def test_the_most_votes_win_and_a_tie_is_a_tie():
    result = points.plurality(["B", "A", "B", "C"], OPTIONS)

    assert result.order == (("B", 2), ("A", 1), ("C", 1), ("D", 0))
    assert result.winners == ("B",)
    assert points.plurality(["B", "A"], OPTIONS).winners == ("A", "B")
    assert points.plurality([], OPTIONS).winners == ()


def test_bordas_own_example():
    # 21 voters: A has most first votes, and two thirds hold it for the worst (Mémoire sur les élections au scrutin).
    votes = [("A", "B", "C")] + [("A", "C", "B")] * 7 + [("B", "C", "A")] * 7 + [("C", "B", "A")] * 6

    result = points.borda(votes, ("A", "B", "C"))

    assert dict(result.first) == {"A": 8, "B": 7, "C": 6}
    assert result.order == (("C", 26), ("B", 21), ("A", 16))


@given(st.lists(st.sampled_from(OPTIONS), max_size=60))
def test_the_numbers_add_up_to_the_votes(votes):
    result = points.plurality(votes, OPTIONS)

    assert sum(number for _option, number in result.order) == result.votes == len(votes)
    assert result == points.plurality(reversed(votes), OPTIONS)


@given(rankings)
def test_points_are_the_options_one_is_placed_above(votes):
    result = points.borda(votes, OPTIONS)

    for option, number in result.order:
        above = sum(
            1
            for vote in votes
            for other in OPTIONS
            if option in vote and other != option and (other not in vote or vote.index(option) < vote.index(other))
        )
        assert number == above
    assert result.winners == tuple(option for option, number in result.order if number == result.order[0][1] > 0)
    assert sum(number for _option, number in result.first) == len(votes)
