"""What consultations are made of. So far: ballots, their options and votes, and the changes of their windows."""

from consultations.models.ballots import Ballot, Option, Vote
from consultations.models.windows import WindowChange

__all__ = ["Ballot", "Option", "Vote", "WindowChange"]
