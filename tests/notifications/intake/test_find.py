"""FIND: posts by words, each with the line that brings it."""

from forum.services import posts
from notifications import readers
from notifications.intake import commands
from notifications.models import Letter
from tests.notifications.intake.postman import words

HELP = "help@reply.example.org"


def test_dora_finds_a_post_and_gets_it(world, postman):
    world.dora.language = "en"
    world.dora.save()

    postman.brings(postman.mail(world.dora, HELP, "FIND Twice  YEAR", subject=""))
    postman.brings(postman.mail(world.dora, HELP, f"GET P{world.answer.pk}", subject=""))

    found, fetched = postman.told(world.dora)
    assert found.startswith("Posts with: Twice YEAR\n")
    assert f"We do, twice a year. All of it: GET P{world.answer.pk}" in words(found)
    assert "We do, twice a year." in fetched


def test_nothing_found_is_said(world, postman):
    world.dora.language = "en"
    world.dora.save()

    postman.brings(postman.mail(world.dora, HELP, "FIND glaciers", subject=""))

    assert "No post that you may read has all of these words: glaciers" in words(postman.told(world.dora)[0])


def test_a_search_is_made_before_the_mail_is_acted_on_and_three_at_most(world, postman):
    world.dora.language = "en"
    world.dora.save()
    asked = "\n".join(f"FIND {word}" for word in ("springs", "twice", "year", "snow"))

    postman.brings(postman.mail(world.dora, HELP, asked, subject=""))

    told = words(postman.told(world.dora)[0])
    assert "4 requests: 3 done, 1 not done" in told
    assert "FIND snow: not done. One mail brings at most three of these" in told
    assert commands.MOST_LOOKED_UP == 3


def test_hits_do_not_leave_after_a_post_was_hidden(world, postman):
    postman.brings(postman.mail(world.dora, HELP, "FIND twice", subject=""))
    [letter] = Letter.objects.filter(member=world.dora)

    posts.hide(by=world.alice, post=world.answer, reason="Tone")

    assert readers.withdraw_unreadable([letter]) == []


def test_what_takes_no_time_leaves_room_for_three_searches(world, postman, english):
    asked = "\n".join(["GET 1", "GET 2", "GET F1", *(f"FIND {word}" for word in ("springs", "twice", "year"))])

    postman.brings(postman.mail(english, HELP, asked, subject=""))

    assert "One mail brings at most three" not in "\n".join(map(words, postman.told(english)))
