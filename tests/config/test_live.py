"""The server beside the tests: what a test writes, the site shows, to who may see it."""

import urllib.request

from django.contrib.sessions.models import Session


def test_the_site_answers_when_it_can_read_its_database(live):
    with urllib.request.urlopen(f"{live.url}/healthz") as answer:
        assert answer.status == 200


def test_the_site_shares_the_database_of_the_test(live, world):
    address = f"{live.url}/admin/"
    anonymous = urllib.request.Request(address)
    sekou = urllib.request.Request(address, headers={"Cookie": live.cookie(world.sekou)})

    with urllib.request.urlopen(anonymous) as sent_away, urllib.request.urlopen(sekou) as admitted:
        assert "login" in sent_away.url
        assert admitted.url == address
    assert Session.objects.count() == 1


def test_a_browser_signs_in(live, page, world):
    page.goto(f"{live.url}/admin/")
    assert "/account/login/" in page.url

    live.sign_in(page, world.sekou)
    page.goto(f"{live.url}/admin/")

    assert page.url == f"{live.url}/admin/"
