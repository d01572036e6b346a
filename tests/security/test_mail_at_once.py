"""One mail handled by two workers in the same moment, as after a claim ran out: what it asks for happens once."""

import pytest
from django.utils import timezone

from consultations.models import Vote
from consultations.services import ballots
from forum.models import Post
from forum.services import workspaces
from journal.models import Entry, Journal
from journal.verify import verify
from members.models import Member
from notifications import addresses, inbound
from notifications.intake import handling
from notifications.models import Answer, Arrival, Delegation, Letter
from tests.notifications.intake.postman import Postman
from tests.security.test_at_once import at_once
from tests.security.test_everything_by_mail import DAY, STRANGER
from tests.world import World

ATTEMPTS = 3


@pytest.fixture
def world(transactional_db):
    world = World()
    yield world
    assert [fault for fault in map(verify, Journal.objects.all()) if fault] == []


@pytest.fixture
def postman():
    return Postman()


def by_two_workers(raw, to):
    """Handle a mail twice at once, and again by whoever comes after; returns the arrival."""
    stored = inbound.accept(raw, inbound.Envelope(recipient=to, sender="somebody@example.org"))
    cases = [handling.open_case(Arrival.objects.get(pk=stored.pk)) for _worker in range(2)]
    at_once(*(lambda case=case: inbound._attempt(case.arrival, handling.act, case) for case in cases))
    Arrival.objects.filter(pk=stored.pk, state=Arrival.State.READ).update(claimed_until=None)
    inbound.process_due()
    return Arrival.objects.get(pk=stored.pk)


@pytest.mark.parametrize("attempt", range(ATTEMPTS))
def test_a_yes_for_people_who_are_carried_notes_and_posts_once(world, postman, attempt):
    letter = postman.letter(world.dora, world.answer)
    asked = postman.replies(letter, "FOR: Fatou Ba\nLe puits est loin.\n\nFOR: Binta Sow\nMoi aussi.")
    consent = Letter.objects.get(member=world.dora, about=asked.reference)

    arrival = by_two_workers(postman.answer(consent, "OUI, dimanche"), addresses.reply(consent.code))

    assert arrival.outcome in ("posted", "repeated")
    assert sorted(Post.objects.filter(carried_by=world.dora).values_list("byline", flat=True)) == [
        "Binta Sow",
        "Fatou Ba",
    ]
    assert Delegation.objects.count() == 2
    assert not Answer.objects.filter(state=Answer.State.HELD).exists()


@pytest.mark.parametrize("attempt", range(ATTEMPTS))
def test_a_yes_to_joining_makes_one_member_with_one_seat(world, postman, attempt):
    workspaces.change(by=world.alice, workspace=world.workspace, joining="open")
    postman.brings(postman.mail(f"Fatou <{STRANGER}>", "plenary+join@reply.example.org", "", subject="x"))
    letter = Letter.objects.get(recipient=STRANGER)

    arrival = by_two_workers(postman.answer(letter, "YES", sender=STRANGER), addresses.reply(letter.code))

    assert arrival.state == Arrival.State.DONE
    fatou = Member.objects.get(email=STRANGER)
    assert world.workspace.seats.filter(member=fatou).count() == 1
    assert Entry.objects.filter(verb="member.joined", about=fatou.reference).count() == 1


@pytest.mark.parametrize("attempt", range(ATTEMPTS))
def test_a_vote_is_cast_once(world, postman, attempt):
    ballot = ballots.open_ballot(
        by=world.alice, workspace=world.workspace, title="Do we meet in May?", closes_at=timezone.now() + 3 * DAY
    )
    letter = postman.letter(world.dora, ballot)

    arrival = by_two_workers(postman.answer(letter, "oui"), addresses.reply(letter.code))

    assert arrival.outcome == "posted"
    assert Vote.objects.get().value == "yes"
    assert Entry.objects.filter(verb="ballot.voted").count() == 1


@pytest.mark.parametrize("attempt", range(ATTEMPTS))
def test_the_desk_and_the_member_settle_a_held_mail_once(world, postman, attempt):
    letter = postman.letter(world.dora, world.answer)
    held = postman.replies(letter, "Me too!", sender="cousin@example.net")
    question = Letter.objects.get(member=world.dora, about=held.reference)
    client = world.sign_in(world.sekou)
    path = f"/mail/desk/arrivals/{held.pk}/assign/"
    fields = {"member": "dora@example.org", "place": world.thread.reference}

    at_once(
        lambda: client.post(path, fields).status_code,
        lambda: postman.replies(question, "OUI").outcome,
    )
    inbound.process_due()

    assert Post.objects.filter(channel="mail", text="Me too!").count() == 1
