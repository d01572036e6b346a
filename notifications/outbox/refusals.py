"""What handing a letter over may end in, and what a refusal says about whose fault it is, and so what is to wait. Pure.

RFC 5321 section 4.2 tells whether trying again helps, RFC 3463 who is meant: `4.2.2` is one full mailbox, `4.7.28` is a
domain that wants less of our mail, `4.3.2` is a server that takes none at the moment.
"""

import re
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

_STATUS = re.compile(r"(?<![\d.])[245]\.(\d{1,3})\.\d{1,3}(?![\d.])")
# A greylisting server wants this one letter again in some minutes and would say the same of the next one, so to wait
# with its whole domain would bring through one letter a pause.
_GREYLISTED = re.compile(r"gr[ea]y[ -]?list|postgrey", re.IGNORECASE)
_MOST_TEXT = 2000


class Fault(Enum):
    """Whose fault a temporary refusal is: so much waits."""

    LETTER = "this letter, or its mailbox"
    DOMAIN = "the recipient's domain"
    SERVER = "the server, whatever it is handed"


@dataclass(frozen=True)
class Refusal:
    """A server's answer that is no yes: its code, its words, and the command it answered ("MAIL", "RCPT", "DATA")."""

    code: int
    text: str
    stage: str = ""

    def __str__(self):
        return f"{self.code} {self.text}"[:400]

    @property
    def is_final(self):
        """To try again would be in vain (RFC 5321 section 4.2.1)."""
        return 500 <= self.code < 600

    @cached_property
    def fault(self):
        """Who is to be left alone for a while; of a final refusal, nobody but the letter."""
        text = self.text[:_MOST_TEXT]
        if self.is_final or _GREYLISTED.search(text):
            return Fault.LETTER
        found = _STATUS.search(text)
        subject = int(found[1]) if found else 0
        if self.stage not in ("RCPT", "DATA"):  # nobody was named yet
            return Fault.SERVER if self.code == 421 or subject in (3, 4, 7) else Fault.LETTER
        if subject in (4, 7) or (self.code == 421 and subject == 0):
            return Fault.DOMAIN
        return Fault.SERVER if self.code == 421 or subject == 3 else Fault.LETTER


class Refused(Exception):
    """The server's answer is a refusal; `refusal` tells for how long, and whose fault it is."""

    def __init__(self, refusal):
        super().__init__(str(refusal))
        self.refusal = refusal


class Unfit(Exception):
    """This letter can never be sent: its address fits into no command, or it is larger than the server takes."""


class Unanswered(Exception):
    """The connection was lost after the content and before the answer: the letter may have arrived, or not."""


class Unreachable(Exception):
    """The server does not answer, or not as it should; no letter's fault."""
