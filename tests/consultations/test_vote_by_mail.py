"""Voting by mail: in an answer to a digest, to a letter, or to what was fetched; read late, sent twice, or unclear."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations import clock
from consultations.letters import ballots as letters
from consultations.models import Ballot, Vote
from consultations.services import ballots
from notifications import addresses, inbound
from notifications.digests import run
from notifications.models import Answer, Arrival, Issue, Letter, Subscription
from tests.consultations.balloting import close, values
from tests.notifications.intake.postman import words


def stores(postman, letter, text, *, received_at=None):
    """A door has taken in a mail that no worker has read yet."""
    envelope = inbound.Envelope(recipient=addresses.reply(letter.code), sender="dora@example.org", door="lmtp")
    arrival = inbound.accept(postman.answer(letter, text), envelope)
    if received_at:
        Arrival.objects.filter(pk=arrival.pk).update(received_at=received_at)
    return arrival


def test_three_answers_and_a_vote_in_one_reply(world, postman, ballot, english):
    issue = postman.issue(english, world.thread, ballot)

    arrival = postman.replies(issue.letter, "#11: In May it was dry.\n\n#12: B\n\nBest regards\nDora")

    assert arrival.outcome == "posted"
    assert world.thread.posts.latest("number").text == "In May it was dry."
    vote = Vote.objects.get(member=english)
    assert (vote.value, vote.channel, vote.cast_at) == ("B", "mail", arrival.received_at)
    assert postman.told(english) == []


def test_the_receipt_in_the_next_issue_says_what_was_counted(world, postman, ballot, english):
    issue = postman.issue(english, ballot)
    postman.replies(issue.letter, "#11: b)")

    letter = run.write_now(english)

    text = Issue.objects.get(pk=letter.issue_id).text_of(1)
    assert "#11 – your vote: B) Two pages" in words(text)


def test_a_vote_that_is_not_understood_comes_back_with_the_allowed_words(world, postman, ballot, english):
    issue = postman.issue(english, ballot)

    arrival = postman.replies(issue.letter, "#11: whichever is lighter")

    assert arrival.outcome == "refused"
    assert values(ballot) == {}
    [told] = postman.told(english)
    assert "Write nothing but A, B or C." in words(told)
    assert "B) Two pages" in told
    assert "> whichever is lighter" in told


def test_who_voted_before_is_told_that_this_vote_stands(world, postman, ballot, english):
    issue = postman.issue(english, ballot)
    postman.replies(issue.letter, "#11: B")

    postman.replies(issue.letter, "#11: maybe A, but B is good too")

    assert values(ballot) == {"Dora": "B"}
    assert "Your earlier vote stands: B) Two pages" in words(postman.told(english)[0])


def test_of_two_votes_the_receipt_and_the_status_name_the_one_that_counts(world, postman, ballot, english):
    issue = postman.issue(english, ballot)
    for vote in ("B", "A", "B"):
        postman.replies(issue.letter, f"#11: {vote}")

    postman.brings(postman.mail(english, "help@reply.example.org", "STATUS", subject=""))
    status = words(postman.told(english)[0])
    receipt = words(Issue.objects.get(pk=run.write_now(english).issue_id).text_of(1))

    assert status.count("replaced by your later vote") == 2
    assert status.count("your vote: B) Two pages") == 1
    assert receipt.count("#11") == receipt.count("your vote: B) Two pages") == 1


def test_the_status_keeps_the_options_of_a_vote_that_was_not_understood_in_lines(world, postman, ballot, english):
    issue = postman.issue(english, ballot)
    postman.replies(issue.letter, "#11: whichever is lighter")

    postman.brings(postman.mail(english, "help@reply.example.org", "STATUS", subject=""))

    assert "\n  nothing but A, B or C.\n  A) One page\n  B) Two pages\n" in postman.told(english)[-1]


def test_a_reply_to_the_mail_that_sent_the_vote_back_needs_no_number(world, postman, ballot, english):
    issue = postman.issue(english, world.thread, ballot)
    postman.replies(issue.letter, "#12: whichever is lighter\n\n#11: In May.")
    returned = Letter.objects.get(member=english, kind=Letter.Kind.ANSWER)

    arrival = postman.replies(returned, "Sorry, B")
    assert values(ballot) == {}
    arrival = postman.replies(returned, "B")

    assert arrival.outcome == "posted"
    assert values(ballot) == {"Dora": "B"}


def test_get_brings_the_whole_ballot_and_a_reply_to_it_votes(world, postman, ballot, english):
    issue = postman.issue(english, ballot)

    postman.replies(issue.letter, "GET 11")
    [brought] = Letter.objects.filter(member=english, kind=Letter.Kind.ANSWER)
    postman.replies(brought, "C")

    told = words(postman.told(english)[0])
    assert "A) One page" in told
    assert told.count("reply to this mail") == 1
    assert values(ballot) == {"Dora": "C"}


@pytest.mark.parametrize("text", ["#11: A\n\n#12: Snow.\n\n#11: C", "#11: A\n#13: C"])
def test_two_different_votes_in_one_mail_are_asked_back(world, postman, ballot, english, text):
    issue = postman.issue(english, ballot, world.thread, ballot)

    postman.replies(issue.letter, text)

    assert values(ballot) == {}
    assert "neither was counted" in words(postman.told(english)[0])


def test_the_same_vote_twice_in_one_mail_is_one(world, postman, ballot, english):
    issue = postman.issue(english, ballot, world.thread, ballot)

    postman.replies(issue.letter, "#11: A\n\n#12: Snow.\n\n#13: A) One page")

    assert values(ballot) == {"Dora": "A"}
    assert world.workspace.journal.entries.filter(verb="ballot.voted").count() == 1
    assert postman.told(english) == []


def test_a_mail_that_comes_twice_votes_once_and_a_later_one_stands(world, postman, ballot, english):
    issue = postman.issue(english, ballot)
    first = postman.answer(issue.letter, "#11: A")

    postman.brings(first)
    postman.replies(issue.letter, "#11: C")
    again = postman.brings(first)

    assert values(ballot) == {"Dora": "C"}
    assert again.state == Arrival.State.DONE
    assert Answer.objects.count() == 2


def test_a_mail_that_came_before_the_close_counts_however_late_it_is_read(world, postman, ballot, english):
    issue = postman.issue(english, ballot)
    on_time = stores(postman, issue.letter, "#11: A", received_at=ballot.closes_at - timedelta(seconds=1))
    late = stores(postman, issue.letter, "#11: B", received_at=ballot.closes_at)
    close(ballot)
    Arrival.objects.filter(pk=on_time.pk).update(received_at=timezone.now() - timedelta(minutes=9))
    Ballot.objects.filter(pk=ballot.pk).update(closes_at=timezone.now() - timedelta(minutes=8))
    Arrival.objects.filter(pk=late.pk).update(received_at=timezone.now() - timedelta(minutes=7))

    clock.tick()
    assert Ballot.objects.get(pk=ballot.pk).counted_at is None
    inbound.process_due()
    clock.tick()

    assert values(ballot) == {"Dora": "A"}
    assert Ballot.objects.get(pk=ballot.pk).counted_at is not None
    assert "closed on" in words(postman.told(english)[0])


def test_an_earlier_mail_does_not_undo_a_later_vote_on_the_web(world, postman, ballot, english):
    Ballot.objects.update(opens_at=timezone.now() - timedelta(days=1))
    issue = postman.issue(english, ballot)
    mail = stores(postman, issue.letter, "#11: A")
    ballots.vote(member=english, ballot=ballot, text="B")
    Arrival.objects.filter(pk=mail.pk).update(received_at=timezone.now() - timedelta(hours=1))

    inbound.process_due()

    assert values(ballot) == {"Dora": "B"}
    assert "later vote stands: B) Two pages" in words(postman.told(english)[0])


def test_a_digest_shows_the_ballot_first_with_options_words_and_the_time_left(world, ballot):
    world.bob.timezone = "Asia/Kathmandu"
    world.bob.save()

    text = Issue.objects.get(pk=run.write_now(world.bob).issue_id).text_of(1)

    assert text.index("Which form for the spring survey?") < text.index("Water above 3,000 m")
    assert "B) Two pages" in text
    assert "nothing but A, B or C" in words(text)
    assert "in 47 hours." in words(text) or "in 46 hours." in words(text)


def test_who_has_voted_is_not_asked_again_and_hears_the_result(world, ballot):
    run.write_now(world.bob)
    ballots.vote(member=world.bob, ballot=ballot, text="B")
    close(ballot, ago=timedelta(hours=1))
    clock.tick()

    text = Issue.objects.get(pk=run.write_now(world.bob).issue_id).text_of(1)

    assert "[#" not in text
    assert "Result of the ballot “Which form for the spring survey?”: 1 vote. B) Two pages: 1" in words(text)


def test_one_who_reads_post_by_post_gets_a_letter_and_votes_by_answering_it(world, postman, ballot, english):
    run.prepare(force=True)
    Subscription.objects.filter(member=english).update(cadence="each")
    letters.write_due()
    letter = Letter.objects.get(member=english, about=ballot.reference)
    postman.replies(letter, "B")

    assert values(ballot) == {"Dora": "B"}
    assert not Letter.objects.filter(member=world.bob, about=ballot.reference).exists()
