"""Whose fault a refusal is: the codes of RFC 5321 and RFC 3463, and how servers write them."""

import pytest

from notifications.outbox.refusals import Fault, Refusal


@pytest.mark.parametrize(
    ("code", "text", "stage", "fault"),
    [
        (452, "4.2.2 The recipient's inbox is out of storage space", "RCPT", Fault.LETTER),
        (450, "4.1.1 <dora@example.org>: unverified address", "RCPT", Fault.LETTER),
        (451, "please try again later", "RCPT", Fault.LETTER),
        (450, "4.7.1 <dora@example.org>: Recipient address rejected: Greylisted", "RCPT", Fault.LETTER),
        (451, "4.7.1 Graylisting in action, please come back later", "RCPT", Fault.LETTER),
        (421, "4.7.28 Our system has detected an unusual rate of unsolicited mail", "DATA", Fault.DOMAIN),
        (451, "4.7.650 The mail server has been temporarily rate limited", "RCPT", Fault.DOMAIN),
        (450, "4.4.1 connect to mx.example.org: Connection refused", "RCPT", Fault.DOMAIN),
        (421, "try again later", "RCPT", Fault.DOMAIN),
        (421, "4.3.2 Service shutting down", "DATA", Fault.SERVER),
        (452, "4.3.1 Insufficient system storage", "MAIL", Fault.SERVER),
        (421, "4.7.0 too many connections from your address", "MAIL", Fault.SERVER),
        (451, "4.1.8 Sender address rejected: Domain not found", "MAIL", Fault.LETTER),
        (550, "5.7.1 Blocked by our content filter", "DATA", Fault.LETTER),
        (450, "version 14.7.1 of our software and address 10.4.7.1", "RCPT", Fault.LETTER),
    ],
)
def test_a_refusal_holds_up_no_more_than_it_must(code, text, stage, fault):
    assert Refusal(code, text, stage).fault == fault


def test_only_a_five_hundred_is_final():
    assert Refusal(550, "5.1.1 no such user").is_final
    assert not Refusal(450, "4.2.1 busy").is_final


def test_a_hostile_answer_is_judged_at_once():
    assert Refusal(451, "4." * 500_000, "RCPT").fault == Fault.LETTER
