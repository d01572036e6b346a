"""What is done by mail alone, tried by those who mean harm, and by mail that comes twice or too late."""

import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from consultations.models import Vote
from consultations.services import ballots
from forum.models import Invitation, Post
from forum.services import seats, threads
from members.models import Member
from notifications import addresses, inbound, letters, notices, subscriptions
from notifications.couriers import delegations
from notifications.digests import again
from notifications.intake import closing, lookups
from notifications.models import Arrival, Bounce, Delegation, Issue, Letter
from tests.notifications.bounces.conftest import left, report

DAY = timedelta(days=1)
STRANGER = "fatou@village.example"


@pytest.fixture
def ballot(world):
    return ballots.open_ballot(
        by=world.alice, workspace=world.workspace, title="Do we meet in May?", closes_at=timezone.now() + 3 * DAY
    )


def desk(world, arrival, deed, **fields):
    return world.sign_in(world.sekou).post(f"/mail/desk/arrivals/{arrival.pk}/{deed}/", fields)


def question(member, arrival):
    """The letter that asks a member about a mail."""
    return Letter.objects.filter(member=member, about=arrival.reference).latest("pk")


# -- The mail desk ---------------------------------------------------------------------------------------------


def test_the_desk_casts_nobodys_vote(world, postman, ballot):
    stray = postman.brings(postman.mail("stranger@example.net", "x", "Yes"), to=addresses.help_address())

    answer = desk(world, stray, "assign", member="dora@example.org", place=ballot.reference)

    assert answer.status_code == 422
    assert not Vote.objects.exists()
    assert Arrival.objects.get(pk=stray.pk).state == Arrival.State.HELD


def test_the_desk_agrees_for_nobody(world, postman):
    delegation = delegations.add(by=world.dora, name="Carol", address="carol@example.org")
    stray = postman.brings(postman.mail("stranger@example.net", "x", "Yes"), to=addresses.help_address())

    answer = desk(world, stray, "assign", member="carol@example.org", place=delegation.reference)

    assert answer.status_code == 422
    assert not Delegation.objects.get().is_live


def test_a_forged_mail_accepted_as_bobs_is_never_alices(world, postman, settings):
    settings.AUTHSERV_ID = "mx.example.org"
    forged = [("Authentication-Results", "mx.example.org; dmarc=fail header.from=example.org")]
    raw = postman.mail(world.alice, "plenary@reply.example.org", "I wrote this.", headers=forged, subject="Springs")
    held = postman.brings(raw)
    assert held.outcome == "wrong_sender"

    desk(world, held, "accept", member="bob@example.org")

    assert Post.objects.get(text="I wrote this.").author == world.bob


# -- A yes that comes twice ------------------------------------------------------------------------------------


def test_a_second_yes_for_people_who_are_carried_is_no_post(world, postman):
    letter = postman.letter(world.dora, world.answer)
    asked = postman.replies(letter, "FOR: Fatou Ba\nLe puits est loin.")
    consent = question(world.dora, asked)
    postman.replies(consent, "OUI, dimanche")

    second = postman.replies(consent, "OUI, dimanche")

    assert second.outcome == "repeated"
    assert list(Post.objects.filter(channel="mail").values_list("text", flat=True)) == ["Le puits est loin."]


def test_a_yes_that_broke_off_after_it_posted_is_finished_and_told(world, postman, monkeypatch):
    letter = postman.letter(world.dora, world.answer)
    consent = question(world.dora, postman.replies(letter, "FOR: Fatou Ba\nLe puits est loin."))

    with monkeypatch.context() as broken:
        broken.setattr(closing, "close", lambda case, outcome: 1 / 0)
        raw = postman.answer(consent, "OUI, dimanche")
        failed = postman.brings(raw, to=addresses.reply(consent.code))
    assert failed.state == Arrival.State.READ

    done = inbound.process(Arrival.objects.get(pk=failed.pk))

    assert done.outcome == "posted"
    assert list(Post.objects.filter(channel="mail").values_list("text", flat=True)) == ["Le puits est loin."]
    assert "Fatou Ba" in postman.told(world.dora)[-1]


def test_a_second_yes_to_a_held_mail_is_no_post(world, postman):
    letter = postman.letter(world.dora, world.answer)
    held = postman.replies(letter, "Me too!", sender="cousin@example.net")
    asked = question(world.dora, held)
    postman.replies(asked, "Oui")
    inbound.process_due()

    second = postman.replies(asked, "Oui")

    assert second.outcome == "confirmed"
    assert list(Post.objects.filter(channel="mail").values_list("text", flat=True)) == ["Me too!"]


