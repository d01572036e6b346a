"""Motions: moved, put to the vote and closed by the chair; straw polls, secret votes, votes by mail; explanations."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultations import clock
from consultations.hearings import state
from consultations.hearings.answering import motions as by_mail
from consultations.hearings.models import Explanation, Motion
from consultations.hearings.services import agenda, explanations, motions, sessions, sheets, turnouts, votes
from consultations.letters import ballots as letters
from consultations.models import Ballot, Vote
from consultations.services import ballots, counting
from core.access import Refused
from forum.models import Seat
from journal.verify import verify
from notifications import answers
from notifications import letters as mails
from notifications.digests import run
from notifications.models import Issue, Letter
from tests.consultations import consulting
from tests.hearings import hearing as scene
from tests.hearings import voting
from tests.notifications.intake.postman import Postman, words
from tests.security.test_at_once import at_once
from tests.world import World


def test_the_chair_puts_a_motion_to_the_vote_and_its_result_is_there_when_they_close_it(world, hearing, item):
    motion = voting.moved(world, item, mover="Bob", majority="two_thirds", quorum="majority")
    with pytest.raises(Refused, match="Only a moderator"):
        votes.put_to_vote(by=world.bob, motion=motion)

    opened = votes.put_to_vote(by=world.alice, motion=motion)
    ballots.vote(member=world.bob, ballot=opened.ballot, text="yes")
    ballots.vote(member=world.dora, ballot=opened.ballot, text="no")
    told = state.of(hearing, "en", ["motion"])["motion"]["open"][0]
    votes.close(by=world.alice, motion=opened)

    assert (told["number"], told["roll"], told["cast"], told["manner_name"]) == (1, 3, 2, "Electronic, by name")
    after = state.of(hearing, "en", ["motion"])["motion"]
    assert after["open"] == []
    assert after["latest"]["adopted"] is False
    assert after["latest"]["said"].startswith("Not adopted: 1 for, 1 against, 0 abstaining. A tie is not adopted.")
    assert "Quorum 2 of 3: met by 2." in after["latest"]["said"]
    assert voting.fresh(motion).state == Motion.State.DECIDED
    assert voting.fresh(motion).moved_by == world.bob
    assert voting.verbs(hearing)[-5:] == [
        *("motion.opened", "ballot.voted", "ballot.voted", "ballot.closed", "ballot.counted")
    ]
    assert verify(scene.fresh(hearing).journal) is None


def test_bob_votes_on_the_page_of_the_hearing_and_is_back_there(world, hearing, item):
    first, second = voting.put(world, item), voting.put(world, item, title="That we break")
    client, address = world.sign_in(world.bob), hearing.get_absolute_url()

    page = client.get(address).content.decode()
    answer = client.post(f"{second.get_absolute_url()}vote/", {"text": "yes", "next": address})
    again = words(client.get(address).content.decode())

    assert 'id="id_1_text_0"' in page
    assert 'id="id_2_text_0"' in page
    assert answer["Location"] == address
    assert "Your vote is counted: yes." in again
    assert 'Your vote: <strong dir="auto">yes</strong>' in again
    assert Vote.objects.get().ballot == second.ballot
    assert client.get(f"{first.get_absolute_url()}vote/").status_code == 200


def test_a_late_vote_is_refused_with_the_time_of_the_close(world, item):
    motion = voting.put(world, item)
    votes.close(by=world.alice, motion=motion)

    with pytest.raises(Refused, match=r"closed on .*, before your vote came, so it was not counted"):
        ballots.vote(member=world.bob, ballot=motion.ballot, text="yes")


def test_a_motion_is_withdrawn_by_its_mover_until_the_vote_begins(world, item):
    first, second = voting.moved(world, item, mover="Bob"), voting.moved(world, item, mover="Bob")
    votes.put_to_vote(by=world.alice, motion=second)

    with pytest.raises(Refused, match="Only a moderator"):
        motions.withdraw(by=world.dora, motion=first)
    motions.withdraw(by=world.bob, motion=first, reason="Its text stands in the other one")
    with pytest.raises(Refused, match="no longer to be decided: put to the vote"):
        motions.withdraw(by=world.bob, motion=second)
    with pytest.raises(Refused, match="no longer to be decided: withdrawn"):
        votes.put_to_vote(by=world.alice, motion=first)

    assert voting.fresh(first).state == Motion.State.WITHDRAWN


def test_a_vote_that_was_put_wrongly_is_annulled_kept_and_told_to_who_voted(world, hearing, item):
    world.dora.language = "en"
    world.dora.save()
    motion = voting.put(world, item, manner="hall", text="Thrice")
    ballots.vote(member=world.dora, ballot=motion.ballot, text="yes")
    sheets.count_hall(by=world.alice, motion=motion, figures={"yes": 1})
    page, address = f"{motion.get_absolute_url()}annul/", motion.get_absolute_url()

    refused = world.sign_in(world.bob).post(page, {"reason": "I lost"})
    wordless = world.sign_in(world.alice).post(page, {"reason": " "})
    world.client.post(page, {"reason": "It said “thrice”"})
    letters.write_due()

    assert (refused.status_code, wordless.status_code) == (403, 403)
    assert voting.fresh(motion).state == Motion.State.ANNULLED
    said = "It said “thrice” 1 vote had been cast. It is kept and is not counted."
    assert said in words(world.client.get(address).content.decode())
    now = state.of(hearing, "en", ["motion", "confirm"], moderators=True)
    assert (now["motion"]["open"], now["motion"]["counting"], now["confirm"]) == ([], None, [])
    assert said in now["motion"]["latest"]["said"]
    assert Vote.objects.get().value == "yes"
    assert clock.tick(now=timezone.now() + timedelta(days=1)) == 0
    letter = Letter.objects.get(about=motion.ballot.reference)
    assert (letter.member, letter.subject[:9]) == (world.dora, "Annulled:")
    for deed, reason in (
        (lambda: ballots.vote(member=world.bob, ballot=motion.ballot, text="no"), "so no votes are taken in it"),
        (lambda: votes.annul(by=world.alice, motion=motion, reason="Twice"), "vote annulled"),
        (lambda: explanations.explain(by=world.bob, motion=motion, text="Because"), "vote annulled"),
    ):
        with pytest.raises(Refused, match=reason):
            deed()
    agenda.close(by=world.alice, item=item)
    assert verify(scene.fresh(hearing).journal) is None


def test_nothing_is_put_to_the_vote_outside_a_session_and_no_item_closes_over_a_vote(world, hearing, item):
    motion = voting.put(world, item)
    other = voting.moved(world, item)

    with pytest.raises(Refused, match="A vote is being taken"):
        agenda.close(by=world.alice, item=item)
    with pytest.raises(Refused, match="A vote is being taken"):
        sessions.close_session(by=world.alice, session=hearing.open_session)
    votes.close(by=world.alice, motion=motion)
    sessions.close_session(by=world.alice, session=hearing.open_session)

    with pytest.raises(Refused, match="No session is open"):
        votes.put_to_vote(by=world.alice, motion=other)


def test_what_could_not_be_voted_on_is_refused_when_it_is_moved(world, item):
    for given, reason in (
        ({"title": " "}, "needs a question"),
        ({"kind": "choice", "options": ["One"]}, "at least two options"),
        ({"kind": "ranking", "options": ["A", "B"], "manner": "roll_call"}, "Choose another way"),
        ({"kind": "silence"}, "takes days"),
        ({"majority": "7/5"}, "at most 1/1"),
    ):
        with pytest.raises(Refused, match=reason):
            voting.moved(world, item, **given)

    assert not Motion.objects.exists()


def test_a_straw_poll_binds_nobody_and_asks_for_no_majority(world, hearing, item):
    poll = voting.put(world, item, form="straw", majority="two_thirds", quorum="1/2")
    ballots.vote(member=world.bob, ballot=poll.ballot, text="yes")
    votes.close(by=world.alice, motion=poll)

    latest = state.of(hearing, "en", ["motion"])["motion"]["latest"]
    assert latest["is_straw"]
    assert latest["adopted"] is None
    assert latest["said"].startswith("Straw poll: it binds nobody. 1 vote. yes: 1;")


def test_organisations_vote_where_they_were_invited(world):
    hearing = scene.running(world, is_by_invitation=True)
    springs = consulting.organisation(world, "Alpine Springs", world.bob)
    motion = voting.put(world, scene.item(hearing), mover="alpine springs")

    with pytest.raises(Refused, match="no mandate"):
        ballots.vote(member=world.dora, ballot=motion.ballot, text="yes")
    vote = ballots.vote(member=world.bob, ballot=motion.ballot, text="yes")

    assert (vote.organisation, motion.moved_for) == (springs, springs)


def test_a_secret_vote_goes_into_the_urn_and_is_counted_at_the_close(world, item):
    motion = voting.put(world, item, manner="secret")
    slip = ballots.vote(member=world.bob, ballot=motion.ballot, text="yes")
    closed = votes.close(by=world.alice, motion=motion)

    assert closed.ballot.urn.papers == [[slip.receipt, "yes"]]
    assert not Vote.objects.exists()


def test_dora_votes_by_mail_until_the_minute_she_was_told_and_explains_her_vote(world, hearing, item):
    world.dora.language = "en"
    world.dora.save()
    postman, motion = Postman(), voting.put(world, item, mail_minutes=15)
    letters.write_due()
    letter = Letter.objects.get(member=world.dora, about=motion.ballot.reference)

    arrival = postman.replies(letter, "no\n\nEXPLAIN: Twice is not enough;\nin May it is dry.\n\nDora")
    with pytest.raises(Refused, match="votes by mail are taken until"):
        votes.close(by=world.alice, motion=motion)
    assert not explanations.shown(motion)
    Ballot.objects.update(mail_until=timezone.now())
    votes.close(by=world.alice, motion=motion)
    assert state.of(hearing, "en", ["motion"])["motion"]["counting"]["number"] == 1
    clock.tick(now=timezone.now() + timedelta(minutes=2))
    assert state.of(hearing, "en", ["motion"])["motion"]["counting"] is None

    assert "A mail that comes to us by" in words(mails.text_of(letter))
    assert arrival.outcome == "posted"
    assert Vote.objects.get(member=world.dora).value == "no"
    [explanation] = explanations.shown(voting.fresh(motion))
    assert (explanation.when, explanation.channel) == ("after", "mail")
    assert explanation.text.startswith("Twice is not enough;\nin May it is dry.")
    late = postman.replies(letter, "yes")
    assert late.outcome == "refused"
    assert "before your vote came, so it was not counted" in words(postman.told(world.dora)[-1])
    again = postman.replies(letter, "EXPLICATION : En mai tout est sec.")
    assert again.outcome == "posted"
    assert Explanation.objects.get().text == "En mai tout est sec."


def test_dora_fetches_a_vote_of_which_nobody_mailed_her_and_answers_it(world, item):
    postman, motion = Postman(), voting.put(world, item)
    postman.replies(postman.letter(world.dora, item), f"GET {motion.code}")
    [fetched] = Letter.objects.filter(member=world.dora, about=motion.ballot.reference)
    postman.replies(fetched, "no")

    assert Vote.objects.get(ballot=motion.ballot).value == "no"
    postman.replies(fetched, f"GET {motion.code}2")
    assert f"GET {motion.code}2" in words(postman.told(world.dora)[-1])


def test_the_next_digest_shows_a_vote_that_mail_is_waited_for_and_no_other(world, hearing, item):
    world.dora.language = "en"
    world.dora.save()
    voting.put(world, item, title="That the springs be sold", mail_minutes=15)
    voting.put(world, item, title="That we break for lunch")

    text = words(Issue.objects.get(pk=run.write_now(world.dora).issue_id).text_of(1))

    assert "Vote of a hearing. A mail that comes to us by" in text
    assert "To vote, write the number and nothing but yes, no or abstain." in text
    assert "That we break for lunch" not in text
    poll = voting.put(world, item, title="Is it too warm?", form="straw")
    votes.close(by=world.alice, motion=poll)
    assert "Is it too warm?" not in words(Issue.objects.get(pk=run.write_now(world.dora).issue_id).text_of(1))


def test_an_explanation_comes_in_a_mail_to_the_item(world, hearing, item):
    world.dora.language = "en"
    world.dora.save()
    first, second = voting.moved(world, item), voting.moved(world, item)
    postman = Postman()
    issue = postman.issue(world.dora, item)

    postman.replies(issue.letter, "#11: EXPLAIN: M1: Twice is not enough.")
    postman.replies(issue.letter, "#11: EXPLAIN: Once would be enough.")
    refused = postman.replies(issue.letter, "#11: EXPLAIN M9: Never.")

    assert [one.text for one in first.explanations.all()] == ["Twice is not enough."]
    assert [one.text for one in second.explanations.all()] == ["Once would be enough."]
    assert refused.outcome == "refused"


def test_how_many_have_voted_is_told_now_and_then_and_not_who(world, hearing, item):
    motion = voting.put(world, item)
    assert turnouts.tell_due() == 0
    ballots.vote(member=world.bob, ballot=motion.ballot, text="yes")
    ballots.vote(member=world.dora, ballot=motion.ballot, text="no")

    assert [turnouts.tell_due(), turnouts.tell_due()] == [1, 0]
    votes.close(by=world.alice, motion=motion)
    assert turnouts.tell_due() == 0
    told = hearing.journal.entries.get(verb="motion.turnout")
    assert (told.data["cast"], told.actor) == (2, "")
    assert "motion" in state.sections_of("motion.turnout")


def test_votes_at_the_moment_the_chair_closes_count_or_are_refused_and_the_figures_add_up(transactional_db):
    world = World()
    hearing = scene.running(world)
    crowd = [world.member(f"voter{number}") for number in range(12)]
    Seat.objects.bulk_create(Seat(workspace=hearing.workspace, member=member) for member in crowd)
    motion = voting.put(world, scene.item(hearing))

    def vote(member):
        return lambda: ballots.vote(member=member, ballot=motion.ballot, text="yes")

    results = at_once(*map(vote, crowd[:6]), lambda: votes.close(by=world.alice, motion=motion), *map(vote, crowd[6:]))

    refused = [one for one in results if isinstance(one, Exception)]
    assert all(isinstance(one, Refused) and "closed on" in str(one) for one in refused), refused
    facts = counting.final(voting.fresh(motion).ballot).facts
    assert facts["votes"] == facts["for"] == Vote.objects.count() == len(crowd) - len(refused)
    assert verify(scene.fresh(hearing).journal) is None


def test_who_explains_and_who_does_not(world, item):
    motion, poll = voting.moved(world, item, mover="Bob"), voting.moved(world, item, form="straw")
    secret = voting.moved(world, item, manner="secret")

    before = explanations.explain(by=world.dora, motion=motion, text="We measure *twice*.")
    for member, about, reason in (
        (world.bob, motion, "You moved this yourself"),
        (world.dora, poll, "binds nobody"),
        (world.dora, secret, "The vote is secret"),
        (world.carol, motion, "no seat"),
    ):
        with pytest.raises(Refused, match=reason):
            explanations.explain(by=member, motion=about, text="Because.")

    assert before.when == "before"
    assert "<em>twice</em>" in before.html


def test_an_early_explanation_can_be_written_anew_and_another_follow_the_vote(world, item):
    motion = voting.moved(world, item)
    explanations.explain(by=world.bob, motion=motion, text="First thought")
    explanations.explain(by=world.bob, motion=motion, text="Second thought")
    opened = votes.put_to_vote(by=world.alice, motion=motion)
    explanations.explain(by=world.bob, motion=opened, text="Third thought")

    assert [one.text for one in explanations.shown(opened)] == ["Second thought"]
    votes.close(by=world.alice, motion=opened)
    assert [one.text for one in explanations.shown(voting.fresh(motion))] == ["Second thought", "Third thought"]


def test_a_vote_that_is_explained_in_one_mail_takes_the_lock_of_the_hearing_first(world, item):
    """As officers do: who holds the ballot and waits for the hearing stops who holds the hearing."""
    motion = voting.put(world, item)
    said = answers.Said(text="no\n\nEXPLAIN: Too rarely.", key="one")

    with CaptureQueriesContext(connection) as queries:
        assert by_mail.instead(world.bob, motion.ballot, said)

    asked = [query["sql"] for query in queries]
    hearing = next(place for place, sql in enumerate(asked) if 'FROM "consultations_hearing" ' in sql)
    assert hearing < next(place for place, sql in enumerate(asked) if 'FROM "consultations_ballot" ' in sql)
    assert (Vote.objects.get().value, Explanation.objects.get().text) == ("no", "Too rarely.")
