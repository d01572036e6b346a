"""What is new: marks move with what was shown, and lists count the rest."""

import re

from forum.models import ReadMark, Thread
from forum.services import posts, seats
from tests.forum.many import lengthen


def mark(world, member):
    found = ReadMark.objects.get(member=member, thread=world.thread)
    return found.number, found.ahead


def test_what_was_shown_is_read_and_what_comes_later_is_new(world):
    world.sign_in(world.dora).get(f"/threads/{world.thread.pk}/")
    posts.reply(author=world.bob, thread=world.thread, text="Nobody else?")

    page = world.client.get(f"/threads/{world.thread.pk}/").content.decode()
    again = world.client.get(f"/threads/{world.thread.pk}/").content.decode()

    assert "1 new since you were here" in page or "1 nouveau" in page or 'href="#p3"' in page
    assert re.findall(r'id="p(\d+)"[^>]*is-new', page) == ["3"]
    assert "is-new" not in again


def test_ones_own_post_is_not_new(world):
    world.sign_in(world.bob).get(f"/threads/{world.thread.pk}/")
    posts.reply(author=world.bob, thread=world.thread, text="Me again.", channel="mail")

    page = world.client.get(f"/threads/{world.thread.pk}/").content.decode()

    assert "is-new" not in page


def test_a_mark_stops_before_what_was_not_shown_and_remembers_what_was(world):
    lengthen(world.thread, 45)
    world.sign_in(world.bob)

    world.client.get(f"/threads/{world.thread.pk}/?from=26")
    assert mark(world, world.bob) == (0, list(range(26, 46)))
    world.client.get(f"/threads/{world.thread.pk}/")
    assert mark(world, world.bob) == (20, list(range(26, 46)))
    world.client.get(f"/threads/{world.thread.pk}/?from=21")
    assert mark(world, world.bob) == (45, [])


def test_posts_one_may_not_see_do_not_hold_the_mark(world):
    lengthen(world.thread, 10)
    world.thread.posts.filter(number__in=[4, 10]).update(state="pending")

    world.sign_in(world.dora).get(f"/threads/{world.thread.pk}/")

    assert mark(world, world.dora) == (10, [])


def test_a_thread_with_nothing_but_waiting_posts_left_is_read(world):
    world.sign_in(world.dora).get(f"/threads/{world.thread.pk}/")
    lengthen(world.thread, 3)
    world.thread.posts.filter(number=3).update(state="pending")

    world.client.get(f"/threads/{world.thread.pk}/")

    assert Thread.objects.with_unread(world.dora).get(pk=world.thread.pk).unread == 0


def test_a_visitor_leaves_no_mark(world):
    world.client.get(f"/threads/{world.thread.pk}/")

    assert not ReadMark.objects.exists()


def test_one_jumps_to_the_first_unread(world):
    lengthen(world.thread, 45)
    world.sign_in(world.bob)
    world.client.get(f"/threads/{world.thread.pk}/")

    went = world.client.get(f"/threads/{world.thread.pk}/unread/")
    world.client.get(f"/threads/{world.thread.pk}/?from=21")
    world.client.get(f"/threads/{world.thread.pk}/?from=41")
    nothing_left = world.client.get(f"/threads/{world.thread.pk}/unread/")

    assert went["Location"] == f"/threads/{world.thread.pk}/?at=21#p21"
    assert nothing_left["Location"] == f"/threads/{world.thread.pk}/"


def test_lists_count_what_is_new(world):
    world.sign_in(world.bob).get(f"/threads/{world.thread.pk}/")
    lengthen(world.thread, 14)

    room = world.client.get("/workspaces/plenary/").content.decode()
    home = world.client.get("/").content.decode()
    world.client.post(f"/threads/{world.thread.pk}/read/")
    after = world.client.get("/workspaces/plenary/").content.decode()

    assert "12 new" in room
    assert "12 new" in home
    assert "12 new" not in after


def test_counting_takes_one_query_for_any_number_of_rooms(world, django_assert_max_num_queries):
    for number in range(12):
        world.room(f"room-{number}")
    world.sign_in(world.bob)

    with django_assert_max_num_queries(9):
        world.client.get("/workspaces/")


def test_what_was_over_before_one_came_is_not_new(world):
    old = seats.give(by=world.sekou, workspace=world.workspace, member=world.carol)
    world.sign_in(world.carol)

    before = world.client.get("/workspaces/plenary/").content.decode()
    posts.reply(author=world.bob, thread=world.thread, text="Welcome, Carol.")
    after = world.client.get("/workspaces/plenary/").content.decode()

    assert old.joined_at > world.answer.sent_at
    assert "/unread/" not in before
    assert f"/threads/{world.thread.pk}/unread/" in after


def test_ones_own_reply_does_not_count_as_new(world):
    world.sign_in(world.bob)
    world.client.get(f"/threads/{world.thread.pk}/")
    posts.reply(author=world.alice, thread=world.thread, text="And the wells?")

    answer = world.client.post(
        f"/threads/{world.thread.pk}/reply/", {"text": "The wells too.", "key": "k"}, follow=True
    )

    assert "1 new since you were here" in answer.content.decode()