# -- Couriers --------------------------------------------------------------------------------------------------


def test_a_yes_beyond_the_most_people_is_refused_with_the_words_and_nothing_fails(world, postman, monkeypatch):
    monkeypatch.setattr(delegations, "MOST", 1)
    delegations.add(by=world.dora, name="Amina", consent="on 3 May")
    letter = postman.letter(world.dora, world.answer)
    asked = postman.replies(letter, "FOR: Fatou Ba\nLe puits est loin.")

    arrival = postman.replies(question(world.dora, asked), "OUI, dimanche")

    assert arrival.outcome == "refused"
    assert not Post.objects.filter(byline="Fatou Ba").exists()
    assert "Le puits est loin." in postman.told(world.dora)[-1]


def test_nobody_gets_more_than_a_few_mails_a_day_about_what_is_posted_in_their_name(world, postman):
    for number in range(1, 4):
        delegations.add(by=world.dora, name=f"Amina {number}", consent="on 3 May", address="victim@village.example")
    for number in range(20):
        postman.replies(postman.letter(world.dora, world.answer), f"FOR: P{number % 3 + 1}\nSay {number}.")

    assert Post.objects.filter(carried_by=world.dora).count() == 20
    assert Letter.objects.filter(recipient="victim@village.example").count() == delegations.MOST_TOLD_A_DAY


def test_a_member_is_not_asked_again_and_again(world):
    for number in range(6):
        client = world.sign_in(world.dora)
        client.post("/mail/couriers/", {"name": f"Carol {number}", "address": "carol@example.org"})
        if found := Delegation.objects.filter(ended_at=None).first():
            client.post(f"/mail/couriers/{found.pk}/end/")

    assert Letter.objects.filter(member=world.carol).count() == delegations.MOST_ASKED


# -- What is lost is lost everywhere ---------------------------------------------------------------------------


def test_an_issue_with_nothing_but_a_notice_of_a_room_is_lost_with_the_seat(world):
    now = timezone.now() + DAY
    call_command("send_digests", now=now, verbosity=0)
    secret = world.room("secret", visibility="private")
    seats.give(by=world.alice, workspace=secret, member=world.dora)
    hidden = ballots.open_ballot(by=world.alice, workspace=secret, title="Shall we sue?", closes_at=now + 9 * DAY)
    ballots.vote(member=world.dora, ballot=hidden, text="yes")
    ballots.extend(by=world.alice, ballot=hidden, closes_at=now + 12 * DAY, authority="Bureau", reason="Rain")
    call_command("send_digests", now=now + DAY, verbosity=0)
    issue = Issue.objects.filter(member=world.dora).latest("number")
    assert "Shall we sue?" in issue.text

    seats.dismiss(by=world.alice, seat=secret.seat_of(world.dora), reason="Moved on")
    made = again.send_again(member=world.dora, first=issue.number, last=issue.number)

    assert made.letters == []
    assert [number for number, _why in made.refused] == [issue.number]


# -- Joining ---------------------------------------------------------------------------------------------------


def test_nobody_makes_us_write_their_words_to_a_stranger(world, postman):
    line = "JOIN evil.example/pills www.evil.example http://evil.example"
    postman.brings(postman.mail(f"Fatou <{STRANGER}>", "help@reply.example.org", line, subject="Hello"))

    for letter in Letter.objects.filter(recipient=STRANGER):
        assert "evil.example" not in letters.text_of(letter)


def test_an_invitation_that_is_gone_makes_nobody_a_member(world, postman, settings):
    settings.SIGNUP_OPEN = False
    room = world.room("secret", visibility="private")
    for age in (None, 400):
        invitation = seats.invite(by=world.alice, workspace=room, email=STRANGER)
        notices.write_due()
        letter = Letter.objects.filter(recipient=STRANGER).latest("pk")
        if age:
            Invitation.objects.filter(pk=invitation.pk).update(created_at=timezone.now() - age * DAY)
        else:
            invitation.delete()

        postman.replies(letter, "YES", sender=f"Fatou <{STRANGER}>")

        assert not Member.objects.filter(email=STRANGER).exists()


def test_an_invitation_that_is_gone_opens_no_room_of_that_number(world, postman):
    invitation = seats.invite(by=world.alice, workspace=world.room("secret", visibility="private"), email=STRANGER)
    notices.write_due()
    room = world.room(f"{invitation.pk}", joining="open")
    letter = Letter.objects.filter(recipient=STRANGER).latest("pk")
    invitation.delete()

    postman.replies(letter, "YES", sender=f"Fatou <{STRANGER}>")

    assert not room.seats.filter(member__email=STRANGER).exists()


