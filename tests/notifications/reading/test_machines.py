# ruff: noqa: E501 (mails and tables of samples read better unbroken)
"""Mails of machines and the mails of people that look like them, in the six languages and more. Our own samples."""

import pytest

from notifications import reading

ANSWER = "In-Reply-To: <issue.7@deliberation.example>\n"


def mail(headers, body):
    head = headers if "From:" in headers else "From: Pat <pat@example.org>\n" + headers
    return f"{head}\nTo: reply@deliberation.example\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{body}\n".encode()


# name: (header lines, text)
MACHINES = {
    "en Exchange": ("Subject: Automatic reply: Issue 7\nX-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent", "I am away until 4 May. For urgent matters write to Ana."),
    "en Outlook 2003": ("Subject: Out of Office AutoReply: Issue 7", "I will be back on Monday."),
    "en Gmail": ("Subject: On leave Re: Issue 7\nPrecedence: bulk\nX-Autoreply: yes\n" + ANSWER.strip(), "I read mail again in June."),
    "en Sieve": ("Subject: Auto: Issue 7\nAuto-Submitted: auto-replied (vacation)", "Gone fishing."),
    "en BSD vacation": ("Subject: away from my mail\nPrecedence: bulk\n" + ANSWER.strip(), "I will not be reading my mail for a while."),
    "en Domino": ("Subject: AUTO: Pat Doe is out of the office (returning 05/04/2026)", "I am out of the office until 05/04/2026."),
    "en Domino, old": ("Subject: Pat Doe is out of the office.\n" + ANSWER.strip(), "I will be out of the office starting 01.04."),
    "en qmail": ("Subject: Re: Issue 7\nDelivered-To: Autoresponder", "Thank you for writing."),
    "en AOL": ("Subject: Re: Issue 7 (Automatic Response)", "I am on the road this week."),
    "en short form": ("Subject: OOO: Issue 7\n" + ANSWER.strip(), "Back on Thursday."),
    "en Mailtraq": ("Subject: Thanks\nX-POST-MessageClass: 9; Autoresponder", "We have your mail."),
    "en FirstClass": ("Subject: Away\nX-FC-MachineGenerated: true", "Away."),
    "en cPanel": ("Subject: We got it\nX-Autorespond: Issue 7", "We will answer."),
    "en ticket": ("Subject: [Ticket #4411] Received: Issue 7\nAuto-Submitted: auto-generated\nX-OTRS-Loop: yes", "Your request has the number 4411."),
    "en help desk": ("From: Desk <no-reply@desk.example.org>\nSubject: Re: Issue 7 [#4411]", "We received your request."),
    "en challenge": ("Subject: Please confirm your message\nAuto-Submitted: auto-replied", "Follow this link."),
    "en challenge without header": ("Subject: Verification required: Issue 7", "Your mail is on hold. To prove that you are a person, open https://example.net/c/1. You only need to do this once."),
    "en read, with words": ("Subject: Read: Issue 7\n" + ANSWER.strip(), "Your message\n\n  To: Pat\n  Subject: Issue 7\n\nwas read on Monday, 4 May 2026 9:12."),
    "en journal": ("Subject: Issue 7\nX-MS-Journal-Report:", "Sender: a@b.c"),
    "en cron": ("Subject: Cron <root@host> backup\nX-Cron-Env: <SHELL=/bin/sh>", "done"),
    "fr Exchange": ("Subject: Réponse automatique : Numéro 7", "Je suis absente jusqu'au 4 mai."),
    "fr Outlook": ("Subject: Absence du bureau : RE: Numéro 7", "Je serai de retour lundi."),
    "fr message": ("Subject: Message automatique\nAuto-Submitted: auto-replied", "Merci de votre message."),
    "fr en congé": ("Subject: En congés : Numéro 7\n" + ANSWER.strip(), "Je lirai vos messages à mon retour."),
    "fr lu": ("Subject: Lu : Numéro 7\n" + ANSWER.strip(), "Votre message\n\nÀ : Pat\nObjet : Numéro 7\n\na été lu le 4 mai 2026 à 09:12."),
    "es Exchange": ("Subject: Respuesta automática: Número 7", "Estoy de vacaciones."),
    "es Outlook": ("Subject: Fuera de la oficina: RE: Número 7", "Estaré de vuelta el lunes."),
    "es ausente": ("Subject: Ausente: Número 7\n" + ANSWER.strip(), "Vuelvo el lunes."),
    "es leído": ("Subject: Leído: Número 7\n" + ANSWER.strip(), "Su mensaje\n\nAsunto: Número 7\n\nse ha leído el lunes."),
    "ar Exchange": ("Subject: رد تلقائي: العدد 7", "أنا في إجازة حتى يوم الأحد."),
    "ar with article": ("Subject: الرد التلقائي - العدد 7", "سأعود يوم الأحد."),
    "ar away": ("Subject: خارج المكتب: العدد 7", "سأرد عليكم عند عودتي."),
    "ar leave": ("Subject: في إجازة: العدد 7\n" + ANSWER.strip(), "أعود في مايو."),
    "zh Outlook": ("Subject: 自动答复: 第7期", "我正在休假。"),
    "zh QQ": ("Subject: 自动回复:第7期", "您好，我已收到您的来信。"),
    "zh Taiwan": ("Subject: 自動回覆: 第7期", "我目前不在辦公室。"),
    "zh away": ("Subject: 不在办公室：第7期\n" + ANSWER.strip(), "下周一回来。"),
    "zh read": ("Subject: 已读: 第7期\n" + ANSWER.strip(), "您的邮件\n\n主题: 第7期\n\n已于 2026年5月4日 被阅读。"),
    "ru Exchange": ("Subject: Автоматический ответ: Выпуск 7", "Я в отпуске до 4 мая."),
    "ru mail.ru": ("Subject: Автоответ: Выпуск 7", "Отвечу позже."),
    "ru away": ("Subject: Нет на месте: Выпуск 7", "Буду в понедельник."),
    "ru leave": ("Subject: Отпуск: Выпуск 7\n" + ANSWER.strip(), "Вернусь 4 мая."),
    "de Exchange": ("Subject: Automatische Antwort: Ausgabe 7", "Ich bin am 4. Mai wieder da."),
    "de note": ("Subject: Abwesenheitsnotiz: Ausgabe 7", "Ich bin nicht im Haus."),
    "de Domino": ("Subject: Pat Doe ist außer Haus.\n" + ANSWER.strip(), "Ich kehre am 4. Mai zurück."),
    "pt": ("Subject: Resposta automática: Edição 7", "Estou de férias."),
    "ja": ("Subject: 自動応答: 第7号", "休暇中です。"),
    "ko": ("Subject: 자동 회신: 7호", "휴가 중입니다."),
    "pl in brackets": ("Subject: [Automatyczna odpowiedź] Numer 7", "Jestem na urlopie."),
    "it": ("Subject: Risposta automatica: Numero 7", "Sono in ferie."),
    "tr": ("Subject: Otomatik Yanıt: Sayı 7", "İzindeyim."),
    "hi": ("Subject: स्वचालित उत्तर: अंक 7", "मैं छुट्टी पर हूँ।"),
    "en only the subject": ("Subject: Out of Office: Issue 7", "I am out of the office until 12 May."),
    "en marked by a gateway": ("Subject: [EXTERNAL] Automatic reply: Issue 7", "Gone."),
    "en marked as spam": ("Subject: ***SPAM*** Out of Office AutoReply: Issue 7", "Gone."),
    "en Sieve without its header": ("Subject: Auto: Issue 7\n" + ANSWER.strip(), "Gone fishing."),
    "en Yahoo": ("Subject: Yahoo! Auto Response", "I am away."),
    "en, and nothing but its first sentence": ("Subject: Re: Issue 7\n" + ANSWER.strip(), "Dear Sir or Madam,\n\nThis is an automated response. We have received your message."),
    "fr, and nothing but its first sentence": ("Subject: Re: Numéro 7\n" + ANSWER.strip(), "Ceci est un message automatique. Je suis absent."),
    "zh, and nothing but its first sentence": ("Subject: 回复: 第7期\n" + ANSWER.strip(), "这是来自QQ邮箱的假期自动回复邮件。您好，我正在休假。"),
    "en help desk without marks": ("From: Desk <support@desk.example.org>\nSubject: [Request received] Issue 7", "Your request (4411) has been received and is being reviewed by our support staff."),
    "en ticket without marks": ("Subject: [Ticket#4411] RE: Issue 7", "Your e-mail with ticket number 4411 is received by us and will be answered as soon as possible."),
    "en guard": ("Subject: Re: Issue 7\n" + ANSWER.strip(), "I am protecting myself from receiving junk mail. Please click the link below to complete the verification.\nYou have to do this only once."),
    "en TMDA": ("Subject: Issue 7\nReply-To: pat-confirm-1234.abcd@example.org\nX-Delivery-Agent: TMDA/1.1.12", "Reply to this."),
    "any header named so": ("Subject: Re: Issue 7\nX-Example-AutoResponder: 1\n" + ANSWER.strip(), "Gone."),
    "a list server": ("From: LISTSERV <listserv@lists.example.org>\nSubject: Your message to STAFF", "It has been submitted to the moderator."),
    "it is away": ("Subject: Fuori sede: Re: Numero 7", "Sono in ferie."),
    "is": ("Subject: Sjálfvirkt svar: 7", "Í fríi."),
    "eu": ("Subject: Erantzun automatikoa: 7", "Oporretan."),
    "th": ("Subject: การตอบกลับอัตโนมัติ: 7", "ลาพักร้อน"),
    "an absence without a return path": ("Return-Path: <>\nSubject: Re: Issue 7\n" + ANSWER.strip(), "I am out of the office until Monday."),
    "list": ("Subject: Water\nPrecedence: list\nSender: water-bounces@lists.example.org", "I agree."),
}  # fmt: skip

