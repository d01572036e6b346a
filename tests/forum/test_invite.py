"""Invite: one address or many; and accept, also by someone who is not signed in yet."""

from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core import tokens
from forum import invitees
from forum.models import Invitation, Seat


def invite(world, who=None, **fields):
    return world.sign_in(who or world.alice).post("/workspaces/plenary/invite/", {"role": "member", **fields})


def test_alice_invites_one_address(world):
    page = invite(world, addresses="Eve@Example.org, Eve", text="Join us").content.decode()

    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.name, invitation.text) == ("eve@example.org", "Eve", "Join us")
    assert "invited" in page


def test_bob_cannot_invite(world):
    assert invite(world, world.bob, addresses="eve@example.org").status_code == 403
    assert not Invitation.objects.exists()


def test_a_file_is_invited_row_by_row_and_each_row_has_its_outcome(world):
    rows = "name;email\nEve;eve@example.org\nBob;bob@example.org\nNobody;not an address\nEve;EVE@example.org\n"
    file = SimpleUploadedFile("people.csv", rows.encode("utf-16"))

    page = invite(world, file=file).content.decode()

    assert list(Invitation.objects.values_list("email", flat=True)) == ["eve@example.org"]
    assert "has a seat here already" in page
    assert "This is no email address." in page
    assert "stands above already" in page


def test_no_more_than_500_at_once(world):
    many = "\n".join(f"p{number}@example.org" for number in range(501))

    refused = invite(world, addresses=many)

    assert refused.status_code == 422
    assert "nobody was invited yet" in refused.content.decode()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("eve@example.org", [("eve@example.org", "")]),
        ("Eve Adams <eve@example.org>", [("eve@example.org", "Eve Adams")]),
        ("eve@example.org\tEve\nadam@example.org", [("eve@example.org", "Eve"), ("adam@example.org", "")]),
        ('Email,Name\neve@example.org,"Adams, Eve"', [("eve@example.org", "Adams, Eve")]),
        ("Eve,eve@example.org", [("eve@example.org", "Eve")]),
        ("eve@example.org,=HYPERLINK(A1)", [("eve@example.org", "HYPERLINK(A1)")]),
        ("\ufeffeve@example.org\n\n  \n", [("eve@example.org", "")]),
        ("", []),
    ],
)
def test_addresses_are_read_however_they_are_written(text, people):
    assert invitees.read(text) == people


def test_a_field_without_end_is_no_error(world):
    page = invite(world, addresses='"' + "a\x00\r" * 99_000 + "@example.org")

    assert page.status_code in (200, 422)
    assert not Invitation.objects.exists()


def link(world, email="carol@example.org"):
    invite(world, addresses=email)
    world.sign_out()
    return f"/invitations/{Invitation.objects.get().token}/"


def test_carol_takes_the_seat_she_was_invited_to(world):
    address = link(world)

    world.sign_in(world.carol).post(address)

    assert Seat.objects.filter(workspace=world.workspace, member=world.carol).exists()


def test_one_press_is_enough_for_someone_who_signs_in_first(world):
    address = link(world)

    page = world.client.get(address).content.decode()
    sent = world.client.post(address)
    world.sign_in(world.carol)
    world.client.get(address)

    assert "You are invited to" in page
    assert unquote(sent["Location"]) == f"/account/login/code/?next={address}"
    assert Seat.objects.filter(workspace=world.workspace, member=world.carol).exists()


def test_opening_the_link_alone_takes_no_seat(world):
    address = link(world)

    world.sign_in(world.carol).get(address)

    assert not Seat.objects.filter(workspace=world.workspace, member=world.carol).exists()


def test_the_link_is_for_the_invited_address_only(world):
    address = link(world, "eve@example.org")

    refused = world.sign_in(world.carol).post(address)

    assert refused.status_code == 403
    assert "for another address" in refused.content.decode()


def test_a_forged_link_leads_nowhere(world):
    assert world.client.get("/invitations/1/").status_code == 404
    assert world.client.get(f"/invitations/{tokens.sign('confirm', 1)}/").status_code == 404


def test_a_link_works_once(world):
    address = link(world)
    world.sign_in(world.carol).post(address)
    world.client.post("/workspaces/plenary/leave/")

    again = world.client.post(address)

    assert "was used or has expired" in again.content.decode()
    assert not Seat.objects.filter(workspace=world.workspace, member=world.carol).exists()
