"""The roll call: drawn by lot that anybody can draw again, called and entered name by name, corrected in the open; a
crash loses nothing.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from consultations.hearings import lots, state
from consultations.hearings.models import Call, Officer
from consultations.hearings.services import calls, votes
from consultations.hearings.words import calls as words
from consultations.models import Vote
from consultations.services import ballots, counting
from core.access import Refused
from journal.verify import verify
from tests.hearings import hearing as scene
from tests.hearings import voting
from tests.notifications.intake.postman import words as one_line
from tests.security.test_at_once import at_once
from tests.world import World


def called(motion, name):
    return motion.calls.get(name=name)


def say(world, motion, name, said, **fields):
    return calls.say(by=world.alice, motion=motion, call=called(motion, name), said=said, **fields)


def told(hearing):
    return [entry.data for entry in hearing.journal.entries.filter(verb="motion.said").order_by("seq")]


# -- The lot -------------------------------------------------------------------------------------------------


@given(st.binary(min_size=32, max_size=32), st.integers(1, 10**9), st.integers(1, 500))
def test_whoever_draws_again_draws_the_same(digest, number, names):
    lot = lots.draw(digest.hex(), f"motion:{number}", names)

    assert lot == lots.draw(digest.hex(), f"motion:{number}", names)
    assert 0 <= lot.drawn < names
    rows = list(range(names))
    turned = lots.turned(rows, lot.drawn)
    assert turned[0] == lot.drawn
    assert sorted(turned) == rows


def test_each_name_is_drawn_about_as_often_as_any_other():
    counts = [0] * 8
    for number in range(4000):
        counts[lots.draw("7f" * 32, f"motion:{number}", 8).drawn] += 1

    assert all(400 < count < 600 for count in counts)


def test_names_are_in_alphabetical_order_whatever_their_case_and_accents():
    names = ["Zoé", "émile", "Ömer", "Eva", "oleg", "Émile"]

    assert [names[place] for place in lots.alphabetical(names)] == ["Émile", "émile", "Eva", "oleg", "Ömer", "Zoé"]


def test_the_lot_is_made_from_the_journal_as_it_stood_and_everyone_can_draw_it_again(world, hearing, item):
    motion = voting.put(world, item, manner="roll_call")

    drawn = hearing.journal.entries.get(verb="motion.drawn")
    before = hearing.journal.entries.get(seq=drawn.seq - 1)
    names = [name for _who, name in drawn.data["names"]]
    assert names == ["Alice", "Bob", "Dora"]
    assert drawn.data["digest"] == bytes(before.digest).hex()
    lot = lots.draw(bytes(before.digest).hex(), motion.reference, len(names))
    assert (lot.seed, lot.drawn) == (drawn.data["seed"], drawn.data["drawn"])
    assert [call.name for call in motion.calls.all()] == lots.turned(names, lot.drawn)
    page = one_line(world.client.get(motion.get_absolute_url()).content.decode())
    assert lot.seed in page
    assert drawn.data["digest"] in page


# -- Calling -------------------------------------------------------------------------------------------------


def test_each_answer_shows_as_it_is_called_and_counts_at_the_close(world, hearing, item):
    motion = voting.put(world, item, manner="roll_call", quorum="2/3")
    order = [call.name for call in motion.calls.all()]

    say(world, motion, order[0], "yes")
    say(world, motion, order[1], "abstain")
    with pytest.raises(Refused, match="1 name has not been called yet"):
        votes.close(by=world.alice, motion=motion)
    live = state.of(hearing, "en", ["motion"])["motion"]["open"][0]["call"]
    say(world, motion, order[2], Call.ABSENT)
    closed = votes.close(by=world.alice, motion=motion)

    assert (live["now"], live["called"], live["names"]) == (order[2], 2, 3)
    assert [one["said"] for one in live["said"]] == ["yes", "abstention"]
    facts = counting.final(closed.ballot).facts
    assert dict(map(tuple, facts["order"])) == {"yes": 1, "no": 0, "abstain": 1}
    assert (facts["adopted"], facts["quorum"]["met"]) == (True, True)
    assert [row["said"] for row in told(hearing)] == ["yes", "abstain", "absent"]
    with pytest.raises(Refused, match="No vote is being taken"):
        say(world, motion, order[0], "no", seen="yes")


def test_a_correction_stands_in_the_journal_and_nothing_is_overwritten_unseen(world, hearing, item):
    motion = voting.put(world, item, manner="roll_call")
    say(world, motion, "Bob", "yes")

    say(world, motion, "Bob", "yes")
    with pytest.raises(Refused, match="Meanwhile this was entered for Bob: yes"):
        say(world, motion, "Bob", "no")
    say(world, motion, "Bob", "no", seen="yes")

    assert [(row["said"], row["was"]) for row in told(hearing)] == [("yes", ""), ("no", "yes")]
    assert Vote.objects.get(member=world.bob).value == "no"
    assert called(motion, "Bob").corrections == 1


def test_who_passes_is_called_once_more_and_a_vote_entered_for_nobody_is_taken_back(world, hearing, item):
    motion = voting.put(world, item, manner="roll_call", quorum="2/3")
    first, second, third = (call.name for call in motion.calls.all())
    say(world, motion, first, Call.PASSED)
    say(world, motion, second, "yes")
    say(world, motion, third, Call.ABSENT)
    page = one_line(world.sign_in(world.alice).get(f"{motion.get_absolute_url()}call/").content.decode())

    say(world, motion, second, Call.ABSENT, seen="yes")
    told_of = state.of(hearing, "en", ["motion"])["motion"]["open"][0]
    closed = votes.close(by=world.alice, motion=motion)

    assert f"Call once more those who did not answer: {link(motion, first)} · {link(motion, third)}" in page
    assert (told_of["cast"], told_of["call"]["counts"][-2:]) == (0, [["absent", 2], ["passed", 1]])
    facts = counting.final(closed.ballot).facts
    assert (facts["votes"], facts["quorum"]["present"], facts["adopted"]) == (0, 1, False)  # who passed is there
    told_then = state.of(hearing, "en", ["motion"])["motion"]["latest"]["said"]
    assert told_then.startswith(
        "Not adopted: 0 for, 0 against, 0 abstaining. Nobody voted. Quorum 2 of 3: not met by 1."
    )
    assert verify(scene.fresh(hearing).journal) is None


def link(motion, name):
    return f'<a href="?name={called(motion, name).pk}" dir="auto">{name}</a>'


def test_who_is_far_sends_the_vote_ahead_or_while_called_and_it_is_seen_when_the_name_is_called(world, hearing, item):
    motion = voting.put(world, item, manner="roll_call")
    first, second, third = motion.calls.all()

    ballots.vote(member=second.elector.member, ballot=motion.ballot, text="no")
    assert told(hearing) == []
    ballots.vote(member=first.elector.member, ballot=motion.ballot, text="yes")
    with pytest.raises(Refused, match=r"is there: no\. Enter that one"):
        say(world, motion, second.name, Call.ABSENT)
    say(world, motion, second.name, "no")
    with pytest.raises(Refused, match=r"is there: no\. Enter that one"):
        say(world, motion, second.name, Call.ABSENT, seen="no")
    say(world, motion, third.name, Call.ABSENT)
    ballots.vote(member=third.elector.member, ballot=motion.ballot, text="abstain")

    assert [(row["name"], row["said"], row["sent"], row["was"]) for row in told(hearing)] == [
        (first.name, "yes", True, ""),
        (second.name, "no", False, ""),
        (third.name, "absent", False, ""),
        (third.name, "abstain", True, "absent"),
    ]


def test_the_console_takes_a_letter_and_enter_and_shows_the_next_name(world, item):
    motion = voting.put(world, item, manner="roll_call")
    first, second, _third = motion.calls.all()
    client, address = world.sign_in(world.alice), f"{motion.get_absolute_url()}call/"
    ballots.vote(member=second.elector.member, ballot=motion.ballot, text="no")

    page = client.get(address).content.decode()
    after = client.post(address, {"call": first.pk, "seen": "", "said": "y"}, follow=True).content.decode()
    unclear = client.post(address, {"call": second.pk, "seen": "", "said": "perhaps"})
    client.post(address, {"call": second.pk, "seen": "", "answer": "no", "said": ""})
    refused = world.sign_in(world.bob).post(address, {"call": second.pk, "seen": "", "said": "y"})

    assert f'<p class="called" dir="auto">{first.name}</p>' in page
    assert f'<p class="called" dir="auto">{second.name}</p>' in after
    assert "Sent by the voter: <strong>no</strong>" in one_line(after)
    assert (unclear.status_code, refused.status_code) == (422, 403)
    assert [call.said for call in motion.calls.all()] == ["yes", "no", ""]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        *(("y", "yes"), ("N", "no"), ("a", "abstain"), ("-", "absent"), ("oui", "yes"), ("反对", "no")),
        *(("нет", "no"), ("ممتنع", "abstain"), ("ausente", "absent"), ("", ""), ("perhaps", ""), ("x", "")),
        *(("p", "passed"), ("Je passe", "passed"), ("跳过", "passed")),
    ],
)
def test_what_an_officer_types_is_read_in_six_languages(typed, said):
    assert words.read(typed, kind="yes_no") == said


def test_an_officer_types_the_letter_of_an_option():
    assert words.read("b", kind="choice", labels=["Oslo", "Nairobi"]) == "B"
    assert words.read("p", kind="choice", labels=["Oslo", "Nairobi"]) == "passed"
    assert words.read("p", kind="choice", labels=[f"Town {number}" for number in range(16)]) == "P"


def test_a_vote_of_last_month_is_loaded_as_it_was(world, item):
    at = timezone.now() - timedelta(days=30)
    motion = votes.put_to_vote(by=world.alice, motion=voting.moved(world, item, manner="roll_call"), at=at)

    for seconds, call in enumerate(motion.calls.all(), 1):
        calls.say(by=world.alice, motion=motion, call=call, said="yes", at=at + timedelta(seconds=seconds))
    closed = votes.close(by=world.alice, motion=motion, at=at + timedelta(minutes=1))

    assert closed.ballot.counted_at == closed.ballot.closes_at == at + timedelta(minutes=1)
    assert counting.final(closed.ballot).facts["for"] == 3


# -- Crashes, and many at once -------------------------------------------------------------------------------


def test_a_crash_in_mid_vote_loses_nothing_and_another_officer_goes_on_where_it_was(world, hearing, item):
    motion = voting.put(world, item, manner="roll_call")
    nadia = voting.note_taker(world, hearing)
    first, second, third = motion.calls.all()
    say(world, motion, first.name, "yes")
    with pytest.raises(RuntimeError), transaction.atomic():
        say(world, motion, second.name, "no")
        raise RuntimeError("the machine went down before this was written")

    page = world.sign_in(nadia).get(f"{motion.get_absolute_url()}call/").content.decode()
    calls.say(by=nadia, motion=motion, call=second, said="no")
    calls.say(by=nadia, motion=motion, call=third, said="yes")
    closed = votes.close(by=world.sekou, motion=motion)

    assert f'<p class="called" dir="auto">{second.name}</p>' in page
    assert [row["said"] for row in told(hearing)] == ["yes", "no", "yes"]
    assert counting.final(closed.ballot).facts["for"] == 2
    assert verify(scene.fresh(hearing).journal) is None


def test_two_officers_and_the_voters_at_once_leave_one_answer_a_name_and_one_vote_each(transactional_db):
    world = World()
    hearing = scene.running(world)
    Officer.objects.create(hearing=hearing, member=world.bob, role=Officer.Role.SECRETARY)
    motion = voting.put(world, scene.item(hearing), manner="roll_call")
    rows = list(motion.calls.select_related("elector__member"))

    results = at_once(
        *(lambda row=row: calls.say(by=world.alice, motion=motion, call=row, said="yes") for row in rows),
        *(lambda row=row: calls.say(by=world.bob, motion=motion, call=row, said="no") for row in rows),
        *(lambda row=row: ballots.vote(member=row.elector.member, ballot=motion.ballot, text="yes") for row in rows),
    )
    votes.close(by=world.alice, motion=motion)

    assert not [one for one in results if isinstance(one, Exception) and not isinstance(one, Refused)], results
    cast = dict(Vote.objects.values_list("member", "value"))
    assert {call.elector.member_id: call.said for call in motion.calls.select_related("elector")} == cast
    last = {row["who"]: row["said"] for row in told(hearing)}
    assert last == {f"member:{member}": value for member, value in cast.items()}
    assert verify(scene.fresh(hearing).journal) is None


def test_a_vote_that_comes_after_the_close_is_refused_with_the_time(world, item):
    motion = voting.put(world, item, manner="roll_call")
    for call in motion.calls.all():
        say(world, motion, call.name, "yes")
    closes_at = votes.close(by=world.alice, motion=motion).ballot.closes_at

    with pytest.raises(Refused, match=r"closed on .*, before your vote came"):
        ballots.vote(member=world.bob, ballot=motion.ballot, text="no", came_at=closes_at + timedelta(seconds=1))
