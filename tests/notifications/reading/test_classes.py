# ruff: noqa: E501 (mails and tables of samples read better unbroken)
"""Who wrote: a person, a program, or a mail server that could not deliver. A person is never taken for a machine."""

import pytest

from notifications import reading


def mail(headers, body="Hello.", kind="text/plain; charset=utf-8"):
    return f"{headers}\nMIME-Version: 1.0\nContent-Type: {kind}\n\n{body}\n".encode()


PAT = "From: Pat <pat@example.org>\nTo: reply@deliberation.example\n"
REPORT = 'multipart/report; report-type=delivery-status; boundary="b"'
STATUS = (
    "--b\nContent-Type: text/plain\n\nIt failed.\n--b\nContent-Type: message/delivery-status\n\n"
    "Reporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; dora@example.org\nAction: {action}\nStatus: {status}\n"
    "--b\nContent-Type: message/rfc822\n\nMessage-ID: <letter.7@deliberation.example>\nSubject: Issue 7\n\nHello\n--b--\n"
)
QMAIL = "Hi. This is the qmail-send program at example.org.\nI'm afraid I wasn't able to deliver your message.\n\n<dora@example.org>:\nUser unknown\n"

PEOPLE = {
    "an answer to an absence note": (PAT + "Subject: Re: Automatic reply: Issue 7\nIn-Reply-To: <1@x>", "I am back."),
    "a forwarded bounce": (PAT + "Subject: Fwd: Undelivered Mail Returned to Sender", "Look:\n550 user unknown, mailbox full"),
    "words about bounces": (PAT + "Subject: Delivery failed again?\nUser-Agent: Thunderbird", "My mail could not be delivered to Ana."),
    "an absence told by a person": (PAT + "Subject: Out of office next week", "I will be back on Monday, please go on."),
    "on holiday": (PAT + "Subject: Re: Issue 7\nX-Mailer: iPhone Mail", "I am out of the office, but #11: yes"),
    "vacation as a topic": (PAT + "Subject: Vacation rules for staff", "I am on vacation rules again."),
    "auto-submitted: no": (PAT + "Auto-Submitted: no\nSubject: Issue 7", "#11: yes"),
    "Exchange asks for no automatic answers": (PAT + "X-Auto-Response-Suppress: DR, OOF\nSubject: Re: Issue 7\nIn-Reply-To: <1@x>", "Yes."),
    "asks for a receipt": (PAT + "Disposition-Notification-To: pat@example.org\nSubject: Re: Issue 7", "Yes."),
    "a postmaster who is a person": ("From: Ana <postmaster@example.org>\nSubject: Re: Issue 7\nUser-Agent: mutt", "Mail works. Yes to all."),
    "mail@ as an address": ("From: Bäckerei <mail@example.de>\nSubject: Re: Issue 7\nIn-Reply-To: <1@x>", "The mailbox of the recipient is full of joy."),
    "a German about absence": (PAT + "Subject: Abwesenheit von Herrn Müller", "Ich bin ab Montag wieder da."),
    "a priority": (PAT + "Precedence: first-class\nSubject: Re: Issue 7", "Yes."),
    "a signed mail": (PAT + "Subject: Re: Issue 7", "--b\nContent-Type: text/plain\n\nYes.\n--b\nContent-Type: application/pgp-signature\n\nxx\n--b--", 'multipart/signed; boundary="b"'),
}  # fmt: skip

