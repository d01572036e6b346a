"""`postman` brings reports in; `bounced` makes a letter of a member's come back."""

import pytest

from notifications import addresses
from notifications.models import Letter
from tests.notifications.intake.postman import Postman

REPORT = """\
This is the mail system. Your message could not be delivered.

--X
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {words}

--X
Content-Type: message/rfc822-headers

Message-ID: {message_id}

--X--
"""


@pytest.fixture
def postman():
    return Postman()


@pytest.fixture
def bounced(world, postman):
    """`bounced(member, n)`: n letters to a member left, and each came back; returns the last arrival."""

    def comes_back(member, times=1, **fields):
        for _time in range(times):
            letter = left(postman.letter(member, world.post))
            arrival = postman.brings(report(letter, **fields), to=addresses.bounce(letter.code), sender="")
        return arrival

    return comes_back


def left(letter):
    """The letter as it is after it was handed over."""
    letter.state = Letter.State.SENT
    letter.sent_at = letter.created_at
    letter.save()
    return letter


def report(
    letter,
    *,
    action="failed",
    status="5.1.1",
    words="550 5.1.1 no such user",
    sender="mailer-daemon@example.org",
    to="",
):
    """A delivery report of RFC 3464 about a letter."""
    body = REPORT.format(
        address=letter.recipient, action=action, status=status, words=words, message_id=letter.message_id
    )
    head = (
        f"From: {sender}\nTo: {to or addresses.bounce(letter.code)}\nSubject: Undelivered Mail Returned to Sender\n"
        f"Message-ID: <report.{letter.pk}.{action}@example.org>\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="X"\n\n--X\n\n'
    )
    return (head + body).replace("\n", "\r\n").encode()
