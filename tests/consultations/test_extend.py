"""Extending: a formal act with a number, an authority and a reason, told to everyone with a seat."""

from datetime import timedelta
from email import message_from_bytes, policy
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from consultations.letters import ballots as letters
from consultations.models import Ballot, Vote, WindowChange
from consultations.services import ballots
from core.access import Refused
from forum.models import Seat
from notifications.digests import run
from notifications.models import Issue, Letter
from tests.notifications.intake.postman import words


@pytest.fixture
def extension(ballot):
    """The arguments of an extension by three days."""
    return {
        "closes_at": ballot.closes_at + timedelta(days=3),
        "authority": "The co-chairs",
        "reason": "A holiday in Peru",
    }


def text_of(letter):
    mail = message_from_bytes(bytes(letter.raw), policy=policy.default)
    return words(mail.get_body(("plain",)).get_content())


def notices(ballot):
    return Letter.objects.filter(about=ballot.reference, kind=Letter.Kind.NOTICE)


def test_alice_extends_by_a_numbered_notice_and_bob_may_not(world, ballot, extension):
    form = {**extension, "closes_at": f"{extension['closes_at']:%Y-%m-%dT%H:%M}"}

    refused = world.sign_in(world.bob).post(f"/ballots/{ballot.pk}/extend/", form)
    world.sign_in(world.alice).post(f"/ballots/{ballot.pk}/extend/", form)
    page = world.sign_in(world.carol).get(f"/ballots/{ballot.pk}/").content.decode()

    assert refused.status_code == 403
    change = WindowChange.objects.get()
    assert (change.number, change.old_closes_at) == (1, ballot.closes_at)
    assert Ballot.objects.get().closes_at == change.new_closes_at > change.old_closes_at
    for said in ("Notice 1", "The co-chairs", "A holiday in Peru"):
        assert said in page


def test_notices_are_numbered_per_workspace_without_gaps(world, ballot, extension):
    first = ballots.extend(by=world.alice, ballot=ballot, **extension)
    with pytest.raises(Refused, match="ends later"):
        ballots.extend(by=world.alice, ballot=ballot, **extension)
    later = {**extension, "closes_at": extension["closes_at"] + timedelta(days=1)}
    second = ballots.extend(by=world.alice, ballot=ballot, **later)

    assert (first.number, second.number) == (1, 2)


@pytest.mark.parametrize("missing", ["authority", "reason"])
def test_an_extension_without_authority_or_reason_is_refused(world, ballot, extension, missing):
    with pytest.raises(Refused, match="authority"):
        ballots.extend(by=world.alice, ballot=ballot, **{**extension, missing: "  "})

    assert not WindowChange.objects.exists()


def test_what_is_closed_is_not_extended(world, ballot, extension):
    now = timezone.now()
    Ballot.objects.update(opens_at=now - timedelta(days=2), closes_at=now)

    with pytest.raises(Refused, match="cannot be extended"):
        ballots.extend(by=world.alice, ballot=ballot, **extension)


def test_everyone_with_a_seat_gets_the_notice_at_once_in_their_language_and_nobody_else(world, ballot, extension):
    world.dora.subscriptions.update(cadence="none")
    ballots.vote(member=world.bob, ballot=ballot, text="A")

    ballots.extend(by=world.alice, ballot=ballot, **extension)
    letters.write_due()
    letters.write_due()

    assert {letter.member for letter in notices(ballot)} == {world.alice, world.bob, world.dora}
    bobs = text_of(notices(ballot).get(member=world.bob))
    for said in ("Notice 1", "The co-chairs", "A holiday in Peru", "B) Two pages", "Your vote so far: A) One page"):
        assert said in bobs
    assert all(letter.priority == Letter.Priority.SOON for letter in notices(ballot))


def test_times_in_the_notice_are_the_readers_own(world, ballot, extension):
    world.bob.timezone = "Pacific/Kiritimati"
    world.bob.save()
    extension["closes_at"] = timezone.now().replace(hour=12, minute=34) + timedelta(days=9)

    ballots.extend(by=world.alice, ballot=ballot, **extension)
    letters.write_due()

    assert "2:34" in text_of(notices(ballot).get(member=world.bob))


@pytest.mark.parametrize(
    "text", ["B", "B) Two pages", "(b)", "I vote B.\n\nBest regards\nDora", "B\n-- \nDora\nICIMOD"]
)
def test_a_reply_to_the_notice_votes(world, postman, ballot, english, extension, text):
    ballots.extend(by=world.alice, ballot=ballot, **extension)
    letters.write_due()

    arrival = postman.replies(notices(ballot).get(member=english), text)

    assert arrival.outcome == "posted"
    assert Vote.objects.get(member=english).value == "B"


def test_the_notice_sent_back_as_it_was_is_no_vote(world, postman, ballot, english, extension):
    ballots.extend(by=world.alice, ballot=ballot, **extension)
    letters.write_due()

    arrival = postman.replies(notices(ballot).get(member=english), "")

    assert arrival.outcome == "no_text"
    assert not Vote.objects.exists()


def test_a_reply_that_is_no_vote_is_returned_with_the_words(world, postman, ballot, english, extension):
    ballots.extend(by=world.alice, ballot=ballot, **extension)
    letters.write_due()

    postman.replies(notices(ballot).get(member=english), "Why was this extended?")

    assert not Vote.objects.exists()
    assert "Write nothing but A, B or C." in words(postman.told(english)[0])


def test_the_next_digest_tells_the_extension_also_to_those_who_have_voted(world, ballot, extension):
    ballots.vote(member=world.bob, ballot=ballot, text="A")
    ballots.extend(by=world.alice, ballot=ballot, **extension)

    for member, is_asked in ((world.bob, False), (world.alice, True)):
        text = words(Issue.objects.get(pk=run.write_now(member).issue_id).text_of(1))
        assert "Notice 1: the ballot “Which form for the spring survey?” closes on" in text
        assert "The co-chairs" in text
        assert ("nothing but A, B or C" in text) == is_asked


def test_who_lost_the_seat_gets_no_notice(world, ballot, extension):
    Seat.objects.filter(member=world.dora).delete()

    ballots.extend(by=world.alice, ballot=ballot, **extension)
    letters.write_due()

    assert {letter.member for letter in notices(ballot)} == {world.alice, world.bob}


@pytest.mark.parametrize(("zone", "offset"), [("UTC", "(UTC)"), ("Asia/Kathmandu", "(UTC+5:45)")])
def test_every_mail_says_from_where_the_hour_of_the_close_is(world, ballot, english, extension, zone, offset):
    english.timezone = zone
    english.save()
    ballots.extend(by=world.alice, ballot=ballot, **extension)
    letters.write_due()
    digest = Issue.objects.get(pk=run.write_now(english).issue_id).text_of(1)

    closes = date_format(extension["closes_at"].astimezone(ZoneInfo(zone)), "DATETIME_FORMAT")
    notice = notices(ballot).get(member=english)
    assert f"It closes on {closes} {offset}. Before, it was to close on" in text_of(notice)
    assert f"Closes on {closes} {offset}, in" in text_of(notice)
    assert notice.shown_subject.endswith(f"closes on {closes} {offset}")
    assert f"{offset}, in 4 days" in words(digest)
