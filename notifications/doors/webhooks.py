"""The provider's door: a mail provider posts what came for us, and what became of what we sent (django-anymail).

A mail is answered with 200 only after it is stored; whatever else happens, the provider posts it again later.
"""

import base64
import json
import re
from datetime import timedelta
from email import policy
from email.parser import BytesParser

from anymail.webhooks import mailgun, mailjet, mandrill, postmark, sparkpost
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from members.models import Member
from notifications import addresses, inbound
from notifications.bounces import complaints, scores
from notifications.doors import gate, heads
from notifications.intake import oversize
from notifications.models import Letter


class SparkPostInbound(sparkpost.SparkPostInboundWebhookView):
    """Also takes mail that is not UTF-8, at which django-anymail's stops."""

    def esp_to_anymail_event(self, event_class, event, raw_event):
        content = event["content"]
        raw = content["email_rfc822"].encode("utf-8", "surrogatepass")
        if content.get("email_rfc822_is_base64"):
            raw = base64.b64decode(raw)
        content.update(email_rfc822=raw.decode("utf-8", "replace"), email_rfc822_is_base64=False)
        found = super().esp_to_anymail_event(event_class, event, raw_event)
        found.raw = raw
        return found


PROVIDERS = {
    "mailgun": {
        "inbound": mailgun.MailgunInboundWebhookView,
        "inbound_mime": mailgun.MailgunInboundWebhookView,  # Mailgun sends raw mail to addresses that say "mime"
        "tracking": mailgun.MailgunTrackingWebhookView,
    },
    "mailjet": {"inbound": mailjet.MailjetInboundWebhookView, "tracking": mailjet.MailjetTrackingWebhookView},
    "mandrill": {"inbound": mandrill.MandrillCombinedWebhookView, "tracking": mandrill.MandrillCombinedWebhookView},
    "postmark": {"inbound": postmark.PostmarkInboundWebhookView, "tracking": postmark.PostmarkTrackingWebhookView},
    "sparkpost": {"inbound": SparkPostInbound, "tracking": sparkpost.SparkPostTrackingWebhookView},
}
KEYS = {"mailgun": "webhook_signing_key", "mandrill": "webhook_key"}  # who also signs, and how anymail calls the key
AROUND = 1_000_000  # bytes a provider adds to a mail
MOST_FIELDS = 200  # of a form
LETTER_DAYS = 10  # within which an event without a sign of its letter is about the last one to that address
MOST_TEXT = 200_000  # characters of an event that are searched

_OURS = re.compile(r"\b(?:reply|bounce)[+-][a-z2-7]{18,40}@[a-z0-9.-]{1,253}", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"[a-z0-9.-]{1,80}\.[0-9a-f]{1,16}@[a-z0-9.-]{1,253}", re.IGNORECASE)


class TooLarge(Exception):
    """More bytes than a mail may have; the provider is told so."""


def handler_of(provider, kind):
    """The anymail view for these words of the address; None when the site has not been set up for it."""
    view = PROVIDERS.get(provider, {}).get(kind)
    if view is None or provider != settings.WEBHOOK_PROVIDER or ":" not in settings.WEBHOOK_SECRET:
        return None
    key = {KEYS[provider]: settings.WEBHOOK_KEY} if provider in KEYS else {}
    return view(webhook_secret=settings.WEBHOOK_SECRET, **key)


def take(handler, request):
    """Check who posts, then take every event in; raises NotStored, TooLarge, or what anymail raises."""
    _read(request)
    handler.setup(request)
    handler.run_validators(request)
    for event in handler.parse_events(request):
        if event.event_type == "inbound":
            _take_mail(event)
        elif event.event_type in ("bounced", "rejected", "failed", "deferred", "complained"):
            _take_report(event)


# -- Mail --------------------------------------------------------------------------------------------------


