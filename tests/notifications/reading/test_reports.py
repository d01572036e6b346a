# ruff: noqa: E501 (mails and tables of samples read better unbroken)
"""What a report says: every recipient, why, and whether the address is no good or only the day was."""

import time

import hypothesis
import pytest
from hypothesis import strategies as st

from notifications import reading
from notifications.reading import causes, mime, reports

TOKEN = "bounce+aebagbafaydqqcik2d4qhrnk@deliberation.example"
LETTER = "Message-ID: <letter.7@deliberation.example>\nSubject: Issue 7\n"


def plain(text, headers="", subject="Mail delivery failed"):
    return (
        f"Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.net\nTo: {TOKEN}\nSubject: {subject}\n{headers}"
        f"Content-Type: text/plain; charset=utf-8\n\n{text}\n"
    ).encode()


def report(*blocks, kind="message/delivery-status", words="It failed.", returned=LETTER, to=TOKEN):
    status = "\n\n".join(("Reporting-MTA: dns; mx.example.net", *blocks))
    return (
        f"From: MAILER-DAEMON@mx.example.net\nTo: {to}\nSubject: Undelivered Mail Returned to Sender\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        f"--b\nContent-Type: text/plain; charset=utf-8\n\n{words}\n--b\nContent-Type: {kind}\n\n{status}\n"
        f"--b\nContent-Type: text/rfc822-headers\n\n{returned}\n--b--\n"
    ).encode()


def block(address="dora@example.org", action="failed", status="5.1.1", words="550 5.1.1 User unknown"):
    return f"Final-Recipient: rfc822; {address}\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {words}"


def test_one_report_names_every_recipient_that_failed():
    result = reading.read(
        report(
            block("Dora@Example.org"),
            block("bob@example.org", status="5.2.2", words="552 5.2.2 Mailbox full"),
            block("carol@example.org", action="delayed", status="4.4.1", words="connection timed out"),
            block("alice@example.org", action="relayed", status="2.0.0", words="250 ok"),
        )
    )

    assert [(one.address, one.kind, one.cause, one.is_hard) for one in result.failures] == [
        ("dora@example.org", "failed", "no_mailbox", True),
        ("bob@example.org", "failed", "full", False),
        ("carol@example.org", "delayed", "passing", False),
    ]
    assert result.failure is result.failures[0]
    assert result.failure.reason == "550 5.1.1 User unknown"


def test_a_report_names_the_letter_and_the_address_it_was_sent_from():
    result = reading.read(report(block()))
    without = reading.read(
        report(block(), to="desk@deliberation.example", returned=LETTER + f"Return-Path: <{TOKEN}>\n")
    )

    assert (result.failure.message_id, result.failure.verp) == ("letter.7@deliberation.example", TOKEN)
    assert without.failure.verp == TOKEN


def test_an_address_beyond_ascii_is_read():
    kind = "message/global-delivery-status"
    block_ = "Final-Recipient: utf-8; {}\nAction: failed\nStatus: 5.1.1"

    plain_ = reading.read(report(block_.format("доra@пример.org"), kind=kind))
    escaped = reading.read(report(block_.format(r"\x{434}ora@example.org"), kind=kind))

    assert plain_.failure.address == "доra@пример.org"
    assert escaped.failure.address == "дora@example.org"


def test_a_report_of_success_is_no_bounce():
    result = reading.read(report(block(action="delivered", status="2.1.5", words="250 ok")))

    assert (result.klass, result.failures) == ("auto", [])


