"""What is said when a mail could not be handled at all: that it arrived, and that a person will look at it."""

from core import languages
from notifications.intake import explaining, senders
from notifications.intake.cases import Case


def tell(arrival):
    """Tell the member whose mail failed, at their own address; nobody else hears of it."""
    member = arrival.member or senders.by_envelope(arrival)
    case = Case(arrival=arrival, address=None, member=member)
    if senders.sent_the_envelope(case):
        with languages.speaking(member.language):
            explaining.explain(case, "unreadable", cause="failed")
