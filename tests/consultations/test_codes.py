"""Coding: codes, several coders, how far they agree, and contributions by code and by word."""

import pytest

from consultations import agreement
from consultations.models import Code, Coding, Contribution
from consultations.services import codes
from core.access import Refused
from forum.models import Seat
from forum.services import posts
from tests.consultations import consulting


@pytest.fixture
def drought(world, consultation):
    return codes.make(by=world.alice, consultation=consultation, name="Drought")


# K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011: its examples A, B and C.
A = ("0100000010", "1110010000")
B = ("aabbdcccedda", "babbbccceddd")
C = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


@pytest.mark.parametrize(("coders", "expected"), [(A, 0.095), (B, 0.692), (C, 0.743)])
def test_alpha_is_that_of_the_published_examples(coders, expected):
    units = [[value for value in unit if value != "."] for unit in zip(*coders, strict=True)]

    assert round(agreement.alpha(units), 3) == expected


@pytest.mark.parametrize("units", [[], [["a"]], [["a", "a"], ["a", "a"]]])
def test_where_nothing_can_be_compared_there_is_no_alpha(units):
    assert agreement.alpha(units) is None


def test_alice_codes_a_contribution_and_finds_it_by_its_code(world, consultation, question, drought):
    consulting.answer(world.bob, question, "The spring at Gurtnellen, in July.")
    consulting.answer(world.dora, question, "Nothing yet.")
    client, address = world.sign_in(world.alice), consultation.get_absolute_url()

    client.post(f"{address}1/code/", {"codes": [drought.pk]})
    by_code = client.get(f"{address}codes/?code={drought.pk}").content.decode()
    by_word = client.get(f"{address}codes/?q=nothing").content.decode()
    left = client.get(f"{address}codes/?left=1").content.decode()
    posts.withdraw(by=world.dora, post=Contribution.objects.get(number=2).post)
    withdrawn = client.get(f"{address}codes/?left=1").content.decode()

    assert "Gurtnellen" in by_code
    assert "Nothing yet" not in by_code
    assert "Nothing yet" in by_word
    assert "Gurtnellen" not in by_word + left
    assert "2/code/" in left
    assert "2/code/" not in withdrawn


def test_two_coders_and_their_agreement_stand_on_the_page(world, consultation, question, drought):
    Seat.objects.filter(member=world.bob, workspace=consultation.workspace).update(role="moderator")
    for number, agree in enumerate((True, True, False)):
        made = consulting.answer(world.dora, question, f"Spring {number}.")
        codes.code(by=world.alice, contribution=made, codes=[drought] if number else [])
        codes.code(by=world.bob, contribution=made, codes=[drought] if bool(number) == agree else [])

    [figure], shared = codes.agreements(consultation)

    assert shared == 3
    assert figure.found == 2
    assert round(figure.alpha, 2) == 0.44


def test_members_do_not_code(world, consultation, question, drought):
    consulting.answer(world.bob, question, "In July.")

    refused = world.sign_in(world.bob).post(f"{consultation.get_absolute_url()}1/code/", {"codes": [drought.pk]})

    assert refused.status_code == 403
    assert not Coding.objects.exists()


@pytest.mark.parametrize(("name", "said"), [(" ", "needs a name"), ("DROUGHT", "already")])
def test_a_code_needs_a_name_of_its_own(world, consultation, drought, name, said):
    with pytest.raises(Refused, match=said):
        codes.make(by=world.alice, consultation=consultation, name=name)

    assert Code.objects.count() == 1


def test_a_code_that_no_database_holds_is_no_choice(world, consultation, question, drought):
    consulting.answer(world.bob, question, "In July.")

    answer = world.sign_in(world.alice).post(f"{consultation.get_absolute_url()}1/code/", {"codes": [str(10**30)]})

    assert answer.status_code == 422
    assert not Coding.objects.exists()