FORMS = {
    "qmail": (
        plain("Hi. This is the qmail-send program at example.net.\nI'm afraid I wasn't able to deliver your message.\n\n<dora@example.org>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\n" + LETTER, subject="failure notice"),
        ("dora@example.org", "5.1.1", "no_mailbox", True)),
    "Exim": (
        plain("This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to all of its recipients:\n\n  dora@example.org\n    SMTP error from remote mail server after RCPT TO:<dora@example.org>:\n    550 No such user here\n\n------ This is a copy of the message ------\n\n" + LETTER, "X-Failed-Recipients: dora@example.org\n"),
        ("dora@example.org", "5.0.0", "no_mailbox", True)),
    "Exim, full": (
        plain("This message was created automatically by mail delivery software.\n\n  dora@example.org\n    552 Quota exceeded\n", "X-Failed-Recipients: dora@example.org\n"),
        ("dora@example.org", "5.0.0", "full", False)),
    "sendmail": (
        plain("   ----- The following addresses had permanent fatal errors -----\n<dora@example.org>\n    (reason: 550 5.1.1 <dora@example.org>... User unknown)\n\n   ----- Transcript of session follows -----\n550 5.1.1 User unknown\n", subject="Returned mail: see transcript for details"),
        ("dora@example.org", "5.1.1", "no_mailbox", True)),
    "sendmail, warning": (
        plain("    **********************************************\n    **      THIS IS A WARNING MESSAGE ONLY      **\n    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n    **********************************************\n\n   ----- Transcript of session follows -----\n<dora@example.org>... Deferred: Connection timed out\n", subject="Warning: could not send message for past 4 hours"),
        ("dora@example.org", "", "passing", False)),
    "Yahoo": (
        plain("Message from yahoo.com.\nUnable to deliver message to the following address(es).\n\n<dora@example.org>:\nThis user doesn't have a yahoo.com account (dora@example.org) [0]\n\n--- Original message follows.\n\n" + LETTER, subject="failure delivery"),
        ("dora@example.org", "", "no_mailbox", True)),
    "blocked": (
        plain("This is the mail system at host mx.example.net.\n\n<dora@example.org>: host mx.example.org said: 554 5.7.1 Service unavailable; client host blocked using zen.spamhaus.org (in reply to RCPT TO command)\n"),
        ("dora@example.org", "5.7.1", "blocked", False)),
    "qq.com": (
        plain("您好，您的邮件未能送达\n收件人：dora@example.org\n退信原因：收件人邮件地址（dora@example.org）不存在，邮件无法送达。\n", subject="系统退信"),
        ("dora@example.org", "", "no_mailbox", True)),
    "Korean Exchange": (
        plain("dora@example.org에 보낸 메시지를 배달할 수 없습니다.\n\nexample.org에서 dora을(를) 찾을 수 없습니다.\n", subject="배달되지 않음: 7"),
        ("dora@example.org", "", "no_mailbox", True)),
    "Russian Exchange": (
        plain("Не удалось доставить сообщение для dora@example.org.\n\nАдрес dora не найден в домене example.org.\n", subject="Не удается доставить: Выпуск 7"),
        ("dora@example.org", "", "no_mailbox", True)),
    "French Gmail": (
        plain("** Adresse introuvable **\n\nVotre message n'est pas parvenu à dora@example.org, car l'adresse est introuvable.\n"),
        ("dora@example.org", "", "no_mailbox", True)),
    "French Hotmail": (
        plain("Échec de la remise aux destinataires suivants.\n\n       dora@example.org\n", subject="Notification d'état de remise (Échec)"),
        ("dora@example.org", "", "", False)),
    "the code stands apart from the address": (
        plain("Your message:\n   Subject: Issue 7\n\nCould not be delivered because of\n\n550 5.1.1 User unknown\n\nThe following recipients were affected:\n    dora@example.org\n"),
        ("dora@example.org", "5.1.1", "no_mailbox", True)),
    "Domino, late": (
        plain("Your message\n\n  Subject: Issue 7\n\nhas not been delivered to:\n\n  dora@example.org\n\nbecause: Router: Connection timed out. Will retry\n", subject="DELAY DELIVERY: Issue 7"),
        ("dora@example.org", "", "passing", False)),
    "MDaemon": (
        plain("The attached message had the following undeliverable recipient(s):\n\nUnknown user: dora@example.org\n", subject="Warning: user not found"),
        ("dora@example.org", "", "no_mailbox", True)),
    "Zoho, with fields of the letter below": (
        plain("This message was created automatically by mail delivery software.\n\ndora@example.org Invalid Address, ERROR_CODE :550, ERROR_CODE :5.1.1 User Unknown\n\nReceived:from a by b\nMessage-ID:<14a3e1b4b5a@example.net>\nFrom:<desk@deliberation.example>\n"),
        ("dora@example.org", "5.1.1", "no_mailbox", True)),
    "Amazon": (
        b'From: no-reply@sns.amazonaws.com\nSubject: AWS Notification Message\n\n{"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bouncedRecipients":[{"emailAddress":"dora@example.org","status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1 user unknown"}]},"mail":{"commonHeaders":{"messageId":"<letter.7@deliberation.example>"}}}\n',
        ("dora@example.org", "5.1.1", "no_mailbox", True)),
}  # fmt: skip


