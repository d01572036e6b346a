"""The provider's door, through real requests: the provider hears 200 only for what is stored."""

import base64
import hashlib
import hmac
import json
import time
from urllib.parse import quote

import pytest
from django.db import OperationalError
from django.test import Client

from forum.models import Post
from notifications import addresses, inbound
from notifications.intake import lookups
from notifications.models import Arrival, Bounce, Letter, Subscription
from tests.notifications.doors.nameserver import REJECTING, sign

SECRET = "site:long-word"


@pytest.fixture
def posts(settings, names):
    """A function that posts as a provider does; returns the status."""
    settings.WEBHOOK_SECRET = SECRET

    def post(provider, kind, data, *, secret=SECRET, content_type="application/json", **extra):
        settings.WEBHOOK_PROVIDER = provider
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        headers = {"HTTP_AUTHORIZATION": f"Basic {base64.b64encode(secret.encode()).decode()}"} if secret else {}
        body = json.dumps(data) if content_type == "application/json" else data
        path = f"/mail/webhooks/{provider}/{kind}/"
        return client.post(path, body, content_type=content_type, **headers, **extra).status_code

    return post


def postmark(raw, to, sender="dora@example.org"):
    """What Postmark posts with raw mail turned on."""
    return {
        "FromFull": {"Email": sender, "Name": ""},
        "OriginalRecipient": to,
        "RawEmail": raw.decode(),
        "Headers": [{"Name": "Return-Path", "Value": f"<{sender}>"}],
        "MessageID": "22c74902-a0c1-4511-804f2-341342852c90",
    }


def test_a_mail_is_stored_as_it_came_and_posted(world, postman, posts, names, key):
    names.records["_dmarc.example.org"] = [REJECTING]
    letter = postman.letter(world.dora, world.answer)
    to = addresses.reply(letter.code)
    raw = sign(postman.answer(letter, "Chez nous aussi : été, 水."), key[0])

    assert posts("postmark", "inbound", postmark(raw, to)) == 200

    arrival = Arrival.objects.get()
    assert (bytes(arrival.raw), arrival.recipient, arrival.door) == (raw, to, "webhook")
    inbound.process(arrival)
    assert arrival.authenticity == "dkim pass example.org"
    assert Post.objects.get(channel="mail").text == "Chez nous aussi : été, 水."


def test_a_mail_in_pieces_is_put_together_and_held_where_its_domain_wants_a_signature(world, postman, posts, names):
    letter = postman.letter(world.dora, world.answer)
    data = {
        "FromFull": {"Email": "dora@example.org", "Name": "Dora"},
        "ToFull": [{"Email": addresses.reply(letter.code), "Name": ""}],
        "Subject": "Re: A post",
        "TextBody": "Chez nous aussi.",
        "Headers": [{"Name": "Message-ID", "Value": "<1@example.org>"}],
        "Attachments": [
            {"Name": "a.txt", "ContentType": "text/plain", "Content": base64.b64encode("été".encode()).decode()}
        ],
    }

    assert posts("postmark", "inbound", data) == 200
    taken = inbound.process(Arrival.objects.get())
    names.records["_dmarc.example.org"] = [REJECTING]
    lookups.resolver.kept.clear()
    again = data | {"Headers": [{"Name": "Message-ID", "Value": "<2@example.org>"}]}
    assert posts("postmark", "inbound", again) == 200
    held = inbound.process(Arrival.objects.latest("pk"))

    assert (taken.outcome, held.outcome) == ("posted", "wrong_sender")
    assert Post.objects.get(channel="mail").attachments.count() == 1


@pytest.mark.parametrize("secret", ["", "site:wrong", "other:long-word"])
def test_who_does_not_know_the_secret_is_refused(world, postman, posts, secret):
    raw = postman.mail(world.bob, "plenary@reply.example.org", "Text")

    assert posts("postmark", "inbound", postmark(raw, "plenary@reply.example.org"), secret=secret) == 400
    assert not Arrival.objects.exists()


