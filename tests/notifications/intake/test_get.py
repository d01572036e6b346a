"""GET: whole posts and threads by mail, in mails that keep to the budget, for those who may read them, answerable."""

import pytest

from core.work import claim
from forum.models import Post
from forum.services import posts, seats, threads
from notifications import notices, readers
from notifications.models import Letter, MailProfile
from tests.notifications.intake.postman import words

SENTENCE = "We measured the springs above three thousand metres. "


@pytest.fixture
def english(world):
    """Dora, who reads English in these tests, in mails of at most 10 KB."""
    world.dora.language = "en"
    world.dora.save()
    MailProfile.objects.create(member=world.dora, size=10_000)
    return world.dora


@pytest.fixture
def long_thread(world):
    """Sixty posts of 500 bytes."""
    for number in range(3, 61):
        posts.reply(author=world.bob, thread=world.thread, text=f"This is number {number}. {SENTENCE * 9}")
    return world.thread


def asks(postman, member, letter, line):
    """What came for a command: the letters, oldest first."""
    before = Letter.objects.order_by("pk").last().pk
    postman.replies(letter, line)
    return list(Letter.objects.filter(member=member, pk__gt=before).order_by("pk"))


def text_of(letter):
    return letter.raw.decode().partition("\r\n\r\n")[2]


def test_a_thread_comes_in_stretches_that_keep_to_the_budget(world, postman, english, long_thread):
    issue = postman.issue(english, long_thread)

    [first] = asks(postman, english, issue.letter, "GET 11 THREAD")

    assert len(first.raw) <= 10_000
    assert "This is number 3." in text_of(first)
    assert "GET 11 THREAD 19" in text_of(first)
    several = asks(postman, english, issue.letter, "GET 11 THREAD 19-60")
    assert len(several) == 3
    assert all(len(letter.raw) <= 10_000 for letter in several)
    joined = "".join(map(text_of, several))
    assert all(f"This is number {number}." in joined for number in range(19, 61))
    assert joined.count("This is number 20.") == 1


def test_a_post_longer_than_a_mail_comes_in_parts(world, postman, english):
    post = posts.reply(author=world.bob, thread=world.thread, text="\n\n".join([SENTENCE * 20] * 25))
    letter = postman.letter(english, world.answer)

    [first] = asks(postman, english, letter, f"GET P{post.pk}")
    rest = asks(postman, english, letter, f"GET P{post.pk} PART 2-9")

    assert first.subject == "Water above 3,000 m (1/4)"
    assert f"GET P{post.pk} PART 2" in text_of(first)
    assert [mail.subject[-5:] for mail in rest] == ["(2/4)", "(3/4)", "(4/4)"]
    assert max(len(mail.raw) for mail in (first, *rest)) <= 10_000
    assert sum(words(text_of(mail)).count("three thousand") for mail in (first, *rest)) == 500
    [none] = asks(postman, english, letter, f"GET P{post.pk} PART 5")
    assert "It has only 4 parts" in text_of(none)


@pytest.mark.parametrize("text", ["源水" * 8_000, "x" * 30_000, "Родник " * 3_000, "ماء " * 5_000])
def test_no_text_makes_a_mail_larger_than_the_budget(world, postman, english, text):
    post = posts.reply(author=world.bob, thread=world.thread, text=text)

    came = asks(postman, english, postman.letter(english, world.answer), f"GET P{post.pk} PART 1-5")

    assert came
    assert max(len(mail.raw) for mail in came) <= 10_000


def test_an_item_brings_what_its_issue_told_of(world, postman, english, long_thread):
    entries = world.workspace.journal.entries.filter(about=Post.objects.get(thread=long_thread, number=41).reference)
    issue = postman.issue(english, long_thread)
    seq = entries.get().seq
    issue.cursors = {str(world.workspace.pk): [seq - 1, seq + 1]}
    issue.save()

    [came] = asks(postman, english, issue.letter, "GET 11")

    assert "This is number 41." in text_of(came)
    assert "This is number 42." in text_of(came)
    assert "This is number 40." not in text_of(came)
    assert "GET 11 THREAD" in text_of(came)


def test_a_reply_to_what_was_fetched_is_posted_there(world, postman, english):
    [of_post] = asks(postman, english, postman.letter(english, world.thread), f"GET P{world.answer.pk}")
    postman.replies(of_post, "Twice is not enough.")
    assert Post.objects.latest("pk").parent == world.answer

    [of_thread] = asks(postman, english, of_post, f"GET P{world.answer.pk} THREAD")
    postman.replies(of_thread, "To all of you.")

    assert (Post.objects.latest("pk").thread, Post.objects.latest("pk").parent) == (world.thread, None)


@pytest.mark.parametrize(("posts_more", "said"), [(0, "This thread has only 1 post."), (1, "has only 2 posts.")])
def test_what_lies_beyond_the_end_is_said_with_the_right_number(world, postman, english, posts_more, said):
    thread = threads.start(author=world.bob, workspace=world.workspace, title="Snow", text="How deep was it?")
    for _time in range(posts_more):
        posts.reply(author=world.bob, thread=thread, text="A metre.")
    issue = postman.issue(english, thread)

    [beyond] = asks(postman, english, issue.letter, "GET 11 THREAD 9")
    [no_part] = asks(postman, english, issue.letter, f"GET P{thread.posts.first().pk} PART 9")

    assert said in text_of(beyond)
    assert "It has only 1 part." in text_of(no_part)


def test_what_one_may_not_read_is_as_if_it_were_not(world, postman):
    world.workspace.visibility = "private"
    world.workspace.save()
    world.carol.language = "en"
    world.carol.save()

    for number in (world.answer.pk, 99_999):
        postman.brings(postman.mail(world.carol, "help@reply.example.org", f"GET P{number}", subject=""))

    hidden, absent = (told.partition("\n")[2] for told in postman.told(world.carol))
    assert hidden == absent
    assert "There is nothing of this number for you" in words(hidden)


@pytest.mark.parametrize("lost", ["seat", "post"])
def test_a_fetched_thread_does_not_leave_after_it_was_lost(world, postman, english, lost):
    world.workspace.visibility = "private"
    world.workspace.save()
    [came] = asks(postman, english, postman.letter(english, world.thread), f"GET P{world.answer.pk} THREAD")
    queued = Letter.objects.filter(pk=came.pk)
    assert readers.withdraw_unreadable(list(queued)) == [came]

    if lost == "seat":
        seats.leave(member=english, workspace=world.workspace)
    else:
        posts.hide(by=world.alice, post=world.answer, reason="Tone")

    assert readers.withdraw_unreadable(claim(queued)) == []
    assert Letter.objects.get(pk=came.pk).state == Letter.State.WITHDRAWN


def test_what_waits_does_not_go_to_one_who_moderates_no_more(world):
    world.workspace.moderation = "all"
    world.workspace.save()
    posts.reply(author=world.bob, thread=world.thread, text="Decide, please")
    notices.write_due()
    notice = Letter.objects.get(member=world.alice)
    assert readers.withdraw_unreadable([notice]) == [notice]

    world.workspace.seats.filter(member=world.alice).update(role="member")

    assert readers.withdraw_unreadable([notice]) == []
