"""Whoever may change members in the administration cannot give themselves more than they were given."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client


@pytest.fixture
def clerk(world):
    """Of the secretariat, and allowed to see and change members."""
    world.sekou.user_permissions.set(Permission.objects.filter(codename__in=("view_member", "change_member")))
    return world.sign_in(world.sekou)


def form(member, **changed):
    fields = {"name": member.name, "email": member.email, "language": "en", "timezone": "UTC", "is_active": "on"}
    empty = {
        f"{prefix}-{name}_FORMS": 0 for prefix in ("emailaddress_set", "mandates") for name in ("TOTAL", "INITIAL")
    }
    return {**fields, **empty, **changed}


def test_a_clerk_changes_a_name_and_no_rights(world, clerk):
    address = f"/admin/members/member/{world.sekou.pk}/change/"
    every = [permission.pk for permission in Permission.objects.all()]

    posted = clerk.post(
        address,
        form(world.sekou, name="Sékou", is_superuser="on", is_secretariat="on", user_permissions=every),
    )

    world.sekou.refresh_from_db()
    assert (posted.status_code, world.sekou.name, world.sekou.is_superuser) == (302, "Sékou", False)
    assert world.sekou.user_permissions.count() == 2


def test_a_clerk_does_not_change_the_address_a_superuser_signs_in_with(world, clerk):
    root = world.member("root", is_superuser=True, is_secretariat=True)
    address = f"/admin/members/member/{root.pk}/change/"

    posted = clerk.post(address, form(root, email="clerk@example.org"))

    root.refresh_from_db()
    assert (posted.status_code, root.email) == (403, "root@example.org")
    assert clerk.get(address).status_code == 200


def test_a_superuser_gives_rights(world):
    root = world.member("root", is_superuser=True, is_secretariat=True)
    client = Client()
    client.force_login(root, backend="allauth.account.auth_backends.AuthenticationBackend")

    posted = client.post(f"/admin/members/member/{world.carol.pk}/change/", form(world.carol, is_secretariat="on"))

    world.carol.refresh_from_db()
    assert (posted.status_code, world.carol.is_secretariat) == (302, True)