def test_without_a_secret_of_ours_or_for_another_provider_there_is_nothing(world, posts, settings):
    settings.WEBHOOK_SECRET = ""
    assert posts("postmark", "inbound", {}) == 404
    settings.WEBHOOK_SECRET = SECRET
    assert posts("sendmail", "inbound", {}) == 404
    assert posts("postmark", "elsewhere", {}) == 404
    settings.WEBHOOK_PROVIDER = "mailgun"
    assert Client().post("/mail/webhooks/postmark/inbound/").status_code == 404


def test_what_cannot_be_stored_now_is_to_come_again(world, postman, posts, monkeypatch, settings):
    raw = postman.mail(world.bob, "plenary@reply.example.org", "Text", subject="Title")
    data = postmark(raw, "plenary@reply.example.org", "bob@example.org")

    def full(arrivals):
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(inbound, "_store", full)
        assert posts("postmark", "inbound", data) == 503
    assert [posts("postmark", "inbound", data) for _again in range(2)] == [200, 200]
    settings.MAX_MAILS_PER_HOUR = 1
    other = postman.mail(world.bob, "plenary@reply.example.org", "Other", subject="Title")
    assert posts("postmark", "inbound", postmark(other, "plenary@reply.example.org", "bob@example.org")) == 503

    assert Arrival.objects.count() == 1


def test_mail_for_nobody_is_let_go_and_nonsense_is_an_error(world, postman, posts):
    raw = postman.mail(world.bob, "nobody@elsewhere.example", "Text")

    assert posts("postmark", "inbound", postmark(raw, "nobody@reply.example.org")) == 200
    assert posts("postmark", "inbound", ["nonsense"]) == 500
    assert posts("postmark", "inbound", b"{", content_type="text/plain") == 500
    assert not Arrival.objects.exists()


def test_a_mail_of_many_megabytes_is_taken_and_one_too_large_told(world, postman, posts, settings):
    settings.MAX_MAIL_BYTES = 4_000_000
    letter = postman.letter(world.dora, world.answer)
    to = addresses.reply(letter.code)
    large = postman.answer(letter, ("y" * 70 + "\n") * 40_000)
    larger = postman.answer(letter, ("y" * 70 + "\n") * 60_000)

    assert posts("postmark", "inbound", postmark(large, to)) == 200
    assert posts("postmark", "inbound", postmark(larger, to)) == 200
    assert posts("postmark", "inbound", postmark(larger * 2, to)) == 413

    stored, told = Arrival.objects.order_by("pk")
    assert (bytes(stored.raw) == large, told.outcome, told.size) == (True, "too_large", len(larger))
    assert len(bytes(told.raw)) < 2_000


def mailgun(raw, to, key, sender="dora@example.org", **more):
    """The form Mailgun posts, signed; a field of it is the whole mail."""
    stamp = str(int(time.time()))
    fields = {
        "recipient": to,
        "sender": sender,
        "timestamp": stamp,
        "token": "0123456789",
        "signature": hmac.new(key, f"{stamp}0123456789".encode(), hashlib.sha256).hexdigest(),
        "body-mime": raw,
        **more,
    }
    parts = b""
    for name, value in fields.items():
        value = value if isinstance(value, bytes) else value.encode()
        parts += b'--BOUND\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), value)
    return parts + b"--BOUND--\r\n"


def test_mailgun_posts_whole_mails_in_one_field_and_signs(world, postman, posts, settings):
    settings.WEBHOOK_KEY = "signing-key"
    letter = postman.letter(world.dora, world.answer)
    raw = postman.answer(letter, "Chez nous aussi.\n" + "z\n" * 900_000).replace(b"\xc3\xa9", b"\xe9")
    raw += b"\r\n\xe9t\xe9 latin\r\n"
    form = "multipart/form-data; boundary=BOUND"
    to = addresses.reply(letter.code)

    wrong = posts("mailgun", "inbound_mime", mailgun(raw, to, b"other-key"), content_type=form)
    right = posts("mailgun", "inbound_mime", mailgun(raw, to, b"signing-key"), content_type=form)

    assert (wrong, right) == (400, 200)
    assert bytes(Arrival.objects.get().raw) == raw


