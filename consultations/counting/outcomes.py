"""What a count says, as figures: pages word them in any language, `wording` does so in plain English.

Numbers are integers, or `fractions.Fraction` where equal ranks share a ballot; never floats.
"""

from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True)
class Round:
    """One round of a count: `votes` of each option still in it, {option: number}, and `out`, the options that leave
    together after it. `tied` are those among whom a tie for last was followed every way; `out` is then the one that
    leaves on the way shown. `exhausted` ballots rank none of the options still in the count.
    """

    votes: dict
    out: tuple = ()
    tied: tuple = ()
    exhausted: int = 0


@dataclass(frozen=True)
class Outcome:
    """The outcome of an election.

    method: `plurality`, `schulze`, `irv`, `approval` or `score`.
    order: tuple of tuples, the best first; options in one tuple are tied. Holds every option.
    winners: all who win; several are tied, none if nobody voted, or if the count was cut short.
    ballots: how many were cast; `empty` of them name no option.
    numbers: {option: number} of plurality, approval and score.
    pairwise: of Schulze {option: {other: ballots that place option above other}}; `paths` likewise, the strengths of
        the strongest paths.
    rounds: of IRV.
    is_complete: False where the ties were more than the count follows; then nobody is named a winner.
    """

    method: str
    order: tuple
    winners: tuple
    ballots: int
    empty: int = 0
    numbers: dict = field(default_factory=dict)
    pairwise: dict = field(default_factory=dict)
    paths: dict = field(default_factory=dict)
    rounds: tuple = ()
    is_complete: bool = True

    @property
    def options(self):
        """How many options there were."""
        return sum(map(len, self.order))


@dataclass(frozen=True)
class Quorum:
    """Whether enough were there to decide: at least `needed` of the roll `of` had to be `present`."""

    needed: int
    of: int
    present: int

    @property
    def met(self):
        return self.present >= self.needed


@dataclass(frozen=True)
class Majority:
    """What is asked of the votes: a share, of a base.

    share: how much of the base; `is_more`: more than that share, else at least that share.
    of: `voting`, `present` or `roll`.
    """

    share: Fraction
    is_more: bool
    of: str

    def needed(self, base):
        """The fewest votes that are enough, at least 1."""
        least = self.share.numerator * base
        needed = least // self.share.denominator + 1 if self.is_more else -(-least // self.share.denominator)
        return max(1, needed)


@dataclass(frozen=True)
class Decision:
    """Whether something is adopted: `votes` for it, `needed` of `base` people, and the quorum if one was asked for.

    is_tied: as many against as for, or several options with the most votes.
    """

    votes: int | Fraction
    majority: Majority
    base: int
    quorum: Quorum | None = None
    is_tied: bool = False

    @property
    def needed(self):
        return self.majority.needed(self.base)

    @property
    def adopted(self):
        return self.votes >= self.needed and not self.is_tied and (self.quorum is None or self.quorum.met)


@dataclass(frozen=True)
class Motion:
    """The outcome of a motion: the figures, and what they decide."""

    yes: int
    no: int
    abstain: int
    decision: Decision

    @property
    def adopted(self):
        return self.decision.adopted

    @property
    def needed(self):
        return self.decision.needed

    @property
    def quorum(self):
        return self.decision.quorum


def order_by(numbers):
    """Options from the highest number to the lowest, tuples of those with the same number, each in the order given."""
    groups = {}
    for option, number in numbers.items():
        groups.setdefault(number, []).append(option)
    return tuple(tuple(groups[number]) for number in sorted(groups, reverse=True))


def whole(number):
    """The same number, an integer where it is whole."""
    return number.numerator if number.denominator == 1 else number
