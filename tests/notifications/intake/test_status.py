"""STATUS: what became of what one sent, what waits, the settings, the address, and what mail costs."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from forum.services import posts, threads
from notifications.intake import limits
from notifications.models import Bounce, Letter
from tests.notifications.intake.postman import words


def test_dora_hears_what_became_of_her_answers_and_of_her_settings(world, postman, english):
    closed = threads.start(author=world.alice, workspace=world.workspace, title="Snow", text="Did it come?")
    threads.close(by=world.alice, thread=closed)
    issue = postman.issue(english, world.thread, closed)
    postman.replies(issue.letter, "#11: We do, too.\n#12: It came late.")

    postman.replies(issue.letter, "STATUS")

    told = words(postman.told(english)[-1])
    assert "“We do, too.”" in told
    assert "taken Item 11, Water above 3,000 m" in told
    assert "refused" in told
    assert "Plenary: Daily digest" in told
    assert "at most 25 KB" in told
    assert "mail arrives" in told


def test_what_waits_for_a_moderator_is_named(world, postman, english):
    world.workspace.moderation = "all"
    world.workspace.save()
    posts.reply(author=english, thread=world.thread, text="First words")

    postman.replies(postman.letter(english, world.answer), "STATUS")

    assert "Waiting for a moderator: - Water above 3,000 m" in words(postman.told(english)[-1])


def test_an_address_that_mail_comes_back_from_is_told_with_the_reason(world, postman, english):
    Bounce.objects.create(member=english, address=english.email, is_hard=False, reason="mailbox full")

    postman.replies(postman.letter(english, world.answer), "STATUS")

    assert "1 mail came back in the last 30 days. The last reason: mailbox full" in words(postman.told(english)[-1])


def test_the_cost_is_what_was_really_sent(world, postman, english):
    letter = postman.letter(english, world.answer)
    size = sum(len(bytes(sent.raw)) for sent in Letter.objects.filter(member=english))
    Letter.objects.filter(member=english).update(state="sent", sent_at=letter.created_at)

    postman.replies(letter, "STATUS")

    assert f"- one post: 1, together {-(-size // 1000)} KB" in postman.told(english)[-1]


def test_thirty_answers_cost_as_many_queries_as_three(world, postman, english):
    def asked():
        letter = postman.letter(english, world.answer)
        # What is remembered for some seconds would make the two differ on a slow machine.
        limits.counted.forget()
        limits.members_seen.clear()
        with CaptureQueriesContext(connection) as queries:
            postman.replies(letter, "STATUS")
        return len(queries)

    asked()
    few = asked()
    for number in range(8):
        world.room(f"room{number}")
        postman.replies(postman.letter(english, world.answer), f"Answer {number}")

    assert asked() <= few


def test_an_arabic_status_keeps_numbers_and_names_apart(world, postman):
    world.dora.language = "ar"
    world.dora.save()

    postman.replies(postman.letter(world.dora, world.answer), "الحالة")

    told = postman.told(world.dora)[-1]
    assert "\u2068Plenary\u2069" in told
    assert "\u20686:00\u2069" in told
