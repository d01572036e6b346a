"""Words on paper, entered for a person, a village meeting or an organisation; and late ones, accepted for a reason."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.letters import contributions as letters_of_contributions
from consultations.models import Contribution, Phase
from consultations.models.contributions import Stamp
from consultations.services import entries, late
from core.access import Refused
from forum.services import threads
from members.models import Mandate, Region
from notifications import letters
from notifications.models import Answer, Letter
from tests.consultations import consulting
from tests.notifications.intake.postman import words

HOUR = timedelta(hours=1)
SHEET = {
    "name": "Village meeting",
    "place": "Gurtnellen",
    "people": "34",
    "category": "farmers",
    "country": "CH",
    "text": "The spring dries up in July.",
    "language": "en",
    "consent": "Read out and agreed to on 3 May; the sheet is signed.",
    "address": "elder@village.example",
    "key": "sheet",
}


def at(question, deed):
    consultation = question.consultation
    return f"/consultations/{consultation.year}/C{consultation.number}/questions/{question.number}/{deed}/"


def entered(world, question, by=None, **fields):
    fields = {"origin": entries.Origin("Amina Diallo"), "text": "In July.", "consent": "She signed it."} | fields
    return entries.enter(by=by or world.alice, question=question, **fields)


def test_a_facilitator_enters_a_village_meeting_and_gives_a_receipt(world, question):
    Region.objects.get_or_create(code="europe", defaults={"name": "Europe"})
    world.sign_in(world.alice)

    there = world.client.post(at(question, "enter"), SHEET)
    world.client.post(at(question, "enter"), SHEET)

    contribution = Contribution.objects.get()
    post = contribution.post
    assert (post.channel, post.author, post.carried_by) == ("paper", None, world.alice)
    assert post.byline == "Village meeting, Gurtnellen (34 people)"
    assert (post.category, post.country) == ("farmers", "CH")
    assert contribution.consent == SHEET["consent"]
    receipt = world.client.get(there.url).content.decode()
    assert contribution.code in receipt
    assert "original period" in receipt
    [mailed] = Letter.objects.filter(recipient="elder@village.example")
    assert contribution.code in letters.text_of(mailed)


def test_consent_is_noted_or_nothing_is_entered(world, question):
    with pytest.raises(Refused, match="agreed") as refused:
        entered(world, question, consent=" ")

    assert refused.value.text == "In July."
    assert not Contribution.objects.exists()


def test_a_focal_point_enters_and_a_member_does_not(world, question):
    consulting.organisation(world, "Alpine Springs", world.bob)

    with pytest.raises(Refused, match="focal points"):
        entered(world, question, by=world.bob)
    Mandate.objects.update(is_focal_point=True)
    contribution = entered(world, question, by=world.bob)

    assert contribution.post.byline == "Amina Diallo"
    with pytest.raises(Refused, match="Only a moderator"):
        entered(world, question, by=world.bob, came_at=timezone.now() - HOUR)


def test_the_secretariat_enters_the_position_of_an_organisation(world):
    consultation = consulting.running(world, participation="organisations", clearing="colleague")
    springs = consulting.organisation(world, "Alpine Springs", category="women", country="NP")

    contribution = entered(world, consultation.questions.get(number=1), by=world.sekou, organisation=springs)

    assert (contribution.organisation, contribution.is_position) == (springs, True)
    assert (contribution.post.category, contribution.post.country) == ("women", "NP")


def test_a_sheet_that_came_in_time_is_entered_within_the_grace_and_no_longer(world, consultation, question):
    consulting.close(consultation, ago=2 * HOUR)
    question.phase = Phase.objects.get(pk=question.phase_id)

    with pytest.raises(Refused, match="closed on"):
        entered(world, question)
    contribution = entered(world, question, came_at=timezone.now() - 3 * HOUR)
    late_one = entered(world, question, because="The road was closed.")

    assert contribution.stamp == Stamp.GRACE
    assert (late_one.stamp, late_one.accepted_by) == (Stamp.LATE, world.alice)


def test_a_late_mail_is_listed_and_accepted_with_a_reason(world, consultation, question, postman, english, monkeypatch):
    monkeypatch.setattr(late, "LOOKED_AT", 1)
    elsewhere = postman.letter(world.dora, world.answer)
    threads.close(by=world.alice, thread=world.answer.thread, reason="Done.")
    postman.replies(elsewhere, "This was refused before it, and is about something else.")
    letter = postman.letter(world.dora, question.thread)
    consulting.close(consultation, ago=48 * HOUR)
    postman.replies(letter, "In July, at Gurtnellen.")
    answer = Answer.objects.latest("pk")
    base = f"/consultations/{consultation.year}/C{consultation.number}/late/"
    world.sign_in(world.alice)

    listed = world.client.get(base).content.decode()
    refused = world.client.post(f"{base}{answer.pk}/accept/", {"because": ""})
    world.client.post(f"{base}{answer.pk}/accept/", {"because": "The line was cut for two days."})
    again = world.client.post(f"{base}{answer.pk}/accept/", {"because": "Twice."})

    contribution = Contribution.objects.get()
    assert "In July, at Gurtnellen." in listed
    assert (refused.status_code, again.status_code) == (403, 404)
    assert (contribution.stamp, contribution.accepted_by) == (Stamp.LATE, world.alice)
    assert contribution.accepted_because == "The line was cut for two days."
    assert contribution.post.author == world.dora
    assert contribution.moment == answer.arrival.received_at
    letters_of_contributions.write_due()
    told = letters.text_of(Letter.objects.filter(member=world.dora).latest("pk"))
    assert contribution.code in told
    assert f"write to the moderators: {consultation.workspace.slug}+moderators@" in words(postman.told(english)[-1])
    assert "The line was cut for two days." in told
    assert "The line was cut for two days." in world.client.get(contribution.get_absolute_url()).content.decode()


def test_what_was_refused_for_another_reason_is_not_late(world, consultation, question, postman):
    letter = postman.letter(world.dora, question.thread)
    consultation.workspace.seats.filter(member=world.dora).update(role="observer")
    postman.replies(letter, "In July.")

    assert Answer.objects.get().state == "refused"
    assert late.waiting(consultation) == ([], None)


def test_only_facilitators_see_and_accept_late_ones(world, consultation, question, postman):
    letter = postman.letter(world.dora, question.thread)
    consulting.close(consultation, ago=48 * HOUR)
    postman.replies(letter, "In July.")
    [[answer], _more] = late.waiting(consultation)

    with pytest.raises(Refused):
        late.accept(by=world.bob, answer=answer, because="I like it.")

    assert not Contribution.objects.exists()