PEOPLE = {
    "en will be away": ("Subject: Re: Issue 7\n" + ANSWER.strip(), "I am out of office next week, but my answer is yes. I will be back on Monday."),
    "en about automatic replies": ("Subject: Automatic replies and how we stop them", "My proposal: no automatic reply to any list."),
    "en answers an automatic reply": ("Subject: Re: Automatic reply: Issue 7\n" + ANSWER.strip(), "Sorry, I was away. Yes to the first."),
    "en Exchange mailbox": ("Subject: Re: Issue 7\nX-Auto-Response-Suppress: DR, OOF, AutoReply\nX-MS-Has-Attach:\n" + ANSWER.strip(), "I am on leave, but yes."),
    "en Exchange mailbox, absence as topic": ("Subject: Out of office next week\nX-Auto-Response-Suppress: DR, OOF, AutoReply\nThread-Topic: x", "I will be back on Monday, please go on without me."),
    "en gateway marks all as bulk": ("Subject: Re: Issue 7\nPrecedence: bulk\nX-Mailer: Microsoft Outlook 16.0\n" + ANSWER.strip(), "I am on leave and will return on Monday. I support the second option."),
    "en Fastmail": ("Subject: A question\nFeedback-ID: i1234:Fastmail", "When does the phase end?"),
    "en undelivered as topic, webmail": ("Subject: Undelivered mail from the ministry", "Their letters could not be delivered because the address does not exist."),
    "en about a returned mail": ("Subject: Re: Undelivered Mail Returned to Sender\n" + ANSWER.strip(), "My last answer came back: 550 5.1.1 user unknown. Here it is again: yes."),
    "en administrator": ("From: System Administrator <admin@example.org>\nSubject: Re: Issue 7\n" + ANSWER.strip(), "The mailbox of the recipient is no longer in use. My vote: yes."),
    "en sends through a list host": ("Return-Path: <bounces-77-pat=example.org@mail.example.net>\nSubject: Re: Issue 7\n" + ANSWER.strip(), "The recipients of help should be asked; they are not listed below."),
    "en quotes a robot": ("Subject: Re: Issue 7\n" + ANSWER.strip(), "No.\n\n> This is an automatically generated message. Do not reply to this mail."),
    "en auto-submitted no": ("Subject: Re: Issue 7\nAuto-Submitted: no (a person)\n" + ANSWER.strip(), "Yes."),
    "en read as topic": ("Subject: Read: the new report on water", "I have read it, and page 4 is wrong."),
    "en asks about automatic replies": ("Subject: Auto reply - how do I switch it off?", "My phone sends it to every digest."),
    "en types about automatic replies": ("Subject: Automatic reply: a plague\nUser-Agent: Mozilla Thunderbird", "They come back to every digest."),
    "en absence of delegates": ("Subject: Out of office: a proposal for delegates", "Their deputies should vote when they travel."),
    "en absence as topic of an answer": ("Subject: Absence: why nobody came\n" + ANSWER.strip(), "The hall was closed."),
    "en gateway drops the return path": ("Return-Path: <>\nSubject: Re: Issue 7\n" + ANSWER.strip(), "Yes to the second option."),
    "en gateway drops the return path of a first mail": ("Return-Path: <>\nSubject: Wells\nUser-Agent: mu4e 1.8", "Test the wells."),
    "en bounces told by a person whose mail says that no program sent it": ("Subject: Undeliverable mail to Ana\nAuto-Submitted: no", "My mail to Ana could not be delivered: user unknown."),
    "en behind TMDA": ("Subject: Re: Issue 7\nX-Delivery-Agent: TMDA/1.1.12\n" + ANSWER.strip(), "Yes."),
    "en postmaster about a mailbox": ("From: Ana <postmaster@example.org>\nSubject: Re: Issue 7\n" + ANSWER.strip(), "The old mailbox does not exist, user unknown. My vote: yes."),
    "en a gateway drops the return path of thanks": ("Return-Path: <>\nSubject: Re: Issue 7\n" + ANSWER.strip(), "Thank you for your proposal. Yes."),
    "en what does not exist": ("Return-Path: <>\nSubject: Re: Issue 7\n" + ANSWER.strip(), "The bridge does not exist."),
    "en a postman": ("From: Pat <mailman@example.org>\nSubject: Re: Issue 7", "Yes."),
    "en excludes automatic replies": ("Subject: Re: Issue 7\nX-Autoreply-Exclude: all\n" + ANSWER.strip(), "Yes."),
    "en ticket of a bus": ("Subject: Ticket #44: I paid already", "I bought ticket 44 for the bus. Your request has been received, they said."),
    "en pasted automatic reply": ("Subject: What is this?", "Look:\n\nThis is an automatic reply. I am out of the office.\n\nWhy do I get it?"),
    "fr question": ("Subject: Réponse automatique ou humaine ?", "Je préfère une réponse humaine."),
    "fr congés": ("Subject: Re: Numéro 7\n" + ANSWER.strip(), "Je suis en congé à partir de lundi. Ma réponse : oui."),
    "fr absence": ("Subject: Absence des petits pays", "Il faut parler de l'absence des petits pays."),
    "es vacaciones": ("Subject: Vacaciones escolares y consultas", "Propongo otra fecha, estaré de vuelta en mayo."),
    "es correo devuelto": ("Subject: Re: correo devuelto\n" + ANSWER.strip(), "Mi respuesta fue devuelta, la repito: sí."),
    "ar leave": ("Subject: Re: العدد 7\n" + ANSWER.strip(), "سأكون في إجازة، وجوابي نعم."),
    "ar topic": ("Subject: الإجازة السنوية للعاملين", "أقترح تغيير القاعدة."),
    "zh leave": ("Subject: 回复: 第7期\n" + ANSWER.strip(), "我下周休假，但我同意。收到您的邮件，谢谢。"),
    "zh topic": ("Subject: 关于自动回复的建议", "请不要再发自动回复。"),
    "ru leave": ("Subject: Re: Выпуск 7\n" + ANSWER.strip(), "Я в отпуске, вернусь в мае, но мой ответ: да."),
    "ru topic": ("Subject: Отпуск и сроки обсуждения", "Прошу продлить срок."),
    "de leave": ("Subject: AW: Ausgabe 7\n" + ANSWER.strip(), "Ich bin ab Montag im Urlaub, bin ich wieder da, melde ich mich. Ja zu 1."),
    "de cars": ("Subject: Auto: ja oder nein?", "Ich bin für autofreie Tage."),
    "an invitation declined with words": ("Subject: Declined: hearing\n" + ANSWER.strip(), "I cannot come, but I want to say that the second option is better."),
}  # fmt: skip