# -- Addresses -------------------------------------------------------------------------------------------------


def held_from_a_cousin(world, postman, settings, to, *more):
    """A mail from another address that our mail server vouches for, held for Dora; returns the question to her."""
    settings.AUTHSERV_ID = "mx.example.org"
    letter = postman.letter(world.dora, world.answer)
    passed = ("Authentication-Results", "mx.example.org; dmarc=pass header.from=example.net")
    to = to or addresses.reply(letter.code)
    raw = postman.mail("cousin@example.net", to, "Me too!", headers=[passed, *more])
    return question(world.dora, postman.brings(raw, to=addresses.reply(letter.code)))


REPLAYED = [
    ("dora@example.org", ()),
    ("", [("DKIM-Signature", "v=1; a=rsa-sha256; d=example.net; s=a; h=from:subject:date; bh=x; b=x")]),
    ("", [("To", "dora@example.org")]),
]


@pytest.mark.parametrize(("to", "more"), REPLAYED)
def test_a_signed_mail_that_was_meant_for_somebody_else_adds_no_address(world, postman, settings, to, more):
    asked = held_from_a_cousin(world, postman, settings, to, *more)

    postman.replies(asked, "OUI AJOUTER")

    assert not world.dora.owns("cousin@example.net")


def test_a_signed_mail_that_was_written_to_us_adds_its_address(world, postman, settings):
    signed = ("DKIM-Signature", "v=1; a=rsa-sha256; d=example.net; s=a; h=From : To :Subject; bh=x; b=x")
    asked = held_from_a_cousin(world, postman, settings, "", signed)

    postman.replies(asked, "OUI AJOUTER")

    assert Member.objects.get(pk=world.dora.pk).owns("cousin@example.net")


def test_a_revoked_link_confirms_nothing(world, postman, client):
    letter = postman.letter(world.dora, world.answer)
    held = postman.replies(letter, "Me too!", sender="cousin@example.net")
    link = next(word for word in letters.text_of(question(world.dora, held)).split() if "/mail/confirm/" in word)
    path = link[link.index("/mail/") :]
    assert client.get(path).status_code == 200

    subscriptions.revoke_addresses(member=world.dora)

    assert client.post(path, {"answer": "yes"}).status_code == 404
    assert not Post.objects.filter(text="Me too!").exists()


# -- Sizes -----------------------------------------------------------------------------------------------------


def test_a_sheet_by_mail_keeps_to_the_budget(world, postman):
    made = [
        threads.start(author=world.alice, workspace=world.workspace, title=f"Thread {number}", text="word " * 200)
        for number in range(25)
    ]
    for number in range(40):
        delegations.add(by=world.dora, name=f"Person {number}", consent="on 3 May")
    postman.issue(world.dora, *made)

    postman.brings(postman.mail(world.dora, "help@reply.example.org", "SHEET", subject="x"))

    brought = Letter.objects.filter(member=world.dora, kind=Letter.Kind.ANSWER)
    assert brought.exists()
    assert max(len(letter.raw) for letter in brought) <= 25_000


# -- Senders ---------------------------------------------------------------------------------------------------


def test_no_account_is_opened_again_by_a_mail_and_nothing_fails(world, postman):
    postman.brings(postman.mail(f"Fatou <{STRANGER}>", "plenary+join@reply.example.org", "", subject="x"))
    letter = Letter.objects.get(recipient=STRANGER)
    gone = Member.objects.create_user(STRANGER, name="Fatou", is_active=False)

    arrival = postman.replies(letter, "YES", sender=f"Fatou <{STRANGER}>")

    assert (arrival.state, arrival.outcome) == (Arrival.State.HELD, "unknown_sender")
    assert not Member.objects.get(pk=gone.pk).is_active


def test_who_has_an_address_no_header_can_carry_is_held_for_a_person(world, postman):
    asks = postman.mail("фату@village.example", "plenary+join@reply.example.org", "", subject="x")

    arrival = postman.brings(asks)

    assert arrival.state == Arrival.State.HELD
    answer = desk(world, arrival, "answer", text="Write from another address.", to_stranger="1")
    assert answer.status_code in (302, 422)


