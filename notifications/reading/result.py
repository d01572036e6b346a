"""What a reading is made of, and the name of everything that can be wrong with a mail."""

import dataclasses
import datetime

from . import causes

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
    """Text for one item: `code` is its number in ASCII digits ("312"), "" for text that belongs to none.

    `problem` says why it was refused, if it was. `on_behalf` is the name or code of the person a focal point answers
    for, as it stands after `FOR:`, and "" for the writer's own words.
    """

    code: str
    text: str
    problem: str = ""
    on_behalf: str = ""


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
    """What a report says of one recipient. Empty strings stand for what it does not say.

    `kind` is failed, delayed (a warning: the other server still tries) or complaint (the recipient called it spam).
    `status` is the code of RFC 3463 ("5.1.1"), `cause` one word of `causes`, `reason` the other server's own words.
    """

    address: str = ""  # in lower case
    status: str = ""
    action: str = ""  # as in RFC 3464: failed, delayed; or complaint
    message_id: str = ""  # of the letter that came back
    reason: str = ""  # one line
    kind: str = "failed"
    cause: str = ""
    verp: str = ""  # the address of ours that tells the letter: where the report went, or that stands in what came back

    @property
    def is_hard(self):
        """The address is no good: no such mailbox or domain, or a permanent failure without any reason."""
        kind = "delayed" if self.action == "delayed" else self.kind
        return causes.is_hard(kind, self.status, self.cause)


@dataclasses.dataclass
class Reading:
    """What a mail says. Message-IDs are without angle brackets; `date` is aware, in UTC, or None."""

    klass: str = "accept"  # accept | auto | bounce | reject
    why: str = ""  # the sign that decided the class
    reply: str | None = None
    answers: list[Answer] = dataclasses.field(default_factory=list)
    refused: list[Answer] = dataclasses.field(default_factory=list)
    unassigned: str = ""  # the writer's own; what they wrote for others is in `unplaced`
    unplaced: list[Answer] = dataclasses.field(default_factory=list)  # text of no item, by whose it is
    blocks: list[Answer] = dataclasses.field(default_factory=list)  # only when the mail speaks for others: all new text
    is_greeting: bool = False  # `unassigned` is no more than a greeting: nobody needs to hear of it
    commands: list[Command] = dataclasses.field(default_factory=list)
    files: list[File] = dataclasses.field(default_factory=list)
    problems: list[str] = dataclasses.field(default_factory=list)
    failures: list[Failure] = dataclasses.field(default_factory=list)  # of a bounce, one for each recipient
    subject: str = ""
    from_address: str = ""
    from_name: str = ""
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    date: datetime.datetime | None = None
    lines: list = dataclasses.field(default_factory=list, repr=False)  # each with .text .depth .kind .why

    @property
    def failure(self):
        """The first of `failures`, or None."""
        return self.failures[0] if self.failures else None

    def note(self, problem):
        """Name a problem once, in the order met."""
        if problem not in self.problems:
            self.problems.append(problem)