def test_every_paragraph_that_an_address_heads_is_a_recipient():
    text = "This is the mail system.\n\n<dora@example.org>: host mx said: 550 5.1.1 User unknown\n\n<bob@example.org>: host mx said: 552 5.2.2 Mailbox full\n"

    result = reading.read(plain(text))

    assert [(one.address, one.is_hard) for one in result.failures] == [
        ("dora@example.org", True),
        ("bob@example.org", False),
    ]


def test_a_report_whose_part_a_gateway_renamed_is_read():
    result = reading.read(report(block(), kind="application/octet-stream"))

    assert (result.klass, result.failure.address, result.failure.status) == ("bounce", "dora@example.org", "5.1.1")


@pytest.mark.parametrize("form", FORMS)
def test_reports_without_the_standard_form_say_the_same(form):
    data, expected = FORMS[form]

    result = reading.read(data)

    assert result.klass == "bounce"
    assert [(one.address, one.status, one.cause, one.is_hard) for one in result.failures] == [expected]


# (status, the server's words, cause)
REASONS = [
    ("5.1.1", "User unknown", "no_mailbox"),
    ("5.0.0", "550 Requested action not taken: mailbox unavailable", "no_mailbox"),
    ("5.7.1", "550 5.7.1 Unknown user", "no_mailbox"),
    ("5.2.1", "The email account that you tried to reach is disabled", "no_mailbox"),
    ("5.4.4", "Host or domain name not found", "no_domain"),
    ("5.1.10", "Recipient domain has null MX", "no_domain"),
    ("5.1.6", "Recipient has moved", "moved"),
    ("5.2.2", "", "full"),
    ("5.0.0", "552 mailbox is full", "full"),
    ("5.1.1", "550 La boîte aux lettres est pleine", "full"),
    ("5.0.0", "550 Buzón lleno", "full"),
    ("5.0.0", "550 Почтовый ящик переполнен", "full"),
    ("5.0.0", "550 邮箱已满", "full"),
    ("5.0.0", "550 صندوق البريد ممتلئ", "full"),
    ("5.0.0", "550 Postfach voll", "full"),
    ("5.3.4", "552 message too large", "too_large"),
    ("5.7.26", "Unauthenticated email is not accepted due to DMARC policy", "blocked"),
    ("5.7.1", "Message rejected as spam", "blocked"),
    ("5.0.0", "550 host example.net after MAIL FROM:<a@b.c>: rejected", "blocked"),
    ("5.6.0", "Lone CR", "content"),
    ("5.0.0", "550 Unroutable sender address", "blocked"),
    ("5.2.1", "The user you are trying to contact is receiving mail at a rate that prevents more", "blocked"),
    ("5.4.1", "Recipient address rejected: Access denied", "no_mailbox"),
    ("5.0.0", "dora bulunamadı", "no_mailbox"),
    ("5.0.0", "dora hittades inte på example.org", "no_mailbox"),
    ("4.4.1", "connection timed out", "passing"),
    ("5.4.7", "delivery time expired", "passing"),
    ("5.0.0", "Something happened", ""),
]


@pytest.mark.parametrize(("status", "words", "cause"), REASONS)
def test_the_cause_is_told_by_words_and_code(status, words, cause):
    assert causes.find(status, words) == cause
    assert causes.is_hard("failed", status, causes.find(status, words)) is (cause in causes.HARD)


