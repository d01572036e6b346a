"""Pages of somebody else: what they can make a member's browser send here, and what they get to see of the answer."""

import pytest
from django.test import Client
from django.urls import reverse

from forum.models import Post
from notifications import letters
from tests.house.test_permissions import ALLAUTH, BACKEND, names
from tests.permissions import consultations, forum, members, notifications

# From where a browser may send is the same whatever database is behind it.
pytestmark = pytest.mark.sqlite_only
ROWS = {
    f"{app.__name__.rpartition('.')[2]}:{name}": row
    for app in (consultations, forum, members, notifications)
    for name, row in app.ROWS.items()
}
AWAY = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "https:evil.example",
    "\t//evil.example",
)


@pytest.mark.parametrize("name", ROWS)
def test_no_post_from_elsewhere_does_anything(world, name):
    row = ROWS[name]
    row.scene(world)
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.alice, backend=BACKEND)
    data = row.data(world) if callable(row.data) else row.data

    for origin in ("https://evil.example", "null"):
        response = client.post(reverse(name, kwargs=row.at(world)), data, headers={"origin": origin})
        # Programs post there: a mail program with its link, a mail provider with the secret that is not set here.
        expected = {"notifications:stop": 200, "notifications:webhook": 404}.get(name, 403)
        assert response.status_code in (expected, 405)


def test_no_account_page_takes_a_post_from_elsewhere(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.alice, backend=BACKEND)

    for namespace, name in names():
        if namespace or not name.startswith((*ALLAUTH, "language")):
            continue
        try:
            address = reverse(name)
        except Exception:
            continue  # needs a key
        response = client.post(address, {}, headers={"origin": "https://evil.example"})
        assert response.status_code in (302, 403, 404, 405), name
        if response.status_code == 302:  # a page that only leads elsewhere
            assert response["Location"].startswith("/account/"), (name, response["Location"])
    assert client.get("/profile/").status_code == 200


@pytest.mark.parametrize("name", ROWS)
def test_only_a_post_changes_anything(world, name):
    row = ROWS[name]
    row.scene(world)
    client = Client()
    client.force_login(world.alice, backend=BACKEND)
    data = row.data(world) if callable(row.data) else row.data
    address = reverse(name, kwargs=row.at(world))
    before = state(world)

    for method in ("get", "head", "options", "put", "patch", "delete", "trace"):
        response = getattr(client, method)(address, data if method == "get" else "")
        assert response.status_code < 500, method

    assert state(world) == before


def state(world):
    journals = [(entry.journal_id, entry.seq) for entry in world.workspace.journal.entries.all()]
    return journals, list(Post.objects.values_list("pk", "state", "text")), world.workspace.seats.count()


@pytest.mark.parametrize("away", AWAY)
def test_no_link_leads_away_from_here(world, away):
    member = Client()
    member.force_login(world.bob, backend=BACKEND)
    for client in (Client(), member):
        for address in (
            "/account/login/",
            "/account/login/code/",
            "/account/signup/",
            "/account/logout/",
            "/language/",
        ):
            for response in (
                client.get(address, {"next": away}),
                client.post(address, {"next": away, "language": "fr"}, headers={"referer": "https://evil.example/"}),
            ):
                location = response.get("Location", "/")
                assert location.startswith("/"), (address, location)
                assert not location.startswith(("//", "/\\")), (address, location)


def test_a_page_is_kept_for_nobody_else(world):
    world.workspace.visibility = "members"
    world.workspace.save()
    world.sign_in(world.bob)
    addresses = ("/", f"/threads/{world.thread.pk}/", "/workspaces/plenary/", f"/posts/{world.post.pk}/", "/mail/")

    for address in addresses:
        mine = world.client.get(address)
        assert "private" in mine["Cache-Control"], address
        assert "Cookie" in mine["Vary"], address
        theirs = Client().get(address, headers={"if-none-match": mine["ETag"]})
        assert theirs.status_code != 304, address


def test_a_strange_host_gets_nothing(world, client):
    for host in ("evil.example", "localhost.evil.example", "evil.example:80", "localhost@evil.example", "a b", ""):
        response = client.get("/", headers={"host": host})
        assert response.status_code == 400, host
        assert b"evil" not in response.content


def test_who_has_a_link_that_stops_mail_can_do_nothing_else(world, client):
    link = letters.stop_url(member_id=world.bob.pk).rpartition("/mail/")[2]

    client.post(f"/mail/{link}")

    assert client.get("/mail/").status_code == 302
    for wrong in (link[:-3] + "aa/", link.replace("stop/", "stop/a"), "stop/" + "a" * 30 + "/"):
        assert client.post(f"/mail/{wrong}").status_code == 404
