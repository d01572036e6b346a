"""The thread page: what stands on it, in which order, and what it costs."""

import re

import brotli
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forum.models import ReadMark
from forum.services import posts, threads
from tests.forum.many import lengthen


def numbers(response):
    """The posts on a page, in the order they stand there."""
    return [int(number) for number in re.findall(r'<article id="p(\d+)"', response.content.decode())]


def open_page(world, query=""):
    return world.client.get(f"/threads/{world.thread.pk}/{query}")


def test_answers_stand_under_what_they_answer(world):
    late = posts.reply(author=world.alice, thread=world.thread, text="And the snow?")
    under = posts.reply(author=world.dora, thread=world.thread, text="Which springs?", parent=world.answer)

    assert numbers(open_page(world)) == [1, 2, under.number, late.number]
    assert numbers(open_page(world, "?order=time")) == [1, 2, late.number, under.number]


def test_a_long_thread_is_leafed_through_by_key(world):
    lengthen(world.thread, 65)

    assert numbers(open_page(world)) == list(range(1, 21))
    assert numbers(open_page(world, "?from=21")) == list(range(21, 41))
    assert numbers(open_page(world, "?before=21")) == list(range(1, 21))
    assert numbers(open_page(world, "?from=last")) == list(range(46, 66))
    assert numbers(open_page(world, "?before=46&order=time")) == list(range(26, 46))


def test_each_page_names_its_neighbours(world):
    lengthen(world.thread, 65)

    middle = open_page(world, "?from=21").content.decode()

    assert 'href="?before=21"' in middle
    assert 'href="?from=41"' in middle
    assert 'href="?from=last"' in middle
    assert 'href="?at=65#p65"' in middle
    assert "data-first-page" not in middle
    assert "data-last-page" not in middle


@pytest.mark.parametrize(
    "query", ["?from=999999999", "?from=x", "?before=0", "?from=²", "?from=", "?before=99999999999"]
)
def test_a_mistyped_place_is_no_error(world, query):
    lengthen(world.thread, 30)

    assert numbers(open_page(world, query))


def test_a_hidden_post_keeps_its_place_and_loses_its_words(world):
    posts.hide(by=world.alice, post=world.answer, reason="Advertising")

    for_carol = world.sign_in(world.carol).get(f"/threads/{world.thread.pk}/").content.decode()
    for_alice = world.sign_in(world.alice).get(f"/threads/{world.thread.pk}/").content.decode()

    assert 'id="p2"' in for_carol
    assert "Advertising" in for_carol
    assert "twice a year" not in for_carol
    assert "twice a year" in for_alice


def test_a_post_that_waits_is_seen_by_its_author_and_the_moderators_only(world):
    posts.Post.objects.filter(pk=world.answer.pk).update(state="pending")

    assert numbers(world.sign_in(world.bob).get(f"/threads/{world.thread.pk}/")) == [1, 2]
    assert numbers(world.sign_in(world.alice).get(f"/threads/{world.thread.pk}/")) == [1, 2]
    assert numbers(world.sign_in(world.carol).get(f"/threads/{world.thread.pk}/")) == [1]


def test_live_pages_go_on_from_where_the_page_was_made(world):
    page = open_page(world).content.decode()

    world.workspace.journal.refresh_from_db()
    assert f'data-live="/live/threads/{world.thread.pk}/"' in page
    assert f'data-since="{world.workspace.journal.seq}"' in page


@pytest.mark.parametrize("query", ["", "?from=8", "?from=last", "?order=time&before=28"])
def test_a_page_makes_as_many_queries_in_a_thread_of_100000_posts_as_in_one_of_30(world, query):
    made = {}
    for length in (30, 100_000):
        ReadMark.objects.all().delete()
        posts.Post.objects.filter(thread=world.thread, number__gt=2).delete()
        lengthen(world.thread, length)
        for who in (None, world.bob, world.alice):
            client = world.sign_in(who) if who else world.sign_out()
            with CaptureQueriesContext(connection) as queries:
                assert len(numbers(client.get(f"/threads/{world.thread.pk}/{query}"))) == 20
            assert not any("OFFSET" in one["sql"].upper() for one in queries.captured_queries)
            made[length, who] = len(queries)

    assert made[30, None] == made[100_000, None] <= 6
    assert made[30, world.bob] == made[100_000, world.bob] <= 12
    assert made[30, world.alice] == made[100_000, world.alice] <= 12


