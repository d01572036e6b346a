"""Reports by mail: which letter of ours a bounce or a complaint is about, and whether that is proven.

The address a letter's bounces go to is signed, so a report that came to it, or carries it, is about that letter. One
that only names a Message-ID is believed when the recipient's own domain wrote it and DMARC says so.
"""

from notifications import addresses
from notifications.bounces import complaints, scores
from notifications.intake import senders
from notifications.models import Letter

MOST_NAMED = 20  # recipients of one report that are looked at
SIGNED = ("bounce", "reply")


def take(case):
    """Count what a report says of our letters; notes on the arrival what it was. Returns how many it was about."""
    count = 0
    for failure in case.reading.failures[:MOST_NAMED]:
        letter = _signed(case, failure) or _named(case, failure)
        if letter is None:
            continue
        count += 1
        _note(case, letter, failure)
        if failure.kind == "complaint":
            complaints.take(letter)
        else:
            scores.came_back(letter, failure, arrival=case.arrival)
    return count


def _signed(case, failure):
    """The letter whose own address the report came to or carries.

    A reply address is known to whoever was sent a copy of the letter, so it proves no bounce; for a complaint it is
    enough, as the one-click link in the letter is.
    """
    found = case.address if case.address.kind == "bounce" else addresses.parse(failure.verp)
    allowed = SIGNED if failure.kind == "complaint" else SIGNED[:1]
    if found.code is None or found.kind not in allowed:
        return None
    return Letter.objects.select_related("member").filter(code=found.code).defer("stored").first()


def _named(case, failure):
    """The letter whose Message-ID a report names, if it went to the address that failed, in the reporter's domain."""
    if failure.kind == "complaint" or not failure.message_id or not failure.address:
        return None
    letter = (
        Letter.objects.select_related("member").filter(message_id=f"<{failure.message_id}>").defer("stored").first()
    )
    if letter is None or letter.recipient.lower() != failure.address:
        return None
    reporter = case.reading.from_address.rpartition("@")[2].lower()
    is_theirs = _within(letter.domain, reporter) or _within(reporter, letter.domain)
    return letter if is_theirs and senders.is_proven(case.arrival) else None


def _within(domain, other):
    """Is a domain this other one or below it? A top-level domain contains nobody."""
    return "." in other and (domain == other or domain.endswith(f".{other}"))


def _note(case, letter, failure):
    case.arrival.letter, case.arrival.member = letter, letter.member
    case.arrival.problems = [
        "complaint" if failure.kind == "complaint" else "hard" if failure.is_hard else "soft",
        failure.status or failure.action or failure.kind,
    ]
    came = f"came back: {failure.action} {failure.status} {failure.reason}"
    Letter.objects.filter(pk=letter.pk).update(last_error=" ".join(came.split())[:400])
