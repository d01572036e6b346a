"""Addresses that a validator lets through and no mail header can carry: one of them must not stop everybody's mail."""

import pytest

from forum.services import posts, seats
from members.models import Member
from notifications import each, notices, subscriptions
from notifications.models import Letter

UNWRITABLE = ['"<b>"@example.org', '"a\\ b"@example.org', '"\x01"@example.org', f"x@{'ü' * 62}.example"]


@pytest.mark.parametrize("address", UNWRITABLE, ids=["angles", "blank", "control", "domain"])
def test_an_invitation_to_an_unwritable_address_does_not_stop_the_others(world, address):
    seats.invite(by=world.alice, workspace=world.workspace, email=address)
    seats.invite(by=world.alice, workspace=world.workspace, email="eve@example.org")

    notices.write_due()

    assert Letter.objects.filter(recipient="eve@example.org").exists()


@pytest.mark.parametrize("address", UNWRITABLE, ids=["angles", "blank", "control", "domain"])
def test_a_member_with_an_unwritable_address_does_not_stop_the_letters_of_others(world, address):
    each.write_due()
    Member.objects.filter(pk=world.alice.pk).update(email=address)
    for member in (world.alice, world.dora):
        subscriptions.follow(member=member, workspace=world.workspace, cadence="each")

    posts.reply(author=world.bob, thread=world.thread, text="Snow is late.")
    each.write_due()

    assert [letter.member for letter in Letter.objects.filter(kind="post")] == [world.dora]


def test_signing_in_with_an_unwritable_address_is_no_error(world, client):
    for address in UNWRITABLE:
        for page in ("/account/login/code/", "/account/signup/"):
            form = {"email": address, "login": address, "name": "Eve", "language": "en"}
            assert client.post(page, form).status_code < 500, address
