"""What a reading is made of, and the name of everything that can be wrong with a mail."""

import dataclasses
import datetime

PROBLEMS = {
    "preamble": "Text stands before the first answer and belongs to none; kept in `unassigned`.",
    "unassigned": "Text belongs to no item, and more than one is open: ask to which; kept in `unassigned`.",
    "duplicate": "An item was answered in two places; the texts are joined in order (a vote is asked back).",
    "unknown_item": "A number is no item of this member; the text is kept in `refused`.",
    "closed": "An item is closed; the text is kept in `refused`.",
    "no_answer": "Nothing new stands in the mail: no text, no command, no file.",
    "too_long": "The new text passed 64 KB or 2,000 lines, or a text part 1 MB; the rest was cut.",
    "too_many_parts": "The mail nests deeper than 20 levels or has more than 100 parts; the rest was left out.",
    "encrypted": "The mail is encrypted; it cannot be read.",
    "picture_only": "The mail holds pictures but no text.",
    "wrong_sender": "Somebody else answered with the member's address; named by whoever takes in the mail, "
    "not by `read`.",
    "unparsable": "The bytes are no mail a program could read; kept for a person.",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """Text for one item: `code` is its number in ASCII digits ("312"); `problem` says why it was refused, if it was."""

    code: str
    text: str
    problem: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class File:
    """An attachment. `code` is the item whose answer it stands beside, "" when that is not clear."""

    name: str
    type: str
    data: bytes = dataclasses.field(repr=False)
    code: str = ""

    @property
    def size(self):
        """Bytes."""
        return len(self.data)


@dataclasses.dataclass(frozen=True, slots=True)
class Command:
    """A line that asks for something: `verb` in English capitals, `argument` as text ("" when it has none)."""

    verb: str
    argument: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Failure:
    """What a bounce says: `address` that failed, `status` of RFC 3463 ("5.1.1"), `action` (failed, delayed, ...)."""

    address: str = ""
    status: str = ""
    action: str = ""
    message_id: str = ""  # of the letter that came back

    @property
    def is_hard(self):
        """Permanent, and not just a full mailbox (4.x.x, x.2.2 and delays are soft)."""
        return self.action != "delayed" and not self.status.startswith("4") and not self.status.endswith(".2.2")


@dataclasses.dataclass
class Reading:
    """What a mail says. Message-IDs are without angle brackets; `date` is aware, in UTC, or None."""

    klass: str = "accept"  # accept | auto | bounce | reject
    why: str = ""  # the sign that decided the class
    reply: str | None = None
    answers: list[Answer] = dataclasses.field(default_factory=list)
    refused: list[Answer] = dataclasses.field(default_factory=list)
    unassigned: str = ""
    is_greeting: bool = False  # `unassigned` is no more than a greeting: nobody needs to hear of it
    commands: list[Command] = dataclasses.field(default_factory=list)
    files: list[File] = dataclasses.field(default_factory=list)
    problems: list[str] = dataclasses.field(default_factory=list)
    failure: Failure | None = None
    subject: str = ""
    from_address: str = ""
    from_name: str = ""
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    date: datetime.datetime | None = None
    lines: list = dataclasses.field(default_factory=list, repr=False)  # each with .text .depth .kind .why

    def note(self, problem):
        """Name a problem once, in the order met."""
        if problem not in self.problems:
            self.problems.append(problem)
