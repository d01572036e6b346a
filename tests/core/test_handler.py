"""The web process as it is: a real Daphne that answers from a pool of threads."""

import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

from forum.services import posts
from forum.services.attachments import Upload
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


def get(live, path, cookie=""):
    request = urllib.request.Request(live.url + path, headers={"Cookie": cookie})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.status, answer.read()


def test_many_requests_at_once_are_all_answered(live):
    world = World()
    path = f"/threads/{world.thread.pk}/"

    with ThreadPoolExecutor(16) as pool:
        pages = list(pool.map(lambda _number: get(live, path), range(48)))

    assert all(status == 200 and b"Who measures the springs?" in page for status, page in pages)


def test_a_file_comes_whole_and_only_to_those_who_may_read_it(live):
    world = World(visibility="private")
    content = b"spring;litres\n" + b"Naldera;42\n" * 50_000
    post = posts.reply(author=world.bob, thread=world.thread, text="The table", files=[Upload("springs.csv", content)])
    path = post.attachments.get().get_absolute_url()

    status, body = get(live, path, live.cookie(world.dora))
    with pytest.raises(urllib.error.HTTPError) as refused:
        get(live, path, live.cookie(world.carol))
    refused.value.close()

    assert (status, body) == (200, content)
    assert refused.value.code == 404


def test_each_reader_gets_their_own_language_whichever_thread_answers(live):
    world = World()
    french, english = live.cookie(world.dora), live.cookie(world.bob)

    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(lambda number: get(live, "/", french if number % 2 else english)[1], range(24)))

    assert all((b'lang="fr"' in page) == bool(number % 2) for number, page in enumerate(pages))
