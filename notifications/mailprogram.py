"""A mail program for the demo: writes an answer the way real ones do, and hands it in by LMTP as real bytes."""

import smtplib
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, make_msgid
from html import escape

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications import letters

STYLES = {
    "top": _("On top of the quoted mail, as Gmail does"),
    "inline": _("Between the quoted lines, as Thunderbird does"),
    "html": _("As HTML, as Outlook and Yahoo do"),
}
TIMEOUT = 15  # seconds


class NotTaken(Exception):
    """The mail was refused at the door; `args[0]` is what the door said."""


def parsed(letter):
    """The letter as the standard library reads it."""
    return message_from_bytes(bytes(letter.raw), policy=policy.default)


def quoted(letter):
    """The letter as a program quotes it."""
    return "\n".join(f"> {line}".rstrip() for line in letters.text_of(letter).rstrip("\n").split("\n"))


def attribution(letter):
    sent = timezone.localtime(letter.created_at)
    return f"On {sent:%a, %d %b %Y} at {sent:%H:%M}, {settings.SITE_NAME} <{_answers_to(letter)}> wrote:"


def answer(letter, *, text, style, sender, name=""):
    """The mail that answers a letter; `text` is all that was typed, in the style "inline" with the quotation."""
    mail = _mail(sender, name, _answers_to(letter), f"Re: {letter.subject}")
    mail["In-Reply-To"] = letter.message_id
    mail["References"] = letter.message_id
    text = text.replace("\r\n", "\n")
    if style == "html":
        mail.set_content(_html(letter, text), subtype="html", cte="quoted-printable")
    elif style == "inline":
        mail.set_content(f"{attribution(letter)}\n{text}\n", cte="quoted-printable")
    else:
        mail.set_content(f"{text}\n\n{attribution(letter)}\n\n{quoted(letter)}\n", cte="quoted-printable")
    return mail


def new(*, to, subject, text, sender, name=""):
    """A mail that answers nothing."""
    mail = _mail(sender, name, to, subject)
    mail.set_content(text.replace("\r\n", "\n"), cte="quoted-printable")
    return mail


def send(mail):
    """Hand a mail in at the LMTP door; raises NotTaken with what the door said."""
    try:
        with smtplib.LMTP(settings.LMTP_HOST, settings.LMTP_PORT, local_hostname="localhost", timeout=TIMEOUT) as door:
            door.send_message(mail)
    except smtplib.SMTPRecipientsRefused as refused:
        raise NotTaken(_said(*next(iter(refused.recipients.values())))) from refused
    except smtplib.SMTPResponseException as refused:
        raise NotTaken(_said(refused.smtp_code, refused.smtp_error)) from refused
    except OSError as error:
        raise NotTaken(f"{settings.LMTP_HOST}:{settings.LMTP_PORT}: {error}") from error


def _said(code, reason):
    return f"{code} {reason.decode('utf-8', 'replace') if isinstance(reason, bytes) else reason}"


def _mail(sender, name, to, subject):
    mail = EmailMessage()
    mail["From"] = formataddr((name, sender))
    mail["To"] = to
    mail["Subject"] = " ".join(subject.split())
    mail["Date"] = format_datetime(timezone.now())
    mail["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    return mail


def _answers_to(letter):
    """Where a mail program sends the answer: Reply-To, else From."""
    mail = parsed(letter)
    field = mail["Reply-To"] or mail["From"]
    return field.addresses[0].addr_spec if field and field.addresses else letter.sender


def _html(letter, text):
    own = "".join(f"<div>{escape(line) or '<br>'}</div>" for line in text.split("\n"))
    lines = "".join(f"<div>{escape(line) or '<br>'}</div>" for line in letters.text_of(letter).rstrip("\n").split("\n"))
    return (
        f'<html><head></head><body><div dir="auto">{own}</div><div><br></div>'
        f'<div id="mail_quoted"><div>{escape(attribution(letter))}</div><div>{lines}</div></div></body></html>\n'
    )
