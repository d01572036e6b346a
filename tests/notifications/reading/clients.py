"""Replies as mail programs write them: every program times every language, made from one table of their words.

`digest(program, language)` and `letter(program, language)` give a `Sample`: raw bytes, what was sent, what must be read.
"""

import dataclasses
import html
import textwrap
from email.header import Header

ADDRESS = "reply+d7enk3y@deliberation.example"
CHARSETS = {
    "en": "us-ascii",
    "fr": "iso-8859-1",
    "es": "windows-1252",
    "de": "iso-8859-15",
    "ru": "koi8-r",
    "zh": "gb2312",
    "ar": "windows-1256",
}


@dataclasses.dataclass(frozen=True)
class Words:
    """What one language's programs and people write."""

    desk: str
    first: str  # answer to 11
    second: str  # answer to 12
    issue: str
    gmail: str
    outlook: tuple  # From, Sent, To, Subject
    day: str
    original: str
    phone: str
    apple: str
    thunderbird: str
    closing: str


LANGUAGES = {
    "en": Words(
        "Deliberation Desk", "Yes, but only from 8 to 14, and never on a public holiday.", "No. Saturday is the day of the other market.",
        'Digest 7 of "Market street": 4 questions for you. Answers count until Friday 8 March 2024, 18:00 UTC.\nAnswer by replying: write under a question, or start a line with its number, for example  #12: my answer\n\n'
        '[#11] Should the street be closed to cars on market days?\nSo far: 14 yes, 9 no. Newest comment: "Deliveries must stay possible."\n\n[#12] Should the market move to Saturday?\nSo far: 5 yes, 11 no.\n\n'
        "[#13] What should happen to the parking spaces?\n\n[#14] (closed on 1 March) Where should the bus stop go?\n\nEnd of digest 7. Stop these mails: https://deliberation.example/u/abc\n",
        "On Wed, Mar 6, 2024 at 7:00 AM {name} <{mail}> wrote:", ("From", "Sent", "To", "Subject"), "Wednesday, March 6, 2024 7:00 AM", "Original Message", "Sent from my iPhone",
        "On 6 Mar 2024, at 07:00, {name} <{mail}> wrote:", "On 06/03/2024 07:00, {name} wrote:", "Kind regards,",
    ),
    "fr": Words(
        "Bureau de délibération", "Oui, mais seulement de 8 h à 14 h, et jamais les jours fériés.", "Non. Le samedi est déjà le jour de l'autre marché.",
        "Résumé 7 de « Rue du marché » : 4 questions pour vous. Les réponses comptent jusqu'au vendredi 8 mars 2024, 18:00 UTC.\nRépondez à ce courriel : écrivez sous une question, ou commencez une ligne par son numéro, par exemple  #12: ma réponse\n\n"
        "[#11] Faut-il fermer la rue aux voitures les jours de marché ?\nJusqu'ici : 14 oui, 9 non.\n\n[#12] Faut-il déplacer le marché au samedi ?\nJusqu'ici : 5 oui, 11 non.\n\n"
        "[#13] Que faire des places de stationnement ?\n\n[#14] (close le 1er mars) Où mettre l'arrêt de bus ?\n\nFin du résumé 7. Ne plus recevoir : https://deliberation.example/u/abc\n",
        "Le mer. 6 mars 2024 à 07:00, {name} <{mail}> a écrit :", ("De", "Envoyé", "À", "Objet"), "mercredi 6 mars 2024 07:00", "Message d'origine", "Envoyé de mon iPhone",
        "Le 6 mars 2024 à 07:00, {name} <{mail}> a écrit :", "Le 06/03/2024 à 07:00, {name} a écrit :", "Bien cordialement,",
    ),
    "es": Words(
        "Equipo de Deliberación", "Sí, pero solo de 8 a 14, y nunca en días festivos.", "No. El sábado ya es el día del otro mercado.",
        "Resumen 7 de «Calle del mercado»: 4 preguntas para usted. Las respuestas cuentan hasta el viernes 8 de marzo de 2024, 18:00 UTC.\nResponda a este correo: escriba debajo de una pregunta o empiece una línea con su número, por ejemplo  #12: mi respuesta\n\n"
        "[#11] ¿Debe cerrarse la calle a los coches los días de mercado?\nHasta ahora: 14 sí, 9 no.\n\n[#12] ¿Debe pasar el mercado al sábado?\nHasta ahora: 5 sí, 11 no.\n\n"
        "[#13] ¿Qué hacer con las plazas de aparcamiento?\n\n[#14] (cerrada el 1 de marzo) ¿Dónde poner la parada de autobús?\n\nFin del resumen 7. No recibir más: https://deliberation.example/u/abc\n",
        "El mié, 6 mar 2024 a las 7:00, {name} (<{mail}>) escribió:", ("De", "Enviado", "Para", "Asunto"), "miércoles, 6 de marzo de 2024 7:00", "Mensaje original", "Enviado desde mi iPhone",
        "El 6 mar 2024, a las 7:00, {name} <{mail}> escribió:", "El 06/03/2024 a las 7:00, {name} escribió:", "Un saludo,",
    ),
    "de": Words(
        "Redaktion Marktstraße", "Ja, aber nur von 8 bis 14 Uhr, und nie an Feiertagen.", "Nein. Am Samstag ist schon der andere Markt.",
        "Übersicht 7 zu „Marktstraße“: 4 Fragen an Sie. Antworten zählen bis Freitag, 8. März 2024, 18:00 UTC.\nAntworten Sie auf diese Mail: schreiben Sie unter eine Frage oder beginnen Sie eine Zeile mit ihrer Nummer, zum Beispiel  #12: meine Antwort\n\n"
        "[#11] Soll die Straße an Markttagen für Autos gesperrt werden?\nBisher: 14 ja, 9 nein.\n\n[#12] Soll der Markt auf Samstag verlegt werden?\nBisher: 5 ja, 11 nein.\n\n"
        "[#13] Was soll mit den Parkplätzen geschehen?\n\n[#14] (geschlossen am 1. März) Wohin soll die Bushaltestelle?\n\nEnde der Übersicht 7. Abbestellen: https://deliberation.example/u/abc\n",
        "Am Mi., 6. März 2024 um 07:00 Uhr schrieb {name} <{mail}>:", ("Von", "Gesendet", "An", "Betreff"), "Mittwoch, 6. März 2024 07:00", "Ursprüngliche Nachricht", "Von meinem iPhone gesendet",
        "Am 06.03.2024 um 07:00 schrieb {name} <{mail}>:", "Am 06.03.2024 um 07:00 schrieb {name}:", "Mit freundlichen Grüßen",
    ),
    "ru": Words(
        "Редакция обсуждений", "Да, но только с 8 до 14 часов и никогда по праздникам.", "Нет. В субботу уже работает другой рынок.",
        "Сводка 7 «Рыночная улица»: 4 вопроса для вас. Ответы принимаются до пятницы 8 марта 2024 г., 18:00 UTC.\nОтветьте на это письмо: пишите под вопросом или начните строку с его номера, например  #12: мой ответ\n\n"
        "[#11] Закрывать ли улицу для машин в рыночные дни?\nПока: 14 за, 9 против.\n\n[#12] Перенести ли рынок на субботу?\nПока: 5 за, 11 против.\n\n"
        "[#13] Что делать с местами для стоянки?\n\n[#14] (закрыт 1 марта) Где поставить остановку автобуса?\n\nКонец сводки 7. Отписаться: https://deliberation.example/u/abc\n",
        "ср, 6 мар. 2024 г. в 07:00, {name} <{mail}>:", ("От", "Отправлено", "Кому", "Тема"), "6 марта 2024 г. 7:00", "Исходное сообщение", "Отправлено с iPhone",
        "6 марта 2024 г., в 07:00, {name} <{mail}> написал(а):", "06.03.2024 07:00, {name} пишет:", "С уважением,",
    ),
    "zh": Words(
        "协商服务台", "同意，但只在八点到十四点之间，节假日除外。", "不同意。星期六已经是另一个集市的日子。",
        "“市场街”摘要第7期：有4个问题等您回答。回答截止时间为2024年3月8日星期五18:00（UTC）。\n回复本邮件即可：在问题下面书写，或者用问题编号开始一行，例如  #12: 我的回答\n\n"
        "[#11] 集市日是否应禁止汽车通行？\n目前：14票同意，9票反对。\n\n[#12] 集市是否应改到星期六？\n目前：5票同意，11票反对。\n\n"
        "[#13] 停车位应如何处理？\n\n[#14] （3月1日已结束）公交车站应设在哪里？\n\n第7期摘要结束。停止接收：https://deliberation.example/u/abc\n",
        "{name} <{mail}> 于2024年3月6日周三 07:00写道：", ("发件人", "发送时间", "收件人", "主题"), "2024年3月6日 7:00", "原始邮件", "发自我的iPhone",
        "在 2024年3月6日，07:00，{name} <{mail}> 写道：", "在 2024/3/6 7:00, {name} 写道:", "此致",
    ),
    "ar": Words(
        "فريق التشاور", "نعم، ولكن من الثامنة إلى الثانية فقط، وليس في أيام العطل.", "لا. يوم السبت هو يوم السوق الأخرى.",
        "الملخص 7 من «شارع السوق»: 4 أسئلة لك. تُحتسب الإجابات حتى الجمعة 8 مارس 2024، الساعة 18:00 بالتوقيت العالمي.\nأجب بالرد على هذه الرسالة: اكتب تحت السؤال، أو ابدأ سطرًا برقمه، مثلًا  #12: إجابتي\n\n"
        "[#11] هل يجب إغلاق الشارع أمام السيارات في أيام السوق؟\nحتى الآن: 14 نعم، 9 لا.\n\n[#12] هل يجب نقل السوق إلى يوم السبت؟\nحتى الآن: 5 نعم، 11 لا.\n\n"
        "[#13] ماذا نفعل بأماكن وقوف السيارات؟\n\n[#14] (أُغلق في 1 مارس) أين توضع محطة الحافلات؟\n\nنهاية الملخص 7. لإيقاف الرسائل: https://deliberation.example/u/abc\n",
        "\u202bفي الأربعاء، 6 مارس 2024 في 7:00 ص تمت كتابة ما يلي بواسطة \u202a{name}\u202c\u200f <\u202a{mail}\u202c\u200f>:\u202c", ("من", "تاريخ الإرسال", "إلى", "الموضوع"), "الأربعاء، ٦ مارس ٢٠٢٤ ٧:٠٠ ص", "رسالة أصلية", "أرسلت من iPhone",
        "في ٦ مارس ٢٠٢٤، الساعة ٧:٠٠ ص، كتب {name} <{mail}>:", "في 06/03/2024 7:00 ص، كتب {name}:", "مع التحية،",
    ),
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Sample:
    raw: bytes
    sent: str
    answers: dict
    reply: str
    quoted: str


def quote(text, width=72):
    """Text as plain programs quote it: wrapped again, marked."""
    rows = [row for line in text.rstrip("\n").split("\n") for row in (textwrap.wrap(line, width) or [""])]
    return "\n".join("> " + row if row else ">" for row in rows)


def _mail(words, body, *, subtype="plain", charset="utf-8", extra="", mailer=""):
    subject = Header("Re: " + words.issue.split("\n")[0][:40], "utf-8").encode()
    head = (
        "From: Pat Participant <participant@example.org>\n"
        f"To: {Header(words.desk, 'utf-8').encode()} <{ADDRESS}>\nSubject: {subject}\n"
        "Date: Thu, 7 Mar 2024 09:30:00 +0000\nMessage-ID: <s1@example.org>\nIn-Reply-To: <digest.7@deliberation.example>\n"
        f"{mailer}MIME-Version: 1.0\nContent-Type: text/{subtype}; charset={charset}{extra}\nContent-Transfer-Encoding: 8bit\n\n"
    )
    return head.encode() + body.encode(charset if charset != "gb2312" else "gbk", "replace")


def _rows_html(text):
    return "".join(f"<div>{html.escape(row)}</div>" if row else "<div><br></div>" for row in text.split("\n"))


def _wrapped_attribution(text):
    return text.replace(" <", " <\n", 1) if len(text) > 70 and " <" in text else text


def gmail(words, new, body, charset):
    attribution = _wrapped_attribution(words.gmail.format(name=words.desk, mail=ADDRESS))
    return _mail(words, f"{new}\n\n{attribution}\n\n{quote(body)}\n", charset="utf-8")


def gmail_html(words, new, body, charset):
    attribution = html.escape(words.gmail.format(name=words.desk, mail=ADDRESS))
    return _mail(
        words,
        f'<div dir="auto">{_rows_html(new)}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">{attribution}<br></div>'
        f'<blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">{_rows_html(body)}</blockquote></div>',
        subtype="html",
    )


def outlook(words, new, body, charset):
    frm, sent, to, subject = words.outlook
    block = (
        f"{frm}: {words.desk} <{ADDRESS}>\n{sent}: {words.day}\n{to}: Pat Participant\n{subject}: {words.issue[:30]}"
    )
    return _mail(words, f"{new}\n\n{block}\n\n{body}", charset=charset, mailer="X-Mailer: Microsoft Outlook 16.0\n")


def outlook_html(words, new, body, charset):
    frm, sent, to, subject = words.outlook
    rows = "".join(f"<p class=MsoNormal>{html.escape(row) or '<o:p>&nbsp;</o:p>'}</p>" for row in new.split("\n"))
    quoted = "".join(f"<p class=MsoNormal>{html.escape(row) or '&nbsp;'}</p>" for row in body.split("\n"))
    return _mail(
        words,
        f'<html><body lang=EN-US><div class=WordSection1>{rows}<p class=MsoNormal><o:p>&nbsp;</o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">'
        f"<p class=MsoNormal><b>{frm}:</b> {words.desk} &lt;{ADDRESS}&gt; <br><b>{sent}:</b> {words.day}<br><b>{to}:</b> Pat Participant<br><b>{subject}:</b> {html.escape(words.issue[:30])}</p></div></div>{quoted}</div></body></html>",
        subtype="html",
        charset=charset,
    )


def outlook_web(words, new, body, charset):
    frm, sent, to, subject = words.outlook
    return _mail(
        words,
        f'<html><body dir="ltr"><div class="elementToProof">{_rows_html(new)}</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri">'
        f"<b>{frm}:</b> {words.desk} &lt;{ADDRESS}&gt;<br><b>{sent}:</b> {words.day}<br><b>{to}:</b> Pat<br><b>{subject}:</b> x</font><div>&nbsp;</div></div><div>{_rows_html(body)}</div></body></html>",
        subtype="html",
    )


def apple(words, new, body, charset):
    attribution = words.apple.format(name=words.desk, mail=ADDRESS)
    return _mail(words, f"{new}\n\n{words.phone}\n\n> {attribution}\n> \n{quote(body, 400)}\n")


def thunderbird(words, new, body, charset):
    attribution = words.thunderbird.format(name=words.desk, mail=ADDRESS)
    flowed = "\n".join(" \n".join(textwrap.wrap(row, 66)) for row in new.split("\n"))
    return _mail(
        words,
        f"{attribution}\n{quote(body, 400)}\n\n{flowed}\n\n-- \nPat Participant\n12 Hill Road\n",
        charset=charset,
        extra="; format=flowed",
    )


def yahoo(words, new, body, charset):
    attribution = html.escape(words.gmail.format(name=words.desk, mail=ADDRESS))
    return _mail(
        words,
        f'<html><head></head><body><div class="ydp1yahoo-style-wrap"><div dir="ltr">{_rows_html(new)}</div><div><br></div></div><div id="ydp2yahoo_quoted_5" class="ydp2yahoo_quoted"><div style="font-size:13px"><div>{attribution}</div><div><br></div><div>{_rows_html(body)}</div></div></div></body></html>',
        subtype="html",
    )


def hotmail(words, new, body, charset):
    return _mail(
        words,
        f"<html><body class='hmmessage'><div dir='ltr'>{_rows_html(new)}<br><div><hr id=\"stopSpelling\">Date: Wed, 6 Mar 2024 07:00:00 +0000<br>From: {ADDRESS}<br>To: participant@example.org<br>Subject: x<br><br>{_rows_html(body)}</div></div></body></html>",
        subtype="html",
    )


def aol(words, new, body, charset):
    frm, sent, to, subject = words.outlook
    return _mail(
        words,
        f"{new}\n\n\n-----{words.original}-----\n{frm}: {words.desk} <{ADDRESS}>\n{to}: Pat <participant@example.org>\n{sent}: {words.day}\n{subject}: x\n\n\n{body}",
        charset=charset,
    )


def gmx(words, new, body, charset):
    frm, sent, to, subject = words.outlook
    return _mail(
        words,
        f'<html><head></head><body><div style="font-family: Verdana;font-size: 12.0px;">{_rows_html(new)}<div>&nbsp;<div name="quote" style="margin:10px 5px 5px 10px; padding: 10px 0 10px 10px; border-left:2px solid #C3D9E5;">'
        f'<div style="margin:0 0 10px 0;"><b>{sent}:</b>&nbsp;{words.day}<br/><b>{frm}:</b>&nbsp;"{words.desk}" &lt;{ADDRESS}&gt;<br/><b>{to}:</b>&nbsp;participant@example.org<br/><b>{subject}:</b>&nbsp;x</div><div name="quoted-content">{_rows_html(body)}</div></div></div></div></body></html>',
        subtype="html",
    )


def samsung(words, new, body, charset):
    frm, sent, to, subject = words.outlook
    return _mail(
        words,
        f"{new}\n\n{words.phone.replace('iPhone', 'Galaxy')}\n\n-------- {words.original} --------\n{frm}: {words.desk} <{ADDRESS}> \n{sent}: {words.day}  (GMT+00:00) \n{to}: participant@example.org \n{subject}: x \n\n{body}",
    )


def qq(words, new, body, charset):
    return _mail(
        words,
        f'{_rows_html(new)}<div><br></div><div><br></div><div style="font-size: 12px;font-family: Arial Narrow;padding:2px 0 2px 0;">------------------&nbsp;原始邮件&nbsp;------------------</div><div style="font-size: 12px;background:#efefef;padding:8px;"><div><b>发件人:</b> "{words.desk}" &lt;{ADDRESS}&gt;;</div>'
        f'<div><b>发送时间:</b> 2024年3月6日(星期三) 下午3:00</div><div><b>收件人:</b> "Pat" &lt;participant@example.org&gt;;</div><div></div><div><b>主题:</b> x</div></div><div><br></div>{_rows_html(body)}',
        subtype="html",
        charset="gb18030",
    )


def netease(words, new, body, charset):
    rows = "\n".join(body.split("\n"))
    return _mail(
        words,
        f'{new}\n\n\n\n\n\nAt 2024-03-06 15:00:00, "{words.desk}" <{ADDRESS}> wrote:\n\n{quote(rows, 400).replace("> ", ">")}\n',
        charset="gb18030",
    )


def mail_ru(words, new, body, charset):
    return _mail(
        words,
        f'<HTML><BODY><div>{_rows_html(new)}</div><br><br><blockquote style="border-left:1px solid #0857A6; margin:10px; padding:0 0 0 10px;">Среда, 6 марта 2024, 7:00 +03:00 от {words.desk} &lt;{ADDRESS}&gt;:<br>&nbsp;<div>{_rows_html(body)}</div></blockquote></BODY></HTML>',
        subtype="html",
    )


def yandex(words, new, body, charset):
    return _mail(
        words,
        f'{_rows_html(new)}<div>&nbsp;</div><div>06.03.2024, 07:00, "{words.desk}" &lt;{ADDRESS}&gt;:</div><blockquote><p>{_rows_html(body)}</p></blockquote>',
        subtype="html",
    )


def proton(words, new, body, charset):
    attribution = html.escape(words.thunderbird.format(name=words.desk, mail=ADDRESS))
    return _mail(
        words,
        f'<div style="font-family: Arial">{_rows_html(new)}</div><div class="protonmail_signature_block"><div class="protonmail_signature_block-proton">Sent with Proton Mail secure email.</div></div><div class="protonmail_quote">{attribution}<br><blockquote class="protonmail_quote" type="cite">{_rows_html(body)}</blockquote></div>',
        subtype="html",
    )


def notes(words, new, body, charset):
    frm, sent, to, subject = words.outlook
    return _mail(
        words,
        f"{new}\n\n\n\n{frm}:\t{words.desk} <{ADDRESS}>\n{to}:\tPat Participant/Hill/Example@Example, \n{sent}:\t{words.day}\n{subject}:\t{words.issue[:20]}\n\n\n\n"
        + "\n".join(textwrap.wrap(body, 75, replace_whitespace=False)),
        charset=charset,
    )


def k9(words, new, body, charset):
    attribution = words.thunderbird.format(name=words.desk, mail=ADDRESS)
    return _mail(words, f"{new}\n\n{attribution}\n{quote(body, 70).replace('> ', '>')}\n", charset=charset)


def mutt(words, new, body, charset):
    return _mail(
        words,
        f"On Wed, Mar 06, 2024 at 07:00:00AM +0000, {words.desk} wrote:\n{quote(body, 76)}\n\n{new}\n\n-- \nPat\n",
        charset=charset,
    )


PROGRAMS = [
    gmail,
    gmail_html,
    outlook,
    outlook_html,
    outlook_web,
    apple,
    thunderbird,
    yahoo,
    hotmail,
    aol,
    gmx,
    samsung,
    qq,
    netease,
    mail_ru,
    yandex,
    proton,
    notes,
    k9,
    mutt,
]
OLD_CHARSET = {outlook, outlook_html, thunderbird, aol, notes, k9, mutt}


def digest(program, language):
    """An answer to two items, by tags, to an issue that the program quotes in its way."""
    words = LANGUAGES[language]
    tags = {"ar": ("#١١: ", "#١٢: "), "zh": ("＃11：", "第12题：")}.get(language, ("#11: ", "#12: "))
    if language == "ar" and program in OLD_CHARSET:
        tags = ("#11: ", "#12: ")  # windows-1256 has no Arabic-Indic digits
    new = f"{tags[0]}{words.first}\n{tags[1]}{words.second}"
    raw = program(words, f"{new}\n\n{words.closing}\nPat", words.issue, CHARSETS[language])
    return Sample(raw, words.issue, {"11": words.first, "12": words.second}, new, words.issue)


def letter(program, language):
    """A reply to one post, read without knowing what was sent."""
    words = LANGUAGES[language]
    new = f"{words.first}\n\n{words.second}"
    body = words.issue.split("[#12]")[0].replace("[#11] ", "")
    return Sample(program(words, new, body, CHARSETS[language]), "", {}, new, body)