def _take_mail(event):
    raw, message = _raw(event), event.message
    fields = heads.fields(raw)
    sender = heads.sender(fields) if message.envelope_sender is None else message.envelope_sender
    named = [message.envelope_recipient] if message.envelope_recipient else []
    ours = [address for address in named if addresses.parse(address).kind != "unknown"] or heads.recipients(fields)
    for address in ours:
        if not gate.ask(address, sender).is_open:
            continue  # said to nobody, as with any wrong address; to try again would not help the provider
        envelope = inbound.Envelope(recipient=address, sender=sender, door="webhook")
        if len(raw) > settings.MAX_MAIL_BYTES:
            oversize.note(raw[: raw.find(b"\n\n") + 2 or AROUND][:AROUND], envelope, len(raw))
        else:
            inbound.accept(raw, envelope)


def _raw(event):
    """The bytes of the mail as it came, where the provider gives them; else put together again from its parts."""
    posted = event.esp_event
    if isinstance(posted, dict):
        text = posted.get("RawEmail") or (posted.get("msg") or {}).get("raw_msg") or ""
        raw = getattr(event, "raw", b"") or text.encode("utf-8", "replace")
    else:
        raw = posted.whole_mail
    if raw:
        return raw
    try:
        return event.message.as_bytes(policy=policy.SMTP)
    except (UnicodeError, LookupError, ValueError):  # a charset that is none, or does not fit
        return event.message.as_string(policy=policy.compat32).encode("utf-8", "replace")


# -- What became of ours -----------------------------------------------------------------------------------


def _take_report(event):
    letter = _letter_of(event)
    if letter is None:
        return
    if event.event_type == "complained":
        complaints.take(letter)
        return
    text = " ".join(filter(None, (event.mta_response, event.description)))[:1_000]
    scores.reported(letter, event.event_type, text=text, reason=event.reject_reason or "")


def _letter_of(event):
    """The letter an event is about: it names one of its addresses or its Message-ID, or it went there last."""
    recipient = (event.recipient or "").strip().lower()
    owner = Member.objects.by_address(recipient)
    # The letters of a member have an index; those to somebody else (an invitation) are few and told by their ids.
    theirs = Letter.objects.filter(recipient=recipient).select_related("member")
    lately = theirs.filter(member=owner) if owner else theirs.none()
    text = json.dumps(_plain(event.esp_event), default=str)[:MOST_TEXT]
    codes = {addresses.parse(address).code for address in _OURS.findall(text)[:20]} - {None}
    ids = [f"<{found}>" for found in _MESSAGE_ID.findall(text)[:50]]
    found = theirs.filter(code__in=codes).first() or theirs.filter(message_id__in=ids).first()
    since = timezone.now() - timedelta(days=LETTER_DAYS)
    return found or lately.filter(state=Letter.State.SENT, sent_at__gt=since).order_by("-sent_at").first()


def _plain(posted):
    return posted.dict() if isinstance(posted, QueryDict) else posted


# -- The request -------------------------------------------------------------------------------------------


def _read(request):
    """Read the body, which may be as large as a mail, where other pages take a small form only."""
    most = settings.MAX_MAIL_BYTES * 3 // 2 + AROUND  # base64 makes it a third larger, JSON some more
    body = request.read(most + 1)
    if len(body) > most:
        raise TooLarge
    request._body, request.whole_mail = body, b""
    if request.content_type == "multipart/form-data":
        _read_form(request, body)


def _read_form(request, body):
    """Fields and files of a form. Django's own reader takes no field of a megabyte, and a whole mail is one field."""
    kind = request.META["CONTENT_TYPE"].encode("ascii", "replace").replace(b"\r", b"").replace(b"\n", b"")
    parsed = BytesParser(policy=policy.HTTP).parsebytes(b"Content-Type: " + kind + b"\r\n\r\n" + body)
    fields, files = QueryDict(mutable=True), MultiValueDict()
    for part in parsed.get_payload()[:MOST_FIELDS] if parsed.is_multipart() else ():
        name = part.get_param("name", header="content-disposition")
        value = part.get_payload(decode=True)
        if not name or value is None:
            continue
        if filename := part.get_filename():
            files.appendlist(name, SimpleUploadedFile(filename, value, part.get_content_type()))
            continue
        if name == "body-mime":
            request.whole_mail = value
        fields.appendlist(name, value.decode("utf-8", "replace"))
    request._post, request._files = fields, files
