"""What becomes of an arrival: a word for the tables, its state, and which explanation its sender gets, if any."""

from dataclasses import dataclass, field

from notifications.models import Arrival


@dataclass
class Outcome:
    """`explain` is the template of the mail to the sender; `cause` is what the sender hears of once a day only."""

    word: str
    state: str = Arrival.State.DONE
    explain: str = ""
    cause: str = ""
    context: dict = field(default_factory=dict)

    def __post_init__(self):
        self.cause = self.cause or self.word


def held(word, *, explain="", cause="", only_if=True, **context):
    """It waits: for the sender to say more, or for a person to look."""
    return Outcome(word, Arrival.State.HELD, explain if only_if else "", cause, context)