def test_yes_add_for_such_an_address_is_told_and_nothing_fails(world, postman):
    letter = postman.letter(world.dora, world.answer)
    asked = question(world.dora, postman.replies(letter, "Me too!", sender="дора@village.example"))

    arrival = postman.replies(asked, "OUI AJOUTER")

    assert arrival.outcome == "confirmed"


def test_a_provider_passes_on_what_a_stranger_says_of_himself_and_it_is_not_believed(world, postman, settings):
    settings.AUTHSERV_ID, settings.SENDER_CHECK = "mx.example.org", "off"
    said = [("Authentication-Results", "mx.example.org; dmarc=pass header.from=example.net")]
    letter = postman.letter(world.dora, world.answer)
    raw = postman.mail("cousin@example.net", addresses.reply(letter.code), "Me too!", headers=said)
    asked = question(world.dora, postman.brings(raw, to=addresses.reply(letter.code), door="webhook"))

    postman.replies(asked, "OUI AJOUTER")

    assert not Member.objects.get(pk=world.dora.pk).owns("cousin@example.net")


def test_a_bounce_with_two_senders_is_nobodys_word(world, postman, settings):
    settings.AUTHSERV_ID = "mx.our.example"
    letter = left(postman.letter(world.dora, world.post))
    proven = (
        b"Authentication-Results: mx.our.example; dmarc=pass header.from=evil.example\r\nFrom: eve@evil.example\r\n"
    )

    for raw in (report(letter, to="help@localhost"), report(letter, to="help@localhost").replace(b"From", b"X-F", 1)):
        postman.brings(proven + raw, to="help@localhost", sender="")

    assert not Bounce.objects.exists()


def test_in_somebodys_name_nobody_is_asked_whether_they_want_to_join(world, postman, settings, monkeypatch):
    settings.SENDER_CHECK = "dkim"
    monkeypatch.setattr(lookups.resolver, "txt", lambda name: [b"v=DMARC1; p=reject"] if "_dmarc" in name else [])

    arrival = postman.brings(postman.mail(STRANGER, "plenary+join@reply.example.org", "", subject="x"))

    assert arrival.outcome == "unknown_sender"
    assert not Letter.objects.filter(recipient=STRANGER).exists()


# -- Much in one mail ------------------------------------------------------------------------------------------


def test_one_mail_of_very_many_blocks_is_done_in_seconds(world, postman):
    people = [delegations.add(by=world.dora, name=f"Person {number}", consent="on 3 May") for number in range(100)]
    letter = postman.letter(world.dora, world.answer)
    blocks = [f"FOR: {people[number % 100].code}\nLe puits est loin, {number}." for number in range(900)]

    begun = time.process_time()
    arrival = postman.replies(letter, "\n\n".join(blocks))

    assert arrival.outcome == "posted"
    assert time.process_time() - begun < 30


SIGNATURES = ["v=1;" + " " * 60_000 + "x", "a" * 60_000, "a " * 30_000, "a=" + " " * 60_000 + "b", ";" * 60_000]


@pytest.mark.parametrize("value", SIGNATURES, ids=range(len(SIGNATURES)))
def test_no_signature_keeps_a_worker_busy(world, postman, settings, monkeypatch, value):
    settings.SENDER_CHECK = "dkim"
    monkeypatch.setattr(lookups.resolver, "txt", lambda name: [])
    raw = postman.mail(world.bob, "plenary@reply.example.org", "I agree.", headers=[("DKIM-Signature", value)] * 3)

    begun = time.process_time()
    arrival = postman.brings(raw)

    assert arrival.state == Arrival.State.DONE
    assert time.process_time() - begun < 5


LONG = [
    "FOR: " * 20_000,
    "FOR: " + "A" * 60_000,
    "yes " * 30_000,
    "YES" + " " * 60_000 + "x",
    "SET LANGUAGE " + "a" * 60_000,
    "FIND " + "(a+)+$ " * 5_000,
    "JOIN " + "." * 60_000,
    "#11: " * 20_000,
    "[#" * 40_000,
    "\n".join(["GET 1 THREAD 1-99999"] * 2_000),
    "\n".join(f"FOR: P{number}" for number in range(2_000)),
]


@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_no_text_keeps_a_worker_busy(world, postman, text):
    letter = postman.letter(world.dora, world.answer)
    for to in (addresses.reply(letter.code), addresses.help_address(), "plenary@reply.example.org"):
        begun = time.process_time()
        arrival = postman.brings(postman.mail(world.dora, to, text), to=to)

        assert arrival.state in (Arrival.State.DONE, Arrival.State.HELD)
        assert time.process_time() - begun < 10