@pytest.mark.parametrize("case", MACHINES)
def test_a_machine_is_told_by_what_only_machines_write(case):
    result = reading.read(mail(*MACHINES[case]))

    assert result.klass == "auto", result.why


@pytest.mark.parametrize("case", PEOPLE)
def test_a_person_who_looks_like_a_machine_is_read(case):
    result = reading.read(mail(*PEOPLE[case]))

    assert (result.klass, result.why) == ("accept", "")
    assert result.reply


LIST = "List-Id: <staff.example.org>\nPrecedence: {}\n"


@pytest.mark.parametrize("precedence", ["list", "bulk"])
def test_who_answers_through_a_list_is_a_person_and_what_answers_nothing_is_the_lists(precedence):
    marks = LIST.format(precedence)
    answer = reading.read(mail(f"Subject: Re: Issue 7\n{marks}{ANSWER.strip()}", "Yes."))
    notice = reading.read(mail(f"Subject: News of the week\n{marks}".strip(), "What happened."))

    assert (answer.klass, answer.reply) == ("accept", "Yes.")
    assert notice.klass == "auto"


@pytest.mark.parametrize("subject", ["Re: Issue 7", "[staff] Re: Issue 7", "[staff 89] RE: Issue 7", "Re[2]: Issue 7"])
def test_an_answer_through_a_list_need_not_name_what_it_answers(subject):
    answer = reading.read(mail(f"Subject: {subject}\n{LIST.format('list')}".strip(), "Yes."))

    assert (answer.klass, answer.reply) == ("accept", "Yes.")


