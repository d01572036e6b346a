"""Profiles: members describe themselves; people outside see nothing of it."""

from members.models import Member


def change(world, **fields):
    form = {"name": "Bob", "language": "en", "timezone": "Africa/Nairobi", "country": "KE", "about": ""}
    return world.client.post("/profile/", form | fields)


def test_bob_changes_his_profile(world):
    world.sign_in(world.bob)

    change(world, name="Bob K.\u0007", language="ar")

    bob = Member.objects.get(pk=world.bob.pk)
    assert (bob.name, bob.language, bob.timezone, bob.country) == ("Bob K.", "ar", "Africa/Nairobi", "KE")
    page = world.client.get("/profile/")
    assert 'dir="rtl"' in page.content.decode()


def test_an_unknown_time_zone_is_refused_with_the_form(world):
    world.sign_in(world.bob)

    answer = change(world, timezone="Mars/Olympus")

    assert answer.status_code == 200
    assert Member.objects.get(pk=world.bob.pk).timezone == "UTC"


def test_a_member_sees_another_members_profile(world):
    world.sign_in(world.carol)

    page = world.client.get(f"/members/{world.bob.pk}/").content.decode()

    assert "Bob" in page
    assert "bob@example.org" not in page


def test_people_outside_are_asked_to_sign_in(world):
    answer = world.client.get(f"/members/{world.bob.pk}/")

    assert answer.status_code == 302
    assert answer.url.startswith("/account/login/code/")