def test_mandrill_and_sparkpost_send_raw_mail(world, postman, posts, settings):
    settings.WEBHOOK_KEY = "key"
    letter = postman.letter(world.dora, world.answer)
    to = addresses.reply(letter.code)
    one, two = (postman.answer(letter, text) for text in ("Un", "Deux"))
    two += b"\xe9\r\n"
    events = json.dumps([{"event": "inbound", "ts": 1, "msg": {"raw_msg": one.decode(), "email": to}}])
    signed = f"http://{SECRET}@testserver/mail/webhooks/mandrill/inbound/mandrill_events{events}"
    signature = base64.b64encode(hmac.new(b"key", signed.encode(), hashlib.sha1).digest()).decode()
    settings.ALLOWED_HOSTS = ["testserver"]

    by_mandrill = posts(
        "mandrill",
        "inbound",
        f"mandrill_events={quote(events)}",
        content_type="application/x-www-form-urlencoded",
        HTTP_X_MANDRILL_SIGNATURE=signature,
    )
    content = {"email_rfc822": base64.b64encode(two).decode(), "email_rfc822_is_base64": True}
    relayed = {"content": content, "protocol": "smtp", "rcpt_to": to, "msg_from": "dora@example.org"}
    by_sparkpost = posts("sparkpost", "inbound", [{"msys": {"relay_message": relayed}}])

    assert (by_mandrill, by_sparkpost) == (200, 200)
    assert {bytes(found.raw) for found in Arrival.objects.all()} == {one, two}


# -- What became of ours -----------------------------------------------------------------------------------


def bounced(letter, kind="HardBounce", **more):
    return {"RecordType": "Bounce", "Type": kind, "Email": letter.recipient, "Details": "550 5.1.1 unknown", **more}


def sent(letter):
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.SENT, sent_at=letter.created_at)
    return letter


def test_a_bounce_a_provider_reports_is_counted_once(world, postman, posts):
    letter = sent(postman.letter(world.dora, world.answer))

    statuses = [posts("postmark", "tracking", bounced(letter)) for _again in range(2)]

    assert statuses == [200, 200]
    bounce = Bounce.objects.get()
    assert (bounce.member, bounce.letter, bounce.is_hard) == (world.dora, letter, True)


def test_the_event_names_its_letter_where_the_provider_lets_it(world, postman, posts):
    earlier = sent(postman.letter(world.dora, world.answer))
    sent(postman.letter(world.dora, world.post))

    posts("postmark", "tracking", bounced(earlier, Content=f"Return-Path: <{addresses.bounce(earlier.code)}>"))
    posts("postmark", "tracking", bounced(earlier, Headers=[{"Message-Id": earlier.message_id}]))

    assert [bounce.letter for bounce in Bounce.objects.all()] == [earlier]


def test_an_event_about_another_address_or_an_opened_mail_counts_nothing(world, postman, posts):
    letter = sent(postman.letter(world.dora, world.answer))

    posts("postmark", "tracking", bounced(letter, Email="other@example.org"))
    posts("postmark", "tracking", {"RecordType": "Open", "Recipient": letter.recipient})
    refused = posts("postmark", "tracking", bounced(letter), secret="site:wrong")

    assert refused == 400
    assert not Bounce.objects.exists()


def test_a_complaint_stops_the_mail(world, postman, posts):
    letter = sent(postman.letter(world.dora, world.answer))
    Subscription.objects.create(member=world.dora, workspace=world.workspace, cadence="daily")
    complaint = {"RecordType": "SpamComplaint", "Type": "SpamComplaint", "Email": letter.recipient}

    assert posts("postmark", "tracking", complaint) == 200

    assert set(Subscription.objects.filter(member=world.dora).values_list("cadence", flat=True)) == {"none"}
