"""Requests no browser makes: signs a database will not have, charsets nobody writes, numbers without end."""

import pytest
from django.test import Client

NUMBERS = ("-1", "0", "x", "9" * 30, "9" * 5000, "1e9", "٣", "²", "%00", "1%00", "%ff", "%ed%a0%80", "'", "..%2f", "")
PARAMETERS = {
    "/": ("x", "page"),
    "/workspaces/": ("after", "theme", "region", "language"),
    "/workspaces/plenary/": ("after",),
    "/organisations/": ("page", "category", "region", "words"),
    "/mandates/apply/": ("organisation",),
    "/account/login/": ("next",),
    "/account/login/code/": ("next",),
    "/admin/forum/post/": ("q", "p", "o", "state", "e"),
    "/admin/members/member/": ("q", "p", "language", "is_active__exact"),
    "/admin/notifications/arrival/": ("q", "p", "state", "received_at__gte"),
}


@pytest.mark.parametrize("address", PARAMETERS)
def test_no_parameter_breaks_a_page(world, address):
    world.sekou.is_superuser = True
    world.sekou.save()
    world.sign_in(world.sekou)

    for name in PARAMETERS[address]:
        for value in NUMBERS:
            response = world.client.get(f"{address}?{name}={value}")
            assert response.status_code < 500, (name, value[:20])


@pytest.mark.parametrize("name", ["from", "before", "order=time&before", "order", "to", "quote"])
def test_no_parameter_breaks_a_thread(world, name, monkeypatch):
    monkeypatch.setattr("forum.pages.POSTS", 1)
    world.sign_in(world.bob)

    for page in ("", "reply/", "unread/"):
        for value in NUMBERS:
            response = world.client.get(f"/threads/{world.thread.pk}/{page}?{name}={value}")
            assert response.status_code < 500, (page, value[:20])


@pytest.mark.parametrize("address", ["/threads/{}/", "/posts/{}/", "/members/{}/", "/files/{}/a", "/organisations/{}/"])
def test_no_number_breaks_an_address(world, address):
    world.sign_in(world.bob)

    for number in ("0", "9" * 18, "9" * 19, "9" * 30, "9" * 5000):
        assert world.client.get(address.format(number)).status_code == 404


@pytest.mark.parametrize("cookie", ["session", "csrf", "language", "messages"])
def test_no_cookie_breaks_a_page(world, cookie):
    for value in ('"abcdefgh\\000ijkl"', '"\\377\\376abcdefgh"', "x" * 4000, "\xff" * 40, "a:b:c", "eyJ:x:y"):
        response = Client(headers={"cookie": f"{cookie}={value}"}).get("/")
        assert response.status_code < 500, value[:20]


@pytest.mark.parametrize(
    "charset", ["rot13", "hex", "undefined", "utf-16", "raw_unicode_escape", "idna", "punycode", "x"]
)
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=b", "application/x-www-form-urlencoded", "text/plain"])
def test_no_charset_breaks_a_form(world, charset, kind):
    world.sign_in(world.bob)
    part = b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n\\ud800 \xff\xed\xa0\x80\r\n'
    bodies = {"m": b"".join(part % name for name in (b"title", b"text", b"language")) + b"--b--\r\n"}
    body = bodies.get(kind[:1], b"title=%ed%a0%80\xff&text=%ff%fe\\ud800&language=%00")

    for address in (f"/threads/{world.thread.pk}/reply/", "/workspaces/plenary/start/", "/profile/", "/account/login/"):
        content_type = f"{kind}; charset={charset}"
        assert world.client.generic("POST", address, body, content_type=content_type).status_code < 500, address
        assert world.client.generic("GET", address, content_type=content_type).status_code < 500, address


def test_no_sign_in_a_form_breaks_a_page(world):
    world.sign_in(world.alice)
    signs = "a\x00b\x0b\u2028\u202e\ud800\r\x1b"
    forms = {
        f"/threads/{world.thread.pk}/reply/": ("text", "key", "language", "organisation"),
        "/workspaces/plenary/start/": ("title", "text", "key"),
        "/workspaces/plenary/change/": ("name", "description", "visibility", "themes", "languages"),
        "/workspaces/plenary/invite/": ("addresses", "role", "text"),
        f"/posts/{world.answer.pk}/hide/": ("reason",),
        f"/posts/{world.post.pk}/edit/": ("text", "reason"),
        "/profile/": ("name", "about", "timezone"),
        "/mandates/apply/": ("name", "text", "website", "organisation"),
        "/mail/": ("hour", "paused_until"),
        "/account/email/": ("email", "action_add", "action_remove"),
        "/language/": ("language", "next"),
    }
    for address, names in forms.items():
        for name in names:
            body = {name: signs.replace("\ud800", ""), "text": "x", name + "x": "\x00"} | {
                name: signs.replace("\ud800", "")
            }
            assert world.client.post(address, body).status_code < 500, (address, name)