@pytest.mark.parametrize("charset", ["iso-8859-2", "windows-1250", "shift_jis", "euc-kr", "tis-620", "koi8-r"])
def test_raw_letters_of_a_subject_are_in_the_charset_of_the_text(charset):
    words = {
        "shift_jis": "自動応答: 第7号",
        "euc-kr": "자동 회신: 7호",
        "tis-620": "ตอบกลับอัตโนมัติ: 7",
        "koi8-r": "Автоответ: 7",
    }
    subject = words.get(charset, "Automatyczna odpowiedź: 7")
    data = mail(f"Subject: {subject}", "x").decode().replace("utf-8", charset).encode(charset)

    assert (reading.read(data).klass, reading.read(data).subject) == ("auto", subject)


def test_a_service_that_writes_in_peoples_names_is_a_machine():
    data = mail(f"Subject: Re: [road] The bridge\n{LIST.format('list')}{ANSWER.strip()}", "Yes.")

    service = data.replace(data.split(b"From: ")[1].split(b"\n")[0], b"Pat <notifications@code.example>")

    assert reading.read(service).klass == "auto"


def test_who_presses_unsubscribe_in_apple_mail_is_obeyed():
    marks = "Auto-Submitted: auto-replied\nX-Apple-Unsubscribe: true"
    words = "Apple Mail sent this email to unsubscribe from the message “Issue 7”."

    pressed = reading.read(mail(f"Subject: STOP\n{marks}", words), open_items=[11])
    other = reading.read(mail(f"Subject: unsubscribe\n{marks}", words), open_items=[11])

    assert (pressed.klass, [command.verb for command in pressed.commands]) == ("accept", ["STOP"])
    assert (pressed.reply, pressed.answers) == (None, [])
    assert other.klass == "auto"


