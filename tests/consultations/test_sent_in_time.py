"""What proves that a mail was sent before the close: our own servers' lines, or a date that its domain signed."""

from datetime import timedelta
from email.utils import format_datetime

import pytest
from django.utils import timezone

from consultations.models import Contribution
from consultations.models.contributions import Stamp
from notifications import addresses, inbound
from notifications.desk import arrivals as desk
from notifications.intake import proofs
from notifications.models import Answer, Arrival, Letter
from tests.consultations import consulting
from tests.notifications.doors.nameserver import key, names, sign  # noqa: F401 (fixtures)
from tests.notifications.intake.postman import Door

HOUR = timedelta(hours=1)
OURS = "mx.reply.example.org"


def received(at, *, by=OURS, came_from="slow.example (slow.example [203.0.113.7])"):
    origin = f"from {came_from}\r\n\t" if came_from else ""
    route = f"{origin}by {by} (Postfix) with ESMTPS id 4F2 for <x@reply.example.org>"
    return f"Received: {route};\r\n\t{format_datetime(at)}\r\n"


def dated(raw, at):
    """The mail with another Date."""
    lines = [
        f"Date: {format_datetime(at)}".encode() if line.startswith(b"Date:") else line for line in raw.split(b"\r\n")
    ]
    return b"\r\n".join(lines)


@pytest.fixture
def closed(world, consultation, question, postman):
    """(when the phase closed, which was two hours ago; the letter about its question that Dora got)."""
    letter = postman.letter(world.dora, question.thread)
    consultation = consulting.close(consultation, ago=2 * HOUR)
    return consultation.timetable[0].closes_at, letter


@pytest.mark.parametrize(
    ("lines", "stamp"),
    [
        ([(-HOUR, {})], Stamp.GRACE),
        ([(HOUR, {})], None),
        # Below the line of who took it from a stranger, anybody may have written.
        ([(HOUR, {}), (-HOUR, {})], None),
        ([(HOUR, {"came_from": "mx.reply.example.org (evil.example [203.0.113.9])"}), (-HOUR, {})], None),
        ([(HOUR, {"came_from": "[127.0.0.1] (evil.example [203.0.113.9])"}), (-HOUR, {})], None),
        # From one program of ours to the next.
        ([(HOUR, {"came_from": "localhost (localhost [127.0.0.1])"}), (-HOUR, {})], Stamp.GRACE),
        ([(HOUR, {"came_from": ""}), (-HOUR, {})], Stamp.GRACE),
        # A server of somebody else's above ours, and one that only looks like ours.
        ([(HOUR, {"by": "mx.elsewhere.example"}), (-HOUR, {})], None),
        ([(-HOUR, {"by": "mx.reply.example.org.evil.example"})], None),
        ([(-HOUR, {"by": "evilreply.example.org"})], None),
        ([(-10 * 24 * HOUR, {})], None),
        ([], None),
    ],
)
def test_only_our_own_servers_lines_show_when_a_mail_was_sent(world, postman, closed, lines, stamp):
    at, letter = closed
    raw = dated(postman.answer(letter, "Trop tard ?"), at - HOUR)
    raw = "".join(received(at + when, **said) for when, said in lines).encode() + raw

    postman.brings(raw, to=addresses.reply(letter.code))

    assert [found.stamp for found in Contribution.objects.all()] == ([stamp] if stamp else [])
    assert Answer.objects.get().state == ("taken" if stamp else "refused")


def test_through_the_door_it_counts_from_when_our_server_took_it_in(world, postman, closed, transactional_db):
    at, letter = closed
    raw = received(at - HOUR).encode() + postman.answer(letter, "La ligne était coupée.")
    with Door() as door:
        door.sends(raw, addresses.reply(letter.code), sender="dora@example.org")

    inbound.process_due()

    contribution = Contribution.objects.get()
    assert (contribution.stamp, contribution.moment) == (Stamp.GRACE, (at - HOUR).replace(microsecond=0))