def test_the_page_arrives_within_the_first_14_kilobytes(world):
    words = "We measured the spring above the village twice a year, in April and in October. "
    for number in range(18):
        text = f"{words} The {number}th time it gave {number * 7} litres.\n\n" + words[::-1] * 3
        posts.reply(author=world.bob, thread=world.thread, text=text, parent=world.post)

    page = world.sign_out().get(f"/threads/{world.thread.pk}/", headers={"Accept-Encoding": "br"})

    sheet = brotli.compress((settings.BASE_DIR / "static" / "site.css").read_bytes())
    assert page["Content-Encoding"] == "br"
    assert len(page.content) + len(sheet) + 2 * 900 <= 14_600  # 900: the headers of an answer, at most
    assert page.content.count(b"<script") == 0


def test_a_page_that_has_not_changed_is_not_sent_again(world):
    world.sign_in(world.bob)
    open_page(world)  # what it shows is read now
    tag = open_page(world)["ETag"]

    again = world.client.get(f"/threads/{world.thread.pk}/", headers={"If-None-Match": tag})
    posts.reply(author=world.alice, thread=world.thread, text="News.")
    changed = world.client.get(f"/threads/{world.thread.pk}/", headers={"If-None-Match": tag})

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200


def test_a_visitors_second_visit_costs_nothing(world):
    tag = open_page(world)["ETag"]

    again = world.client.get(f"/threads/{world.thread.pk}/", headers={"If-None-Match": tag})

    assert again.status_code == 304
    assert "Cookie" in again["Vary"]


def test_a_page_kept_by_one_member_is_not_good_for_another(world):
    tag = world.sign_in(world.bob).get(f"/threads/{world.thread.pk}/")["ETag"]

    for_alice = world.sign_in(world.alice).get(f"/threads/{world.thread.pk}/", headers={"If-None-Match": tag})

    assert for_alice.status_code == 200
    assert for_alice["Cache-Control"] == "private, no-cache"


def test_search_engines_find_one_address_for_a_public_page_and_none_for_a_closed_one(world):
    public = open_page(world, "?order=time").content.decode()
    world.workspace.visibility = "members"
    world.workspace.save(update_fields=["visibility"])
    closed = world.sign_in(world.bob).get(f"/threads/{world.thread.pk}/").content.decode()

    assert f'<link rel="canonical" href="{settings.SITE_URL}/threads/{world.thread.pk}/">' in public
    assert 'name="description"' in public
    assert "Who measures the springs?" in public.split("</head>")[0]
    assert 'name="robots" content="noindex"' in closed


def test_only_those_with_a_seat_see_a_form(world):
    assert b"<textarea" in world.sign_in(world.bob).get(f"/threads/{world.thread.pk}/").content
    for_carol = world.sign_in(world.carol).get(f"/threads/{world.thread.pk}/").content.decode()
    assert "<textarea" not in for_carol
    assert "Take a seat in the workspace to reply" in for_carol


def test_a_closed_thread_says_so(world):
    threads.close(by=world.alice, thread=world.thread, reason="The report is out")

    page = world.sign_in(world.bob).get(f"/threads/{world.thread.pk}/").content.decode()

    assert "The report is out" in page
    assert "<textarea" not in page


def test_the_address_of_a_late_post_shows_it_among_those_before_it(world):
    lengthen(world.thread, 65)

    assert numbers(open_page(world, "?at=64")) == list(range(46, 66))
    assert numbers(open_page(world, "?at=21")) == list(range(21, 41))
