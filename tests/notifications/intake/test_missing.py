"""MISSING: digests that did not come are sent again, and what cannot be had is named with the reason."""

import pytest
from django.core.management import call_command

from forum.services import posts
from notifications import letters
from notifications.models import Issue, Letter
from tests.notifications.intake.postman import words

HELP = "help@reply.example.org"


@pytest.fixture
def issues(world, english):
    """Three issues of Dora's, as they were sent."""
    made = []
    for number in range(1, 4):
        posts.reply(author=world.bob, thread=world.thread, text=f"What is said on day {number}.")
        call_command("send_digests", member=english.email, verbosity=0)
        made.append(Issue.objects.filter(member=english).latest("number"))
    return made


def again(member):
    return list(Letter.objects.filter(member=member, key__startswith="again:").order_by("pk"))


def test_issues_come_again_with_the_same_words(world, postman, english, issues):
    postman.brings(postman.mail(english, HELP, "MISSING 2-3", subject=""))

    assert [letters.text_of(letter) for letter in again(english)] == [issue.text for issue in issues[1:]]
    assert "Issues 2-3 come again, each in a mail of its own." in words(postman.told(english)[0])


def test_an_answer_to_one_that_came_again_lands_where_it_belongs(world, postman, english, issues):
    postman.brings(postman.mail(english, HELP, "MISSING 1", subject=""))
    [letter] = again(english)

    postman.replies(letter, f"#{issues[0].first_item}: I had missed this.")

    assert world.thread.posts.latest("number").text == "I had missed this."


def test_those_that_cannot_be_had_are_named_with_the_reason(world, postman, english, issues):
    postman.brings(postman.mail(english, HELP, "MISSING 3-6", subject=""))

    told = words(postman.told(english)[0])
    assert "- MISSING 3: Issue 3 comes again, in a mail of its own." in told
    assert "- MISSING 4-6: not done. There is no such issue." in told
    assert len(again(english)) == 1


def test_another_members_issues_are_none(world, postman, issues):
    postman.brings(postman.mail(world.carol, HELP, "MISSING 1-3", subject=""))

    assert again(world.carol) == []


def test_a_slip_gets_the_form_back(world, postman, english):
    postman.brings(postman.mail(english, HELP, "MISSING 42 and some", subject=""))

    assert "Write the numbers of the issues you did not get: MISSING 42-43" in words(postman.told(english)[0])