def test_servers_of_ours_are_those_the_operator_names(world, postman, closed, settings):
    settings.TRUSTED_RELAYS = ["mx.example.net", "192.0.2.0/24"]
    at, letter = closed
    relayed = received(at + HOUR, by="mx.example.net", came_from="mx2 (mx2.example.net [192.0.2.7])")
    lines = relayed + received(at - HOUR, by="mx.example.net")

    postman.brings(lines.encode() + postman.answer(letter, "Sent in time."), to=addresses.reply(letter.code))

    assert Contribution.objects.get().stamp == Stamp.GRACE
    raw = (received(at - HOUR) + "\r\n").encode()
    assert proofs.by_our_servers(raw, timezone.now()) is None
    assert (
        proofs.by_our_servers(received(at - HOUR, by="mx.example.net").encode() + b"\r\n", at, door="webhook") is None
    )


@pytest.mark.parametrize(
    ("written", "options", "counts"),
    [
        (-HOUR, {}, True),
        (HOUR, {}, False),
        (-10 * 24 * HOUR, {}, False),
        (-HOUR, {"include_headers": [b"from", b"to"]}, False),  # not over the Date: when it was signed counts
        (-HOUR, {"length": True}, False),
        (-HOUR, {"domain": "forger.example"}, False),
    ],
)
def test_a_date_that_the_domain_signed_shows_it(world, postman, closed, names, key, written, options, counts):  # noqa: F811
    at, letter = closed
    names.records["sel._domainkey.forger.example"] = [key[1]]
    raw = sign(dated(postman.answer(letter, "Signé à temps."), at + written), key[0], **options)

    arrival = postman.brings(raw, to=addresses.reply(letter.code))

    assert Contribution.objects.count() == counts
    assert arrival.state == Arrival.State.DONE
    if counts:
        assert Contribution.objects.get().moment == (at + written).replace(microsecond=0)


def test_a_date_that_was_changed_after_the_signature_shows_nothing(world, postman, closed, names, key):  # noqa: F811
    at, letter = closed
    raw = dated(sign(postman.answer(letter, "Signé."), key[0]), at - HOUR)

    postman.brings(raw, to=addresses.reply(letter.code))

    assert not Contribution.objects.exists()
    assert "closed on" in Answer.objects.get().reason or "close" in Answer.objects.get().reason


def test_the_moment_of_signing_counts_where_the_date_is_not_signed(names, key, postman):  # noqa: F811
    raw = sign(postman.mail("dora@example.org", "x@reply.example.org", "Text"), key[0], include_headers=[b"from"])
    now = timezone.now()

    found = proofs.by_signature(raw, "dora@example.org", now + HOUR)

    assert abs(found - now) < timedelta(minutes=1)
    assert proofs.by_signature(raw, "dora@example.org", now + 8 * 24 * HOUR) is None


def test_a_held_mail_that_is_confirmed_after_the_close_is_proven_too(world, postman, closed, names, key):  # noqa: F811
    at, letter = closed
    raw = dated(postman.answer(letter, "De mon autre adresse.", sender="dora@elsewhere.example"), at - HOUR)
    names.records["sel._domainkey.elsewhere.example"] = [key[1]]
    postman.brings(sign(raw, key[0], domain="elsewhere.example"), to=addresses.reply(letter.code))

    question = Letter.objects.filter(member=world.dora, kind=Letter.Kind.ANSWER).latest("pk")
    postman.replies(question, "OUI")
    inbound.process_due()

    assert Contribution.objects.get().moment == (at - HOUR).replace(microsecond=0)


def test_the_desk_puts_a_late_mail_where_it_belongs(world, postman, closed, names, key):  # noqa: F811
    at, letter = closed
    raw = dated(postman.answer(letter, "De mon autre adresse.", sender="dora@elsewhere.example"), at - HOUR)
    names.records["sel._domainkey.elsewhere.example"] = [key[1]]
    arrival = postman.brings(sign(raw, key[0], domain="elsewhere.example"), to=addresses.reply(letter.code))

    desk.assign(by=world.sekou, arrival=arrival, member=world.dora, about=letter.about)

    assert Contribution.objects.get().stamp == Stamp.GRACE


def test_a_mail_in_time_asks_nobody(world, postman, question, names, key):  # noqa: F811
    letter = postman.letter(world.dora, question.thread)

    postman.brings(sign(postman.answer(letter, "À temps."), key[0]), to=addresses.reply(letter.code))

    assert Contribution.objects.get().stamp == Stamp.ORIGINAL
    assert names.asked == []
