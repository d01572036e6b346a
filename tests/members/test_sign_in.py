"""Signing in by emailed code, through the pages and the real letter."""

import re

import pytest
from django.core import mail
from django.core.cache import cache


@pytest.fixture(autouse=True)
def no_earlier_tries():
    cache.clear()


def ask_for_code(client, address):
    return client.post("/account/login/code/", {"email": address})


def code():
    """The code in the newest letter."""
    return re.search(r"^([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", mail.outbox[-1].body, re.MULTILINE).group(1)


def test_bob_signs_in_with_the_code_from_his_mail(world):
    ask_for_code(world.client, "bob@example.org")

    world.client.post("/account/login/code/confirm/", {"code": code()})

    assert world.client.session["_auth_user_id"] == str(world.bob.pk)


def test_a_wrong_code_is_refused(world):
    ask_for_code(world.client, "bob@example.org")

    world.client.post("/account/login/code/confirm/", {"code": "WRONG1"})

    assert "_auth_user_id" not in world.client.session


def test_after_five_wrong_codes_the_right_one_no_longer_helps(world):
    ask_for_code(world.client, "bob@example.org")
    right = code()

    for _ in range(5):
        world.client.post("/account/login/code/confirm/", {"code": "WRONG1"})
    world.client.post("/account/login/code/confirm/", {"code": right})

    assert "_auth_user_id" not in world.client.session


def test_opening_the_page_does_not_use_the_code_up(world):
    ask_for_code(world.client, "bob@example.org")

    world.client.get("/account/login/code/confirm/")
    world.client.post("/account/login/code/confirm/", {"code": code()})

    assert world.client.session["_auth_user_id"] == str(world.bob.pk)


def test_the_code_opens_no_other_browser(world):
    ask_for_code(world.client, "bob@example.org")

    other = world.sign_out()
    other.post("/account/login/code/confirm/", {"code": code()})

    assert "_auth_user_id" not in other.session


def test_an_unknown_address_sees_the_same_page(world):
    known = ask_for_code(world.client, "bob@example.org")
    unknown = ask_for_code(world.sign_out(), "nobody@example.org")

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_a_closed_account_is_not_let_in(world):
    world.bob.is_active = False
    world.bob.save()

    ask_for_code(world.client, "bob@example.org")

    assert "_auth_user_id" not in world.client.session


def test_the_password_pages_do_not_exist(world):
    assert world.client.get("/account/password/reset/").status_code == 404


def test_the_sign_in_page_leads_to_the_code_and_keeps_the_way(world):
    answer = world.client.get("/account/login/?next=/profile/")

    assert answer.url == "/account/login/code/?next=%2Fprofile%2F"


def test_a_passkey_can_be_used_on_the_sign_in_page(world):
    page = world.client.get("/account/login/code/").content.decode()

    assert 'id="passkey_login"' in page
    assert "webauthn.js" in page
