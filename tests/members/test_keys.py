"""Access keys: made by oneself, shown once, told of by mail, and good for /api/ alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.access import Refused
from journal.models import Entry
from members.models import AccessKey
from members.services import keys

ME = "/api/v1/me/"


def bearing(secret, **headers):
    return {"Authorization": f"Bearer {secret}", **headers}


def test_bob_makes_a_key_uses_it_and_withdraws_it(world, mailoutbox):
    client = world.sign_in(world.bob)

    page = client.post("/keys/", {"name": "Survey", "scope": "read", "days": "30"})
    key = AccessKey.objects.get()
    secret = next(word for word in page.content.decode().replace("<", " ").replace(">", " ").split() if "alp_" in word)
    world.sign_out()
    me = world.client.get(ME, headers=bearing(secret))
    world.sign_in(world.bob)
    listed = world.client.get("/keys/").content.decode()
    world.client.post(f"/keys/{key.pk}/withdraw/")
    world.sign_out()
    after = world.client.get(ME, headers=bearing(secret))

    assert page["Cache-Control"] == "private, no-store"
    assert (me.status_code, me.json()["name"], me["Cache-Control"]) == (200, "Bob", "private, no-store")
    assert secret not in listed
    assert f"…{secret[-4:]}" in listed
    assert "last used on" in listed
    assert (after.status_code, after["WWW-Authenticate"]) == (401, "Bearer")
    assert secret not in str(AccessKey.objects.values().get())
    entries = Entry.objects.filter(verb__startswith="key.").order_by("seq")
    assert [entry.verb for entry in entries] == ["key.made", "key.withdrawn"]
    assert all(secret not in str(entry.data) and entry.audience == world.bob.reference for entry in entries)
    [told] = mailoutbox
    assert (told.to, "Survey" in told.body, secret in told.body) == ([world.bob.email], True, False)


def test_a_key_opens_nothing_but_the_api(world):
    _key, secret = keys.make(by=world.sekou, name="All", scope="contribute", days=1)

    found = {path: world.client.get(path, headers=bearing(secret)).status_code for path in ("/keys/", "/admin/", ME)}
    posted = world.client.post(f"/threads/{world.thread.pk}/reply/", {"text": "Hello"}, headers=bearing(secret))

    assert found == {"/keys/": 302, "/admin/": 302, ME: 200}
    assert posted.status_code == 302
    assert world.thread.posts.count() == 2


def test_what_is_no_key_in_force_opens_nothing(world):
    _key, expired = keys.make(by=world.bob, name="Old", scope="read", days=1)
    AccessKey.objects.update(expires_at=timezone.now())
    _key, of_nobody = keys.make(by=world.dora, name="Gone", scope="read", days=1)
    _key, good = keys.make(by=world.bob, name="Survey", scope="read", days=1)
    world.dora.is_active = False
    world.dora.save()
    world.sign_in(world.bob)  # whose cookie counts for nothing there
    shown = [bearing(expired), bearing(of_nobody), {"Authorization": f"Basic {good}"}, bearing("alp_"), {}]

    answers = [world.client.get(ME, headers=headers) for headers in shown]

    for answer in answers:
        assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
        assert answer.json()["type"] == "urn:alphorn:problem:key"
    assert world.client.get(ME, headers=bearing(good)).status_code == 200


def test_a_key_has_a_name_and_an_end(world):
    for fields in ({"days": 366}, {"days": 0}, {"name": " "}):
        with pytest.raises(Refused):
            keys.make(by=world.bob, **{"name": "Survey", "scope": "read", "days": 30} | fields)


def test_a_member_has_a_bounded_number_of_keys(world, monkeypatch):
    monkeypatch.setattr(keys, "MOST", 1)
    key, _secret = keys.make(by=world.bob, name="One", scope="read", days=30)

    with pytest.raises(Refused, match="Withdraw one"):
        keys.make(by=world.bob, name="Two", scope="read", days=30)
    with pytest.raises(Refused, match="your own"):
        keys.withdraw(by=world.carol, key=key)
    keys.withdraw(by=world.bob, key=key)

    assert keys.make(by=world.bob, name="Two", scope="read", days=30)[0].expires_at > timezone.now() + timedelta(
        days=29
    )
