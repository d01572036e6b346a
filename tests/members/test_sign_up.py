"""Signing up: name, address, language; the address is confirmed by a code."""

import re

import pytest
from django.core import mail
from django.core.cache import cache

from journal.models import Entry
from members.models import Member

FORM = {"email": "Eve@Example.org", "name": "Eve\u202e", "language": "fr"}


@pytest.fixture(autouse=True)
def no_earlier_tries():
    cache.clear()


def test_a_newcomer_becomes_a_member(world):
    world.client.post("/account/signup/", FORM)
    letter = mail.outbox[-1].body
    code = re.search(r"^([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", letter, re.MULTILINE).group(1)
    world.client.post("/account/confirm-email/", {"code": code})

    eve = Member.objects.get(email="eve@example.org")
    assert (eve.name, eve.language) == ("Eve", "fr")
    assert eve.owns("EVE@example.org")
    assert Entry.objects.filter(verb="member.joined", about=eve.reference).exists()


def test_sign_up_can_be_closed(world, settings):
    settings.SIGNUP_OPEN = False

    world.client.post("/account/signup/", FORM)

    assert not Member.objects.filter(email="eve@example.org").exists()


def test_the_form_offers_the_language_of_the_page(world):
    page = world.client.get("/account/signup/", HTTP_ACCEPT_LANGUAGE="ru").content.decode()

    assert '<option value="ru" selected>' in page
