"""Closing an account: the secretariat shuts a member out, and lets them in again; what they wrote stays."""

import pytest

from core.access import Refused
from journal.models import Entry
from members.models import Member
from members.services import members


def told(member):
    return [entry.verb for entry in Entry.objects.filter(about=member.reference).order_by("seq")]


def test_the_secretariat_closes_an_account_and_opens_it_again(world):
    bob = world.sign_in(world.bob)
    world.sign_out()
    sekou = world.sign_in(world.sekou)

    for _twice in range(2):
        sekou.post(f"/members/{world.bob.pk}/deactivate/")

    assert bob.get("/profile/").status_code == 302  # to sign in, which he cannot
    page = sekou.get(f"/members/{world.bob.pk}/").content.decode()
    assert "This account is closed." in page
    assert "Open the account again" in page
    sekou.post(f"/members/{world.bob.pk}/reactivate/")
    assert Member.objects.get(pk=world.bob.pk).is_active
    assert told(world.bob)[-2:] == ["member.deactivated", "member.reactivated"]


def test_nobody_closes_their_own_account_or_an_operators(world):
    root = world.member("root", is_superuser=True, is_secretariat=True)

    for member in (world.sekou, root):
        with pytest.raises(Refused, match="your own, or an operator's"):
            members.deactivate(by=world.sekou, member=member)
    with pytest.raises(Refused, match="Only the secretariat"):
        members.deactivate(by=world.alice, member=world.bob)
    members.deactivate(by=root, member=world.sekou)

    assert not Member.objects.get(pk=world.sekou.pk).is_active
    assert Member.objects.get(pk=root.pk).is_active
