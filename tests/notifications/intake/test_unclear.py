"""What gives no answer by itself: nothing new, no number, a wrong one, too old; each is explained, nothing is lost."""

from datetime import timedelta

from django.utils import timezone

from forum.models import Post
from notifications.models import Arrival, Letter
from tests.notifications.intake.postman import words


def test_a_mail_without_new_text_is_explained_once_a_day(world, postman, english):
    letter = postman.letter(english, world.answer)

    first = postman.replies(letter, "")
    postman.replies(letter, "-- \nDora")

    assert (first.state, first.outcome) == (Arrival.State.DONE, "no_text")
    [told] = postman.told(english)
    assert "#312: my answer" in words(told)
    assert Post.objects.filter(author=english).count() == 0


def test_free_text_for_several_items_is_held_and_its_number_alone_posts_it(world, postman, english, three):
    issue = postman.issue(english, *three)

    arrival = postman.replies(issue.letter, "We measured the springs in May.")

    assert (arrival.state, arrival.outcome) == (Arrival.State.HELD, "unassigned")
    assert Post.objects.filter(author=english).count() == 0
    [told] = postman.told(english)
    assert told.startswith("To which item does this belong?")
    assert "> We measured the springs in May." in told
    assert "[#12] Thread two" in told

    question = Letter.objects.get(kind=Letter.Kind.ANSWER)
    postman.replies(question, "#12")

    assert three[1].posts.latest("number").text == "We measured the springs in May."
    assert Arrival.objects.get(pk=arrival.pk).outcome == "settled"


def test_an_unknown_number_is_named_with_the_open_ones_and_the_others_are_taken(world, postman, english, three):
    issue = postman.issue(english, *three)

    arrival = postman.replies(issue.letter, "#11: One.\n#99: Lost.")

    assert three[0].posts.latest("number").text == "One."
    assert "unknown_item" in arrival.problems
    [told] = postman.told(english)
    assert "Number 99: not posted." in told
    assert "> Lost." in told
    assert "[#13] Thread three" in told


def test_another_members_number_is_unknown(world, postman, english, three):
    issue = postman.issue(english, three[0])
    postman.issue(world.bob, *three)

    postman.replies(issue.letter, "#13: Lost.")

    assert three[2].posts.count() == 1


def test_a_greeting_before_the_answers_is_nobodys_question(world, postman, english, three):
    issue = postman.issue(english, *three)

    arrival = postman.replies(issue.letter, "Hello,\n\n#11: One.\n#12: Two.")

    assert arrival.outcome == "posted"
    assert postman.told(english) == []


def test_a_letter_to_no_discussion_keeps_the_text_for_a_person(world, postman, english):
    letter = postman.letter(english, world.answer, kind=Letter.Kind.NOTICE)
    Letter.objects.filter(pk=letter.pk).update(about="")

    arrival = postman.replies(Letter.objects.get(pk=letter.pk), "Who are you?")

    assert (arrival.state, arrival.outcome) == (Arrival.State.HELD, "not_answerable")
    assert "> Who are you?" in postman.told(english)[0]


def test_a_letter_older_than_180_days_is_explained(world, postman, english):
    letter = postman.letter(english, world.answer)
    Letter.objects.filter(pk=letter.pk).update(created_at=timezone.now() - timedelta(days=181))

    arrival = postman.replies(Letter.objects.get(pk=letter.pk), "Late, but here.")

    assert arrival.outcome == "expired"
    assert "> Late, but here." in postman.told(english)[0]
    assert Post.objects.filter(author=english).count() == 0


def test_who_answers_an_issue_that_is_too_old_fetches_the_item_and_answers_that(world, postman, english):
    issue = postman.issue(english, world.thread)
    Letter.objects.filter(issue=issue).update(created_at=timezone.now() - timedelta(days=181))
    postman.replies(Letter.objects.get(issue=issue), "#11: Late, but here.")
    [told] = postman.told(english)
    assert "GET 312" in told

    postman.replies(Letter.objects.filter(kind=Letter.Kind.ANSWER).latest("pk"), "GET 11")
    postman.replies(Letter.objects.filter(kind=Letter.Kind.ANSWER).latest("pk"), "Late, but here.")

    assert world.thread.posts.latest("number").text == "Late, but here."