def calendar(words):
    event = "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nSUMMARY:Hearing\nEND:VEVENT\nEND:VCALENDAR"
    return (
        "From: Pat <pat@example.org>\nSubject: Accepted: Hearing\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n"
        f"--b\nContent-Type: text/plain; charset=utf-8\n\n{words}\n--b\nContent-Type: text/calendar; charset=utf-8; method=REPLY\n\n{event}\n--b--\n"
    ).encode()


@pytest.mark.parametrize("subject", ["What is this?", "My mail came back", "Re: Issue 7"])
def test_a_report_put_beside_a_persons_words_is_no_report(subject):
    parts = "--b\nContent-Type: text/plain\n\nLook. My answer is yes.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; ana@example.org\nAction: failed\nStatus: 5.1.1\n--b--"
    head = f"From: Pat <pat@example.org>\nSubject: {subject}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"

    assert reading.read((head + parts).encode()).klass == "accept"
    assert reading.read((head.replace("pat@", "mailer-daemon@") + parts).encode()).klass == "bounce"


def test_an_answer_to_an_invitation_is_a_machines_unless_a_person_wrote_into_it():
    assert reading.read(calendar("")).klass == "auto"
    assert reading.read(calendar("Pat has accepted this invitation.")).klass == "auto"
    assert reading.read(calendar("Ana has accepted the plan, so I need not come.")).klass == "accept"
    assert reading.read(calendar("I come, but only after ten.")).reply == "I come, but only after ten."
