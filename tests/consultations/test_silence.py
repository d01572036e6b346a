"""The silence procedure: a frozen text, adopted unless one objects; and nobody is silent who did not hear of it."""

import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from consultations import clock
from consultations.letters import ballots as letters
from consultations.models import Ballot, Vote
from consultations.services import ballots
from core.access import Refused
from notifications.digests import run
from notifications.letters import text_of
from notifications.models import Bounce, Issue, Letter, MailProfile
from tests.consultations import consulting
from tests.notifications.intake.postman import words

TEXT = "1. The springs are measured twice a year.\n\n2. The figures are open to all."


def start(world, **fields):
    fields = {
        "by": world.alice,
        "workspace": world.workspace,
        "title": "The protocol of the springs",
        "text": TEXT,
        "kind": "silence",
        "closes_at": timezone.now() + timedelta(days=3),
    } | fields
    return ballots.open_ballot(**fields)


def told(postman, member, ballot):
    """The notices about a ballot that a member got, as one text each."""
    found = Letter.objects.filter(member=member, about=ballot.reference, kind=Letter.Kind.NOTICE).order_by("pk")
    return [words(f"{letter.subject} {text_of(letter)}") for letter in found]


def expire(ballot):
    Letter.objects.filter(state="queued").update(state="sent", sent_at=timezone.now())
    now = timezone.now()
    Ballot.objects.filter(pk=ballot.pk).update(opens_at=now - timedelta(days=3), closes_at=now - timedelta(hours=1))
    clock.tick()
    letters.write_due()
    return Ballot.objects.get(pk=ballot.pk)


def test_everyone_is_told_of_the_text_its_hash_and_the_end_in_their_own_time(world, postman, english):
    english.timezone = "Asia/Kathmandu"
    english.save()

    ballot = start(world)
    letters.write_due()

    digest = hashlib.sha256(f"{ballot.title}\n\n{TEXT}".encode()).hexdigest()
    file = world.client.get(f"/ballots/{ballot.pk}/text.txt").content
    assert ballot.text_sha256 == digest == hashlib.sha256(file).hexdigest()
    for member in (world.alice, world.bob, english):
        [notice] = told(postman, member, ballot)
        assert "A silence procedure has begun" in notice
        assert digest in notice
        assert "The figures are open to all." in notice
    assert "(UTC+5:45)" in told(postman, english, ballot)[0]


def test_silence_adopts_and_everyone_hears_of_it(world, postman, english):
    ballot = start(world)
    letters.write_due()

    ballot = expire(ballot)

    for member in (world.bob, english):
        assert "Adopted by silence: nobody objected." in told(postman, member, ballot)[-1]
    assert "not reached" not in told(postman, english, ballot)[-1]
    assert "Adopted by silence" in world.client.get(f"/ballots/{ballot.pk}/").content.decode()


@pytest.mark.parametrize(
    ("said", "value", "reason"),
    [
        ("OBJECT", "objection", ""),
        ("Objection : le point 2 nous lie.", "objection", "le point 2 nous lie."),
        ("反对：第二段", "objection", "第二段"),
        ("Enmienda: dos veces al mes", "amendment", "dos veces al mes"),
    ],
)
def test_one_word_by_mail_breaks_it_at_once_and_all_are_told(world, postman, english, said, value, reason):
    ballot = start(world)
    letters.write_due()
    notice = Letter.objects.get(member=english, about=ballot.reference)

    arrival = postman.replies(notice, said)
    letters.write_due()

    ballot = Ballot.objects.get()
    assert arrival.outcome == "posted"
    assert ballot.counted_at < ballot.closes_at
    assert (Vote.objects.get().value, Vote.objects.get().words) == (value, reason)
    for member in (world.alice, world.bob, english):
        assert "the silence was broken by" in told(postman, member, ballot)[-1]
        assert reason in told(postman, member, ballot)[-1]
    assert world.workspace.journal.entries.filter(verb="ballot.counted").count() == 1


def test_after_it_is_broken_nothing_more_is_taken_and_its_end_does_not_adopt(world):
    ballot = start(world)
    ballots.vote(member=world.bob, ballot=ballot, text="objection")

    with pytest.raises(Refused, match="there was an objection"):
        ballots.vote(member=world.dora, ballot=ballot, text="objection")
    ballot = expire(ballot)

    page = world.client.get(f"/ballots/{ballot.pk}/").content.decode()
    assert "Not adopted" in page
    assert world.workspace.journal.entries.filter(verb="ballot.counted").count() == 1


def test_who_says_yes_hears_that_silence_is_enough(world):
    ballot = start(world)

    with pytest.raises(Refused, match="nothing needs to be sent"):
        ballots.vote(member=world.bob, ballot=ballot, text="I agree")

    assert Ballot.objects.get().counted_at is None


@pytest.mark.parametrize("how", ["suspended", "bounced"])
def test_it_does_not_start_while_mail_to_an_elector_comes_back(world, postman, how):
    letter = postman.letter(world.dora, world.post)
    if how == "suspended":
        MailProfile.objects.update_or_create(member=world.dora, defaults={"suspended_at": timezone.now()})
    else:
        MailProfile.objects.get_or_create(member=world.dora)
        Bounce.objects.create(member=world.dora, address=world.dora.email, letter=letter, is_hard=True)

    with pytest.raises(Refused, match="Dora") as refused:
        start(world)

    assert refused.value.text == TEXT
    assert not Ballot.objects.exists()


def test_of_an_organisation_one_who_is_reached_is_enough(world):
    consulting.organisation(world, "Alpine Springs", world.bob, world.dora)
    MailProfile.objects.update_or_create(member=world.dora, defaults={"suspended_at": timezone.now()})

    ballot = start(world, roll_of="organisations")

    assert ballot.electors.count() == 1


def test_at_the_end_those_who_were_not_reached_are_named(world, postman):
    ballot = start(world)
    letters.write_due()
    notice = Letter.objects.get(member=world.dora, about=ballot.reference)
    Bounce.objects.create(member=world.dora, address=world.dora.email, letter=notice, is_hard=True)

    page = world.sign_in(world.alice).get(f"/ballots/{ballot.pk}/").content.decode()
    ballot = expire(ballot)

    assert "came back from" in page
    assert "1 of the roll was not reached by mail: Dora." in told(postman, world.bob, ballot)[-1]


def test_it_starts_at_once_or_not_at_all_and_is_extended_only_by_a_notice_to_all(world, postman):
    with pytest.raises(Refused, match="starts at once"):
        start(world, opens_at=timezone.now() + timedelta(days=1))
    ballot = start(world)
    letters.write_due()

    with pytest.raises(Refused, match="authority"):
        later = ballot.closes_at + timedelta(days=1)
        ballots.extend(by=world.alice, ballot=ballot, closes_at=later, authority="", reason="")
    ballots.extend(by=world.alice, ballot=ballot, closes_at=later, authority="The chair", reason="A holiday")
    letters.write_due()

    assert "Notice 1" in told(postman, world.bob, ballot)[-1]


def test_a_digest_says_what_silence_means(world, english):
    start(world)

    text = words(Issue.objects.get(pk=run.write_now(english).issue_id).text_of(1))

    assert "Silence procedure. Adopted on" in text
    assert "Who agrees sends nothing. To break the silence, write the number and OBJECT or AMEND" in text
