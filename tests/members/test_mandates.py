"""Mandates: asked for, given, declined with a reason, and laid down."""

import pytest

from core.access import Refused, require
from journal.models import Entry
from members.models import Application, Category, Mandate, Organisation
from members.rules import speak_for
from members.services import mandates


@pytest.fixture
def union(world):
    return mandates.admit(by=world.sekou, name="Union of High Valleys", category=Category.FARMERS, country="NP")


def apply(world, **fields):
    return world.client.post("/mandates/apply/", {"text": "I am its secretary"} | fields)


def test_bob_asks_and_the_secretariat_gives_the_mandate(world, union):
    world.sign_in(world.bob)
    apply(world, organisation=union.pk)
    apply(world, organisation=union.pk)

    application = Application.objects.get()
    world.sign_in(world.sekou)
    world.client.post(f"/applications/{application.pk}/accept/")

    require(speak_for, world.bob, union)
    assert Entry.objects.get(verb="mandate.given").actor == world.sekou.reference


def test_without_a_mandate_nobody_speaks_for_an_organisation(world, union):
    with pytest.raises(Refused, match="no mandate to speak for Union"):
        require(speak_for, world.bob, union)


def test_a_new_organisation_is_admitted_with_its_first_mandate(world):
    world.sign_in(world.bob)
    apply(world, name="Herders' Council", category="indigenous", country="MN")

    world.sign_in(world.sekou)
    world.client.post(f"/applications/{Application.objects.get().pk}/accept/")

    council = Organisation.objects.get(name="Herders' Council")
    assert Mandate.objects.get().organisation == council


def test_bob_may_not_accept_his_own_application(world, union):
    world.sign_in(world.bob)
    apply(world, organisation=union.pk)

    answer = world.client.post(f"/applications/{Application.objects.get().pk}/accept/")

    assert answer.status_code == 403
    assert not Mandate.objects.exists()


def test_an_application_is_declined_with_a_reason(world, union):
    application = mandates.apply(member=world.bob, organisation=union, text="Please")

    world.sign_in(world.sekou)
    world.client.post(f"/applications/{application.pk}/decline/", {"text": "The union names another person."})

    world.sign_in(world.bob)
    assert "The union names another person." in world.client.get("/mandates/apply/").content.decode()


def test_an_application_without_an_organisation_is_shown_again_with_its_text(world):
    world.sign_in(world.bob)

    page = apply(world, text="My long explanation").content.decode()

    assert "My long explanation" in page
    assert not Application.objects.exists()


def test_bob_lays_his_mandate_down(world, union):
    mandate = mandates.give(by=world.sekou, member=world.bob, organisation=union)
    world.sign_in(world.bob)

    world.client.post(f"/mandates/{mandate.pk}/end/")

    with pytest.raises(Refused):
        require(speak_for, world.bob, union)


def test_carol_may_not_end_bobs_mandate(world, union):
    mandate = mandates.give(by=world.sekou, member=world.bob, organisation=union)
    world.sign_in(world.carol)

    assert world.client.post(f"/mandates/{mandate.pk}/end/").status_code == 403
    require(speak_for, world.bob, union)


def test_organisations_are_found_by_category_and_name(world, union):
    mandates.admit(by=world.sekou, name="Ministry of Peaks", category=Category.GOVERNMENT)

    page = world.client.get("/organisations/?category=farmers&words=valleys").content.decode()

    assert "Union of High Valleys" in page
    assert "Ministry of Peaks" not in page