ARF = (
    "From: staff@provider.example\nTo: abuse@deliberation.example\nSubject: Complaint\nMIME-Version: 1.0\n"
    'Content-Type: multipart/report; report-type=feedback-report; boundary="b"\n\n'
    "--b\nContent-Type: text/plain\n\nSee below.\n--b\nContent-Type: message/feedback-report\n\n"
    "Feedback-Type: {kind}\nUser-Agent: X/1\nVersion: 1\nOriginal-Rcpt-To: <Dora@example.org>\n\n"
    f"--b\nContent-Type: message/rfc822\n\n{LETTER}From: desk@deliberation.example\nReturn-Path: <{TOKEN}>\n\nHello\n--b--\n"
)
HOTMAIL = (
    "From: staff@hotmail.com\nSubject: complaint about message from 192.0.2.7\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    f"--b\nContent-Type: message/rfc822\n\nX-HmXmrOriginalRecipient: dora@example.org\n{LETTER}\nHello\n--b--\n"
)


@pytest.mark.parametrize("data", [ARF.format(kind="abuse"), ARF.format(kind="opt-out"), HOTMAIL])
def test_a_complaint_is_told_from_a_bounce(data):
    result = reading.read(data.encode())

    assert result.klass == "bounce"
    assert [(one.kind, one.address, one.is_hard) for one in result.failures] == [
        ("complaint", "dora@example.org", False)
    ]
    assert result.failure.message_id == "letter.7@deliberation.example"


@pytest.mark.parametrize("kind", ["auth-failure", "not-spam"])
def test_a_report_in_the_form_of_a_complaint_may_complain_of_nothing(kind):
    assert reading.read(ARF.format(kind=kind).encode()).failures == []


def test_a_forwarded_report_is_a_persons_mail():
    data = report(block()).replace(b"multipart/report; report-type=delivery-status", b"multipart/mixed")
    data = data.replace(b"From: MAILER-DAEMON@mx.example.net", b"From: Pat <pat@example.org>")
    data = data.replace(b"Subject: Undelivered", b"Subject: Fwd: Undelivered")

    assert reading.read(data).klass == "accept"


@pytest.mark.parametrize(
    "row", ["a" * 20_000, " " * 20_000, "<a@b" * 5_000, "a@" * 10_000, "user " * 4_000, ("x" * 199 + "\n") * 100]
)
def test_no_report_takes_long_however_its_lines_are(row):
    data = plain(
        "the following addresses had\nFailed addresses follow:\nhere is your list of failed recipients\n" + row
    )
    reports.failures(mime.parse(plain("warm")))

    before = time.process_time()
    reports.failures(mime.parse(data))

    assert time.process_time() - before < 1  # 0.05 s as a rule; unbounded patterns take minutes


PIECES = st.sampled_from(
    "Final-Recipient: rfc822; a@b.c\n|Status: 5.1.1\n|Action: failed\n|\n|\n\n|--b\n|--b--\n|Content-Type: message/delivery-status\n"
    "|Content-Type: message/feedback-report\n|Original-Rcpt-To: <a@b.c\n|<dora@example.org>:\n|550 5.1.1 |{\"notificationType\":|[[[[|"
    "Diagnostic-Code: smtp;|utf-8; \\x{D800}@x.y\n|Message-ID: <x@y>\n|=?utf-8?b?|\x00|\udcff".split("|")
)  # fmt: skip


@hypothesis.settings(deadline=None, max_examples=150)
@hypothesis.given(st.lists(PIECES, max_size=30).map("".join), st.booleans())
def test_any_report_is_read_and_every_text_can_be_stored(text, is_standard):
    data = text.encode("utf-8", "surrogateescape")
    raw = report("X: y").replace(b"X: y", data) if is_standard else plain("X: y").replace(b"X: y", data)

    failures = reports.failures(mime.parse(raw))

    assert len(failures) <= reports.MOST_RECIPIENTS
    for one in failures:
        "".join((one.address, one.status, one.action, one.reason, one.message_id, one.verp)).encode()