MACHINES = {
    "RFC 3834": PAT + "Auto-Submitted: auto-replied (vacation)\nSubject: Re: Issue 7",
    "generated": PAT + "Auto-Submitted: auto-generated\nSubject: Report",
    "Exchange": PAT + "Subject: Automatic reply: Issue 7\nX-Auto-Response-Suppress: All",
    "only the subject, English": PAT + "Subject: Out of Office AutoReply: Issue 7",
    "only the subject, French": PAT + "Subject: Réponse automatique : Issue 7",
    "only the subject, Spanish": PAT + "Subject: Respuesta automática: Issue 7",
    "only the subject, German": PAT + "Subject: Automatische Antwort: Issue 7",
    "only the subject, German old": PAT + "Subject: Abwesenheitsnotiz: Issue 7",
    "only the subject, Russian": PAT + "Subject: Автоматический ответ: Issue 7",
    "only the subject, Arabic": PAT + "Subject: رد تلقائي: Issue 7",
    "only the subject, Chinese": PAT + "Subject: 自动回复: Issue 7",
    "only the subject, QQ": PAT + "Subject: 自动回复:Issue 7",
    "only the subject, Italian": PAT + "Subject: Risposta automatica: Issue 7",
    "an old autoresponder": PAT + "X-Autoreply: yes\nSubject: I am away",
    "another old one": PAT + "X-Autorespond: Issue 7\nSubject: Away",
    "cPanel": PAT + "X-Autorespond: x\nPrecedence: auto_reply\nSubject: Thanks",
    "bulk": PAT + "Precedence: bulk\nSubject: Offers",
    "junk": PAT + "Precedence: junk\nSubject: Away until May",
    "a list": PAT + "List-Id: <water.example.org>\nSubject: Water",
    "a newsletter": PAT + "List-Unsubscribe: <https://example.org/u>\nSubject: News",
    "a no-reply sender": "From: Shop <no-reply@example.org>\nSubject: Your order",
    "a null sender": "Return-Path: <>\n" + PAT + "Subject: I am on leave",
    "our own loop": PAT + "X-Alphorn-Loop: deliberation.example\nSubject: Re: Issue 7",
    "a ticket system": PAT + "X-Auto-Response-Suppress: All\nSubject: Out of office\nAuto-Submitted: auto-replied",
    "Gmail vacation": PAT + "Precedence: bulk\nX-Autoreply: yes\nSubject: Holidays Re: Issue 7",
}

BOUNCES = {
    "RFC 3464": ("From: MAILER-DAEMON@example.org\nSubject: Undelivered Mail Returned to Sender", STATUS.format(action="failed", status="5.1.1"), REPORT),
    "delayed": ("From: MAILER-DAEMON@example.org\nSubject: Delayed", STATUS.format(action="delayed", status="4.4.1"), REPORT),
    "qmail": ("Return-Path: <>\nFrom: MAILER-DAEMON@example.org\nSubject: failure notice", QMAIL),
    "Exim": ("Return-Path: <>\nFrom: Mail Delivery System <Mailer-Daemon@example.org>\nX-Failed-Recipients: dora@example.org\nSubject: Mail delivery failed: returning message to sender", "This message was created automatically by mail delivery software."),
    "Exchange": ("From: System Administrator <postmaster@example.org>\nSubject: Undeliverable: Issue 7", "Your message did not reach some or all of the intended recipients.\nThe following recipient(s) could not be reached:"),
    "Notes": ("From: Postmaster@example.org\nSubject: DELIVERY FAILURE: User dora not listed", "Your message\nSubject: Issue 7\nwas not delivered to: dora@example.org because: User unknown"),
    "null sender": ("Return-Path: <>\nFrom: sys@example.org\nSubject: Mail failed", "The mail could not be delivered to dora@example.org: 550 5.1.1 user unknown"),
    "Chinese": ("From: PostMaster@qq.com\nReturn-Path: <>\nSubject: 系统退信", "您的邮件无法投递 dora@qq.com 退信原因 550 mailbox not found"),
    "German": ("From: Mailer-Daemon@example.de\nSubject: Unzustellbar: Issue 7", "Die Nachricht konnte nicht zugestellt werden."),
    "a complaint": ("From: staff@example.org\nSubject: complaint", "--b\nContent-Type: text/plain\n\nSpam.\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n--b--", 'multipart/report; report-type=feedback-report; boundary="b"'),
    "Amazon": ("From: no-reply@sns.amazonaws.com\nSubject: AWS Notification Message", '{"notificationType":"Bounce","bounce":{"bounceType":"Permanent"}}'),
}  # fmt: skip


