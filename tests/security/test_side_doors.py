"""What one may not know is not told by another door either: a link, a letter that waits, a name beside a form."""

import pytest
from allauth.account.models import EmailAddress

from core.access import Refused
from forum.models import Invitation, Seat
from forum.services import seats


def test_an_address_somebody_only_claims_does_not_keep_its_owner_out(world):
    EmailAddress.objects.create(user=world.bob, email="eve@example.org", verified=False)
    world.sign_in(world.alice)

    world.client.post(
        "/workspaces/plenary/invite/", {"addresses": "eve@example.org\nbob@example.org", "role": "member"}
    )

    assert [invitation.email for invitation in Invitation.objects.all()] == ["eve@example.org"]


def test_the_new_name_of_a_workspace_turns_and_splits_nothing(world):
    world.sign_in(world.alice)
    form = {"name": "Plenary\u202e\u2028gnp.exe\x0bBcc: x", "visibility": "public", "joining": "open"}

    world.client.post("/workspaces/plenary/change/", {**form, "posting": "seated", "moderation": "none"})

    world.workspace.refresh_from_db()
    assert world.workspace.name == "Plenary gnp.exe Bcc: x"


def test_a_seat_changed_after_it_was_taken_away_is_refused_and_no_error(world):
    world.sign_in(world.alice)
    seat = world.workspace.seats.get(member=world.bob)

    Seat.objects.filter(pk=seat.pk).delete()
    for deed in (
        lambda: seats.appoint(by=world.alice, seat=seat, role=Seat.Role.OBSERVER),
        lambda: seats.dismiss(by=world.alice, seat=seat, reason="Again"),
    ):
        with pytest.raises(Refused):
            deed()
