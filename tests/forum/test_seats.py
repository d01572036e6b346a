"""Seats: join, request, admit, decline, leave, appoint, dismiss."""

from forum.models import JoinRequest, Seat


def set_joining(world, how):
    world.workspace.joining = how
    world.workspace.save(update_fields=["joining"])


def has_seat(world, member):
    return Seat.objects.filter(workspace=world.workspace, member=member).exists()


def test_carol_joins_an_open_room(world):
    set_joining(world, "open")

    world.sign_in(world.carol).post("/workspaces/plenary/join/")

    assert has_seat(world, world.carol)


def test_carol_cannot_join_where_one_asks(world):
    refused = world.sign_in(world.carol).post("/workspaces/plenary/join/")

    assert refused.status_code == 403
    assert not has_seat(world, world.carol)


def test_carol_asks_and_alice_admits_her(world):
    page = world.sign_in(world.carol).get("/workspaces/plenary/").content.decode()
    world.client.post("/workspaces/plenary/request/", {"text": "I measure springs too."})
    asked = JoinRequest.objects.get()

    room = world.sign_in(world.alice).get("/workspaces/plenary/").content.decode()
    seats = world.client.get("/workspaces/plenary/seats/").content.decode()
    world.client.post(f"/requests/{asked.pk}/admit/")

    assert "/workspaces/plenary/request/" in page
    assert "1 request" in room
    assert "I measure springs too." in seats
    assert has_seat(world, world.carol)


def test_alice_declines_with_a_reason(world):
    world.sign_in(world.carol).post("/workspaces/plenary/request/", {"text": "Please"})
    asked = JoinRequest.objects.get()

    world.sign_in(world.bob).post(f"/requests/{asked.pk}/decline/", {"reason": "I say so"})
    assert JoinRequest.objects.get().state == "open"
    world.sign_in(world.alice).post(f"/requests/{asked.pk}/decline/", {"reason": "Full"})

    asked.refresh_from_db()
    assert (asked.state, asked.reason) == ("declined", "Full")
    assert not has_seat(world, world.carol)


def test_bob_leaves_and_the_only_moderator_cannot(world):
    world.sign_in(world.bob).post("/workspaces/plenary/leave/")
    refused = world.sign_in(world.alice).post("/workspaces/plenary/leave/")

    assert not has_seat(world, world.bob)
    assert has_seat(world, world.alice)
    assert "You are the only moderator here" in refused.content.decode()


def test_alice_makes_bob_a_moderator_and_bob_cannot_do_it_himself(world):
    seat = world.workspace.seats.get(member=world.bob)

    refused = world.sign_in(world.bob).post(f"/seats/{seat.pk}/appoint/", {"role": "moderator"})
    world.sign_in(world.alice).post(f"/seats/{seat.pk}/appoint/", {"role": "moderator"})

    assert refused.status_code == 403
    seat.refresh_from_db()
    assert seat.moderates


def test_alice_takes_a_seat_away(world):
    seat = world.workspace.seats.get(member=world.bob)

    world.sign_in(world.alice).post(f"/seats/{seat.pk}/dismiss/", {"reason": "Left the partnership"})

    assert not has_seat(world, world.bob)
    assert world.sign_in(world.bob).get("/workspaces/plenary/start/").status_code == 403


def test_what_one_loses_access_to_is_gone_with_the_next_request(world):
    world.workspace.visibility = "private"
    world.workspace.save(update_fields=["visibility"])
    before = world.sign_in(world.bob).get(f"/threads/{world.thread.pk}/").status_code

    Seat.objects.filter(workspace=world.workspace, member=world.bob).delete()

    assert before == 200
    for address in (f"/threads/{world.thread.pk}/", "/workspaces/plenary/", f"/posts/{world.answer.pk}/"):
        assert world.client.get(address).status_code == 404
    assert "Plenary" not in world.client.get("/workspaces/").content.decode()
    assert "Water above" not in world.client.get("/").content.decode()