@pytest.mark.parametrize("case", PEOPLE)
def test_a_person_is_never_taken_for_a_machine(case):
    assert reading.read(mail(*PEOPLE[case])).klass == "accept"


@pytest.mark.parametrize("case", MACHINES)
def test_an_automatic_mail_is_told_and_never_read(case):
    result = reading.read(mail(MACHINES[case], "#11: I am away until Monday."), open_items=[11])

    assert result.klass == "auto"
    assert result.why
    assert (result.answers, result.commands, result.reply) == ([], [], None)


@pytest.mark.parametrize("case", BOUNCES)
def test_a_bounce_is_told(case):
    result = reading.read(mail(*BOUNCES[case]))

    assert result.klass == "bounce"
    assert result.failure is not None


@pytest.mark.parametrize(
    ("action", "status", "is_hard"),
    [("failed", "5.1.1", True), ("failed", "5.2.2", False), ("delayed", "4.4.1", False), ("failed", "4.7.1", False)],
)
def test_a_report_says_whose_address_failed_and_how(action, status, is_hard):
    result = reading.read(
        mail("From: MAILER-DAEMON@x.org\nSubject: x", STATUS.format(action=action, status=status), REPORT)
    )

    assert (result.failure.address, result.failure.status) == ("dora@example.org", status)
    assert result.failure.message_id == "letter.7@deliberation.example"
    assert result.failure.is_hard is is_hard


def test_a_receipt_is_no_answer():
    kind = 'multipart/report; report-type=disposition-notification; boundary="b"'
    body = "--b\nContent-Type: text/plain\n\nRead.\n--b\nContent-Type: message/disposition-notification\n\nDisposition: x\n--b--"

    assert reading.read(mail(PAT + "Subject: Read: Issue 7", body, kind)).klass == "auto"


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\x00\xff\x00", b"just words, no fields\n", b"%PDF-1.4\n\xff\xfe"])
def test_bytes_that_are_no_mail_are_kept_for_a_person(data):
    result = reading.read(data)

    assert (result.klass, result.problems) == ("reject", ["unparsable"])


def test_an_encrypted_mail_is_named_so():
    pgp = mail(
        PAT + "Subject: x",
        "--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b--",
        'multipart/encrypted; boundary="b"',
    )
    inline = mail(PAT + "Subject: x", "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----")
    smime = mail(PAT + "Subject: x", "MIIB", "application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m")

    assert [reading.read(data).problems for data in (pgp, inline, smime)] == [["encrypted"]] * 3


def test_a_clear_signed_text_is_read_without_its_armour():
    text = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n#11: yes\n- - dashed\n-----BEGIN PGP SIGNATURE-----\n\nxx\n-----END PGP SIGNATURE-----\n"

    result = reading.read(mail(PAT + "Subject: x", text), open_items=[11])

    assert result.answers[0].text == "yes\n- dashed"


def test_a_picture_alone_is_no_text():
    body = "--b\nContent-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n/9j/4A==\n--b--"

    result = reading.read(mail(PAT + "Subject: x", body, 'multipart/mixed; boundary="b"'))

    assert result.problems == ["picture_only"]
    assert [(file.type, file.size) for file in result.files] == [("image/jpeg", 4)]


def test_a_file_goes_with_the_answer_it_stands_beside():
    body = (
        "--b\nContent-Type: text/plain\n\n#11: see the plan\n--b\nContent-Type: application/pdf; name=plan.pdf\n\n%PDF\n"
        "--b\nContent-Type: text/plain\n\n#12: see the map\n--b\nContent-Type: image/png\nContent-Disposition: attachment; filename=../map.png\n\nPNG\n"
        "--b\nContent-Type: text/plain\n\n#13: nothing\n--b\nContent-Type: image/png; name=end.png\n\nPNG\n--b--"
    )

    result = reading.read(mail(PAT + "Subject: x", body, 'multipart/mixed; boundary="b"'), open_items=[11, 12, 13])

    assert [(file.name, file.code) for file in result.files] == [
        ("plan.pdf", "11"),
        ("_map.png", "12"),
        ("end.png", ""),
    ]
