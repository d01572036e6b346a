"""A mail to a workspace starts a thread, unless it answers one."""

from forum.models import Post, Thread
from notifications import addresses


def test_a_mail_to_a_workspace_starts_a_thread(world, postman):
    postman.brings(postman.mail(world.bob, "plenary@reply.example.org", "It came late.", subject="Snow in the passes"))

    thread = Thread.objects.latest("pk")
    assert (thread.title, thread.author, thread.posts.get().text) == ("Snow in the passes", world.bob, "It came late.")


def test_carol_cannot_start_a_thread_where_she_has_no_seat(world, postman):
    arrival = postman.brings(postman.mail(world.carol, "plenary@reply.example.org", "Let me in.", subject="Hello"))

    assert arrival.outcome == "refused"
    assert "> Let me in." in postman.told(world.carol)[0]
    assert Thread.objects.count() == 1


def test_a_reply_to_all_is_a_reply_and_no_new_thread(world, postman):
    letter = postman.letter(world.bob, world.answer)
    both = f"{addresses.reply(letter.code)}, plenary@reply.example.org"
    raw = postman.mail(world.bob, both, "Yes.", subject="Re: A post")

    for to in (addresses.reply(letter.code), "plenary@reply.example.org"):
        postman.brings(raw, to=to)

    assert Thread.objects.count() == 1
    assert Post.objects.filter(channel="mail").count() == 1


def test_an_answer_sent_to_the_workspace_instead_is_a_reply_too(world, postman):
    letter = postman.letter(world.bob, world.answer)

    postman.brings(
        postman.mail(world.bob, "plenary@reply.example.org", "Yes.", headers=[("In-Reply-To", letter.message_id)])
    )

    assert Post.objects.get(channel="mail").parent == world.answer


def test_a_subject_that_looks_like_a_command_still_starts_a_thread(world, postman):
    postman.brings(postman.mail(world.bob, "plenary@reply.example.org", "The bridge is gone.", subject="Help"))

    assert Thread.objects.latest("pk").title == "Help"
    assert postman.told(world.bob) == []
