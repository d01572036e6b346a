"""Search: words in six languages, however they are written, in what one may read and nowhere else."""

import pytest

from forum.services import posts, seats, threads
from notifications import search

TEXTS = {
    "fr": "L’état des sources est bon, même en été.",
    "ru": "Родники измерены в мае, воды хватает.",
    "ar": "قِيسَت ينابيع الماء في الأودية العالية",
    "zh": "我们每年两次测量山泉的水量。",
    "es": "El año pasado medimos los manantiales.",
    "en": "Springs above three thousand metres dry up.",
}


@pytest.fixture
def said(world):
    """{language: the post}"""
    return {code: posts.reply(author=world.bob, thread=world.thread, text=text) for code, text in TEXTS.items()}


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("etat", "fr"),
        ("ÉTAT sources", "fr"),
        ("РОДНИКИ", "ru"),
        ("вода", None),
        ("воды", "ru"),
        ("источник", None),
        ("قيست", "ar"),
        ("الاودية", "ar"),
        ("العاليه", "ar"),
        ("测量山泉", "zh"),
        ("山泉 水量", "zh"),
        ("泉山", None),
        ("ano MANANTIALES", "es"),
        ("springs metres", "en"),
        ("metres springs", "en"),
        ("springs litres", None),
        ("(springs+ [metres", "en"),
        ("ｓｐｒｉｎｇｓ ａｂｏｖｅ ｔｈｒｅｅ", "en"),
    ],
)
def test_words_are_found_however_they_are_written(world, said, query, language):
    found = search.find(world.dora, query)

    assert [hit.post for hit in found.hits] == ([said[language]] if language else [])


def test_other_forms_of_a_word_are_found_when_nothing_has_it_as_it_is(world, said):
    found = search.find(world.dora, "измерена родников")

    assert [hit.post for hit in found.hits] == [said["ru"]]
    assert found.shortened


def test_a_title_counts_and_comes_first_then_what_is_newest(world):
    titled = threads.start(author=world.bob, workspace=world.workspace, title="Glaciers", text="What of them?")
    older = posts.reply(author=world.bob, thread=world.thread, text="The glaciers melt.")
    newer = posts.reply(author=world.bob, thread=world.thread, text="Glaciers, again.")

    assert [hit.post for hit in search.find(world.dora, "glaciers").hits] == [titled.posts.get(), newer, older]


def test_only_what_one_may_read_is_found(world, said):
    world.workspace.visibility = "private"
    world.workspace.save()
    posts.hide(by=world.alice, post=said["fr"], reason="Tone")
    assert search.find(world.dora, "manantiales").hits

    seats.leave(member=world.dora, workspace=world.workspace)

    assert search.find(world.dora, "manantiales").hits == []
    assert search.find(world.bob, "etat").hits == []


def test_when_time_is_over_it_says_how_far_it_came(world, said):
    found = search.find(world.dora, "springs", seconds=-1)

    assert found.hits == []
    assert found.back_to == said["en"].created_at


def test_the_words_around_a_hit_are_shown(world):
    text = f"{'Something else. ' * 40}Here the glaciers are named at last. {'And more. ' * 40}"
    posts.reply(author=world.bob, thread=world.thread, text=text)

    [hit] = search.find(world.dora, "glaciers").hits

    assert hit.words.startswith("… ")
    assert "Here the glaciers are named" in hit.words
    assert len(hit.words) < 200
