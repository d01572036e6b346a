"""A file of votes, counted: which method its kind is counted by, and what else may be asked of it.

| the file | counted, unless told, by | may be counted by |
|---|---|---|
| `.soc .soi .toc .toi` | Schulze | Schulze, IRV, plurality |
| `.cat` | score where all categories are integers, else approval | these, and as rankings Schulze, IRV, plurality |
| `.csv` | for and against where its rows are those of a motion, else plurality | plurality, approval |
"""

from dataclasses import dataclass

from consultations.counting import motions, preflib, sums, tables
from consultations.counting.ballots import Malformed
from consultations.counting.irv import irv
from consultations.counting.outcomes import Decision, Motion, Outcome, Quorum
from consultations.counting.schulze import schulze

METHODS = ("schulze", "irv", "approval", "score", "plurality")
RANKED = {"schulze": schulze, "irv": irv, "plurality": sums.plurality}
ALLOWED = {"cat": METHODS, "csv": ("plurality", "approval")} | dict.fromkeys(preflib.RANKINGS, tuple(RANKED))


@dataclass(frozen=True)
class Asked:
    """What is asked of the votes beyond counting them, in the words of `motions.motion`; None where nothing is."""

    majority: str | None = None
    of: str | None = None
    quorum: str | None = None
    roll: int | None = None
    present: int | None = None

    @property
    def has_majority(self):
        return self.majority is not None or self.of is not None

    @property
    def words(self):
        """As keyword arguments for `motions`, with what is usual where nothing is said."""
        return {
            "majority": self.majority or "simple",
            "of": self.of or "voting",
            "quorum": self.quorum,
            "roll": self.roll,
            "present": self.present,
        }


@dataclass(frozen=True)
class Counted:
    """What came of a file: a Motion, or an Outcome with what was asked of it beyond its count."""

    outcome: Outcome | Motion
    decision: Decision | None = None
    quorum: Quorum | None = None


def count(name, text, method=None, asked=None):
    """The votes in the text of the file of this name, Counted; raises Malformed with what is wrong."""
    asked = asked or Asked()
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending == "csv":
        return _table(tables.read(text), method, asked)
    if ending not in preflib.TYPES and not text.lstrip().startswith("#"):
        raise Malformed(f"Name the file after its kind: .csv, or one of .{' .'.join(preflib.TYPES)}.")
    election = preflib.read(text, ending)
    method = _allowed(method or _usual(election), election.type)
    if method == "approval":
        outcome = sums.approval(election.options, election.approvals())
    elif method == "score":
        outcome = sums.score(election.options, election.scores())
    else:
        outcome = RANKED[method](election.options, election.rankings())
    return _asked(outcome, asked)


def _usual(election):
    if election.type in preflib.RANKINGS:
        return "schulze"
    return "score" if preflib.integers(election.categories) else "approval"


def _allowed(method, kind):
    if method not in ALLOWED[kind]:
        raise Malformed(f"A .{kind} file cannot be counted by {method}; it can by {', '.join(ALLOWED[kind])}.")
    return method


def _table(counts, method, asked):
    """A motion, also where plurality is named and a majority or a quorum is asked for; else the option with most."""
    decides = asked.has_majority or asked.quorum
    if method is None or (method == "plurality" and decides and tables.is_motion(counts)):
        rows = tables.motion(counts)
        if rows:
            return Counted(motions.motion(**rows, **asked.words))
    method = _allowed(method or "plurality", "csv")
    ballots = [(number, ((option,),)) for option, number in counts.items()]
    if method == "approval":
        ballots = [(number, (option,)) for option, number in counts.items()]
        return _asked(sums.approval(counts, ballots), asked)
    return _asked(sums.plurality(counts, ballots), asked)


def _asked(outcome, asked):
    """The outcome of an election with the majority and the quorum that were asked of it."""
    if asked.has_majority:
        if not outcome.numbers or outcome.method == "score":
            raise Malformed(
                "A majority is asked of a motion, or of the option with most votes (plurality, approval);"
                f" leave it out with {outcome.method}."
            )
        decision = motions.decide(
            votes=outcome.numbers[outcome.order[0][0]],
            voting=outcome.ballots - outcome.empty,
            rows=outcome.ballots,
            is_tied=len(outcome.order[0]) > 1,
            **asked.words,
        )
        return Counted(outcome, decision, decision.quorum)
    present = motions.present_of(outcome.ballots, asked.present, asked.roll)
    return Counted(outcome, None, motions.quorum_of(asked.quorum, present, asked.roll))
