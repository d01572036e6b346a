"""Other organisations associate themselves with a contribution, on the web and by mail; what a reference brings."""

from datetime import timedelta

import pytest

from consultations.letters import consultations as letters_of_consultations
from consultations.models import Association
from consultations.services import associations, phases
from core.access import Refused
from members.models import Organisation
from notifications import letters, references
from notifications.models import Letter, Subscription
from tests.consultations import consulting
from tests.notifications.intake.postman import words


@pytest.fixture
def contribution(world, question, english):
    """Bob's, for Alpine Springs; Dora speaks for Dry Valleys."""
    springs = consulting.organisation(world, "Alpine Springs", world.bob)
    consulting.organisation(world, "Dry Valleys", world.dora)
    return consulting.answer(world.bob, question, "In July, at Gurtnellen.", organisation=springs)


def asks(postman, member, line):
    """What comes back for a line to the help address."""
    postman.brings(postman.mail(member, "help@reply.example.org", line, subject="x"))
    return postman.told(member)[-1]


def test_by_mail_with_one_line(world, postman, contribution):
    told = asks(postman, world.dora, f"{contribution.code}: associate")
    again = asks(postman, world.dora, f"{contribution.code.lower()} : s’associer")

    association = Association.objects.get()
    assert association.organisation.name == "Dry Valleys"
    assert f"Dry Valleys is associated with {contribution.code}." in words(told)
    assert "Dry Valleys" in again
    asks(postman, world.dora, f"{contribution.code}: dissociate")
    assert not Association.objects.exists()


def test_on_the_web_with_a_button(world, contribution):
    world.sign_in(world.dora)
    page = world.client.get(contribution.get_absolute_url()).content.decode()

    valleys = Organisation.objects.get(name="Dry Valleys")
    world.client.post(f"{contribution.get_absolute_url()}associate/", {"organisation": valleys.pk})

    assert f"{contribution.get_absolute_url()}associate/" in page
    shown = world.client.get(contribution.get_absolute_url()).content.decode()
    assert "Dry Valleys" in shown
    world.client.post(f"{contribution.get_absolute_url()}dissociate/", {"organisation": valleys.pk})
    assert not Association.objects.exists()


def test_not_with_ones_own_nor_without_a_mandate_nor_after_the_close(world, postman, contribution):
    own = asks(postman, world.bob, f"{contribution.code}: associate")
    none = asks(postman, world.carol, f"{contribution.code}: associate")
    consulting.close(contribution.consultation)
    late = asks(postman, world.dora, f"{contribution.code}: associate")

    assert "another organisation" in words(own)
    assert "not done" in words(none).lower()
    assert "closed on" in words(late)
    assert not Association.objects.exists()


def test_who_speaks_for_several_names_one(world, postman, contribution):
    consulting.organisation(world, "World Wide Fund for Nature", world.dora, acronym="WWF")

    unclear = asks(postman, world.dora, f"{contribution.code}: associate")
    asks(postman, world.dora, f"{contribution.code}: associate WWF")

    assert "Dry Valleys, WWF" in words(unclear)
    assert Association.objects.get().organisation.acronym == "WWF"


def test_a_superseded_contribution_names_the_later_one(world, question, contribution):
    valleys = consulting.organisation(world, "Valleys", world.dora)
    later = consulting.answer(world.bob, question, "In June.")
    type(contribution).objects.filter(pk=contribution.pk).update(superseded_by=later)

    with pytest.raises(Refused, match=later.code):
        associations.associate(by=world.dora, contribution=contribution, organisation=valleys)


def test_a_reference_brings_a_consultation_a_question_or_a_contribution(world, postman, contribution):
    code = contribution.consultation.code

    whole = asks(postman, world.dora, f"GET {code}")
    question = asks(postman, world.dora, f"GET {code} Q2")
    one = asks(postman, world.dora, f"GET {contribution.code}")
    nothing = asks(postman, world.dora, f"GET {code}/99")

    assert "Springs run dry earlier every year." in words(whole)
    assert f"GET {code} Q2" in whole
    assert "Closes on" in words(whole)
    assert "Who decides on the last water?" in words(question)
    assert "In July, at Gurtnellen." in one
    assert "Alpine Springs" in words(one)
    assert "There is nothing under this reference" in words(nothing)


def test_a_reply_to_a_question_that_was_fetched_answers_it(world, postman, contribution):
    asks(postman, world.dora, f"GET {contribution.consultation.code} Q2")

    postman.replies(Letter.objects.filter(member=world.dora).latest("pk"), "The village council.")

    made = contribution.consultation.contributions.latest("number")
    assert (made.question.number, made.post.text) == (2, "The village council.")


def test_what_one_may_not_read_is_not_there(world, postman):
    hidden = consulting.prepared(world, slug="hidden")

    assert "There is nothing under this reference" in words(asks(postman, world.bob, f"GET {hidden.code}"))


def test_a_changed_window_is_mailed_to_all_and_an_opening_to_those_who_read_post_by_post(world, consultation, english):
    Subscription.objects.filter(member=world.dora).delete()
    Subscription.objects.create(member=world.dora, workspace=consultation.workspace, cadence="each", cursor=0)
    letters_of_consultations.write_due()
    at_once = set(Letter.objects.filter(about=consultation.reference).values_list("member__name", "subject"))
    Letter.objects.all().delete()
    phase = consultation.timetable[0]

    phases.change_window(
        by=world.alice,
        phase=phase,
        closes_at=phase.closes_at + timedelta(days=3),
        authority="The co-chairs",
        reason="Floods cut the lines.",
    )
    letters_of_consultations.write_due()

    told = Letter.objects.filter(about=consultation.reference)
    assert {name for name, _subject in at_once} == {"Dora"}
    assert {letter.member.name for letter in told} >= {"Alice", "Bob", "Dora"}
    text = words(letters.text_of(told.get(member=world.dora)))
    assert f"Notice 1 of the consultation {consultation.code}" in text
    assert "By authority of: The co-chairs" in text


@pytest.mark.parametrize("tail", [" QX", " Q²", "/²", "/-1", "/" + "9" * 5000, " Q" + "9" * 20, "/1/1"])
def test_what_is_no_reference_names_nothing(world, contribution, tail):
    code = contribution.consultation.code

    assert references.find(world.dora, f"{code}/{contribution.number}").thing == contribution
    assert references.find(world.dora, f"{code}{tail}") is None
