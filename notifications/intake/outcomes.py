"""What becomes of an arrival: a word for the tables, its state, and which explanation its sender gets, if any."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notifications.models import Arrival

WORDS = {
    "posted": pgettext_lazy("a mail", "taken"),
    "refused": _("refused, with the reason"),
    "repeated": _("had come before by another address"),
    "unassigned": _("its sender was asked where it belongs"),
    "settled": _("its sender said where it belongs"),
    "no_text": _("nothing new in it"),
    "not_answerable": _("answers a notice; a person looks at it"),
    "expired": _("answers a mail that is too old"),
    "wrong_sender": _("not from the member's address; the member was asked"),
    "unknown_sender": _("from nobody we know"),
    "unknown_address": _("to an address that means nothing any more"),
    "join_asked": _("wants to join; was asked whether it was they who wrote"),
    "declined": _("does not want to join"),
    "consent": _("speaks for people who are not noted yet; the courier was asked"),
    "objected": _("took back what was posted in their name"),
    "confirmed": _("confirmed another mail"),
    "denied": _("said that another mail was not theirs"),
    "disowned": _("not from the member"),
    "encrypted": _("encrypted"),
    "picture_only": _("pictures without text"),
    "unreadable": _("could not be read; a person looks at it"),
    "too_large": _("too large; its writer was told"),
    "automatic": _("sent by a program: counted, not answered"),
    "bounce": _("a letter came back: counted"),
    "asked": _("what it asked for was done"),
    "done": _("what it asked for was done"),
    "no_workspace": _("no such workspace"),
    "question": _("a question for a person"),
    "failed": _("failed; a person looks at it"),
    "given_up": _("given up"),
    "assigned": _("put where it belongs by the secretariat"),
    "answered": _("answered by the secretariat"),
    "set_aside": _("set aside by the secretariat"),
    "erased": _("erased by the secretariat"),
}


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
