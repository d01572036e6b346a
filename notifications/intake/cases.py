"""A case: one arrival while it is handled, with all that is known about it, from the address it came to.

The steps of `handling` pass it along; what they find out and do stands here, and `closing` writes it down.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.utils.crypto import salted_hmac

from forum.services.attachments import Upload
from members.models import Member
from notifications import addresses, answers, letters, reading
from notifications.addresses import Address
from notifications.intake import senders
from notifications.models import Answer, Arrival, Issue, Letter
from notifications.reading import behalf

_SPACES = re.compile(r"\s+")
_STARTS_WITH_NUMBER = re.compile(r"[\s\[(*_-]{0,6}[#＃№]\s{0,2}(\d{1,9})")


@dataclass
class Case:
    arrival: Arrival
    address: Address
    letter: Letter | None = None
    issue: Issue | None = None
    member: Member | None = None  # whose address the mail came to, or who says they wrote it
    reading: object = None
    numbers: set = field(default_factory=set)  # of the member's items that the mail may answer
    answers: list = field(default_factory=list)  # Answer rows of this mail
    file_problems: list = field(default_factory=list)  # sentences on files that were left out
    replies: list = field(
        default_factory=list
    )  # letters the sender asked for (see commands), to be composed at the end
    told: list = field(default_factory=list)  # what became of its commands (see told), to be told at the end
    prepared: dict = field(default_factory=dict)  # what commands take long to find, by their lines
    plea: str = ""  # what somebody who wants to join wrote when they asked first
    proven_at: datetime | None = None  # when it was provably sent (see proofs), once that was looked for
    is_proven: bool = False  # was it?
    is_repeat: bool = False  # the same text had come by another address before

    @cached_property
    def is_own_address(self):
        """Does the From name an address of the member's?"""
        return self.member.owns(self.reading.from_address)

    @cached_property
    def sent_back(self):
        """The only answer that the letter which is answered sent back, or None."""
        kind, _colon, pk = self.letter.about.partition(":") if self.letter else ("", "", "")
        if kind != "arrival":
            return None
        rows = Answer.objects.filter(arrival=pk, member=self.member, state=Answer.State.REFUSED).exclude(about="")
        found = {(row.about, row.code): row for row in rows}
        return next(iter(found.values())) if len(found) == 1 else None

    @property
    def text(self):
        """All the sender's own words."""
        return self.reading.reply or ""

    @property
    def uploads(self):
        return [Upload(name=file.name, content=file.data) for file in self.reading.files]

    def uploads_beside(self, code):
        """The files that stand beside the answer to one item."""
        return [Upload(name=file.name, content=file.data) for file in self.reading.files if file.code == code]

    @property
    def has_numbers(self):
        """Does the mail answer items of the member by their numbers?"""
        codes = {int(answer.code) for answer in (*self.reading.answers, *self.reading.refused)}
        return bool(codes & self.numbers)

    def states(self):
        return {answer.state for answer in self.answers}

    def answers_in(self, state):
        return [answer for answer in self.answers if answer.state == state]

    def key(self, place, text):
        """What makes an answer happen once: who says what where, in which mail, by whatever address it came."""
        mail = self.reading.message_id or self.arrival.sha256
        parts = (str(self.member.pk), place, _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip(), mail)
        # With our key: a vote is a word that is quickly guessed.
        said = "\0".join(parts).encode("utf-8", "replace")
        return "mail:" + salted_hmac("alphorn.answer", said, algorithm="sha256").hexdigest()


def open_case(arrival):
    """Find out what an arrival is about: the address, the letter and issue it answers, the member, what it says."""
    address = addresses.parse(arrival.recipient)
    case = Case(arrival=arrival, address=address)
    raw = bytes(arrival.raw)
    if address.code is not None:
        case.letter = Letter.objects.select_related("member__mail", "issue__edition").filter(code=address.code).first()
    if case.letter:
        case.issue = issue_of(case.letter)
        case.member = case.letter.member
    case.reading = read(raw, case)
    if case.member is None and arrival.confirmed_at:
        case.member = arrival.member  # a person of the secretariat knows whose it is, whatever the From says
    if case.member is None and case.reading.from_address:
        case.member = senders.owner(case.reading.from_address)
        case.is_own_address = case.member is not None
    return case


def issue_of(letter):
    """The issue a letter is; for an explanation, the issue whose answer it explains."""
    issue = letter.issue
    kind, _colon, pk = letter.about.partition(":")
    if issue is None and kind == "arrival":
        arrival = Arrival.objects.select_related("issue").filter(pk=pk).first()
        issue = arrival.issue if arrival else None
    return issue


def read(raw, case):
    """Read the mail against the text it answers.

    Every item of the issue counts as open here: whether it still is, is asked when the answer is taken. Items of other
    issues count where a line starts with their number.
    """
    if case.letter is None:
        return reading.read(raw)
    sent = _sent(case)
    numbers = case.numbers = {item.number for item in case.issue.items} if case.issue else set()
    numbered = [item.number for item in case.issue.items if answers.is_numbered(item.about)] if case.issue else ()
    about = case.sent_back.about if case.sent_back else case.letter.about
    facts = {"sent": sent, "is_numbered": answers.is_numbered(about)}
    read = reading.read(raw, open_items=numbers, numbered_items=numbered, is_ours=_is_ours(case.letter), **facts)
    starts = [_STARTS_WITH_NUMBER.match(line.text) for line in read.lines if line.kind == "new"]
    named = {int(start[1]) for start in starts if start} | {
        int(answer.code) for answer in (*read.answers, *read.refused)
    }
    named = sorted(named - numbers)[:100]
    if not named or case.member is None:
        return read
    older = Issue.objects.items(case.member, named)
    case.numbers = numbers | set(older)
    numbered = [*numbered, *(number for number, item in older.items() if answers.is_numbered(item.about))]
    return reading.read(raw, open_items=case.numbers, numbered_items=numbered, **facts) if older else read


def _is_ours(letter):
    """Are all words of a letter ours? Whoever could write into it could put orders there, to be quoted by accident."""
    return letter.kind == Letter.Kind.ANSWER and letter.about.startswith(("arrival:", "joining:")) and not letter.shows


def _sent(case):
    """What the sender may have quoted: of an issue all its parts, for mail programs join them.

    Of a letter that sends an answer back not the words it returns, nor the lines that say for whom one may speak: they
    are to be sent again.
    """
    if case.letter.issue or case.sent_back is None:
        return case.letter.issue.text if case.letter.issue else letters.text_of(case.letter)
    lines = letters.text_of(case.letter).split("\n")
    return "\n".join(line for line in lines if not line.startswith(">") and not behalf.introduced(f"{line}\n-"))


def item(case, code):
    """The member's item of that number, or None."""
    return Issue.objects.items(case.member, [int(code)]).get(int(code))


def held(arrival):
    """Answers of an arrival that wait for the member to say where they belong; their own, not what they carry."""
    return list(arrival.answers.filter(state=Answer.State.HELD, on_behalf="").order_by("pk"))
